/** Kernel calls as features write them: as in C, "mod_timer(a, jiffies + 10)". */
import assert from 'node:assert/strict';

export interface WrittenCall {
  /** Name of the kernel function. */
  readonly callee: string;
  readonly args: readonly string[];
}

/** Several calls that a function makes, separated by semicolons. */
export function callsFrom(text: string): WrittenCall[] {
  return text === '' ? [] : text.split('; ').map(callFrom);
}

/** @throws AssertionError — it is no call. */
export function callFrom(text: string): WrittenCall {
  const computes = /^compute (\d+) ticks$/.exec(text);
  if (computes !== null) return { callee: 'compute', args: [computes[1] ?? ''] };
  const [, callee, list] = /^(\w+)\((.*)\)$/.exec(text) ?? assert.fail(`"${text}" is no call`);
  return { callee: callee ?? '', args: (list ?? '').split(', ') };
}
