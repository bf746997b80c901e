/**
 * From text to tokens.
 *
 * The longest token wins, as in packetdrill's own scanner. Comments are those of C and C++, and lines
 * that begin with "#", which packetdrill itself does not have.
 */
import { ScriptError, type Place } from './problems.ts';

export type TokenKind =
  | 'option'
  | 'decimal'
  | 'integer'
  | 'hex'
  | 'word'
  | 'text'
  | 'command'
  | 'code'
  | 'address'
  | 'ellipsis'
  | 'mark'
  | 'end';

export interface Token {
  readonly kind: TokenKind;
  /** What it says: without the quotes of a text and the hyphens of an option. */
  readonly text: string;
  readonly place: Place;
  /** As it stands in the script. */
  readonly source: string;
  /** Nothing stands between it and the token before. */
  readonly joined: boolean;
}

interface Rule {
  readonly kind: TokenKind | 'nothing';
  readonly pattern: RegExp;
  /** Characters at either end that belong to the notation. */
  readonly trimmed?: readonly [front: number, back: number];
}

/** Of those that match as far as the longest does, the first counts. */
const RULES: readonly Rule[] = [
  { kind: 'nothing', pattern: /[ \t\r\n]+/y },
  { kind: 'nothing', pattern: /\/\/[^\n]*/y },
  { kind: 'nothing', pattern: /\/\*[^]*?\*\//y },
  { kind: 'code', pattern: /%\{[^]*?\}%/y, trimmed: [2, 2] },
  { kind: 'text', pattern: /"(?:\\[^]|[^"\\])*"/y, trimmed: [1, 1] },
  { kind: 'command', pattern: /`(?:\\[^]|[^`\\])*`/y, trimmed: [1, 1] },
  { kind: 'ellipsis', pattern: /\.\.\./y },
  { kind: 'option', pattern: /--[A-Za-z0-9_]+/y, trimmed: [2, 0] },
  { kind: 'address', pattern: /[0-9]+\.[0-9]+\.[0-9]+\.[0-9]+/y },
  { kind: 'decimal', pattern: /-?[0-9]*\.[0-9]+/y },
  { kind: 'integer', pattern: /-?[0-9]+/y },
  { kind: 'hex', pattern: /0x[0-9A-Fa-f]+/y },
  { kind: 'word', pattern: /[A-Za-z0-9_]+/y },
  { kind: 'mark', pattern: /[^\s"`]/y },
];

/** What begins and never ends, and how it should. */
const UNENDED: ReadonlyArray<readonly [start: string, wanted: string]> = [
  ['/*', '"*/" to end the comment'],
  ['%{', '"}%" to end the code'],
  ['"', 'a second quote to end the text'],
  ['`', 'a second backtick to end the command'],
];

/** @throws ScriptError — something begins and does not end. */
export function tokensOf(source: string, file: string): Token[] {
  const tokens: Token[] = [];
  const place = placing(source);
  let [at, ended] = [0, 0];
  while (at < source.length) {
    const comment = hashComment(source, at);
    const { rule, text } = comment ?? longest(source, at);
    const begun = UNENDED.find(([start]) => source.startsWith(start, at));
    if (rule === undefined || (begun !== undefined && rule.kind === 'mark')) {
      throw new ScriptError(file, place(at), `expected ${begun?.[1] ?? 'a token'}, found the end`);
    }
    if (rule.kind !== 'nothing') {
      const [front, back] = rule.trimmed ?? [0, 0];
      tokens.push({
        kind: rule.kind,
        text: text.slice(front, text.length - back),
        place: place(at),
        source: text,
        joined: at === ended,
      });
      ended = at + text.length;
    }
    at += text.length;
  }
  tokens.push({ kind: 'end', text: '', place: place(at), source: '', joined: false });
  return tokens;
}

function longest(source: string, at: number): { rule: Rule | undefined; text: string } {
  let best: { rule: Rule | undefined; text: string } = { rule: undefined, text: '' };
  for (const rule of RULES) {
    rule.pattern.lastIndex = at;
    const text = rule.pattern.exec(source)?.[0] ?? '';
    if (text.length > best.text.length) best = { rule, text };
  }
  return best;
}

/** "#" is a comment where nothing but blanks stands before it; elsewhere it may be part of a word. */
function hashComment(source: string, at: number): { rule: Rule; text: string } | undefined {
  if (source[at] !== '#') return undefined;
  const before = source.slice(source.lastIndexOf('\n', at - 1) + 1, at);
  if (before.trim() !== '') return undefined;
  const end = source.indexOf('\n', at);
  const text = source.slice(at, end < 0 ? undefined : end);
  return { rule: { kind: 'nothing', pattern: /#/ }, text };
}

/** Places are asked for in ascending order, so each line is counted once. */
function placing(source: string): (at: number) => Place {
  let [line, start] = [1, 0];
  return (at) => {
    for (;;) {
      const end = source.indexOf('\n', start);
      if (end < 0 || end >= at) return { line, column: at - start + 1 };
      line += 1;
      start = end + 1;
    }
  };
}
