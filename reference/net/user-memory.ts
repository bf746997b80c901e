/**
 * Memory of a process, as a system call is handed it: where it begins, and how far it goes from there.
 *
 * The kernel does not look first. It copies, and a page fault in the instruction that copies ends the
 * copy: the call tells EFAULT, and the process gets no signal.
 *
 * Source: Linux 2.6.11, arch/i386/lib/usercopy.c, __copy_user(), __ex_table; 4.4BSD, copyin(), copyout().
 * Left out: what is copied before a fault, which no system promises.
 */

/** Octets that a process hands over; of those behind `mapped` there are none in its memory. */
export interface UserOctets {
  readonly octets: Uint8Array;
  /** Left out: all are there. */
  readonly mapped?: number | undefined;
}

/** Whether a copy meets a page that is not there. @param mapped - undefined: all are there. */
export function copyFaults(mapped: number | undefined, at: number, length: number): boolean {
  return mapped !== undefined && length > 0 && at + length > mapped;
}

/** @returns null where there is none: EFAULT. @kernel copy_from_user, memcpy_fromiovec; copyin, uiomove */
export function copyFromUser(
  { octets, mapped }: UserOctets,
  at: number,
  length: number,
): Uint8Array | null {
  if (copyFaults(mapped, at, Math.min(length, octets.length - at))) return null;
  return octets.subarray(at, at + length);
}
