/** Expressions: arguments and results of system calls. */
import type { Expression, Field } from './ast.ts';
import type { Place } from './problems.ts';
import type { Tokens } from './tokens.ts';

/** Functions that stand for a value. */
const MAKERS = new Set(['htons', 'inet_addr', 'inet6_addr']);

/** Members of each struct that the language has, in their order; those behind "?" may be missing. */
const STRUCTS = [
  'sa_family sin_port sin_addr',
  'fd events ?revents',
  'onoff linger',
  'events fd',
  'events ptr',
  'events u32',
  'events u64',
  'msg_name msg_iov msg_flags ?msg_control',
  'cmsg_level cmsg_type cmsg_data',
  'scm_sec scm_nsec',
  'ee_errno ee_origin ee_type ee_code ee_info ee_data',
].map((names) => names.split(' '));

const MEMBERS = new Set(STRUCTS.flat().map((name) => name.replace('?', '')));

export function parseExpression(tokens: Tokens): Expression {
  const { place } = tokens.peek();
  const first = parseTerm(tokens);
  if (tokens.accept('mark', '|') === undefined) return first;
  return { place, kind: 'or', of: [first, parseExpression(tokens)] };
}

/** The list up to a closing bracket, which is taken too. */
export function parseItems(tokens: Tokens, closing: string): Expression[] {
  const items: Expression[] = [];
  if (tokens.accept('mark', closing) !== undefined) return items;
  do items.push(parseExpression(tokens));
  while (tokens.accept('mark', ',') !== undefined);
  tokens.expect('mark', closing, `"," or "${closing}"`);
  return items;
}

function parseTerm(tokens: Tokens): Expression {
  const { place, kind, text } = tokens.peek();
  switch (kind) {
    case 'ellipsis':
      tokens.take();
      return { place, kind: 'anything' };
    case 'integer':
    case 'hex':
      tokens.take();
      return { place, kind: 'number', value: Number(text), hex: kind === 'hex' };
    case 'text':
      return parseText(tokens, place);
    case 'word':
      return parseWord(tokens, place);
    default:
      if (tokens.accept('mark', '[')) {
        return { place, kind: 'list', items: parseItems(tokens, ']') };
      }
      if (tokens.accept('mark', '{')) return parseBraces(tokens, place);
      return tokens.fail('an expression');
  }
}

function parseText(tokens: Tokens, place: Place): Expression {
  const parts: string[] = [];
  while (tokens.is('text')) parts.push(tokens.take().text);
  const open = parts.length === 1 && tokens.accept('ellipsis') !== undefined;
  return { place, kind: 'text', parts, open };
}

function parseWord(tokens: Tokens, place: Place): Expression {
  const word = tokens.take().text;
  if (MAKERS.has(word)) {
    tokens.expect('mark', '(');
    const from = parseExpression(tokens);
    tokens.expect('mark', ')');
    return { place, kind: 'made', by: word, from };
  }
  if (tokens.accept('mark', '=') === undefined) return { place, kind: 'word', word };
  return { place, kind: 'assignment', word, value: parseExpression(tokens) };
}

function parseBraces(tokens: Tokens, place: Place): Expression {
  if (!(tokens.is('word') && MEMBERS.has(tokens.peek().text))) {
    if (tokens.is('mark', '}')) return tokens.fail('an expression');
    return { place, kind: 'braces', items: parseItems(tokens, '}') };
  }
  const fields: Field[] = [];
  do fields.push(parseField(tokens));
  while (tokens.accept('mark', ',') !== undefined);
  tokens.expect('mark', '}', '"," or "}"');
  const names = fields.map(({ name }) => name);
  if (STRUCTS.some((members) => isStruct(names, members))) return { place, kind: 'struct', fields };
  const known = STRUCTS.map((members) => `{${members.join(', ').replace('?', '')}}`).join(' ');
  throw tokens.error(place, `no struct has the members ${names.join(', ')}; there are ${known}`);
}

function parseField(tokens: Tokens): Field {
  const name = tokens.expect('word', undefined, 'a member').text;
  const size = tokens.accept('mark', '(') && parseExpression(tokens);
  if (size !== undefined) tokens.expect('mark', ')');
  tokens.expect('mark', '=');
  return { name, ...(size !== undefined && { size }), value: parseExpression(tokens) };
}

function isStruct(names: readonly string[], members: readonly string[]): boolean {
  const needed = members.filter((name) => !name.startsWith('?'));
  const all = members.map((name) => name.replace('?', ''));
  return (
    names.every((name, at) => name === all[at]) &&
    names.length >= needed.length &&
    names.length <= all.length
  );
}
