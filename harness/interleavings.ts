/** Interleavings of processors. */

/**
 * Every order in which processors can take a number of steps each, from the first to the last as words are.
 *
 * @param steps - how many each processor takes, by its number: [5, 5] has 10! / (5! 5!) = 252.
 */
export function* interleavings(steps: readonly number[]): Generator<number[]> {
  const order = steps.flatMap((count, processor) => Array<number>(count).fill(processor));
  do yield [...order];
  while (makeNext(order));
}

/** The next order of the same steps: the shortest end that can grow does, by as little as it can. */
function makeNext(order: number[]): boolean {
  const at = order.findLastIndex((each, place) => each < (order[place + 1] ?? -1));
  if (at < 0) return false;
  const grown = order.findLastIndex((each) => each > (order[at] ?? 0));
  [order[at], order[grown]] = [order[grown] as number, order[at] as number];
  order.push(...order.splice(at + 1).reverse());
  return true;
}
