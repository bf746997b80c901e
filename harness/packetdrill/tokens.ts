/** A parser's place in the tokens of a script. */
import type { Token, TokenKind } from './lexer.ts';
import { ScriptError, type Place } from './problems.ts';

const KIND_WORDS: Readonly<Record<TokenKind, string>> = {
  option: 'an option',
  decimal: 'a decimal fraction',
  integer: 'a number',
  hex: 'a number in hex',
  word: 'a word',
  text: 'a text in quotes',
  command: 'a command in backticks',
  code: 'code in %{ }%',
  address: 'an address',
  ellipsis: '"..."',
  mark: 'a mark',
  end: 'the end of the script',
};

export class Tokens {
  readonly file: string;
  #tokens: readonly Token[];
  #at = 0;

  constructor(tokens: readonly Token[], file: string) {
    this.file = file;
    this.#tokens = tokens;
  }

  /** The token that is next, or one behind it. */
  peek(ahead = 0): Token {
    const last = this.#tokens.length - 1;
    return this.#tokens[Math.min(this.#at + ahead, last)] as Token;
  }

  take(): Token {
    const token = this.peek();
    this.#at += 1;
    return token;
  }

  is(kind: TokenKind, text?: string): boolean {
    const next = this.peek();
    return next.kind === kind && (text === undefined || next.text === text);
  }

  /** From here on, a word stands for what it was defined as. */
  define(word: string, meaning: readonly Token[]): void {
    const done = this.#tokens.slice(0, this.#at);
    const rest = this.#tokens.slice(this.#at).flatMap((token) => {
      const stands = token.kind === 'word' && token.text === word;
      return stands ? meaning.map((each) => ({ ...each, place: token.place })) : [token];
    });
    this.#tokens = [...done, ...rest];
  }

  /** Takes the next token if it is that. */
  accept(kind: TokenKind, text?: string): Token | undefined {
    return this.is(kind, text) ? this.take() : undefined;
  }

  /**
   * Takes the next token, which has to be that.
   *
   * @param wanted - what is expected, in words; the kind or the text unless it is given.
   */
  expect(kind: TokenKind, text?: string, wanted?: string): Token {
    return this.accept(kind, text) ?? this.fail(wanted ?? (text ? `"${text}"` : KIND_WORDS[kind]));
  }

  /** A whole number in a range. */
  number(what: string, most: number, least = 0): number {
    const token = this.expect('integer', undefined, what);
    const value = Number(token.text);
    if (value >= least && value <= most) return value;
    throw this.error(
      token.place,
      `${what} is ${token.text}, which is not within ${least} to ${most}`,
    );
  }

  /** @throws ScriptError — always. */
  fail(wanted: string): never {
    const { place, kind, source } = this.peek();
    const found = kind === 'end' ? KIND_WORDS.end : `"${source.split('\n', 1)[0] ?? ''}"`;
    throw this.error(place, `expected ${wanted}, found ${found}`);
  }

  error(place: Place, says: string): ScriptError {
    return new ScriptError(this.file, place, says);
  }
}
