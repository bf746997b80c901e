/** ARP between Ethernet and IPv4 addresses. Source: RFC 826. */
import { ipv4Octets, ipv4Text, macOctets, macText } from './addresses.ts';
import { bigEndian, joined, octetsIn, raw, type Raw, trailerOf, uint16 } from './octets.ts';

const LENGTH = 28;

/** Hardware type 1, protocol type 0x0800, address lengths 6 and 4. */
const ETHERNET_IPV4 = [0, 1, 8, 0, 6, 4] as const;

const OPERATIONS = ['request', 'reply'] as const;

/** Numbers are for what has no name here; 1 and 2 always get theirs. */
export type ArpOperation = (typeof OPERATIONS)[number] | number;

export interface ArpPacket {
  readonly kind: 'arp';
  readonly operation: ArpOperation;
  readonly senderHardware: string;
  readonly senderProtocol: string;
  /** What a request asks for, so of no meaning in it; usually zeroes. */
  readonly targetHardware: string;
  readonly targetProtocol: string;
  /** Octets behind the packet, such as Ethernet's padding to 46 octets. */
  readonly trailer?: string;
}

export type ArpDraft = ArpPacket;

/** @throws RangeError — a field does not fit. */
export function encodeArp(packet: ArpDraft): Uint8Array {
  const { operation } = packet;
  const code = typeof operation === 'number' ? operation : OPERATIONS.indexOf(operation) + 1;
  return joined(
    ETHERNET_IPV4,
    bigEndian(code, 2),
    macOctets(packet.senderHardware),
    ipv4Octets(packet.senderProtocol),
    macOctets(packet.targetHardware),
    ipv4Octets(packet.targetProtocol),
    octetsIn(packet.trailer ?? ''),
  );
}

export function decodeArp(bytes: Uint8Array): ArpPacket | Raw {
  if (bytes.length < LENGTH) return raw(bytes, 'arp packet shorter than 28 octets');
  if (ETHERNET_IPV4.some((octet, at) => bytes[at] !== octet)) {
    return raw(bytes, 'arp between other addresses than ethernet and ipv4');
  }
  const code = uint16(bytes, 6);
  return {
    kind: 'arp',
    operation: OPERATIONS[code - 1] ?? code,
    senderHardware: macText(bytes, 8),
    senderProtocol: ipv4Text(bytes, 14),
    targetHardware: macText(bytes, 18),
    targetProtocol: ipv4Text(bytes, 24),
    ...trailerOf(bytes.subarray(LENGTH)),
  };
}
