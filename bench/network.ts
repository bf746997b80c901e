/**
 * The network's part of the benchmark: datagrams through the lab, datagrams in pieces, a flood of pieces.
 *
 * Run alone by "node --expose-gc dist/bench/network.js"; part of "npm run bench" as well.
 */
import { fileURLToPath } from 'node:url';
import { measureFlood } from './fragments.ts';
import { measureLab } from './lab.ts';

type Report = (
  what: string,
  measured: { readonly ratio: number; readonly detail: string },
  budget: number,
) => void;

const LINK = { bitsPerSecond: 1_000_000_000, delayNs: 1_000_000 };

/** Pieces of a datagram of so many octets on a link of 1500. */
const OCTETS_IN_PIECES = 65_507;

/** Cost that a flood ten times as long may have for each piece. */
const FLAT = 1.5;

/** A frame of a datagram in pieces may cost as much as one that is a datagram. */
const PIECE_AGAINST_DATAGRAM = 1.5;

export async function reportNetwork(report: Report): Promise<void> {
  await measureLab(2000, 1472, LINK);
  const whole = await measureLab(20_000, 1472, LINK);
  const pieces = await measureLab(500, OCTETS_IN_PIECES, LINK);
  const [perFrame, perPiece] = [whole, pieces].map(
    ({ seconds, frames }) => (seconds * 1e6) / frames,
  ) as [number, number];
  const rate = ({ datagrams, seconds }: { datagrams: number; seconds: number }) =>
    `${Math.round(datagrams / seconds)} datagrams/s`;
  report(
    'a frame of a datagram of 65507 octets : of one of 1472',
    {
      ratio: perPiece / perFrame,
      detail: `${perPiece.toFixed(1)} µs : ${perFrame.toFixed(1)} µs; ${rate(pieces)}, ${rate(whole)}`,
    },
    PIECE_AGAINST_DATAGRAM,
  );
  await measureFlood(10_000);
  const few = await measureFlood(10_000);
  const many = await measureFlood(100_000);
  report(
    'a piece of 10^5 that never become whole : of 10^4',
    {
      ratio: many.microsEach / few.microsEach,
      detail:
        `${many.microsEach.toFixed(1)} µs : ${few.microsEach.toFixed(1)} µs; ` +
        `${Math.round(many.leftEach)} octets left for each of 10^5, ${Math.round(few.leftEach)} of 10^4`,
    },
    FLAT,
  );
}

if (process.argv[1] === fileURLToPath(import.meta.url)) {
  await reportNetwork((what, { ratio, detail }, budget) => {
    process.stdout.write(`${what}: ${ratio.toFixed(2)}, budget ${budget} (${detail})\n`);
  });
}
