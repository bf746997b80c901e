/**
 * Packets as sentences, in the words of tcpdump and packetdrill.
 *
 *     UDP 10.0.0.1:1024 > 10.0.0.2:53 length 12 ttl 63
 *     TCP 10.0.0.1:1024 > 10.0.0.2:80 S 0:0(0) win 5840 <mss 1460,nop,wscale 0>
 *     ICMP 10.0.0.9 > 10.0.0.1 unreachable fragmentation-needed mtu 576
 *
 * A sentence that is read is a pattern: what it does not say, a packet may have as it likes. `length`
 * is always the octets of data behind the header of the sentence's own protocol, offsets are octets.
 */
import { isDeepStrictEqual } from 'node:util';
import { type Packet, problemsOf } from './codec.ts';
import {
  type Fact,
  type Facts,
  ICMP6_CODES,
  ICMP_CODES,
  type Keyword,
  KEYWORDS,
  type OptionFacts,
  type Pattern,
  textOf,
} from './notation/facts.ts';
import { type Field, readMac } from './notation/field-kinds.ts';
import { FIELDS } from './notation/fields.ts';
import { writeIpv4Options } from './notation/ipv4-option-notation.ts';
import { optionsMatch } from './notation/option-notation.ts';
import { writeTcpOptions } from './notation/tcp-option-notation.ts';
import { factsOf, keywordOf, quotedIn } from './notation/packet-facts.ts';
import { Scanner } from './notation/scanner.ts';
import { HEADS } from './notation/sentences.ts';

/** @throws NotationError — the sentence has another form; it says where, and which form. */
export function parse(sentence: string): Pattern {
  const scanner = new Scanner(sentence, `${KEYWORDS.join('|')} ...`);
  const pattern = sentenceOf(scanner);
  if (!scanner.done) scanner.fail('expected the end of the sentence');
  return pattern;
}

function sentenceOf(scanner: Scanner): Pattern {
  const link = scanner.accept(/ETH\b/) === undefined ? {} : linkFacts(scanner);
  const keyword = scanner.word(KEYWORDS, 'a keyword');
  scanner.form = HEADS[keyword].form;
  const head = HEADS[keyword].read(scanner);
  const { facts, quoting } = fieldsOf(scanner, keyword, [link, head]);
  return { keyword, facts: withNamedCode(facts, keyword), ...(quoting && { quoting }) };
}

/** `ETH <address> > <address>` in front of any sentence; `*` is any address. */
function linkFacts(scanner: Scanner): Facts {
  scanner.form = 'ETH <ethernet address> > <ethernet address> <sentence>';
  const end = (name: string) =>
    scanner.accept(/\*/) === undefined ? { [`link ${name}`]: readMac(scanner) } : {};
  const source = end('source');
  scanner.expect(/>/, '">"');
  return { ...source, ...end('destination') };
}

const fieldWords = new Map<Keyword, readonly string[]>();

/** The words by which fields of such a sentence begin. */
function wordsOf(keyword: Keyword): readonly string[] {
  const fields: readonly Field[] = FIELDS[keyword];
  const known = fieldWords.get(keyword) ?? [...fields.flatMap(({ words }) => words), 'quoting'];
  fieldWords.set(keyword, known);
  return known;
}

function fieldsOf(scanner: Scanner, keyword: Keyword, heads: readonly Facts[]) {
  const fields: readonly Field[] = FIELDS[keyword];
  const words = wordsOf(keyword);
  // Into one object: of those that are spread together each has a shape of its own, and is read slowly.
  const facts: Record<string, Fact> = {};
  for (const head of heads) Object.assign(facts, head);
  let quoting: Pattern | undefined;
  while (!scanner.done && scanner.peek(/\)/) === undefined) {
    const at = scanner.place;
    const word = scanner.accept(/</) ?? scanner.word(words, 'a field');
    if (word === 'quoting') {
      quoting = quotedSentence(scanner);
      continue;
    }
    const field = fields.find((each) => each.words.includes(word));
    if (field === undefined) scanner.fail(`${keyword} has no ${word}`, at);
    for (const [name, fact] of Object.entries(field.read(scanner, word))) {
      if (facts[name] !== undefined) scanner.fail(`it said already what the ${name} is`, at);
      facts[name] = fact;
    }
  }
  return { facts, quoting };
}

