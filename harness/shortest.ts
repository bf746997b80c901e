/**
 * The plainest of the schedules that fail.
 *
 * Of all orders of steps the one with the fewest changes of the processor is the easiest to follow. What
 * the machine chooses by itself when a schedule is used up need not be in it; nor need a turn without
 * which it fails as well.
 */

/** Who takes each turn of a schedule. */
export type Who<Turn> = (turn: Turn) => number;

/** How often another processor takes the next step. */
export function changes<Turn>(schedule: readonly Turn[], who: Who<Turn>): number {
  return schedule.filter((turn, at) => {
    const before = schedule[at - 1];
    return before !== undefined && who(before) !== who(turn);
  }).length;
}

/** Schedules that are shorter: the beginnings, shortest first, then those with one turn left out. */
export function* shorterSchedules<Turn>(schedule: readonly Turn[]): Generator<Turn[]> {
  for (let length = 0; length < schedule.length; length++) yield schedule.slice(0, length);
  for (const at of schedule.keys()) yield schedule.toSpliced(at, 1);
}

/** The first of the least. */
export function leastBy<Item>(
  items: readonly Item[],
  size: (item: Item) => number,
): Item | undefined {
  const sizes = items.map(size);
  return items[sizes.indexOf(Math.min(...sizes))];
}

/** Goes on to something smaller that fails as long as there is anything. */
export async function shrunk<Input>(
  input: Input,
  smaller: (input: Input) => Iterable<Input>,
  fails: (input: Input) => Promise<boolean>,
): Promise<Input> {
  for (const candidate of smaller(input)) {
    if (await fails(candidate)) return shrunk(candidate, smaller, fails);
  }
  return input;
}
