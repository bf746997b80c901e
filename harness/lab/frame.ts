/** A frame, as text in hex or as the octets themselves: whichever way its host speaks. */
import { bytesOf, octetsOf } from '../../contract/index.ts';

export type Frame = string | Uint8Array;

/** Octets of it. */
export function lengthOf(frame: Frame): number {
  return typeof frame === 'string' ? frame.length / 2 : frame.length;
}

/** The same frame with its octets changed. */
export function changed<F extends Frame>(frame: F, change: (octets: Uint8Array) => void): F {
  const octets = typeof frame === 'string' ? bytesOf(frame) : Uint8Array.from(frame);
  change(octets);
  return (typeof frame === 'string' ? octetsOf(octets) : octets) as F;
}
