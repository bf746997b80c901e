/** TCP options in sentences: `<mss 1460,nop,wscale 0,TS val 1 ecr 2,sack 1001:2001>`. */
import type { TcpOption } from '../tcp-options.ts';
import { type OptionFacts, textOf } from './facts.ts';
import {
  type Notation,
  numeric,
  plain,
  readList,
  SHARED,
  writeList,
  written,
} from './option-notation.ts';
import type { Scanner } from './scanner.ts';

const WORD32 = 0xffff_ffff;

const SACK: Notation = {
  word: 'sack',
  kind: 'sack',
  read: (scanner) => {
    const blocks: { left: number; right: number }[] = [];
    while (scanner.peek(/\d+:/) !== undefined) {
      const left = scanner.number('a sequence number', WORD32);
      scanner.expect(/:/, 'a colon');
      blocks.push({ left, right: scanner.number('a sequence number', WORD32) });
    }
    return blocks.length === 0 ? {} : { blocks };
  },
  write: ({ blocks = [] }) => {
    const all = blocks as readonly { left: number; right: number }[];
    return written('sack', ...all.map(({ left, right }) => `${left}:${right}`));
  },
};

const TIMESTAMPS: Notation = {
  word: 'TS',
  kind: 'timestamps',
  read: (scanner) => ({
    ...(scanner.accept(/val\b/) && { value: scanner.number('a timestamp', WORD32) }),
    ...(scanner.accept(/ecr\b/) && { echo: scanner.number('a timestamp', WORD32) }),
  }),
  write: ({ value, echo }) =>
    written(
      'TS',
      value === undefined ? '' : `val ${textOf(value)}`,
      echo === undefined ? '' : `ecr ${textOf(echo)}`,
    ),
};

const TCP: readonly Notation[] = [
  ...SHARED,
  numeric('mss', 'mss', 'value', 0xffff),
  numeric('wscale', 'window-scale', 'shift', 255),
  plain('sackOK', 'sack-permitted'),
  SACK,
  TIMESTAMPS,
];

/** @throws NotationError — behind the opening bracket is something else. */
export function readTcpOptions(scanner: Scanner): OptionFacts[] {
  return readList(scanner, TCP, />/);
}

export function writeTcpOptions(options: readonly OptionFacts[]): string {
  return `<${writeList(options, TCP).join(',')}>`;
}

export function tcpOptionFacts(option: TcpOption): OptionFacts {
  return { ...option };
}
