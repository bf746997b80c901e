/** One direction of a link: when frames arrive, and which. */
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { checkedLink, type LinkOptions } from '../../harness/lab/link-options.ts';
import { Wire, type Passage } from '../../harness/lab/wire.ts';

const wire = (options: LinkOptions, seed = 1, name = 'A:eth0 > B:eth0') =>
  new Wire(checkedLink(options), seed, name);

/** A frame of so many octets. */
const frame = (octets: number, fill = 0) => fill.toString(16).padStart(2, '0').repeat(octets);

const arrivals = (passages: readonly Passage[]) =>
  passages.map((passage) => ('copies' in passage ? passage.copies.map(({ at }) => at) : 'none'));

describe('when a frame arrives', () => {
  it('is when it set out, and its length by the rate, and the delay', () => {
    const link = wire({ bitsPerSecond: 1_000_000, delayNs: 5_000_000 });
    expect(arrivals([link.carry(7, frame(125))])).toEqual([[7 + 1_000_000 + 5_000_000]]);
  });

  it('is when those before it have been sent', () => {
    const link = wire({ bitsPerSecond: 8_000_000, delayNs: 100 });
    const passages = [0, 0, 1000, 900_000].map((at) => link.carry(at, frame(100)));
    expect(arrivals(passages)).toEqual([[100_100], [200_100], [300_100], [1_000_100]]);
  });

  it('is at once where neither takes time', () => {
    expect(arrivals([wire({}).carry(3, frame(1000))])).toEqual([[3]]);
  });

  it('is a whole number of nanoseconds, never early', () => {
    const link = wire({ bitsPerSecond: 3 });
    expect(arrivals([link.carry(0, frame(20))])).toEqual([[Math.ceil(160e9 / 3)]]);
  });
});

describe('the queue', () => {
  it('holds as many as it is long beside the one that is being sent, and drops the last', () => {
    const link = wire({ bitsPerSecond: 8_000_000, queue: 2 });
    const passages = Array.from({ length: 5 }, () => link.carry(0, frame(100)));
    expect(arrivals(passages)).toEqual([[100_000], [200_000], [300_000], 'none', 'none']);
    expect(link.counts).toMatchObject({ offered: 5, dropped: 2, delivered: 3 });
  });

  it('has room again when the next one begins to be sent', () => {
    const link = wire({ bitsPerSecond: 8_000_000, queue: 1 });
    const times = [0, 0, 99_999, 100_000, 100_000];
    const passages = times.map((at) => link.carry(at, frame(100)));
    expect(arrivals(passages)).toEqual([[100_000], [200_000], 'none', [300_000], 'none']);
  });

  it('of length 0 takes a frame only when none is being sent', () => {
    const link = wire({ bitsPerSecond: 8_000_000, queue: 0 });
    const passages = [0, 0, 99_999, 100_000].map((at) => link.carry(at, frame(100)));
    expect(arrivals(passages)).toEqual([[100_000], 'none', 'none', [200_000]]);
  });

  it('behaves like a list of frames', () => {
    const steps = fc.array(
      fc.record({ after: fc.nat(300), octets: fc.integer({ min: 1, max: 200 }) }),
    );
    fc.assert(
      fc.property(steps, fc.nat(4), (frames, queue) => {
        const link = wire({ bitsPerSecond: 8_000_000_000, queue });
        let at = 0;
        let taken: { begins: number; ends: number }[] = [];
        for (const { after, octets } of frames) {
          at += after;
          taken = taken.filter(({ ends }) => ends > at);
          const waiting = taken.filter(({ begins }) => begins > at).length;
          expect(link.waiting(at)).toBe(waiting);
          const passage = link.carry(at, frame(octets));
          if (taken.length > 0 && waiting >= queue) {
            expect(passage).toHaveProperty('dropped');
            continue;
          }
          const begins = taken.at(-1)?.ends ?? at;
          taken.push({ begins, ends: begins + octets });
          expect(arrivals([passage])).toEqual([[begins + octets]]);
        }
      }),
    );
  });

  it('forgets what has gone', () => {
    const link = wire({ bitsPerSecond: 8_000_000_000, queue: 10 });
    for (let at = 0; at < 100_000; at += 100) link.carry(at, frame(100));
    expect(link.waiting(99_900)).toBe(0);
    expect(link.counts.dropped).toBe(0);
  });

  it('drops what is longer than the MTU and the header of the link', () => {
    const link = wire({ mtu: 100 });
    expect(arrivals([link.carry(0, frame(114)), link.carry(0, frame(115))])).toEqual([[0], 'none']);
    expect(link.counts).toMatchObject({ tooLong: 1, delivered: 1 });
  });
});

const MANY = 8_000;

function carryMany(options: LinkOptions, seed = 1, name?: string) {
  const link = wire({ bitsPerSecond: 8_000_000_000, queue: MANY, ...options }, seed, name);
  const passages = Array.from({ length: MANY }, () => link.carry(0, frame(100)));
  return { counts: link.counts, passages };
}

