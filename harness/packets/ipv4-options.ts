/**
 * IPv4 options. Source: RFC 791 section 3.1; RFC 2113 for router alert.
 *
 * Pointers are as on the wire: octets from the start of the option, counted from 1, so that 4 (5 in a
 * timestamp option) is the first slot and a pointer beyond the option's length says that it is full.
 */
import { ipv4Octets, ipv4Text } from './addresses.ts';
import { bigEndian, bits, hexOf, octetsIn, uint16, uint32, uint8 } from './octets.ts';

const TYPE = {
  end: 0,
  nop: 1,
  'record-route': 7,
  timestamp: 68,
  'loose-source-route': 131,
  'strict-source-route': 137,
  'router-alert': 148,
} as const;

export interface RouteOption {
  readonly kind: 'record-route' | 'loose-source-route' | 'strict-source-route';
  readonly pointer: number;
  /** All slots, those that are not yet filled too. */
  readonly addresses: readonly string[];
}

export interface TimestampOption {
  readonly kind: 'timestamp';
  readonly pointer: number;
  /** Hosts that found no slot, 0 to 15. */
  readonly overflow: number;
  /** What a slot holds. `prespecified` has the addresses from the sender, 'address' from each host. */
  readonly slots: 'time' | 'address' | 'prespecified';
  /** Time in milliseconds since midnight UT; with the highest of 32 bits set, any other time. */
  readonly entries: ReadonlyArray<{ readonly address?: string; readonly timeMs: number }>;
}

export type Ipv4Option =
  | RouteOption
  | TimestampOption
  | { readonly kind: 'nop' }
  /** The end, and what lies behind it up to the end of the header. */
  | { readonly kind: 'end'; readonly padding: string }
  | { readonly kind: 'router-alert'; readonly value: number }
  /** An option of another type, or whose data does not have the form that its type asks for. */
  | {
      readonly kind: 'unknown';
      readonly type: number;
      readonly octets: string;
      readonly problem?: string;
    }
  /** What cannot be divided into options. */
  | { readonly kind: 'malformed'; readonly octets: string; readonly problem: string };

const SLOTS = { time: 0, address: 1, prespecified: 3 } as const;

/** @throws RangeError — a field does not fit. */
export function encodeIpv4Options(options: readonly Ipv4Option[]): Uint8Array {
  return Uint8Array.from(options.flatMap((option) => encodeOption(option)));
}

function encodeOption(option: Ipv4Option): number[] {
  switch (option.kind) {
    case 'end':
      return [TYPE.end, ...octetsIn(option.padding)];
    case 'nop':
      return [TYPE.nop];
    case 'malformed':
      return [...octetsIn(option.octets)];
    case 'unknown':
      return withLength(option.type, [...octetsIn(option.octets)]);
    case 'router-alert':
      return withLength(TYPE[option.kind], bigEndian(option.value, 2));
    case 'timestamp':
      return withLength(TYPE.timestamp, timestampData(option));
    default: {
      const addresses = option.addresses.flatMap((address) => ipv4Octets(address));
      return withLength(TYPE[option.kind], [...bigEndian(option.pointer, 1), ...addresses]);
    }
  }
}

function withLength(type: number, data: readonly number[]): number[] {
  return [...bigEndian(type, 1), ...bigEndian(data.length + 2, 1), ...data];
}

function timestampData({ pointer, overflow, slots, entries }: TimestampOption): number[] {
  const data = entries.flatMap(({ address, timeMs }) => [
    ...(slots === 'time' ? [] : ipv4Octets(address ?? '0.0.0.0')),
    ...bigEndian(timeMs, 4),
  ]);
  return [...bigEndian(pointer, 1), (bits(overflow, 4) << 4) | SLOTS[slots], ...data];
}

/** Every octet of the area ends up in one of the options. */
export function decodeIpv4Options(area: Uint8Array): Ipv4Option[] {
  const options: Ipv4Option[] = [];
  for (let at = 0; at < area.length;) {
    const type = uint8(area, at);
    const length = lengthAt(area, at);
    if (length === undefined) {
      options.push(ending(area, at, type));
      break;
    }
    options.push(type === TYPE.nop ? { kind: 'nop' } : optionOf(area.subarray(at, at + length)));
    at += length;
  }
  return options;
}

/** Octets of the option that starts there; undefined if it takes all the rest. */
function lengthAt(area: Uint8Array, at: number): number | undefined {
  const type = uint8(area, at);
  if (type === TYPE.nop) return 1;
  const length = uint8(area, at + 1);
  const fits = length >= 2 && at + length <= area.length;
  return type !== TYPE.end && fits ? length : undefined;
}

function ending(area: Uint8Array, at: number, type: number): Ipv4Option {
  if (type === TYPE.end) return { kind: 'end', padding: hexOf(area, at + 1) };
  const problem = `ip option ${type} does not fit the header`;
  return { kind: 'malformed', octets: hexOf(area, at), problem };
}

function optionOf(option: Uint8Array): Ipv4Option {
  const type = uint8(option, 0);
  const named = routeOption(option) ?? timestampOption(option);
  if (named !== undefined) return named;
  if (type === TYPE['router-alert'] && option.length === 4) {
    return { kind: 'router-alert', value: uint16(option, 2) };
  }
  const known = (Object.values(TYPE) as number[]).includes(type);
  const problem = known ? { problem: `ip option ${type} of ${option.length} octets` } : {};
  return { kind: 'unknown', type, octets: hexOf(option, 2), ...problem };
}

function routeOption(option: Uint8Array): RouteOption | undefined {
  const kinds = ['record-route', 'loose-source-route', 'strict-source-route'] as const;
  const kind = kinds.find((name) => TYPE[name] === option[0]);
  if (kind === undefined || option.length < 3 || option.length % 4 !== 3) return undefined;
  const places = Array.from({ length: (option.length - 3) / 4 }, (_, slot) => 3 + 4 * slot);
  const addresses = places.map((place) => ipv4Text(option, place));
  return { kind, pointer: uint8(option, 2), addresses };
}

function timestampOption(option: Uint8Array): TimestampOption | undefined {
  const flag = uint8(option, 3) & 0x0f;
  const slots = (['time', 'address', 'prespecified'] as const).find((name) => SLOTS[name] === flag);
  if (option[0] !== TYPE.timestamp || option.length < 4 || slots === undefined) return undefined;
  const size = slots === 'time' ? 4 : 8;
  if ((option.length - 4) % size !== 0) return undefined;
  const places = Array.from({ length: (option.length - 4) / size }, (_, n) => 4 + size * n);
  const entries = places.map((place) =>
    size === 4
      ? { timeMs: uint32(option, place) }
      : { address: ipv4Text(option, place), timeMs: uint32(option, place + 4) },
  );
  return {
    kind: 'timestamp',
    pointer: uint8(option, 2),
    overflow: uint8(option, 3) >> 4,
    slots,
    entries,
  };
}

/**
 * Where a packet with these options ends up: the last address of a source route that is still to be
 * travelled, else the address in the header. Source: RFC 1122 section 4.1.3.4 for the pseudo-header.
 */
export function ultimateDestination(destination: string, options: readonly Ipv4Option[]): string {
  const route = options.find(
    (option): option is RouteOption =>
      option.kind === 'loose-source-route' || option.kind === 'strict-source-route',
  );
  if (route === undefined || route.pointer > 3 + 4 * route.addresses.length) return destination;
  return route.addresses.at(-1) ?? destination;
}
