/** Octets as the contract writes them: lower-case hex, two digits each. */
import { freshOctets } from './fresh-octets.ts';

/** Longest run of octets in one field: a maximal IPv4 packet fits several times. */
export const MAX_OCTETS = 262_144;

/** Two digits for each octet. */
const HEX = Array.from({ length: 256 }, (_, octet) => octet.toString(16).padStart(2, '0'));

/** Of more octets than this Node writes and reads the text faster. */
const FEW = 32;

/** What the suite writes for a field of the kind `octets`. */
export function octetsOf(bytes: Iterable<number>): string {
  if (bytes instanceof Uint8Array && bytes.length > FEW) {
    return Buffer.from(bytes.buffer, bytes.byteOffset, bytes.length).toString('hex');
  }
  let text = '';
  for (const byte of bytes) text += HEX[byte & 0xff];
  return text;
}

/** The value of each hex digit by its character code; of other characters one that no digit has. */
const DIGITS = Uint8Array.from({ length: 128 }, (_, code) => {
  const value = parseInt(String.fromCharCode(code), 16);
  return Number.isNaN(value) ? 0xff : value;
});

/** @returns whether all of it was digits; Node stops where one is none, but takes some wide characters for digits. */
function readByNode(octets: string, bytes: Uint8Array): boolean {
  const memory = Buffer.from(bytes.buffer, bytes.byteOffset, bytes.length);
  return (
    memory.write(octets, 'hex') === bytes.length && Buffer.byteLength(octets) === octets.length
  );
}

/** @throws RangeError — not an even number of hex digits. */
export function bytesOf(octets: string): Uint8Array {
  const bytes = freshOctets(octets.length >> 1);
  let wrong = octets.length % 2;
  if (bytes.length > FEW && wrong === 0 && readByNode(octets, bytes)) return bytes;
  for (let at = 0; at < bytes.length; at++) {
    const high = DIGITS[octets.charCodeAt(2 * at)] ?? 0xff;
    const low = DIGITS[octets.charCodeAt(2 * at + 1)] ?? 0xff;
    bytes[at] = (high << 4) | low;
    wrong |= (high | low) & 0xf0;
  }
  if (wrong !== 0) {
    throw new RangeError(`not an even number of hex digits: "${octets.slice(0, 40)}"`);
  }
  return bytes;
}