describe('chance', () => {
  it.each([
    ['loss', 'lost'],
    ['corruption', 'corrupted'],
    ['duplication', 'duplicated'],
    ['reordering', 'reordered'],
  ] as const)('%s happens as often as was asked for', (option, count) => {
    for (const part of [0, 0.01, 0.3, 1]) {
      const { counts } = carryMany({ [option]: part });
      const deviation = Math.sqrt(MANY * part * (1 - part));
      expect(Math.abs(counts[count] - MANY * part)).toBeLessThanOrEqual(5 * deviation);
    }
  });

  it('is the same for the same seed, and another for another seed or another direction', () => {
    const fates = (seed: number, name?: string) => {
      const all = { loss: 0.2, corruption: 0.2, duplication: 0.2, reordering: 0.2 };
      return carryMany(all, seed, name).passages;
    };
    expect(fates(1)).toEqual(fates(1));
    expect(fates(2)).not.toEqual(fates(1));
    expect(fates(1, 'B:eth0 > A:eth0')).not.toEqual(fates(1));
  });

  it('of one kind is the same whatever the others are, and in whatever order they are named', () => {
    const lost = (options: LinkOptions) =>
      carryMany(options).passages.map((passage) => 'dropped' in passage);
    const alone = lost({ loss: 0.3 });
    expect(lost({ corruption: 0.5, loss: 0.3, duplication: 0.1 })).toEqual(alone);
    expect(lost({ loss: 0.3, reordering: 1 })).toEqual(alone);
    expect(lost({ duplication: 0.1, loss: 0.3, corruption: 0.5 })).toEqual(alone);
  });

  it('turns over one bit behind the header of the link', () => {
    const { passages } = carryMany({ corruption: 1 });
    const places = new Set<number>();
    for (const passage of passages) {
      const [copy] = 'copies' in passage ? passage.copies : [];
      const octets = Buffer.from(copy?.frame ?? '', 'hex');
      const changed = [...octets.entries()].filter(([, octet]) => octet !== 0);
      expect(changed).toHaveLength(1);
      const [at, octet] = changed[0] ?? [0, 0];
      expect([1, 2, 4, 8, 16, 32, 64, 128]).toContain(octet);
      places.add(8 * at + Math.log2(octet));
    }
    expect(Math.min(...places)).toBe(8 * 14);
    expect(places.size).toBe(8 * (100 - 14));
  });

  it('leaves a frame that is a header alone', () => {
    const link = wire({ corruption: 1 });
    const passage = link.carry(0, frame(14));
    expect('copies' in passage && passage.copies[0]?.frame).toBe(frame(14));
  });

  it('a duplicate is as it was sent, and comes right behind', () => {
    const passage = wire({ corruption: 1, duplication: 1, delayNs: 9 }).carry(0, frame(100));
    expect(passage).toMatchObject({ copies: [{ at: 9 }, { at: 9, frame: frame(100) }] });
  });

  it('holds back for at most as long as was said, and for some time', () => {
    const { passages } = carryMany({ bitsPerSecond: null, reordering: 1, holdNs: 1000 });
    const held = arrivals(passages).flat() as number[];
    expect(Math.min(...held)).toBe(1);
    expect(Math.max(...held)).toBe(1000);
  });
});

describe('what is no link is refused with the name of the field', () => {
  it.each([
    [{ bitsPerSecond: 0 }, /^bitsPerSecond of a link is 0, and should be a whole number from 1 to/],
    [{ bitsPerSecond: 0.5 }, /^bitsPerSecond/],
    [{ bitsPerSecond: -1 }, /^bitsPerSecond/],
    [{ bitsPerSecond: Infinity }, /^bitsPerSecond/],
    [{ delayNs: -1 }, /^delayNs of a link is -1/],
    [{ delayNs: 0.5 }, /^delayNs/],
    [{ delayNs: NaN }, /^delayNs/],
    [{ queue: -1 }, /^queue/],
    [{ mtu: 67 }, /^mtu of a link is 67, and should be a whole number from 68 to 65535/],
    [{ mtu: 65_536 }, /^mtu/],
    [{ loss: 1.01 }, /^loss of a link is 1.01, and should be a number from 0 to 1/],
    [{ loss: -0.1 }, /^loss/],
    [{ loss: '1' as never }, /^loss/],
    [{ reordering: 2 }, /^reordering/],
    [{ duplication: 2 }, /^duplication/],
    [{ corruption: NaN }, /^corruption/],
    [{ holdNs: 0 }, /^holdNs/],
    [{ speed: 1 } as never, /^a link has no "speed"; it has bitsPerSecond, delayNs/],
  ])('%j', (options, says) => {
    expect(() => checkedLink(options)).toThrow(says);
  });

  it('and what is just possible is taken', () => {
    const least = { bitsPerSecond: 1, delayNs: 0, queue: 0, mtu: 68, loss: 0, holdNs: 1 };
    expect(checkedLink(least)).toMatchObject(least);
    expect(checkedLink({ loss: 1, mtu: 65_535 })).toMatchObject({ loss: 1, mtu: 65_535 });
  });
});
