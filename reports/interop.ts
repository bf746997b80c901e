/** Which implementations understand each other: a matrix, and what went wrong between two. */
import { z } from 'zod';

import { type Verdict, VERDICTS } from './results.ts';
import { visible } from './text.ts';

const PairScenario = z.strictObject({
  /** Feature, rule and name, as in the results of a run. */
  key: z.string(),
  verdict: z.enum(VERDICTS),
  /** Why it did not pass. */
  why: z.string().optional(),
});

/** One implementation at one end, one at the other. */
const Pair = z.strictObject({
  first: z.string(),
  peer: z.string(),
  scenarios: z.array(PairScenario).readonly(),
  /** Why it was not tried, if it was not. */
  obstacle: z.string().optional(),
});

/** What `kernspec interop` found, as it writes it. */
export const InteropResults = z.strictObject({
  suite: z.string(),
  profile: z.string(),
  seed: z.number(),
  pairs: z.array(Pair).readonly(),
});

export type Pair = z.infer<typeof Pair>;
export type PairScenario = z.infer<typeof PairScenario>;
export type InteropResults = z.infer<typeof InteropResults>;

/** How two of them fared. */
export interface PairFigures {
  readonly first: string;
  readonly peer: string;
  readonly passed: number;
  /** Scenarios that both could play. */
  readonly played: number;
  readonly obstacle?: string | undefined;
  readonly misunderstandings: readonly PairScenario[];
  /** Scenarios that one of them says it cannot play. */
  readonly unplayed: readonly PairScenario[];
}

export function pairFigures({ first, peer, scenarios, obstacle }: Pair): PairFigures {
  const of = (...wanted: Verdict[]) => scenarios.filter(({ verdict }) => wanted.includes(verdict));
  const passed = of('pass').length;
  const misunderstandings = of('fail', 'error');
  const played = passed + misunderstandings.length;
  const unplayed = of('inconclusive');
  return { first, peer, passed, played, obstacle, misunderstandings, unplayed };
}

export function interopText(pairs: readonly PairFigures[]): string {
  const obstacles = new Set(pairs.flatMap(({ obstacle }) => obstacle ?? []));
  const matrix = inColumns(matrixOf(pairs));
  const parts = [matrix, ...pairs.flatMap(troubleOf), ...[...obstacles].map(visible)];
  return `${parts.join('\n\n')}\n`;
}

/** A head line, then a line for each that is first; the first cell of a line names it. */
export function matrixOf(pairs: readonly PairFigures[]): string[][] {
  const names = [...new Set(pairs.flatMap(({ first, peer }) => [first, peer]))];
  const cell = (first: string, peer: string): string => {
    const pair = pairs.find((one) => one.first === first && one.peer === peer);
    return pair === undefined ? '' : cellOf(pair);
  };
  return [
    ['', ...names],
    ...names.map((first) => [first, ...names.map((peer) => cell(first, peer))]),
  ];
}

function cellOf({ passed, played, obstacle }: PairFigures): string {
  return obstacle === undefined ? `${passed} of ${played}` : 'not tried';
}

function inColumns(rows: readonly (readonly string[])[]): string {
  const widths = rows[0]?.map((_, at) => Math.max(...rows.map((row) => (row[at] ?? '').length)));
  return rows
    .map((row) =>
      row
        .map((text, at) => text.padEnd(widths?.[at] ?? 0))
        .join('  ')
        .trimEnd(),
    )
    .join('\n');
}

/** Of what went wrong between two, this many are told; results of "kernspec run --peer" have them all. */
const MOST_TOLD = 3;

const LONGEST = 160;

/** What went wrong between two, and what they could not play. */
function troubleOf(pair: PairFigures): string[] {
  const bad = [...pair.misunderstandings, ...pair.unplayed];
  if (bad.length === 0) return [];
  const told = bad.slice(0, MOST_TOLD).map((one) => `  ${line(`${one.key}: ${one.why ?? ''}`)}`);
  const rest = bad.length - told.length;
  const { first, peer } = pair;
  const more = rest > 0 ? [`  and ${rest} more: kernspec run --impl ${first} --peer ${peer}`] : [];
  return [[headline(pair), ...told, ...more].join('\n')];
}

/** @example 'lwip with gvisor: 3 failed, 4 could not be played' */
export function headline({ first, peer, misunderstandings, unplayed }: PairFigures): string {
  const failed = misunderstandings.length > 0 && `${misunderstandings.length} failed`;
  const not = unplayed.length > 0 && `${unplayed.length} could not be played`;
  return `${first} with ${peer}: ${[failed, not].filter(Boolean).join(', ')}`;
}

function line(text: string): string {
  const [first = ''] = visible(text).split('\n', 1);
  return first.length > LONGEST ? `${first.slice(0, LONGEST)} …` : first;
}
