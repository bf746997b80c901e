/**
 * The parts of an IPv4 packet, read by the suite's own code.
 *
 * Octets are hex text as in the contract. Source: RFC 791, RFC 793 section 3.1, RFC 768.
 */
import { bytesOf, octetsOf } from '../contract/index.ts';

const TCP = 6;
const UDP = 17;

/** Offset of the check field in the transport header. */
export const CHECK_OFFSET = { tcp: 16, udp: 6 } as const;

/** The two parts of a packet that carry a checksum. */
export interface Checked {
  readonly header: string;
  /** Transport header and data; behind the pseudo-header, if the protocol has one. */
  readonly transport: string;
}

/** @throws RangeError — the packet is shorter than its header says, or not IPv4. */
export function checkedParts(packet: string): Checked {
  const bytes = bytesOf(packet);
  const headerLength = ((bytes[0] ?? 0) & 0x0f) * 4;
  const totalLength = ((bytes[2] ?? 0) << 8) | (bytes[3] ?? 0);
  if ((bytes[0] ?? 0) >> 4 !== 4 || headerLength < 20) throw new RangeError('no IPv4 packet');
  if (totalLength !== bytes.length || headerLength > bytes.length) {
    throw new RangeError(`${bytes.length} octets where the header says ${totalLength}`);
  }
  const protocol = bytes[9] ?? 0;
  const transport = bytes.subarray(headerLength);
  const behind = protocol === TCP || protocol === UDP;
  const pseudo = behind
    ? [...bytes.subarray(12, 20), 0, protocol, transport.length >> 8, transport.length & 0xff]
    : [];
  return {
    header: octetsOf(bytes.subarray(0, headerLength)),
    transport: octetsOf([...pseudo, ...transport]),
  };
}

/** The twelve octets that stand for the IP header under a transport checksum. */
export function pseudoHeader(
  source: string,
  destination: string,
  length: number,
  protocol: number,
): string {
  const addresses = [...source.split('.'), ...destination.split('.')].map(Number);
  return octetsOf([...addresses, 0, protocol, length >> 8, length & 0xff]);
}

/** A 16-bit number in network order at an offset. */
export function word16At(octets: string, offset: number): number {
  return Number.parseInt(octets.slice(2 * offset, 2 * offset + 4), 16);
}

export function withWord16At(octets: string, offset: number, value: number): string {
  const word = value.toString(16).padStart(4, '0');
  return octets.slice(0, 2 * offset) + word + octets.slice(2 * offset + 4);
}

/** The octets with one bit turned over, counted from the highest bit of the first octet. */
export function withBitTurned(octets: string, bit: number): string {
  const bytes = bytesOf(octets);
  const at = bit >> 3;
  bytes[at] = (bytes[at] ?? 0) ^ (0x80 >> (bit & 7));
  return octetsOf(bytes);
}
