/**
 * What can be mapped: objects, made of pages that are in a frame, in a slot of the swap device, or
 * still where they come from.
 *
 * A page is in at most one frame. Its copy in swap is good as long as the page has not been written;
 * the first write gives the slot back, so a modified page is in its frame and nowhere else.
 *
 * Source: 4.4BSD-Lite2, vm/vm_object.h, vm/vm_page.h; Linux 2.6.11, mm/swap_state.c.
 */
import type { SwapSpace } from './swap-space.ts';
import { swapFree } from './swap-space.ts';

/** A frame of physical memory. @kernel struct vm_page, struct page */
export interface Frame {
  readonly octets: Uint8Array;
  /** What is in it; null when it is free. */
  page: Page | null;
  /** Touched since the clock's hand last came by. */
  referenced: boolean;
  /** Written since it was filled. */
  modified: boolean;
}

/** A page of an object. */
export interface Page {
  readonly object: VmObject;
  readonly index: number;
  frame: Frame | null;
  /** Slot with a good copy. */
  slot: number | null;
}

export interface VmObject {
  /** Whose memory it is; null for a file that all who map it share. */
  readonly owner: string | null;
  /** Address of the first page, where it has an owner. */
  readonly at: number;
  /** Where its pages come from at first; null: they are zeroes. */
  readonly source: FileSource | null;
  readonly pages: Map<number, Page>;
}

/** Pages of a file, from an offset on. */
export interface FileSource {
  readonly octets: Uint8Array;
  readonly offset: number;
}

export function pageOf(object: VmObject, index: number): Page {
  const page = object.pages.get(index) ?? { object, index, frame: null, slot: null };
  object.pages.set(index, page);
  return page;
}

/** The page lies in the file at least in part; where there is no file, every page is there. */
export function isWithinSource({ source }: VmObject, index: number, pageOctets: number): boolean {
  return source === null || source.offset + index * pageOctets < source.octets.length;
}

/** The octets of a page of a file; behind the end of the file they are zero. */
export function sourceOctets(
  { octets, offset }: FileSource,
  index: number,
  pageOctets: number,
): Uint8Array {
  const page = new Uint8Array(pageOctets);
  const from = offset + index * pageOctets;
  page.set(octets.subarray(from, from + pageOctets));
  return page;
}

/** The page is written: its copy in swap is not good any more. */
export function markModified(swap: SwapSpace, frame: Frame): void {
  frame.modified = true;
  if (frame.page === null || frame.page.slot === null) return;
  swapFree(swap, frame.page.slot);
  frame.page.slot = null;
}

/** All pages of an object leave memory and swap; what was in them is lost. */
export function destroyObject(swap: SwapSpace, object: VmObject): void {
  for (const page of object.pages.values()) {
    if (page.slot !== null) swapFree(swap, page.slot);
    if (page.frame !== null) page.frame.page = null;
  }
  object.pages.clear();
}
