/**
 * Assertions in code: assert, comparisons, and, or, not, arithmetic and names.
 *
 * This is the part of Python that scripts use about tcp_info; it is evaluated here, and nothing else is run.
 */
import type { Code } from './ast.ts';
import { Unsupported, type Place } from './problems.ts';
import { isField, isKnownName, TOLD_FIELDS, valueOfName, type TcpInfo } from './tcp-info.ts';

export interface Assertion {
  readonly place: Place;
  /** As it is written, without "assert". */
  readonly text: string;
  /** Those of tcp_info that it is about. */
  readonly fields: readonly string[];
  readonly holds: (info: TcpInfo | undefined) => boolean;
}

type Value = (info: TcpInfo | undefined) => number;

interface Word {
  readonly text: string;
  readonly place: Place;
  /** Where it begins and ends in the code. */
  readonly from: number;
  readonly to: number;
}

const WORDS =
  /\s*(?:#[^\n]*)?(?:(\d+(?:\.\d+)?|[A-Za-z_]\w*|==|!=|<=|>=|\/\/|"[^"\n]*"|'[^'\n]*'|[-+*/%<>(),;]))/y;

/** Lines and semicolons divide statements; a backslash joins lines. @throws Unsupported */
export function assertionsIn(code: Code): Assertion[] {
  const joined = code.text.replaceAll('\\\n', '  ');
  const assertions: Assertion[] = [];
  let start = 0;
  for (const line of joined.split('\n')) {
    assertions.push(...new Line(code, joined, start, start + line.length).assertions());
    start += line.length + 1;
  }
  return assertions;
}

function placeIn(code: Code, at: number): Place {
  const before = code.text.slice(0, at).split('\n');
  const line = code.place.line + before.length - 1;
  const indent = (before.at(-1) ?? '').length;
  return { line, column: before.length === 1 ? code.place.column + indent : indent + 1 };
}

/** Python's own operators, from the weakest to the strongest. */
class Line {
  readonly #code: Code;
  readonly #text: string;
  readonly #words: readonly Word[];
  #at = 0;
  readonly #fields = new Set<string>();

  constructor(code: Code, text: string, from: number, to: number) {
    this.#code = code;
    this.#text = text;
    this.#words = this.#split(from, to);
  }

  #split(from: number, to: number): Word[] {
    const words: Word[] = [];
    let at = from;
    while (this.#text.slice(at, to).replace(/#.*/, '').trim() !== '') {
      WORDS.lastIndex = at;
      const text = WORDS.exec(this.#text.slice(0, to))?.[1];
      const blanks = /\s*/y;
      blanks.lastIndex = at;
      const begin = at + (blanks.exec(this.#text)?.[0].length ?? 0);
      if (text === undefined) throw this.#lacking(begin, `"${this.#text[begin] ?? ''}" in code`);
      words.push({ text, place: placeIn(this.#code, begin), from: begin, to: begin + text.length });
      at = WORDS.lastIndex;
    }
    return words;
  }

  #lacking(at: number, what: string): Unsupported {
    return new Unsupported(placeIn(this.#code, at), what);
  }

  assertions(): Assertion[] {
    const assertions: Assertion[] = [];
    while (this.#at < this.#words.length) {
      assertions.push(this.#assertion());
      if (this.#at < this.#words.length && this.#accept(';') === undefined) this.#fail();
    }
    return assertions;
  }

  #assertion(): Assertion {
    const [word] = this.#accept('assert') ?? this.#fail();
    this.#fields.clear();
    const first = this.#at;
    const holds = this.#or();
    const from = this.#words[first]?.from ?? 0;
    const text = this.#text.slice(from, this.#words[this.#at - 1]?.to ?? from);
    if (this.#accept(',') !== undefined) this.#message();
    const fields = [...this.#fields];
    return { place: word.place, text, fields, holds: (info) => holds(info) !== 0 };
  }

  /** What Python would print: a text, or an expression. */
  #message(): void {
    if (/^["']/.test(this.#words[this.#at]?.text ?? '')) this.#at += 1;
    else this.#or();
  }

  #accept(...texts: readonly string[]): [Word] | undefined {
    const word = this.#words[this.#at];
    if (word === undefined || !texts.includes(word.text)) return undefined;
    this.#at += 1;
    return [word];
  }

  #fail(): never {
    const word = this.#words[this.#at];
    const end = this.#words.at(-1)?.to ?? 0;
    const what = word === undefined ? 'code that ends here' : `code such as "${word.text}" here`;
    throw this.#lacking(word?.from ?? end, `${what}; only assertions are evaluated`);
  }

  #or(): Value {
    let left = this.#and();
    while (this.#accept('or') !== undefined) {
      const [first, second] = [left, this.#and()];
      left = (info) => first(info) || second(info);
    }
    return left;
  }

  #and(): Value {
    let left = this.#not();
    while (this.#accept('and') !== undefined) {
      const [first, second] = [left, this.#not()];
      left = (info) => first(info) && second(info);
    }
    return left;
  }

  #not(): Value {
    if (this.#accept('not') === undefined) return this.#comparison();
    const value = this.#not();
    return (info) => Number(value(info) === 0);
  }

  /** a < b < c holds where both do. */
  #comparison(): Value {
    const values = [this.#sum()];
    const tests: ((a: number, b: number) => boolean)[] = [];
    for (;;) {
      const [operator] = this.#accept(...Object.keys(COMPARISONS)) ?? [];
      if (operator === undefined) break;
      tests.push(COMPARISONS[operator.text] as (a: number, b: number) => boolean);
      values.push(this.#sum());
    }
    const [first = () => 0] = values;
    if (tests.length === 0) return first;
    return (info) => {
      const numbers = values.map((value) => value(info));
      return Number(tests.every((test, at) => test(numbers[at] ?? 0, numbers[at + 1] ?? 0)));
    };
  }

  #sum(): Value {
    return this.#chain(SUMS, () => this.#product());
  }

  #product(): Value {
    return this.#chain(PRODUCTS, () => this.#sign());
  }

  #chain(operators: Readonly<Record<string, Arithmetic>>, operand: () => Value): Value {
    let left = operand();
    for (;;) {
      const [operator] = this.#accept(...Object.keys(operators)) ?? [];
      if (operator === undefined) return left;
      const [compute, first, second] = [operators[operator.text] as Arithmetic, left, operand()];
      left = (info) => compute(first(info), second(info));
    }
  }

  #sign(): Value {
    if (this.#accept('+') !== undefined) return this.#sign();
    if (this.#accept('-') === undefined) return this.#atom();
    const value = this.#sign();
    return (info) => -value(info);
  }

  #atom(): Value {
    if (this.#accept('(') !== undefined) {
      const value = this.#or();
      if (this.#accept(')') === undefined) this.#fail();
      return value;
    }
    const word = this.#words[this.#at] ?? this.#fail();
    if (/^\d/.test(word.text)) {
      this.#at += 1;
      return () => Number(word.text);
    }
    if (word.text === 'abs' && this.#words[this.#at + 1]?.text === '(') {
      this.#at += 1;
      const value = this.#atom();
      return (info) => Math.abs(value(info));
    }
    return this.#name(word);
  }

  #name({ text, from }: Word): Value {
    if (!isKnownName(text)) {
      if (!/^(?:tcpi_|TCP_|TCPI_)/.test(text)) this.#fail();
      const there = TOLD_FIELDS.join(', ');
      throw this.#lacking(from, `${text}, which tcp-info does not tell; it tells ${there}`);
    }
    this.#at += 1;
    if (isField(text)) this.#fields.add(text);
    return (info) => valueOfName(text, info);
  }
}

type Arithmetic = (a: number, b: number) => number;

const COMPARISONS: Readonly<Record<string, (a: number, b: number) => boolean>> = {
  '==': (a, b) => a === b,
  '!=': (a, b) => a !== b,
  '<': (a, b) => a < b,
  '<=': (a, b) => a <= b,
  '>': (a, b) => a > b,
  '>=': (a, b) => a >= b,
};

const SUMS: Readonly<Record<string, Arithmetic>> = {
  '+': (a, b) => a + b,
  '-': (a, b) => a - b,
};

/** As Python has them: "//" and "%" go towards minus infinity. */
const PRODUCTS: Readonly<Record<string, Arithmetic>> = {
  '*': (a, b) => a * b,
  '/': (a, b) => a / b,
  '//': (a, b) => Math.floor(a / b),
  '%': (a, b) => a - b * Math.floor(a / b),
};
