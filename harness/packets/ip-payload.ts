/** What IP carries: one protocol by its number, or octets as they are. */
import type { Ends } from './checksums.ts';
import { decodeIcmp, encodeIcmp, ICMP, type IcmpDraft, type IcmpMessage } from './icmp.ts';
import {
  decodeIcmpv6,
  encodeIcmpv6,
  ICMPV6,
  type Icmpv6Draft,
  type Icmpv6Message,
} from './icmpv6.ts';
import { type Around, octetsIn, raw, type Raw } from './octets.ts';
import { decodeTcp, encodeTcp, TCP, type TcpDraft, type TcpHead, type TcpSegment } from './tcp.ts';
import { decodeUdp, encodeUdp, UDP, type UdpDatagram, type UdpDraft } from './udp.ts';

export type IpPayload = IcmpMessage | Icmpv6Message | UdpDatagram | TcpSegment | TcpHead | Raw;

export type IpPayloadDraft = IcmpDraft | Icmpv6Draft | UdpDraft | TcpDraft | TcpHead | Raw;

export const PROTOCOL = {
  icmp: ICMP,
  icmpv6: ICMPV6,
  tcp: TCP,
  'tcp-head': TCP,
  udp: UDP,
} as const;

/** @throws RangeError — a field does not fit. */
export function encodePayload(payload: IpPayloadDraft, ends: Ends): Uint8Array {
  switch (payload.kind) {
    case 'icmp':
      return encodeIcmp(payload);
    case 'icmpv6':
      return encodeIcmpv6(payload, ends);
    case 'tcp':
    case 'tcp-head':
      return encodeTcp(payload, ends);
    case 'udp':
      return encodeUdp(payload, ends);
    case 'raw':
      return octetsIn(payload.octets);
  }
}

export function decodePayload(
  bytes: Uint8Array,
  protocol: number,
  ends: Ends,
  around: Around,
): IpPayload {
  if (protocol === TCP) return decodeTcp(bytes, ends, around);
  if (protocol === UDP) return decodeUdp(bytes, ends, around);
  // Each version of ICMP belongs to one of IP; across, it is an unknown protocol.
  const version = ends.source.length === 4 ? 4 : 6;
  if (protocol === ICMP && version === 4) return decodeIcmp(bytes, around);
  if (protocol === ICMPV6 && version === 6) return decodeIcmpv6(bytes, ends, around);
  return raw(bytes);
}
