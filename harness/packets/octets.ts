/** Numbers in network order, and octets cut and joined: what every protocol's codec is made of. */
import { bytesOf } from '../../contract/index.ts';

/** Octets that are not taken apart: a fragment's payload, an unknown protocol, what is malformed. */
export interface Raw {
  readonly kind: 'raw';
  /** Hex text as in the contract. */
  readonly octets: string;
  /** Why they could not be taken apart; left out where nobody tried. */
  readonly problem?: string;
}

/** What is known of a packet before its payload is decoded. */
export interface Around {
  /** The packet ends before its length does, so a payload that does so too is no problem. */
  readonly cut: boolean;
  /** It is quoted by an error message; what it quotes itself is left as it is. */
  readonly quoted: boolean;
}

/** What lies in a buffer that ends early reads as zero; each codec checks lengths before. */
export function uint8(bytes: Uint8Array, at: number): number {
  return bytes[at] ?? 0;
}

export function uint16(bytes: Uint8Array, at: number): number {
  return (uint8(bytes, at) << 8) | uint8(bytes, at + 1);
}

export function uint32(bytes: Uint8Array, at: number): number {
  return uint16(bytes, at) * 0x10000 + uint16(bytes, at + 2);
}

/** A number as so many octets, highest first. @throws RangeError — it does not fit. */
export function bigEndian(value: number, octets: 1 | 2 | 4): number[] {
  if (!Number.isInteger(value) || value < 0 || value >= 2 ** (8 * octets)) {
    throw new RangeError(`${value} does not fit ${8 * octets} bits`);
  }
  const all = [value >>> 24, (value >>> 16) & 0xff, (value >>> 8) & 0xff, value & 0xff];
  return all.slice(4 - octets);
}

/** A field of some bits, to be shifted to its place. @throws RangeError — it does not fit. */
export function bits(value: number, width: number): number {
  if (!Number.isInteger(value) || value < 0 || value >= 2 ** width) {
    throw new RangeError(`${value} does not fit ${width} bits`);
  }
  return value;
}

/** A header's length as the four bits that tell it. @throws RangeError — more than they can tell. */
export function headerWords(octets: number): number {
  if (octets > 60) throw new RangeError(`${octets} octets do not fit a header of 60`);
  return bits(octets / 4, 4);
}

export function joined(...parts: readonly ArrayLike<number>[]): Uint8Array {
  const whole = new Uint8Array(parts.reduce((length, part) => length + part.length, 0));
  let at = 0;
  for (const part of parts) {
    whole.set(part, at);
    at += part.length;
  }
  return whole;
}

/** The octets from one place up to another as hex text. */
export function hexOf(bytes: Uint8Array, from = 0, to = bytes.length): string {
  const part = bytes.subarray(from, to);
  // A view of the same memory, not a copy; what the runtime turns into text it does much faster.
  return Buffer.from(part.buffer, part.byteOffset, part.length).toString('hex');
}

/** Hex text as octets. @throws RangeError — not an even number of hex digits. */
export function octetsIn(hex: string): Uint8Array {
  const bytes = Buffer.from(hex, 'hex');
  // The runtime stops at what is no digit, the contract's own reading says what is wrong.
  return 2 * bytes.length === hex.length ? bytes : bytesOf(hex);
}

/** What is too short for a header, which is a problem only if the packet around it is whole. */
export function tooShort(bytes: Uint8Array, { cut }: Around, problem: string): Raw {
  return raw(bytes, cut ? undefined : problem);
}

export function raw(bytes: Uint8Array, problem?: string): Raw {
  return { kind: 'raw', octets: hexOf(bytes), ...problemOf(problem) };
}

/**
 * What most packets of a kind have, with what some of them have besides.
 *
 * @param layer - fresh, and one literal: one into which others are spread has a shape of its own each time, and
 *   whoever reads it looks for every property anew.
 */
export function withParts<Layer extends object, Parts extends readonly object[]>(
  layer: Layer,
  ...parts: Parts
): Layer & Parts[number] {
  for (const part of parts) Object.assign(layer, part);
  return layer;
}

/** A problem as a property to spread; none leaves the property out. */
export function problemOf(problem: string | undefined): { readonly problem?: string } {
  return problem === undefined ? {} : { problem };
}

/** Octets behind the end that a length field tells, as a property to spread. */
export function trailerOf(bytes: Uint8Array): { readonly trailer?: string } {
  return bytes.length === 0 ? {} : { trailer: hexOf(bytes) };
}

/** Whether a checksum is right, as a property to spread; left out where it cannot be told. */
export function rightOf(right: boolean | undefined): { readonly checksumRight?: boolean } {
  return right === undefined ? {} : { checksumRight: right };
}

/**
 * The draft of a layer: what encoding can compute or has a default for may be left out, and what is
 * given is written as given.
 */
export type Draft<Layer, Optional extends keyof Layer> = Omit<Layer, Optional> &
  Partial<Pick<Layer, Optional>>;
