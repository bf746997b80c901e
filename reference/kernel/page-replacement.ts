/**
 * Which page has to go when a frame is wanted: the clock, or second chance.
 *
 * A hand goes around the frames. A page that was touched since the hand came by last is spared once;
 * the first that was not goes. A modified page is written to swap before its frame is given away; any
 * other is dropped, since there is a copy of it. So nothing is ever only on its way.
 *
 * Source: 4.3BSD, sys/vm_page.c, the clock algorithm. Left out: the second hand, a pool of free frames
 * that is kept filled, writing ahead of need.
 */
import { bug } from './bug.ts';
import { swapWrite, type SwapSpace } from './swap-space.ts';
import type { Frame, Page } from './vm-object.ts';

export interface FramePool {
  readonly frames: readonly Frame[];
  readonly swap: SwapSpace;
  /** Index of the frame that the hand points at. */
  hand: number;
  /** Hears of each page that leaves its frame, and whether it was written. */
  readonly evicted: (frame: Frame, page: Page, written: boolean) => void;
}

/** A frame with nothing in it. */
export function takeFrame(pool: FramePool): Frame {
  const free = pool.frames.find(({ page }) => page === null);
  if (free !== undefined) return free;
  // Twice around: the first time may do no more than take all second chances away.
  for (let steps = 0; steps < 2 * pool.frames.length; steps++) {
    const frame = pool.frames[pool.hand];
    pool.hand = (pool.hand + 1) % pool.frames.length;
    if (!frame?.page) continue;
    if (frame.referenced) frame.referenced = false;
    else if (evict(pool, frame, frame.page)) return frame;
  }
  bug('no page can leave memory: more was promised than memory and swap hold');
}

/** @returns whether the frame is free now; not if its page has to be written and swap is full. */
function evict({ swap, evicted }: FramePool, frame: Frame, page: Page): boolean {
  const { modified } = frame;
  if (modified) {
    page.slot = swapWrite(swap, frame.octets);
    if (page.slot === null) return false;
  }
  page.frame = null;
  frame.page = null;
  evicted(frame, page, modified);
  return true;
}
