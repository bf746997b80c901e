/**
 * Memory that the parts of the kernel share.
 *
 * Only how much is taken counts here, not where it lies. Who asks while an interrupt is handled cannot wait
 * until some is given back, so it gets what it wants or nothing.
 *
 * Source: Linux 2.6.11, mm/slab.c, kmalloc() with GFP_ATOMIC; 4.4BSD, kern/kern_malloc.c, M_NOWAIT.
 * Left out: pages and caches, and so the memory that is lost between objects.
 */
import { bugOn } from './bug.ts';

export interface KernelMemory {
  /** Octets; Infinity while nobody has set an end. */
  free: number;
}

export function newKernelMemory(): KernelMemory {
  return { free: Infinity };
}

/** @returns whether there was enough. @kernel kmalloc */
export function kmalloc(memory: KernelMemory, octets: number): boolean {
  if (octets > memory.free) return false;
  memory.free -= octets;
  return true;
}

/** @kernel kfree */
export function kfree(memory: KernelMemory, octets: number): void {
  bugOn(octets < 0, 'less than nothing is given back');
  memory.free += octets;
}
