/** Octets as the contract writes them: lower-case hex, two digits each. */

/** Longest run of octets in one field: a maximal IPv4 packet fits several times. */
export const MAX_OCTETS = 262_144;

/** Two digits for each octet. */
const HEX = Array.from({ length: 256 }, (_, octet) => octet.toString(16).padStart(2, '0'));

/** What the suite writes for a field of the kind `octets`. */
export function octetsOf(bytes: Iterable<number>): string {
  let text = '';
  for (const byte of bytes) text += HEX[byte & 0xff];
  return text;
}

/** @throws RangeError — not an even number of hex digits. */
export function bytesOf(octets: string): Uint8Array {
  if (octets.length % 2 !== 0 || /[^0-9a-fA-F]/.test(octets)) {
    throw new RangeError(`not an even number of hex digits: "${octets.slice(0, 40)}"`);
  }
  const bytes = new Uint8Array(octets.length / 2);
  for (let at = 0; at < bytes.length; at++) {
    bytes[at] = (digitAt(octets, 2 * at) << 4) | digitAt(octets, 2 * at + 1);
  }
  return bytes;
}

/** The value of a hex digit: in ASCII, a letter's low four bits are nine less than it. */
function digitAt(octets: string, at: number): number {
  const code = octets.charCodeAt(at);
  return (code & 0xf) + (code > 0x39 ? 9 : 0);
}
