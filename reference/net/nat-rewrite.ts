/**
 * Changing the address and port of a packet that is under way, with the checksums that cover them.
 *
 * The IP header's checksum covers the address, UDP's and TCP's cover address and port. Each is amended by
 * what changed and never computed anew: so an error of before stays one.
 *
 * Source: RFC 1624; RFC 3022, section 4.2; Linux 2.6.11, net/ipv4/netfilter/ip_nat_proto_udp.c.
 */
import { be16, be32, octetAt, putBe16, putBe32 } from './bytes.ts';
import { csumUpdate } from './csum.ts';
import { fragmentOffset, ipHeader, networkOctets, type IpHeader } from './ip-header.ts';
import type { SkBuff } from './sk-buff.ts';
import {
  IPPROTO_TCP,
  IPPROTO_UDP,
  TCP_CHECK_OFFSET,
  UDP_CHECK_OFFSET,
} from './transport-checksum.ts';

const IPPROTO_ICMP = 1;
const ECHO_REPLY = 0;
const ECHO = 8;

/** An address, and a port in the protocol's own way; host order. */
export interface End {
  readonly address: number;
  readonly port: number;
}

/** Where a transport header has what tells its users apart, in octets from its start. */
export interface Places {
  readonly source: number;
  readonly destination: number;
  readonly check: number;
  /** The checksum covers the addresses. */
  readonly pseudoHeader: boolean;
}

const UDP: Places = { source: 0, destination: 2, check: UDP_CHECK_OFFSET, pseudoHeader: true };
const TCP: Places = { source: 0, destination: 2, check: TCP_CHECK_OFFSET, pseudoHeader: true };
/** The identifier of an echo stands for both ends. */
const ICMP: Places = { source: 4, destination: 4, check: 2, pseudoHeader: false };

/**
 * Where a packet that is whole, or the first piece, has its ports.
 *
 * @returns undefined for a protocol without any, 'cut-off' where they or the checksum are not all there.
 */
export function portPlace(
  { protocol, headerLength }: IpHeader,
  packet: Uint8Array,
): Places | undefined | 'cut-off' {
  const places = placesOf(protocol, octetAt(packet, headerLength));
  if (places === undefined) return undefined;
  const last = Math.max(places.source, places.destination, places.check) + 2;
  return packet.length < headerLength + last ? 'cut-off' : places;
}

/** @param first - the first octet behind the IP header. */
export function placesOf(protocol: number, first: number): Places | undefined {
  if (protocol === IPPROTO_UDP) return UDP;
  if (protocol === IPPROTO_TCP) return TCP;
  const isEcho = protocol === IPPROTO_ICMP && (first === ECHO || first === ECHO_REPLY);
  return isEcho ? ICMP : undefined;
}

/** Writes another address and, unless it is null, another port. */
export function rewriteEnd(
  skb: SkBuff,
  which: 'source' | 'destination',
  { address, port }: { readonly address: number; readonly port: number | null },
): void {
  const header = ipHeader(skb);
  const bytes = networkOctets(skb);
  const at = which === 'source' ? 12 : 16;
  const before = be32(bytes, at);
  putBe32(bytes, at, address);
  amend(bytes, 10, words(before), words(address));
  if (fragmentOffset(header) !== 0) return;
  const places = portPlace(header, bytes);
  if (places === undefined || places === 'cut-off') return;
  const transport = bytes.subarray(header.headerLength);
  // A UDP checksum of 0 is none, and stays none.
  const none = places === UDP && be16(transport, places.check) === 0;
  if (places.pseudoHeader && !none) {
    amend(transport, places.check, words(before), words(address));
  }
  if (port !== null) {
    const old = be16(transport, places[which]);
    putBe16(transport, places[which], port);
    if (!none) amend(transport, places.check, [old], [port]);
  }
  if (places === UDP && !none && be16(transport, places.check) === 0) {
    putBe16(transport, places.check, 0xffff);
  }
}

/** Writes another identification. */
export function rewriteId(skb: SkBuff, id: number): void {
  const bytes = networkOctets(skb);
  const before = be16(bytes, 4);
  putBe16(bytes, 4, id);
  amend(bytes, 10, [before], [id]);
}

export const words = (value: number): readonly number[] => [value >>> 16, value & 0xffff];

/** @kernel ip_nat_cheat_check */
export function amend(
  bytes: Uint8Array,
  check: number,
  before: readonly number[],
  after: readonly number[],
): void {
  for (const [at, word] of before.entries()) {
    putBe16(bytes, check, csumUpdate(be16(bytes, check), word, after[at] ?? 0));
  }
}
