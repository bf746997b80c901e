/** TCP options, as they stand in angle brackets. */
import type { Direction, OptionNote } from './ast.ts';
import { Unsupported } from './problems.ts';
import type { Tokens } from './tokens.ts';

const MAX_32 = 0xffff_ffff;

/** Octets in the longest header, less those that every header has. */
const MAX_OCTETS = 40;

const UNSUPPORTED: Readonly<Record<string, string>> = {
  FO: 'TCP Fast Open',
  FOEXP: 'TCP Fast Open',
  md5: 'the MD5 option',
};

const NAMES = 'mss, wscale, sackOK, sack, TS, nop or eol';

export function parseTcpOptions(tokens: Tokens, direction: Direction): OptionNote[] | 'any' {
  const opening = tokens.accept('mark', '<');
  if (opening === undefined) return [];
  if (tokens.accept('ellipsis') !== undefined) {
    if (direction === 'in') {
      throw tokens.error(opening.place, '<...> is for outbound packets only; list the options');
    }
    tokens.expect('mark', '>');
    return 'any';
  }
  const options: OptionNote[] = [];
  do options.push(parseOption(tokens));
  while (tokens.accept('mark', ',') !== undefined);
  tokens.expect('mark', '>', '"," or ">"');
  const octets = options.map(optionOctets).reduce((sum, more) => sum + more, 0);
  if (octets % 4 !== 0) {
    const says = `these options have ${octets} octets, which is no multiple of 4; add nop or eol`;
    throw tokens.error(opening.place, says);
  }
  if (octets > MAX_OCTETS) {
    throw tokens.error(
      opening.place,
      `these options have ${octets} octets; at most ${MAX_OCTETS} fit`,
    );
  }
  return options;
}

function optionOctets(option: OptionNote): number {
  switch (option.kind) {
    case 'nop':
    case 'eol':
      return 1;
    case 'sackOK':
      return 2;
    case 'mss':
      return 4;
    case 'wscale':
      return 3;
    case 'sack':
      return 2 + 8 * option.blocks.length;
    case 'TS':
      return 10;
  }
}

function parseOption(tokens: Tokens): OptionNote {
  const { text, place } = tokens.expect('word', undefined, NAMES);
  switch (text) {
    case 'nop':
    case 'eol':
    case 'sackOK':
      return { kind: text };
    case 'mss':
      return { kind: text, value: tokens.number('the mss', 0xffff) };
    case 'wscale':
      return { kind: text, value: tokens.number('the window scale', 0xff) };
    case 'sack':
      return { kind: text, blocks: parseBlocks(tokens) };
    case 'TS':
      return parseTimestamps(tokens);
    default:
      if (Object.hasOwn(UNSUPPORTED, text)) throw new Unsupported(place, UNSUPPORTED[text] ?? text);
      throw tokens.error(place, `expected ${NAMES}, found "${text}"`);
  }
}

function parseTimestamps(tokens: Tokens): OptionNote {
  tokens.expect('word', 'val');
  const value = tokens.number('the timestamp', MAX_32);
  tokens.expect('word', 'ecr');
  return { kind: 'TS', value, echo: tokens.number('the echoed timestamp', MAX_32) };
}

function parseBlocks(tokens: Tokens): { left: number; right: number }[] {
  const blocks: { left: number; right: number }[] = [];
  do {
    const left = tokens.number('the left edge', MAX_32);
    tokens.expect('mark', ':');
    blocks.push({ left, right: tokens.number('the right edge', MAX_32) });
  } while (tokens.is('integer'));
  return blocks;
}
