/** Which implementations understand each other: a matrix, and what went wrong between two. */
import type { ScenarioResult } from './results.ts';
import { visible } from './text.ts';

/** One implementation at one end, one at the other. */
export interface Pair {
  readonly first: string;
  readonly peer: string;
  readonly scenarios: readonly ScenarioResult[];
  /** Why it was not tried, if it was not. */
  readonly obstacle?: string;
}

const ran = ({ verdict }: ScenarioResult): boolean => verdict !== 'not-applicable';
const passed = ({ verdict }: ScenarioResult): boolean => verdict === 'pass';

/** Scenarios of the pair that ran and did not pass. */
export function misunderstandings({ scenarios }: Pair): readonly ScenarioResult[] {
  return scenarios.filter((one) => ran(one) && !passed(one));
}

export function interopText(pairs: readonly Pair[]): string {
  const obstacles = new Set(pairs.flatMap(({ obstacle }) => obstacle ?? []));
  const parts = [matrix(pairs), ...pairs.flatMap(troubleOf), ...[...obstacles].map(visible)];
  return `${parts.join('\n\n')}\n`;
}

function matrix(pairs: readonly Pair[]): string {
  const names = [...new Set(pairs.flatMap(({ first, peer }) => [first, peer]))];
  const cell = (first: string, peer: string): string => {
    const pair = pairs.find((one) => one.first === first && one.peer === peer);
    return pair === undefined ? '' : cellOf(pair);
  };
  const rows = [
    ['', ...names],
    ...names.map((first) => [first, ...names.map((peer) => cell(first, peer))]),
  ];
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

function cellOf({ scenarios, obstacle }: Pair): string {
  if (obstacle !== undefined) return 'not tried';
  const applicable = scenarios.filter(ran);
  return `${applicable.filter(passed).length} of ${applicable.length}`;
}

/** Of what went wrong between two, this many are told; results of "kernspec run --peer" have them all. */
const MOST_TOLD = 3;

const LONGEST = 160;

/** What went wrong between two. */
function troubleOf(pair: Pair): string[] {
  const { first, peer } = pair;
  const bad = misunderstandings(pair);
  if (bad.length === 0) return [];
  const told = bad.slice(0, MOST_TOLD).map((one) => `  ${line(whyOf(one))}`);
  const rest = bad.length - told.length;
  const more = rest > 0 ? [`  and ${rest} more: kernspec run --impl ${first} --peer ${peer}`] : [];
  return [[`${first} with ${peer}: ${bad.length} failed`, ...told, ...more].join('\n')];
}

function whyOf({ key, failure, reason }: ScenarioResult): string {
  return `${key}: ${failure?.message ?? reason ?? ''}`;
}

function line(text: string): string {
  const [first = ''] = visible(text).split('\n', 1);
  return first.length > LONGEST ? `${first.slice(0, LONGEST)} …` : first;
}
