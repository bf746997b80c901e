/**
 * IP options: what they ask of each host on the way.
 *
 * Source: RFC 791, section 3.1; RFC 2113; Linux 2.6.11, net/ipv4/ip_options.c.
 */
import { octetAt, be32, putBe32 } from './bytes.ts';
import { IP_HEADER } from './ip-header.ts';

const IPOPT_END = 0;
const IPOPT_NOOP = 1;
const IPOPT_RR = 7;
const IPOPT_TS = 68;
const IPOPT_LSRR = 131;
const IPOPT_SSRR = 137;
const IPOPT_RA = 148;

/** The option is copied into every fragment. */
const IPOPT_COPY = 0x80;

/** Flags of a time stamp option. */
const TS_ONLY = 0;
const TS_AND_ADDRESS = 1;
const TS_PRESPECIFIED = 3;

/** The options of a header, found and checked. @kernel struct ip_options */
export interface IpOptions {
  /** Offset of each option from the start of the header; 0 where there is none. */
  readonly recordRoute: number;
  readonly timestamp: number;
  readonly sourceRoute: number;
  readonly strict: boolean;
  /** Where our address was put in, for who sends the packet on; 0 for nowhere. @kernel rr_needaddr */
  readonly recordedAt: number;
  /** The same, beside our time. @kernel ts_needaddr */
  readonly stampedAt: number;
  /** The packet was for us, and goes on to here by its source route. @kernel srr_is_hit */
  nextStop: Stop | null;
}

/** Offset of the octet that is wrong, from the start of the header. */
export interface BadOption {
  readonly pointer: number;
}

/** What this host puts into options that ask for it. */
export interface OptionFiller {
  /** Our address where the packet came in, or goes out. */
  readonly address: number;
  /** Milliseconds since midnight, universal time. */
  readonly timeMs: number;
  readonly isLocal: (address: number) => boolean;
  /** It knows the router alert, which nobody here is waiting for. */
  readonly looksAtAlert: boolean;
}

/**
 * Checks the options of a header, and fills in what this host is asked for on the way in.
 *
 * @param bytes - the header, written to.
 * @kernel ip_options_compile
 */
export function ipOptionsCompile(bytes: Uint8Array, filler: OptionFiller): IpOptions | BadOption {
  const found: Found = {
    recordRoute: 0,
    timestamp: 0,
    sourceRoute: 0,
    strict: false,
    recordedAt: 0,
    stampedAt: 0,
    nextStop: null,
  };
  for (let at = IP_HEADER; at < bytes.length;) {
    const kind = octetAt(bytes, at);
    if (kind === IPOPT_END) return found;
    if (kind === IPOPT_NOOP) {
      at += 1;
      continue;
    }
    const length = octetAt(bytes, at + 1);
    if (at + 1 >= bytes.length || length < 2 || at + length > bytes.length) return { pointer: at };
    const bad = one(bytes, at, length, found, filler);
    if (bad !== undefined) return { pointer: bad };
    at += length;
  }
  return found;
}

type Found = { -readonly [Name in keyof IpOptions]: IpOptions[Name] };

/** @returns offset of what is wrong with the option. */
function one(
  bytes: Uint8Array,
  at: number,
  length: number,
  found: Found,
  filler: OptionFiller,
): number | undefined {
  switch (octetAt(bytes, at)) {
    case IPOPT_LSRR:
    case IPOPT_SSRR:
      return sourceRoute(bytes, at, length, found);
    case IPOPT_RR:
      return recordRoute(bytes, at, length, found, filler);
    case IPOPT_TS:
      return timestamp(bytes, at, length, found, filler);
    case IPOPT_RA:
      return filler.looksAtAlert && length < 4 ? at + 1 : undefined;
    default:
      return undefined;
  }
}

function sourceRoute(
  bytes: Uint8Array,
  at: number,
  length: number,
  found: Found,
): number | undefined {
  if (length < 3) return at + 1;
  if (octetAt(bytes, at + 2) < 4) return at + 2;
  if (found.sourceRoute !== 0) return at;
  found.sourceRoute = at;
  found.strict = octetAt(bytes, at) === IPOPT_SSRR;
  return undefined;
}

