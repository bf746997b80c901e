/**
 * ICMP errors that pass NAT: the packet that they quote has to look as its sender knows it.
 *
 * An error from outside quotes a packet under the router's address, one from inside under the host's own.
 * Address and port are changed in the quote as they were, or would be, in the packet itself, and the checksum
 * of the message is amended for whatever that has changed.
 *
 * Source: RFC 3022, section 4.3; RFC 5508, section 4; Linux 2.6.11, ip_nat_core.c,
 * icmp_reply_translation().
 */
import { be16, be32, octetAt, putBe16, putBe32 } from './bytes.ts';
import {
  fragmentOffset,
  ipHeader,
  IP_HEADER,
  networkOctets,
  readIpHeader,
  type IpHeader,
} from './ip-header.ts';
import { amend, placesOf, words, type End, type Places } from './nat-rewrite.ts';
import type { SkBuff } from './sk-buff.ts';

const IPPROTO_ICMP = 1;
const ICMP_HEADER = 8;
const ICMP_CHECK = 2;

/** Unreachable, source quench, redirect, time exceeded, parameter problem. */
const ERRORS: readonly number[] = [3, 4, 5, 11, 12];

/** The packet in an error message. */
export interface Quote {
  readonly header: IpHeader;
  readonly places: Places | undefined;
  /** The ports that stand in it; 0 where there are none. */
  readonly source: number;
  readonly destination: number;
}

/** @returns undefined for what is no ICMP error, or quotes no whole header. */
export function quoteOf(header: IpHeader, packet: Uint8Array): Quote | undefined {
  if (header.protocol !== IPPROTO_ICMP || fragmentOffset(header) !== 0) return undefined;
  const message = packet.subarray(header.headerLength);
  if (!ERRORS.includes(octetAt(message, 0))) return undefined;
  const quoted = message.subarray(ICMP_HEADER);
  if (quoted.length < IP_HEADER) return undefined;
  const inner = readIpHeader(quoted);
  const transport = quoted.subarray(inner.headerLength);
  const known = placesOf(inner.protocol, transport[0] ?? 0);
  const whole =
    known !== undefined && transport.length >= Math.max(known.destination, known.source) + 2;
  const places = whole ? known : undefined;
  const port = (which: 'source' | 'destination') =>
    places === undefined ? 0 : be16(transport, places[which]);
  return { header: inner, places, source: port('source'), destination: port('destination') };
}

/** Changes one end of the packet that a message quotes. */
export function rewriteQuote(
  skb: SkBuff,
  { places }: Quote,
  which: 'source' | 'destination',
  end: End,
): void {
  const message = networkOctets(skb).subarray(ipHeader(skb).headerLength);
  const before = message.slice();
  const quoted = message.subarray(ICMP_HEADER);
  const at = which === 'source' ? 12 : 16;
  const old = be32(quoted, at);
  putBe32(quoted, at, end.address);
  amend(quoted, 10, words(old), words(end.address));
  const transport = quoted.subarray(readIpHeader(quoted).headerLength);
  if (places !== undefined) rewritePort(transport, places, which, { old, end });
  amendChanged(message, before);
}

/** The port, and the checksum where it is in the quote: of TCP it never is. */
function rewritePort(
  transport: Uint8Array,
  places: Places,
  which: 'source' | 'destination',
  { old, end }: { readonly old: number; readonly end: End },
): void {
  const port = be16(transport, places[which]);
  putBe16(transport, places[which], end.port);
  if (transport.length < places.check + 2 || be16(transport, places.check) === 0) return;
  if (places.pseudoHeader) amend(transport, places.check, words(old), words(end.address));
  amend(transport, places.check, [port], [end.port]);
}

/** Amends the checksum of the message for all words that are others now. */
function amendChanged(message: Uint8Array, before: Uint8Array): void {
  for (let at = ICMP_HEADER; at + 1 < message.length; at += 2) {
    const [was, is] = [be16(before, at), be16(message, at)];
    if (was !== is) amend(message, ICMP_CHECK, [was], [is]);
  }
}
