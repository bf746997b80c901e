/** Interleavings of processors. */

/**
 * Every order in which processors can take a number of steps: count to the power of length.
 *
 * @param processors - how many, numbered from 0.
 */
export function* schedulesOf(processors: number, length: number): Generator<number[]> {
  if (length === 0) {
    yield [];
    return;
  }
  for (const rest of schedulesOf(processors, length - 1)) {
    for (let processor = 0; processor < processors; processor++) yield [...rest, processor];
  }
}
