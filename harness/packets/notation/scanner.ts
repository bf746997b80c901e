/** Reading a sentence from left to right, with errors that say where and what would do. */
import { distance } from 'fastest-levenshtein';

/** A sentence that is none. */
export class NotationError extends Error {
  override readonly name = 'NotationError';
  /** Counted from 1. */
  readonly column: number;
  /** What the sentence should look like. */
  readonly form: string;

  constructor(what: string, sentence: string, column: number, form: string) {
    const pointer = `${' '.repeat(column - 1)}^`;
    super(`column ${column}: ${what}\n  ${sentence}\n  ${pointer}\nthe form is: ${form}`);
    this.column = column;
    this.form = form;
  }
}

export class Scanner {
  readonly #text: string;
  #at = 0;
  /** Shown with an error; narrower as soon as the kind of sentence is known. */
  form: string;

  constructor(text: string, form: string) {
    this.#text = text;
    this.form = form;
    this.#skipSpace();
  }

  /** Whether the sentence is over; what follows `--` is a remark. */
  get done(): boolean {
    return this.#at >= this.#text.length || this.#text.startsWith('--', this.#at);
  }

  /** The next characters, if they match a sticky pattern; spaces behind them are skipped. */
  accept(pattern: RegExp): string | undefined {
    const found = this.peek(pattern);
    if (found === undefined) return undefined;
    this.#at += found.length;
    this.#skipSpace();
    return found;
  }

  peek(pattern: RegExp): string | undefined {
    const sticky = stickily(pattern.source);
    sticky.lastIndex = this.#at;
    return sticky.exec(this.#text)?.[0];
  }

  /** @param what - for the error, such as "a port". @throws NotationError — something else follows. */
  expect(pattern: RegExp, what: string): string {
    return this.accept(pattern) ?? this.fail(`expected ${what}`);
  }

  /** One of some words. @throws NotationError — another follows; it says which is nearest. */
  word<Word extends string>(words: readonly Word[], what: string): Word {
    const found = this.peek(WORD) ?? '';
    const word = words.find((each) => each === found);
    if (word === undefined) return this.fail(`expected ${what}${nearest(found, words)}`);
    this.accept(WORD);
    return word;
  }

  /** A number in decimal or, behind 0x, in hexadecimal. */
  number(what: string, max: number): number {
    const at = this.#at;
    const value = Number(this.expect(/0x[0-9a-fA-F]+\b|\d+\b/, what));
    if (value > max) this.fail(`${value} is more than ${max}`, at);
    return value;
  }

  /** @throws NotationError — always. */
  fail(what: string, at = this.#at): never {
    throw new NotationError(what, this.#text, at + 1, this.form);
  }

  /** Where the next character is, for an error about what has been read by then. */
  get place(): number {
    return this.#at;
  }

  #skipSpace(): void {
    while (this.#text[this.#at] === ' ') this.#at += 1;
  }
}

const WORD = /[^\s<>[\](),]+/;

/** By their sources: a pattern that is written where it is used is made anew each time. */
const stickyPatterns = new Map<string, RegExp>();

function stickily(source: string): RegExp {
  const known = stickyPatterns.get(source) ?? new RegExp(source, 'y');
  stickyPatterns.set(source, known);
  return known;
}

function nearest(found: string, words: readonly string[]): string {
  const near = words.filter((word) => distance(word, found) <= Math.min(2, word.length - 1));
  if (near.length > 0) return `; did you mean "${near[0]}"?`;
  return words.length > 12 ? '' : `: ${words.join(', ')}`;
}
