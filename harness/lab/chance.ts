/**
 * Chance by seed: a stream of its own for each use, so that one more user shifts nobody else's numbers.
 *
 * The generator is sfc32 (Doty-Humphrey, PractRand): 128 bits of state, and cheap.
 */

/** A number from 0 up to but not including 1. */
export type Chance = () => number;

/** Numbers that are thrown away: by then each bit of the seed has been everywhere. */
const WARM_UP = 12;

/**
 * The stream of that name.
 *
 * @param seed - unsigned 32-bit integer.
 * @param name - whose and what for: "A to B: loss".
 */
export function chance(seed: number, name: string): Chance {
  let [a, b, c, counter] = [seed | 0, hashed(name, 0x811c9dc5), hashed(name, 0x9e3779b9), 1];
  const next = (): number => {
    const sum = (((a + b) | 0) + counter) | 0;
    counter = (counter + 1) | 0;
    a = b ^ (b >>> 9);
    b = (c + (c << 3)) | 0;
    c = (((c << 21) | (c >>> 11)) + sum) | 0;
    return (sum >>> 0) / 0x1_0000_0000;
  };
  for (let thrown = 0; thrown < WARM_UP; thrown++) next();
  return next;
}

/** FNV-1a. */
function hashed(text: string, basis: number): number {
  let hash = basis;
  for (let at = 0; at < text.length; at++) {
    hash = Math.imul(hash ^ text.charCodeAt(at), 0x01000193);
  }
  return hash;
}
