/**
 * Errors of ICMPv6.
 *
 * Source: RFC 4443, sections 2.2, 2.3 and 2.4; Linux 2.6.11, net/ipv6/icmp.c, icmpv6_send().
 */
import { be16, octetAt, putBe16, putBe32 } from './bytes.ts';
import { csumFold } from './csum.ts';

const IPPROTO_ICMPV6 = 58;
const IP6_HEADER = 40;
const ICMP6_HEADER = 8;
const HOP_LIMIT = 64;

/** Every link takes as much, so an error is never too long. @kernel IPV6_MIN_MTU */
const IPV6_MIN_MTU = 1280;

/** Types below are errors. @kernel ICMPV6_INFOMSG_MASK */
const FIRST_INFORMATIONAL = 128;

/**
 * An error about a packet, with as much of it as fits.
 *
 * @param source - address of who complains, as hex.
 * @returns undefined where the packet is an error itself: those are never answered.
 */
export function icmp6Error(
  packet: Uint8Array,
  source: string,
  { type, code, info }: { readonly type: number; readonly code: number; readonly info: number },
): Uint8Array | undefined {
  if (octetAt(packet, 6) === IPPROTO_ICMPV6 && octetAt(packet, IP6_HEADER) < FIRST_INFORMATIONAL) {
    return undefined;
  }
  const quoted = packet.subarray(0, IPV6_MIN_MTU - IP6_HEADER - ICMP6_HEADER);
  const bytes = new Uint8Array(IP6_HEADER + ICMP6_HEADER + quoted.length);
  bytes[0] = 0x60;
  putBe16(bytes, 4, ICMP6_HEADER + quoted.length);
  bytes[6] = IPPROTO_ICMPV6;
  bytes[7] = HOP_LIMIT;
  bytes.set(
    Uint8Array.from(source.match(/../g) ?? [], (octet) => Number.parseInt(octet, 16)),
    8,
  );
  bytes.set(packet.subarray(8, 24), 24);
  const message = bytes.subarray(IP6_HEADER);
  message[0] = type;
  message[1] = code;
  putBe32(message, 4, info);
  message.set(quoted, ICMP6_HEADER);
  putBe16(message, 2, csumIpv6Magic(bytes));
  return bytes;
}

/** Over addresses, length, protocol and message. @kernel csum_ipv6_magic */
function csumIpv6Magic(bytes: Uint8Array): number {
  let sum = be16(bytes, 4) + octetAt(bytes, 6);
  for (let at = 8; at < bytes.length; at += 2) {
    sum += (octetAt(bytes, at) << 8) | (bytes[at + 1] ?? 0);
  }
  return csumFold((sum & 0xffff) + (sum >>> 16));
}
