/**
 * A misuse that the kernel itself notices.
 *
 * Linux prints an oops and kills what ran (BUG, BUG_ON, panic). Here the misuse is thrown, and the
 * adapter answers `bug` with the reason; nothing after it can be observed.
 */
export class KernelBug extends Error {
  override readonly name = 'KernelBug';
}

/** @kernel BUG */
export function bug(reason: string): never {
  throw new KernelBug(reason);
}

/** @kernel BUG_ON */
export function bugOn(condition: boolean, reason: string): void {
  if (condition) bug(reason);
}
