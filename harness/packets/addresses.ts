/** Addresses as octets and as text. Source: RFC 4291 section 2.2, RFC 5952 section 4. */
import { isIPv4, isIPv6 } from 'node:net';
import { octetsOf } from '../../contract/index.ts';
import { bigEndian, uint16, uint8 } from './octets.ts';

const MAC = /^[0-9a-f]{2}(?::[0-9a-f]{2}){5}$/i;

/** Six octets, such as `02:00:00:00:00:01`. */
export function macText(bytes: Uint8Array, at = 0): string {
  return [0, 1, 2, 3, 4, 5].map((place) => octetsOf([uint8(bytes, at + place)])).join(':');
}

/** @throws RangeError — no address of six octets. */
export function macOctets(text: string): number[] {
  if (!isMac(text)) throw new RangeError(`no Ethernet address: "${text}"`);
  return text.split(':').map((octet) => Number.parseInt(octet, 16));
}

export function isMac(text: string): boolean {
  return MAC.test(text);
}

export function ipv4Text(bytes: Uint8Array, at = 0): string {
  return [0, 1, 2, 3].map((place) => uint8(bytes, at + place)).join('.');
}

/** @throws RangeError — no IPv4 address. */
export function ipv4Octets(text: string): number[] {
  if (!isIPv4(text)) throw new RangeError(`no IPv4 address: "${text}"`);
  return text.split('.').map(Number);
}

/** The one form of RFC 5952: lower case, the longest run of zeroes shortened, the first of equals. */
export function ipv6Text(bytes: Uint8Array, at = 0): string {
  const groups = [0, 2, 4, 6, 8, 10, 12, 14].map((place) => uint16(bytes, at + place));
  const { start, length } = longestZeroes(groups);
  const text = (part: readonly number[]) => part.map((group) => group.toString(16)).join(':');
  if (length < 2) return text(groups);
  return `${text(groups.slice(0, start))}::${text(groups.slice(start + length))}`;
}

function longestZeroes(groups: readonly number[]): { start: number; length: number } {
  let best = { start: 0, length: 0 };
  let start = 0;
  for (const [at, group] of groups.entries()) {
    if (group !== 0) start = at + 1;
    else if (at + 1 - start > best.length) best = { start, length: at + 1 - start };
  }
  return best;
}

/** @throws RangeError — no IPv6 address, or one with a zone. */
export function ipv6Octets(text: string): number[] {
  if (!isIPv6(text) || text.includes('%')) throw new RangeError(`no IPv6 address: "${text}"`);
  const [head = '', tail] = withoutDots(text).split('::');
  const front = groupsOf(head);
  const back = groupsOf(tail ?? '');
  const zeroes = Array.from({ length: 8 - front.length - back.length }, () => 0);
  return [...front, ...zeroes, ...back].flatMap((group) => bigEndian(group, 2));
}

function groupsOf(text: string): number[] {
  return text === '' ? [] : text.split(':').map((group) => Number.parseInt(group, 16));
}

/** The last 32 bits may be written as an IPv4 address. */
function withoutDots(text: string): string {
  const dotted = /[0-9.]+$/.exec(text)?.[0] ?? '';
  if (!dotted.includes('.')) return text;
  const octets = Uint8Array.from(ipv4Octets(dotted));
  const groups = `${uint16(octets, 0).toString(16)}:${uint16(octets, 2).toString(16)}`;
  return text.slice(0, -dotted.length) + groups;
}
