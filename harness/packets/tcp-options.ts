/**
 * TCP options. Source: RFC 793 section 3.1, RFC 7323 section 2 and 3, RFC 2018 sections 2 and 3.
 *
 * Numbers in host order.
 */
import { bigEndian, hexOf, octetsIn, uint16, uint32, uint8 } from './octets.ts';

const END = 0;
const NOP = 1;
const MSS = 2;
const WINDOW_SCALE = 3;
const SACK_PERMITTED = 4;
const SACK = 5;
const TIMESTAMPS = 8;

/** Data from one sequence number up to another, that not included. */
export interface SackBlock {
  readonly left: number;
  readonly right: number;
}

export type TcpOption =
  | { readonly kind: 'nop' }
  /** The end, and what lies behind it up to the end of the header. */
  | { readonly kind: 'end'; readonly padding: string }
  /** Octets. */
  | { readonly kind: 'mss'; readonly value: number }
  /** Bits by which windows are shifted, as on the wire: it may exceed the 14 that are allowed. */
  | { readonly kind: 'window-scale'; readonly shift: number }
  | { readonly kind: 'sack-permitted' }
  | { readonly kind: 'sack'; readonly blocks: readonly SackBlock[] }
  | { readonly kind: 'timestamps'; readonly value: number; readonly echo: number }
  /** An option of another kind, or whose data does not have the form that its kind asks for. */
  | {
      readonly kind: 'unknown';
      readonly type: number;
      readonly octets: string;
      readonly problem?: string;
    }
  /** What cannot be divided into options. */
  | { readonly kind: 'malformed'; readonly octets: string; readonly problem: string };

/** @throws RangeError — a field does not fit. */
export function encodeTcpOptions(options: readonly TcpOption[]): Uint8Array {
  return Uint8Array.from(options.flatMap((option) => encodeOption(option)));
}

function encodeOption(option: TcpOption): number[] {
  switch (option.kind) {
    case 'end':
      return [END, ...octetsIn(option.padding)];
    case 'nop':
      return [NOP];
    case 'mss':
      return withLength(MSS, bigEndian(option.value, 2));
    case 'window-scale':
      return withLength(WINDOW_SCALE, bigEndian(option.shift, 1));
    case 'sack-permitted':
      return withLength(SACK_PERMITTED, []);
    case 'sack': {
      const edges = option.blocks.flatMap(({ left, right }) => [left, right]);
      return withLength(
        SACK,
        edges.flatMap((edge) => bigEndian(edge, 4)),
      );
    }
    case 'timestamps':
      return withLength(TIMESTAMPS, [...bigEndian(option.value, 4), ...bigEndian(option.echo, 4)]);
    case 'unknown':
      return withLength(option.type, [...octetsIn(option.octets)]);
    case 'malformed':
      return [...octetsIn(option.octets)];
  }
}

function withLength(type: number, data: readonly number[]): number[] {
  return [...bigEndian(type, 1), ...bigEndian(data.length + 2, 1), ...data];
}

/** Every octet of the area ends up in one of the options. */
export function decodeTcpOptions(area: Uint8Array): TcpOption[] {
  const options: TcpOption[] = [];
  for (let at = 0; at < area.length;) {
    const type = uint8(area, at);
    const length = type === NOP ? 1 : uint8(area, at + 1);
    if (type === END) {
      options.push({ kind: 'end', padding: hexOf(area, at + 1) });
      break;
    }
    if (type !== NOP && (length < 2 || at + length > area.length)) {
      const problem = `tcp option ${type} does not fit the header`;
      options.push({ kind: 'malformed', octets: hexOf(area, at), problem });
      break;
    }
    options.push(type === NOP ? { kind: 'nop' } : optionOf(area.subarray(at, at + length)));
    at += length;
  }
  return options;
}

/** Data octets that a kind has; SACK has any number of whole blocks. */
const DATA: Readonly<Record<number, number>> = {
  [MSS]: 2,
  [WINDOW_SCALE]: 1,
  [SACK_PERMITTED]: 0,
  [TIMESTAMPS]: 8,
};

function optionOf(option: Uint8Array): TcpOption {
  const type = uint8(option, 0);
  const data = option.length - 2;
  const fits = type === SACK ? data % 8 === 0 : DATA[type] === data;
  if (!fits) {
    const known = type === SACK || DATA[type] !== undefined;
    const problem = known ? { problem: `tcp option ${type} of ${option.length} octets` } : {};
    return { kind: 'unknown', type, octets: hexOf(option, 2), ...problem };
  }
  if (type === MSS) return { kind: 'mss', value: uint16(option, 2) };
  if (type === WINDOW_SCALE) return { kind: 'window-scale', shift: uint8(option, 2) };
  if (type === SACK_PERMITTED) return { kind: 'sack-permitted' };
  if (type === SACK) return { kind: 'sack', blocks: blocksOf(option) };
  return { kind: 'timestamps', value: uint32(option, 2), echo: uint32(option, 6) };
}

function blocksOf(option: Uint8Array): SackBlock[] {
  const places = Array.from({ length: (option.length - 2) / 8 }, (_, block) => 2 + 8 * block);
  return places.map((at) => ({ left: uint32(option, at), right: uint32(option, at + 4) }));
}
