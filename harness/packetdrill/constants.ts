/** Words of system calls that stand for numbers or flags. Source: Linux, asm-generic and i386. */
import type { Expression } from './ast.ts';
import { Unsupported } from './problems.ts';

/** For fcntl, whose results scripts write as numbers. */
export const O_RDWR = 0x2;
export const O_NONBLOCK = 0x800;

/** Words that a call is made of, each a flag or a choice. */
export function wordsOf(expression: Expression): readonly string[] {
  if (expression.kind === 'or') return expression.of.flatMap(wordsOf);
  if (expression.kind === 'word') return [expression.word];
  if (expression.kind === 'number' && expression.value === 0) return [];
  throw new Unsupported(expression.place, 'a flag that is not written as a word');
}

/** Flags, all of which have to be known. */
export function flagsOf(expression: Expression, known: readonly string[]): ReadonlySet<string> {
  const words = wordsOf(expression);
  const strange = words.find((word) => !known.includes(word));
  if (strange === undefined) return new Set(words);
  throw new Unsupported(expression.place, `${strange}; there are ${known.join(', ')}`);
}

export function numberOf(expression: Expression): number {
  if (expression.kind === 'number') return expression.value;
  throw new Unsupported(expression.place, 'a value here that is not a number');
}

/** What the kernel fills in or the runner does. */
export function anythingIn(expression: Expression): void {
  if (expression.kind === 'anything') return;
  throw new Unsupported(expression.place, 'a value here; "..." stands for what the runner puts in');
}

/** A buffer: what is in it the runner decides. */
export function bufferIn(expression: Expression): void {
  if (expression.kind !== 'anything') {
    throw new Unsupported(
      expression.place,
      'octets that the script names; "..." stands for zeroes',
    );
  }
}
