/** Interleavings of processors. */

/**
 * Every order in which processors can take a number of steps each.
 *
 * @param steps - how many each processor takes, by its number: [5, 5] has 10! / (5! 5!) = 252.
 */
export function* interleavings(steps: readonly number[]): Generator<number[]> {
  if (steps.every((left) => left === 0)) {
    yield [];
    return;
  }
  for (const [processor, left] of steps.entries()) {
    if (left === 0) continue;
    for (const rest of interleavings(steps.with(processor, left - 1))) yield [processor, ...rest];
  }
}
