/** Why scenarios do not apply, in a few lines: who has written one mechanism lacks dozens of others. */
import type { ScenarioResult } from './results.ts';
import { groupBy } from './text.ts';

export interface WhyNot {
  readonly count: number;
  readonly why: string;
}

interface Family {
  /** What its reasons begin with; a list of names follows. */
  readonly begins: string;
  /** What of the list the scenarios are counted by. */
  readonly part: (names: readonly string[]) => string;
}

const FAMILIES: readonly Family[] = [
  // What stands first is what the others build on.
  { begins: 'it does not offer ', part: ([first = '']) => first },
  { begins: 'the rule holds in profile ', part: (names) => names.toSorted().join(' or ') },
];

const MOST_NAMED = 8;

/** One for each kind of reason; the commonest first. */
export function whyNot(scenarios: readonly ScenarioResult[]): WhyNot[] {
  const reasons = scenarios.map(({ reason = 'no reason given' }) => reason);
  const families = groupBy(reasons, (reason) => familyOf(reason)?.begins ?? reason);
  return [...families.values()]
    .map((alike) => ({ count: alike.length, why: whyOf(alike) }))
    .sort((a, b) => b.count - a.count);
}

function familyOf(reason: string): Family | undefined {
  return FAMILIES.find(({ begins }) => reason.startsWith(begins));
}

function whyOf(reasons: readonly string[]): string {
  const [reason = ''] = reasons;
  const family = familyOf(reason);
  if (family === undefined) return reason;
  const { begins, part } = family;
  const counts = [...groupBy(reasons, (one) => part(one.slice(begins.length).split(', ')))]
    .map(([name, { length }]) => ({ name, count: length }))
    .sort((a, b) => b.count - a.count);
  const [only] = counts;
  if (only !== undefined && counts.length === 1) return begins + only.name;
  const named = counts.slice(0, MOST_NAMED).map(({ name, count }) => `${name} (${count})`);
  const left = counts.length - named.length;
  return begins + named.join(', ') + (left > 0 ? `, and ${left} more` : '');
}
