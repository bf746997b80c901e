/** Reading and writing of numbers in network order, in which all headers are. */

/** The octet at the position; 0 past the end, where callers have looked at the length before. */
export function octetAt(bytes: Uint8Array, at: number): number {
  return bytes[at] ?? 0;
}

/** Unsigned 16-bit number in network order at the position. */
export function be16(bytes: Uint8Array, at: number): number {
  return (octetAt(bytes, at) << 8) | octetAt(bytes, at + 1);
}

/** Unsigned 32-bit number in network order at the position. */
export function be32(bytes: Uint8Array, at: number): number {
  return ((be16(bytes, at) << 16) | be16(bytes, at + 2)) >>> 0;
}

export function putBe16(bytes: Uint8Array, at: number, value: number): void {
  bytes[at] = (value >>> 8) & 0xff;
  bytes[at + 1] = value & 0xff;
}

/** Exchanges the octets of a 16-bit number: from host order to network order and back. */
export function swab16(value: number): number {
  return ((value & 0xff) << 8) | (value >>> 8);
}

/** An IPv4 address in dotted decimal. */
export function dotted(bytes: Uint8Array, at: number): string {
  return bytes.subarray(at, at + 4).join('.');
}

/** An IPv4 address as an unsigned 32-bit number, the first octet highest. */
export function inAddr(address: string): number {
  return address.split('.').reduce((number, octet) => number * 256 + Number(octet), 0);
}

/** An address given as a number, in dotted decimal. */
export function addrText(address: number): string {
  return [address >>> 24, (address >>> 16) & 255, (address >>> 8) & 255, address & 255].join('.');
}

export function putBe32(bytes: Uint8Array, at: number, value: number): void {
  putBe16(bytes, at, value >>> 16);
  putBe16(bytes, at + 2, value);
}
