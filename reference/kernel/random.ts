/**
 * Numbers that nobody can tell beforehand, and that follow from the seed.
 *
 * Source: mulberry32, T. Ettinger, public domain: a counter that is mixed.
 */

/** Uniform 32-bit numbers. */
export function newRandom(seed: number): () => number {
  let state = seed >>> 0;
  return () => {
    state = (state + 0x6d2b_79f5) >>> 0;
    let mixed = Math.imul(state ^ (state >>> 15), state | 1);
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61);
    return (mixed ^ (mixed >>> 14)) >>> 0;
  };
}
