/**
 * The swap device: slots of a page each.
 *
 * Source: 4.4BSD-Lite2, vm/vm_swap.c; Linux 2.6.11, mm/swapfile.c. Left out: clusters of slots.
 */
import { bugOn } from './bug.ts';

export interface SwapSpace {
  readonly slots: (Uint8Array | null)[];
}

export function newSwapSpace(pages: number): SwapSpace {
  return { slots: Array<Uint8Array | null>(pages).fill(null) };
}

export function freeSlots({ slots }: SwapSpace): number {
  return slots.filter((slot) => slot === null).length;
}

/** Writes a page to a slot that is free. @returns null — there is none. @kernel swap_alloc */
export function swapWrite({ slots }: SwapSpace, octets: Uint8Array): number | null {
  const slot = slots.indexOf(null);
  if (slot < 0) return null;
  slots[slot] = octets.slice();
  return slot;
}

/** What a slot holds. */
export function swapRead({ slots }: SwapSpace, slot: number): Uint8Array {
  const octets = slots[slot] ?? null;
  bugOn(octets === null, `slot ${slot} of the swap device is free`);
  return octets as Uint8Array;
}

export function swapFree({ slots }: SwapSpace, slot: number): void {
  bugOn(slots[slot] === null, `slot ${slot} of the swap device is freed twice`);
  slots[slot] = null;
}