function quotedSentence(scanner: Scanner): Pattern {
  const { form } = scanner;
  scanner.expect(/\(/, 'a sentence in parentheses');
  const quoted = sentenceOf(scanner);
  scanner.form = form;
  scanner.expect(/\)/, '")"');
  return quoted;
}

/** A code that has a name is the same whether it was named or not. */
function withNamedCode(facts: Facts, keyword: Keyword): Facts {
  const { message, code } = facts;
  if (typeof code !== 'number' || typeof message !== 'string') return facts;
  const names = (keyword === 'ICMP6' ? ICMP6_CODES : ICMP_CODES)[message];
  return { ...facts, code: names?.[code] ?? code };
}

export interface Printing {
  /** Ethernet addresses too. */
  readonly link?: boolean;
}

/** The sentence that says of a packet what a reader may want to know; it matches the packet. */
export function print(packet: Packet, { link = false }: Printing = {}): string {
  const keyword = keywordOf(packet);
  const facts = factsOf(packet, keyword) ?? {};
  const quoted = quotedIn(packet);
  const problems = problemsOf(packet);
  const { 'link source': source, 'link destination': destination } = facts;
  return [
    link && typeof source === 'string' ? `ETH ${source} > ${textOf(destination)}` : '',
    written({ keyword, facts }),
    quoted === undefined ? '' : `quoting (${print(quoted).replace(/ -- .*/, '')})`,
    problems.length === 0 ? '' : `-- ${problems.join('; ')}`,
  ]
    .filter((part) => part !== '')
    .join(' ');
}

function written({ keyword, facts }: Pattern): string {
  const fields: readonly Field[] = FIELDS[keyword];
  const head = HEADS[keyword].write(facts);
  // The head of TCP tells sequence number and length in one.
  const told = keyword === 'TCP' && head.endsWith(')') ? ['seq', 'length'] : [];
  const rest = fields.filter(({ words }) => !words.some((word) => told.includes(word)));
  return [keyword, head, ...rest.map((field) => field.write(facts))]
    .filter((part) => part !== '')
    .join(' ');
}

/**
 * How a packet differs from a pattern, in words; empty if it does not.
 *
 * @param pattern - a sentence or what was made of one.
 */
export function matches(pattern: Pattern | string, packet: Packet): string[] {
  const { keyword, facts, quoting } = typeof pattern === 'string' ? parse(pattern) : pattern;
  const actual = factsOf(packet, keyword);
  if (actual === undefined) return [`it is "${print(packet)}", expected ${keyword}`];
  const differences = Object.entries(facts).flatMap(([name, expected]) =>
    difference(name, actual[name], expected),
  );
  return quoting === undefined
    ? differences
    : [...differences, ...quotedDifferences(quoting, packet)];
}

function quotedDifferences(quoting: Pattern, packet: Packet): string[] {
  const quoted = quotedIn(packet);
  if (quoted === undefined) return ['it quotes nothing'];
  return matches(quoting, quoted).map((text) => `in the quoted packet: ${text}`);
}

function difference(name: string, actual: Fact | undefined, expected: Fact): string[] {
  if (actual === expected) return [];
  if (actual === undefined) return [`there is no ${name}, expected ${word(name, expected)}`];
  const same = Array.isArray(expected)
    ? optionsMatch(actual as readonly OptionFacts[], expected as readonly OptionFacts[])
    : isDeepStrictEqual(actual, expected);
  if (same) return [];
  if (typeof expected === 'boolean') return [`${name} is ${expected ? 'not ' : ''}set`];
  return [`${name} is ${word(name, actual)}, expected ${word(name, expected)}`];
}

const HEXADECIMAL = ['tos', 'traffic class', 'flow label', 'checksum value', 'ethertype'];

function word(name: string, fact: Fact): string {
  if (name === 'options') return writeIpv4Options(fact as readonly OptionFacts[]);
  if (name === 'tcp options') return writeTcpOptions(fact as readonly OptionFacts[]);
  if (typeof fact === 'number' && HEXADECIMAL.some((each) => name.endsWith(each))) {
    return `0x${fact.toString(16)}`;
  }
  return textOf(fact);
}

export { type Pattern } from './notation/facts.ts';
export { NotationError } from './notation/scanner.ts';
