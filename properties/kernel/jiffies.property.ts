/** Laws of the clock and of jiffies, judged by arithmetic of any length. */
import assert from 'node:assert/strict';
import fc from 'fast-check';
import { valueOf } from '../outcomes.ts';
import { property, type Context } from '../property.ts';

const NSEC_PER_SEC = 1_000_000_000n;

const word32 = fc.oneof(
  fc.integer({ min: 0, max: 0xffff_ffff }),
  fc.constantFrom(0, 1, 0x7fff_ffff, 0x8000_0000, 0xffff_fffe, 0xffff_ffff),
);

/** Around the ticks of both values of HZ, and anything up to ten seconds. */
const duration = fc.oneof(
  fc.integer({ min: 0, max: 2_000_000 }),
  fc.integer({ min: 0, max: 10_000_000_000 }),
  fc.constantFrom(999_999, 1_000_000, 1_000_001, 9_999_999, 10_000_000, 10_000_001),
);

/** Starts the clock at that HZ, or at the one that the kernel is built for. */
async function bootAt(port: Context['ports']['jiffies'], hz: number, jiffies: number) {
  const booted = await port.boot({ hz, jiffies });
  return valueOf('errno' in booted ? await port.boot({ jiffies }) : booted);
}

property(
  'the n-th tick comes when n/HZ seconds are over',
  fc.record({
    hz: fc.constantFrom(100, 1000),
    jiffies: word32,
    durations: fc.array(duration, { minLength: 1, maxLength: 12 }),
  }),
  async ({ ports: { jiffies: port } }, { hz: wished, jiffies, durations }) => {
    const { hz } = await bootAt(port, wished, jiffies);
    let passed = 0n;
    let ticks = 0n;
    for (const nanoseconds of durations) {
      passed += BigInt(nanoseconds);
      const before = ticks;
      ticks = (passed * BigInt(hz)) / NSEC_PER_SEC;
      assert.deepEqual(valueOf(await port.advance({ nanoseconds })), {
        ticks: Number(ticks - before),
        jiffies: Number(BigInt.asUintN(32, BigInt(jiffies) + ticks)),
      });
    }
  },
);

/** Two values, often close to each other, that are not just half the range apart. */
const twoJiffies = fc
  .tuple(word32, fc.oneof(word32, fc.integer({ min: -3, max: 3 })), fc.boolean())
  .map(([a, b, near]) => ({ a, b: near ? (a + b) >>> 0 : b >>> 0 }))
  .filter(({ a, b }) => (a - b) >>> 0 !== 0x8000_0000);

property(
  'jiffies compare as signed differences of 32 bits',
  twoJiffies,
  async ({ ports: { jiffies: port } }, { a, b }) => {
    const ahead = BigInt.asIntN(32, BigInt(a) - BigInt(b));
    assert.deepEqual(valueOf(await port.compare({ a, b })), {
      after: ahead > 0n,
      before: ahead < 0n,
      afterEq: ahead >= 0n,
      beforeEq: ahead <= 0n,
    });
  },
);
