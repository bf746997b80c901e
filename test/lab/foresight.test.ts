/** Hosts that live through several moments by themselves: nobody can tell the difference, but by the questions. */
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import {
  Lab,
  type Incoming,
  type LabHost,
  type LinkOptions,
  type Moment,
  type Outgoing,
  type Seen,
  type Stepped,
} from '../../harness/lab/index.ts';

interface Timer {
  readonly at: number;
  readonly frame: string;
  readonly interface: string;
}

/** Octets of the longest frame; each answer is an octet shorter than what it answers. */
const LONGEST = 6;

/** Sends at times, and answers each frame later with a shorter one: when, and by which interface, is in the frame. */
class Talker implements LabHost {
  questions = 0;
  readonly name: string;
  readonly #timers: Timer[];
  readonly #interfaces: readonly string[];
  readonly #left: Outgoing[] = [];
  #at = 0;

  constructor(name: string, interfaces: readonly string[], timers: readonly Timer[]) {
    this.name = name;
    this.#timers = [...timers];
    this.#interfaces = interfaces;
  }

  step(at: number, incoming: readonly Incoming[]): Stepped | Promise<Stepped> {
    this.questions += 1;
    this.through(at, incoming);
    return this.told();
  }

  protected told(): Stepped {
    const next = Math.min(...this.#timers.map((timer) => timer.at));
    return { frames: this.#left.splice(0), next: next === Infinity ? null : next };
  }

  protected through(until: number, incoming: readonly Incoming[]): void {
    for (;;) {
      const [timer] = this.#timers.toSorted((one, other) => one.at - other.at);
      if (timer === undefined || timer.at > until) break;
      this.#timers.splice(this.#timers.indexOf(timer), 1);
      this.#left.push({ ...timer, at: Math.max(timer.at, this.#at) });
    }
    this.#at = until;
    for (const { frame } of incoming) {
      if (frame.length === 2) continue;
      const first = Number.parseInt(frame.slice(0, 2), 16);
      const place = first % this.#interfaces.length;
      const name = this.#interfaces[place] ?? 'eth0';
      // Some are answered at once.
      const at = until + 7 * (first % 16);
      this.#timers.push({ at, frame: frame.slice(2), interface: name });
    }
    if (incoming.length > 0) this.through(until, []);
  }
}

class Farsighted extends Talker {
  async live(moments: readonly Moment[], until: number): Promise<Stepped> {
    this.questions += 1;
    for (const { at, incoming } of moments) this.through(at, incoming);
    this.through(until, []);
    return this.told();
  }
}

interface Row {
  readonly hosts: readonly (readonly Timer[])[];
  readonly links: readonly LinkOptions[];
  readonly seed: number;
}

function labOf({ hosts, links, seed }: Row, farsighted: boolean) {
  const seen: Seen[] = [];
  const lab = new Lab({ seed, seen: (each) => seen.push(each) });
  const Kind = farsighted ? Farsighted : Talker;
  const all = hosts.map((timers, place) => {
    const interfaces = place === 0 || place === hosts.length - 1 ? ['eth0'] : ['eth0', 'eth1'];
    const own = timers.filter(({ interface: name }) => interfaces.includes(name));
    return new Kind(`H${place}`, interfaces, own);
  });
  for (const host of all) lab.add(host);
  for (const [place, link] of links.entries()) {
    lab.join(`H${place}:eth${place === 0 ? 0 : 1}`, `H${place + 1}:eth0`, link);
  }
  return { lab, seen, all };
}

const frame = fc.uint8Array({ minLength: 1, maxLength: LONGEST }).map((octets) => {
  return Buffer.from(octets).toString('hex');
});
const timer = fc.record({
  at: fc.nat(2000),
  frame,
  interface: fc.constantFrom('eth0', 'eth1'),
});
const link = fc.record({
  bitsPerSecond: fc.constantFrom(null, 1_000_000_000, 8_000_000),
  delayNs: fc.nat(300),
  queue: fc.integer({ min: 1, max: 10 }),
  loss: fc.constantFrom(0, 0.2),
  duplication: fc.constantFrom(0, 0.2),
  reordering: fc.constantFrom(0, 0.2),
  holdNs: fc.constant(400),
});
const row: fc.Arbitrary<Row> = fc.integer({ min: 2, max: 4 }).chain((count) =>
  fc.record({
    hosts: fc.array(fc.array(timer, { maxLength: 8 }), { minLength: count, maxLength: count }),
    links: fc.array(link, { minLength: count - 1, maxLength: count - 1 }),
    seed: fc.nat(),
  }),
);

const LINK = { bitsPerSecond: 8_000_000_000, delayNs: 1000 };

/** Two hosts; the first sends so many frames, a nanosecond apart, and each is answered at once until it is too short. */
const burst = (count: number, octets = 2): Row => ({
  hosts: [
    Array.from({ length: count }, (_, at) => ({
      at: at + 1,
      frame: '00'.repeat(octets),
      interface: 'eth0',
    })),
    [],
  ],
  links: [LINK],
  seed: 1,
});

describe('hosts that live through several moments by themselves', () => {
  it('see and show the same as those that are asked at each', async () => {
    const limits = fc.record({
      until: fc.constantFrom(Infinity, 500, 1700),
      quietNs: fc.constantFrom(Infinity, 100),
      telling: fc.boolean(),
    });
    await fc.assert(
      fc.asyncProperty(row, limits, async (given, { until, quietNs, telling }) => {
        const [one, other] = [labOf(given, false), labOf(given, true)];
        const outcomes = [];
        for (const { lab, seen } of [one, other]) {
          // It comes true with a frame of three octets that has come in.
          const found = () =>
            seen.some((each) => each.direction === 'in' && each.frame.length === 6);
          const when = { when: found, telling: (_: string, each: string) => each.length === 6 };
          const first = await lab.run({ until, quietNs, ...(telling && when) });
          const [now, sent] = [lab.now, lab.sent];
          outcomes.push([first, now, sent, await lab.run({}), lab.now, lab.underWay]);
        }
        expect(outcomes[1]).toEqual(outcomes[0]);
        expect(other.seen).toEqual(one.seen);
      }),
      { numRuns: 300 },
    );
  });

  it('are asked seldom', async () => {
    const [one, other] = [labOf(burst(50, 20), false), labOf(burst(50, 20), true)];
    for (const { lab } of [one, other]) expect(await lab.run()).toBe('rest');
    expect(other.seen).toEqual(one.seen);
    const [asked, askedAhead] = [one, other].map(({ all }) =>
      all.reduce((sum, { questions }) => sum + questions, 0),
    );
    expect(asked).toBeGreaterThan(50 * 20);
    // Once for each that leaves by a timer, and once for each time that all have crossed the link.
    expect(askedAhead).toBeLessThan(50 + 3 * 20);
  });

  it('are asked at each moment where any of them may bring about what is waited for', async () => {
    const { lab, seen, all } = labOf(burst(3), true);
    expect(await lab.run({ when: () => seen.length === 2 })).toBe('condition');
    expect(lab.now).toBe(2);
    expect(all[0]?.questions).toBe(3);
  });

  it('are given no more than so many frames at once', async () => {
    const given: number[] = [];
    const { lab, all } = labOf(burst(200), true);
    const receiver = all[1] as Farsighted;
    const live = receiver.live.bind(receiver);
    receiver.live = (moments, until) => {
      given.push(moments.length);
      return live(moments, until);
    };
    expect(await lab.run()).toBe('rest');
    expect(Math.max(...given)).toBe(64);
    expect(given.reduce((sum, count) => sum + count, 0)).toBe(200);
  });

  it('are told of when they never come to rest', async () => {
    const { lab, all } = labOf(burst(2), true);
    for (const host of all as Farsighted[]) {
      host.step = host.live = () => Promise.resolve({ frames: [], next: 5 });
    }
    await expect(lab.run()).rejects.toThrow('the lab does not come to rest in 1000 moments');
  });

  it('fail as those do: of several that do, the first one is told', async () => {
    const { lab, all } = labOf(burst(2), true);
    for (const [place, host] of all.entries()) {
      (host as Farsighted).live = () => Promise.reject(new Error(`host ${place}`));
    }
    await expect(lab.run()).rejects.toThrow('host 0');
  });
});