function recordRoute(
  bytes: Uint8Array,
  at: number,
  length: number,
  found: Found,
  { address }: OptionFiller,
): number | undefined {
  if (found.recordRoute !== 0) return at;
  if (length < 3) return at + 1;
  const pointer = octetAt(bytes, at + 2);
  if (pointer < 4) return at + 2;
  if (pointer <= length) {
    if (pointer + 3 > length) return at + 2;
    putBe32(bytes, at + pointer - 1, address);
    found.recordedAt = at + pointer - 1;
    bytes[at + 2] = pointer + 4;
  }
  found.recordRoute = at;
  return undefined;
}

function timestamp(
  bytes: Uint8Array,
  at: number,
  length: number,
  found: Found,
  filler: OptionFiller,
): number | undefined {
  if (found.timestamp !== 0) return at;
  if (length < 4) return at + 1;
  const pointer = octetAt(bytes, at + 2);
  const flag = octetAt(bytes, at + 3) & 15;
  if (pointer < 5) return at + 2;
  if (pointer > length) {
    // No room left: the hosts that had none are counted, as far as four bits go.
    const overflow = octetAt(bytes, at + 3) >>> 4;
    if (overflow === 15) return at + 3;
    bytes[at + 3] = ((overflow + 1) << 4) | flag;
    found.timestamp = at;
    return undefined;
  }
  const needed = flag === TS_ONLY ? 4 : 8;
  if (pointer + needed - 1 > length) return at + 2;
  const place = at + pointer - 1;
  if (flag === TS_ONLY) {
    putBe32(bytes, place, filler.timeMs);
  } else if (flag === TS_AND_ADDRESS) {
    putBe32(bytes, place, filler.address);
    found.stampedAt = place;
    putBe32(bytes, place + 4, filler.timeMs);
  } else if (flag === TS_PRESPECIFIED) {
    found.timestamp = at;
    if (!filler.isLocal(be32(bytes, place))) return undefined;
    putBe32(bytes, place + 4, filler.timeMs);
  } else {
    return at + 3;
  }
  bytes[at + 2] = pointer + needed;
  found.timestamp = at;
  return undefined;
}

/**
 * The header of all fragments but the first: options that are not to be copied become no-operations.
 *
 * @kernel ip_options_fragment
 */
export function optionsForFragments(header: Uint8Array): Uint8Array {
  const copy = header.slice();
  for (let at = IP_HEADER; at < copy.length;) {
    const kind = octetAt(copy, at);
    if (kind === IPOPT_END) break;
    const length = kind === IPOPT_NOOP ? 1 : octetAt(copy, at + 1);
    if (length < 1 || at + length > copy.length) break;
    if ((kind & IPOPT_COPY) === 0) copy.fill(IPOPT_NOOP, at, at + length);
    at += length;
  }
  return copy;
}

/** A place of a source route that no host has taken yet. */
export interface Stop {
  readonly address: number;
  /** Offset of the address in the header. */
  readonly place: number;
  /** The option ends before the address does. */
  readonly cutOff: boolean;
}

/** The stops that are left of the source route at that offset of a header, the next first. */
export function* stopsOf(bytes: Uint8Array, at: number): Generator<Stop> {
  const end = at + octetAt(bytes, at + 1);
  for (let place = at + octetAt(bytes, at + 2) - 1; place < end; place += 4) {
    const cutOff = place + 4 > end;
    yield { address: cutOff ? 0 : be32(bytes, place), place, cutOff };
  }
}

/**
 * Our address as it is where the packet leaves.
 *
 * Beside a time it stays the one where the packet came in, which RFC 791 leaves open, unless we were a stop on its way.
 *
 * @kernel ip_forward_options
 */
export function rewriteAddresses(bytes: Uint8Array, options: IpOptions, address: number): void {
  const { recordedAt, stampedAt, nextStop } = options;
  if (recordedAt !== 0) putBe32(bytes, recordedAt, address);
  if (stampedAt !== 0 && nextStop !== null) putBe32(bytes, stampedAt, address);
}

/** Notes our address in the place of the stop that is taken, which becomes the destination. */
export function advanceSourceRoute(
  bytes: Uint8Array,
  at: number,
  { address: next, place }: Stop,
  address: number,
): void {
  putBe32(bytes, place, address);
  bytes[at + 2] = place - at + 5;
  putBe32(bytes, 16, next);
}
