/** From the text of a script to its tree. */
import type { Action, Call, Command, Script, ScriptEvent, ScriptOption, When } from './ast.ts';
import { tokensOf } from './lexer.ts';
import { parseExpression, parseItems } from './parse-expression.ts';
import { atPacket, parsePacket } from './parse-packet.ts';
import { parseTime } from './parse-time.ts';
import type { Place } from './problems.ts';
import { Tokens } from './tokens.ts';

/**
 * @param file - named in messages.
 * @throws ScriptError — it is not in the language; says where, and what was expected.
 * @throws Unsupported — it is in a part of the language that the runner does not have.
 */
export function parseScript(source: string, file: string): Script {
  const tokens = new Tokens(tokensOf(source, file), file);
  const options = parseOptions(tokens);
  const first = parseCommand(tokens);
  const events = parseEvents(tokens);
  const last = parseCommand(tokens);
  if (!tokens.is('end')) tokens.fail('an event, which begins with its time');
  return {
    options,
    ...(first !== undefined && { first }),
    events,
    ...(last !== undefined && { last }),
  };
}

function parseOptions(tokens: Tokens): ScriptOption[] {
  const options: ScriptOption[] = [];
  while (tokens.is('option')) {
    const { text: name, place } = tokens.take();
    const value = tokens.accept('mark', '=') && parseOptionValue(tokens);
    options.push({ place, name, ...(value !== undefined && { value }) });
    if (name === 'define') define(tokens, place, value ?? '');
  }
  return options;
}

/** --define=WORD=VALUE */
function define(tokens: Tokens, place: Place, definition: string): void {
  const [, word, value = ''] = /^(\w+)=([^]+)$/.exec(definition) ?? [];
  if (word === undefined) throw tokens.error(place, '--define needs a word and what it stands for');
  const meaning = tokensOf(value, tokens.file).filter(({ kind }) => kind !== 'end');
  tokens.define(word, meaning);
}

/** A word may have hyphens within, as ipv4-mapped-ipv6 has; SYMBOL="value" is a value too. */
function parseOptionValue(tokens: Tokens): string {
  const { kind } = tokens.peek();
  if (!['integer', 'decimal', 'word', 'text', 'address'].includes(kind)) {
    return tokens.fail('the value of the option');
  }
  let value = tokens.take().source;
  if (kind === 'word' && tokens.accept('mark', '=') !== undefined) {
    const given = tokens.accept('word') ?? tokens.accept('command') ?? tokens.accept('integer');
    value += `=${(given ?? tokens.expect('text')).source}`;
  }
  while (tokens.peek().joined && !tokens.is('end')) value += tokens.take().source;
  return value;
}

function parseCommand(tokens: Tokens): Command | undefined {
  const token = tokens.accept('command');
  return token && { kind: 'command', place: token.place, line: token.text };
}

function parseEvents(tokens: Tokens): ScriptEvent[] {
  const events: ScriptEvent[] = [];
  if (!atTime(tokens)) return tokens.fail('an option or an event, which begins with its time');
  while (atTime(tokens)) {
    const event = parseEvent(tokens);
    checkOrder(tokens, events.at(-1), event);
    events.push(event);
  }
  return events;
}

function atTime(tokens: Tokens): boolean {
  const { kind, text } = tokens.peek();
  return kind === 'integer' || kind === 'decimal' || (kind === 'mark' && /^[+*]$/.test(text));
}

function checkOrder(tokens: Tokens, before: ScriptEvent | undefined, event: ScriptEvent): void {
  const { when, place } = event;
  if (before === undefined) {
    if (when.kind === 'any' || when.us !== 0)
      throw tokens.error(place, 'the first event is at time 0');
    return;
  }
  const earlier = before.when;
  if (when.kind === 'any' || earlier.kind === 'any' || when.relative || earlier.relative) return;
  if (when.us >= earlier.us) return;
  throw tokens.error(place, `time goes back, from ${earlier.us / 1e6} s to ${when.us / 1e6} s`);
}

function parseEvent(tokens: Tokens): ScriptEvent {
  const { place } = tokens.peek();
  const when = parseWhen(tokens);
  const action = parseAction(tokens, when);
  const outbound = action.kind !== 'call' && 'direction' in action && action.direction === 'out';
  if (when.kind !== 'at' && !outbound) {
    const what = when.kind === 'any' ? 'the time "*"' : 'a range of times';
    throw tokens.error(place, `${what} is for outbound packets only`);
  }
  return { place, when, action };
}

function parseWhen(tokens: Tokens): When {
  if (tokens.accept('mark', '*') !== undefined) return { kind: 'any' };
  const { place } = tokens.peek();
  const relative = tokens.accept('mark', '+') !== undefined;
  const us = parseTime(tokens);
  if (tokens.accept('mark', '~') === undefined) return { kind: 'at', relative, us };
  if (relative) tokens.expect('mark', '+', '"+", as the range begins with a relative time');
  const untilUs = parseTime(tokens);
  if (untilUs < us) throw tokens.error(place, 'the range of times goes back');
  return { kind: 'between', relative, us, untilUs };
}

function parseAction(tokens: Tokens, when: When): Action {
  if (atPacket(tokens)) return parsePacket(tokens);
  const code = tokens.accept('code');
  if (code !== undefined) {
    const place = { ...code.place, column: code.place.column + 2 };
    return { kind: 'code', place, text: code.text };
  }
  return parseCommand(tokens) ?? parseCall(tokens, when);
}

function parseCall(tokens: Tokens, when: When): Call {
  const { place } = tokens.peek();
  const untilUs = parseUntil(tokens, when);
  const wanted = '"<", ">", a system call, a command in backticks or code in %{ }%';
  const name = tokens.expect('word', undefined, wanted).text;
  tokens.expect('mark', '(');
  const args = parseItems(tokens, ')');
  tokens.expect('mark', '=', '"=" and the result of the call');
  const result = parseExpression(tokens);
  const errno = tokens.accept('word')?.text;
  const note = parseNote(tokens, errno !== undefined);
  return {
    kind: 'call',
    place,
    ...(untilUs !== undefined && { untilUs }),
    name,
    args,
    result,
    ...(errno !== undefined && { errno }),
    ...(note !== undefined && { note }),
  };
}

/** A "+" before the end is taken where the beginning has one: the end counts from there either way. */
function parseUntil(tokens: Tokens, when: When): number | undefined {
  const ellipsis = tokens.accept('ellipsis');
  if (ellipsis === undefined) return undefined;
  if (when.kind === 'at' && when.relative) tokens.accept('mark', '+');
  const until = parseTime(tokens);
  if (when.kind === 'at' && until >= when.us) return until;
  throw tokens.error(ellipsis.place, 'the call ends before it begins');
}

/** What errno means, in words: it has to follow one. */
function parseNote(tokens: Tokens, needed: boolean): string | undefined {
  if (!needed && !tokens.is('mark', '(')) return undefined;
  tokens.expect('mark', '(', '"(" and what the errno means');
  const words: string[] = [];
  while (tokens.is('word')) words.push(tokens.take().text);
  if (words.length === 0) return tokens.fail('a word');
  tokens.expect('mark', ')', 'a word or ")"');
  return words.join(' ');
}
