/**
 * TCP's part of the benchmark: a bulk transfer, half-open requests, connections that stand.
 *
 * Run alone by "node dist/bench/tcp.js"; part of "npm run bench" as well.
 */
import { fileURLToPath } from 'node:url';
import { measureLab } from './lab.ts';
import { measureHalfOpen, measureStanding, measureStream } from './stream.ts';

type Report = (
  what: string,
  measured: { readonly ratio: number; readonly detail: string },
  budget: number,
) => void;

const LINK = { bitsPerSecond: 1_000_000_000, delayNs: 1_000_000 };

const FEW = 1000;

/** Cost of a SYN with a thousand times as many requests, or of a segment with as many connections. */
const FLAT = 1.5;

/** A segment and its part of an ACK may cost as much as a datagram of its length, and this many times. */
const SEGMENT_AGAINST_DATAGRAM = 3;

/** Of so many: what is over soon is disturbed easily. */
const ROUNDS = 9;

async function medianOf(measure: () => Promise<number>): Promise<number> {
  const all: number[] = [];
  for (let round = 0; round < ROUNDS; round++) all.push(await measure());
  return all.toSorted((a, b) => a - b)[ROUNDS >> 1] ?? NaN;
}

export async function reportTcp(report: Report, most: number): Promise<void> {
  await measureStream(2_000_000, LINK);
  const stream = await measureStream(20_000_000, LINK);
  const datagrams = await measureLab(10_000, 1448, LINK);
  const perFrame = (stream.seconds * 1e6) / stream.frames;
  const perDatagram = (datagrams.seconds * 1e6) / datagrams.frames;
  report(
    'a frame of a stream through the lab : of a datagram of 1448',
    {
      ratio: perFrame / perDatagram,
      detail:
        `${perFrame.toFixed(1)} µs : ${perDatagram.toFixed(1)} µs; ` +
        `${Math.round(stream.frames / stream.seconds)} frames/s, ` +
        `${(stream.octets / stream.seconds / 1e6).toFixed(1)} MB/s`,
    },
    SEGMENT_AGAINST_DATAGRAM,
  );
  await measureHalfOpen(20_000);
  const few = await medianOf(async () => (await measureHalfOpen(FEW)).micros);
  for (let count = 10 * FEW; count <= most; count *= 10) {
    const { micros, kernelOctets, processOctets } = await measureHalfOpen(count);
    const memory = `${kernelOctets} octets of the kernel, ${Math.round(processOctets)} of the process each`;
    report(
      `a SYN with ${count} half-open requests : with ${FEW}`,
      { ratio: micros / few, detail: `${micros.toFixed(1)} µs : ${few.toFixed(1)} µs; ${memory}` },
      FLAT,
    );
  }
  for (let round = 0; round < ROUNDS; round++) await measureStanding(FEW);
  const standing = [await measureStanding(FEW), await measureStanding(10 * FEW)] as const;
  for (const [what, of] of [
    ['a connection made and accepted', 'microsEach'],
    ['a segment', 'microsSegment'],
  ] as const) {
    const [small, large] = standing;
    report(
      `${what} with ${10 * FEW} connections : with ${FEW}`,
      {
        ratio: large[of] / small[of],
        detail: `${large[of].toFixed(1)} µs : ${small[of].toFixed(1)} µs`,
      },
      FLAT,
    );
  }
}

/** Half-open requests at most; more than that need another limit of memory (node --max-old-space-size). */
export const MOST_HALF_OPEN = 1_000_000;

if (process.argv[1] === fileURLToPath(import.meta.url)) {
  const most = Number(process.argv[2] ?? MOST_HALF_OPEN);
  await reportTcp((what, { ratio, detail }, budget) => {
    process.stdout.write(`${what}: ${ratio.toFixed(2)}, budget ${budget} (${detail})\n`);
  }, most);
}
