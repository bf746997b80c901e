/** The lab with hosts that do one thing each. */
import { describe, expect, it } from 'vitest';
import {
  Lab,
  type Incoming,
  type LabHost,
  type LinkOptions,
  type Outgoing,
  type Seen,
  type Stepped,
} from '../../harness/lab/index.ts';

/** Sends what it is told to, by time, and keeps what comes. */
class Fake implements LabHost {
  readonly got: { at: number; frame: string }[] = [];
  readonly steps: number[] = [];
  readonly #plan: Outgoing[];

  readonly name: string;

  constructor(name: string, plan: readonly Outgoing[] = []) {
    this.name = name;
    this.#plan = [...plan];
  }

  step(at: number, incoming: readonly Incoming[]): Stepped | Promise<Stepped> {
    this.steps.push(at);
    for (const { frame } of incoming) this.got.push({ at, frame });
    const frames = [...this.answers(at, incoming)];
    while (this.#plan[0] !== undefined && this.#plan[0].at <= at) {
      frames.push(this.#plan.shift() as Outgoing);
    }
    return { frames, next: this.#plan[0]?.at ?? null };
  }

  answers(_at: number, _incoming: readonly Incoming[]): Outgoing[] {
    return [];
  }
}

/** Sends everything back. */
class Echo extends Fake {
  override answers(at: number, incoming: readonly Incoming[]): Outgoing[] {
    return incoming.map((each) => ({ ...each, at }));
  }
}

const send = (at: number, frame: string): Outgoing => ({ at, frame, interface: 'eth0' });

function between(one: LabHost, other: LabHost, there: LinkOptions = {}, back = there) {
  const seen: Seen[] = [];
  const lab = new Lab({ seed: 1, seen: (each) => seen.push(each) });
  lab.add(one);
  lab.add(other);
  lab.join(`${one.name}:eth0`, `${other.name}:eth0`, there, back);
  return { lab, seen };
}

const LINK = { bitsPerSecond: 8_000_000, delayNs: 500 };

describe('time', () => {
  it('of arrival is that of departure, the length by the rate, and the delay', async () => {
    const a = new Fake('A', [send(100, 'aa'), send(100, 'bbbb'), send(9000, 'cc')]);
    const b = new Fake('B');
    const { lab } = between(a, b, LINK);
    expect(await lab.run()).toBe('rest');
    expect(b.got).toEqual([
      { at: 1600, frame: 'aa' },
      { at: 3600, frame: 'bbbb' },
      { at: 10_500, frame: 'cc' },
    ]);
    expect(lab.now).toBe(10_500);
  });

  it('is given to all hosts where a run ends, and not before where nothing happens to them', async () => {
    const [a, b] = [new Fake('A', [send(100, 'aa')]), new Fake('B')];
    const { lab } = between(a, b, LINK);
    expect(await lab.run({ until: 50 })).toBe('time');
    expect(await lab.run({ until: 5000 })).toBe('rest');
    expect([a.steps, b.steps]).toEqual([
      [0, 50, 50, 100, 5000],
      [0, 50, 50, 1600, 5000],
    ]);
    expect(lab.now).toBe(5000);
  });

  it('goes on to the end of a run that is limited by it, and no further', async () => {
    const { lab } = between(new Fake('A', [send(700, 'aa')]), new Fake('B'), LINK);
    await lab.run({ until: 300 });
    expect(lab.now).toBe(300);
    expect(lab.sent).toBe(0);
    await lab.run({ until: 700 });
    expect([lab.now, lab.sent, lab.underWay]).toEqual([700, 1, 1]);
    await lab.run({ until: 2199 });
    expect(lab.underWay).toBe(1);
    await lab.run({ until: 2200 });
    expect(lab.underWay).toBe(0);
  });

  it('never goes back', async () => {
    const { lab } = between(new Fake('A'), new Fake('B'));
    await lab.run({ until: 300 });
    await lab.run({ until: 200 });
    expect(lab.now).toBe(300);
  });
});

describe('a run ends', () => {
  it('when a condition holds, at that very moment', async () => {
    const b = new Echo('B');
    const { lab } = between(new Fake('A', [send(0, 'aa'), send(5000, 'bb')]), b, LINK);
    expect(await lab.run({ when: () => b.got.length > 0 })).toBe('condition');
    expect(lab.now).toBe(1500);
    expect(await lab.run({ when: () => Promise.resolve(b.got.length > 1) })).toBe('condition');
    expect(lab.now).toBe(6500);
  });

  it('at rest when nobody has anything to do and nothing is under way', async () => {
    const { lab } = between(new Fake('A'), new Fake('B'));
    expect(await lab.run()).toBe('rest');
    expect(lab.now).toBe(0);
  });

  it('when it is quiet, though a host has timers that do nothing', async () => {
    class Ticking extends Fake {
      override step(at: number, incoming: readonly Incoming[]) {
        void super.step(at, incoming);
        return { frames: at === 30 ? [send(30, 'aa')] : [], next: at + 10 };
      }
    }
    const { lab } = between(new Ticking('A'), new Fake('B'));
    expect(await lab.run({ quietNs: 100 })).toBe('quiet');
    expect(lab.now).toBe(130);
  });

  it('with an error that names who is busy, where it never would', async () => {
    const a = new Echo('A', [send(0, 'aa')]);
    const { lab } = between(a, new Echo('B'), LINK);
    await expect(lab.run({ moments: 50 })).rejects.toThrow(
      'the lab does not come to rest in 50 moments; 1 frames are under way',
    );
    class Hasty extends Fake {
      override step(at: number) {
        return { frames: [], next: at };
      }
    }
    const hasty = between(new Hasty('H'), new Fake('B')).lab;
    await expect(hasty.run({ moments: 50 })).rejects.toThrow('H has something to do at 0 ns');
    const endless = between(new Hasty('H'), new Fake('B')).lab;
    await expect(endless.run()).rejects.toThrow('does not come to rest in 1000 moments');
  });

  it('with an error where a frame left in the future', async () => {
    class Ahead extends Fake {
      override step() {
        return { frames: [send(7, 'aa')], next: null };
      }
    }
    const { lab } = between(new Ahead('A'), new Fake('B'));
    await expect(lab.run()).rejects.toThrow('host A: a frame has left at 7 ns, and it is 0 ns');
  });
});

describe('frames', () => {
  it('that arrive at one time come in the order in which they set out', async () => {
    const b = new Fake('B');
    const frames = ['01', '02', '03', '04', '05'];
    const { lab } = between(
      new Fake(
        'A',
        frames.map((each) => send(0, each)),
      ),
      b,
      { delayNs: 9 },
    );
    await lab.run();
    expect(b.got.map(({ frame }) => frame)).toEqual(frames);
  });

  it('many at once all come, in order', async () => {
    const b = new Fake('B');
    const frames = Array.from({ length: 500 }, (_, at) => at.toString(16).padStart(4, '0'));
    const { lab } = between(
      new Fake(
        'A',
        frames.map((each) => send(0, each)),
      ),
      b,
    );
    await lab.run();
    expect(b.got.map(({ frame }) => frame)).toEqual(frames);
  });

  it('go through hosts between, and each direction has a link of its own', async () => {
    class Router extends Fake {
      override answers(at: number, incoming: readonly Incoming[]) {
        const other = { eth0: 'eth1', eth1: 'eth0' } as Record<string, string>;
        return incoming.map(({ interface: name, frame }) => ({
          at,
          frame,
          interface: other[name] ?? '',
        }));
      }
    }
    const [a, b] = [new Fake('A', [send(0, 'aa')]), new Echo('B')];
    const lab = new Lab({ seed: 1 });
    for (const host of [a, new Router('R'), b]) lab.add(host);
    lab.join('A:eth0', 'R:eth0', { delayNs: 1 }, { delayNs: 10 });
    lab.join('R:eth1', 'B:eth0', { delayNs: 100 }, { delayNs: 1000 });
    await lab.run();
    expect(b.got).toEqual([{ at: 101, frame: 'aa' }]);
    expect(a.got).toEqual([{ at: 1111, frame: 'aa' }]);
  });

  it('are told where they are seen, and what becomes of them', async () => {
    const a = new Fake('A', [send(0, 'aa'), send(0, 'bb')]);
    const { lab, seen } = between(a, new Fake('B'), { ...LINK, queue: 0 });
    await lab.run();
    const [A, B] = [{ host: 'A' }, { host: 'B' }].map((host) => ({ ...host, interface: 'eth0' }));
    expect(seen).toEqual([
      { ...A, direction: 'out', at: 0, frame: 'aa', remark: undefined },
      { ...A, direction: 'out', at: 0, frame: 'bb', remark: 'dropped: the queue is full' },
      { ...B, direction: 'in', at: 1500, frame: 'aa', remark: undefined },
    ]);
    expect(lab.counts('A:eth0')).toMatchObject({ offered: 2, dropped: 1, delivered: 1 });
  });

  it('by an interface where no link ends are lost', async () => {
    const a = new Fake('A', [{ at: 0, interface: 'eth7', frame: 'aa' }]);
    const { lab } = between(a, new Fake('B'));
    expect(await lab.run()).toBe('rest');
    expect([lab.sent, lab.underWay]).toEqual([1, 0]);
  });

  it('that a host was made to send between two runs leave then', async () => {
    const [a, b] = [new Fake('A'), new Fake('B')];
    const { lab } = between(a, b, LINK);
    await lab.run({ until: 1000 });
    a.answers = (at) => (at === 1000 ? [send(1000, 'aa')] : []);
    await lab.gather('A');
    a.answers = () => [];
    expect(lab.underWay).toBe(1);
    await lab.run();
    expect(b.got).toEqual([{ at: 2500, frame: 'aa' }]);
  });
});

describe('chance', () => {
  const plan = Array.from({ length: 200 }, (_, at) =>
    send(at * 10, at.toString(16).padStart(40, '0')),
  );
  const faults = { loss: 0.2, reordering: 0.2, duplication: 0.2, corruption: 0.2, holdNs: 100 };
  const run = async (seed: number, link: LinkOptions) => {
    const lab = new Lab({ seed });
    const b = new Fake('B');
    lab.add(new Fake('A', plan));
    lab.add(b);
    lab.join('A:eth0', 'B:eth0', link);
    await lab.run();
    return b.got;
  };

  it('gives the same run for the same seed, however the link is written', async () => {
    const backwards = Object.fromEntries(Object.entries(faults).toReversed());
    expect(await run(1, backwards)).toEqual(await run(1, faults));
    expect(await run(2, faults)).not.toEqual(await run(1, faults));
  });

  it('may be altered for one direction', async () => {
    const [a, b] = [new Fake('A', plan), new Fake('B')];
    const { lab } = between(a, b);
    await lab.run({ until: 995 });
    lab.alter('A:eth0', { loss: 1 });
    await lab.run();
    expect(b.got).toHaveLength(100);
    expect(() => lab.alter('A:eth0', { loss: 2 })).toThrow('loss of a link is 2');
  });
});

describe('what cannot be joined is refused with its name', () => {
  const { lab } = between(new Fake('A'), new Fake('B'));
  it.each([
    ['C:eth0', 'A:eth1', 'there is no host C in the lab'],
    ['A:eth0', 'B:eth1', 'A:eth0 is joined already'],
    ['A:eth1', 'B:eth0', 'B:eth0 is joined already'],
    ['A:eth1', 'A:eth1', 'A:eth1 cannot be joined to itself'],
    ['A', 'B:eth1', '"A" names no interface; write A:eth0'],
  ])('%s and %s', (one, other, says) => {
    expect(() => lab.join(one, other, {})).toThrow(says);
  });

  it('and so is a link that is none, and a host or an end that is not there', () => {
    expect(() => lab.join('A:eth1', 'B:eth1', {}, { loss: 2 })).toThrow('loss of a link is 2');
    expect(() => lab.join('A:eth1', 'B:eth1', {})).not.toThrow();
    expect(() => lab.add(new Fake('A'))).toThrow('two hosts are called A');
    expect(() => lab.counts('A:eth9')).toThrow('no link ends at A:eth9');
    expect(() => lab.endTowards('A', 'Z')).toThrow('no link joins A and Z');
    expect(lab.endTowards('B', 'A')).toBe('B:eth0');
  });
});
