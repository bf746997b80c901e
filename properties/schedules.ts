/** Properties over every order in which processors can take their steps. */
import { interleavings } from '../harness/interleavings.ts';
import { changes, shorterSchedules } from '../harness/shortest.ts';
import { exhaustive, type Case, type Plainest } from './property.ts';

const who = (processor: number) => processor;

/** The order itself says what is expected, so no other may be tried in its place. */
export const FEWEST_CHANGES: Plainest<number[]> = { size: (order) => changes(order, who) };

/** What a schedule leaves open the machine chooses, and the same is expected whatever it does. */
export const SHORTEST: Plainest<number[]> = { ...FEWEST_CHANGES, smaller: shorterSchedules };

/**
 * Defines a property over every interleaving.
 *
 * @param steps - how many each processor takes, by its number.
 */
export function everyInterleaving(
  name: string,
  steps: readonly number[],
  holds: Case<number[]>,
  plainest = SHORTEST,
): void {
  exhaustive(name, () => interleavings(steps), holds, 'interleavings', plainest);
}
