/**
 * Captures as files that Wireshark and tcpdump open.
 *
 * Written little-endian, with times in nanoseconds. Source: draft-ietf-opsawg-pcapng sections 3 and 4.
 */
import type { Link } from './codec.ts';
import { octetsIn } from './octets.ts';

const SECTION_HEADER = 0x0a0d0d0a;
const INTERFACE_DESCRIPTION = 1;
const ENHANCED_PACKET = 6;

const BYTE_ORDER_MAGIC = 0x1a2b3c4d;
const UNKNOWN_LENGTH = 0xffff_ffff_ffff_ffffn;

const LINK_TYPE = { ethernet: 1, ip: 101 } as const;

/** Codes of options; those of one block mean nothing in another. */
const OPTION = {
  end: 0,
  comment: 1,
  interfaceName: 2,
  packetFlags: 2,
  application: 4,
  resolution: 9,
};

/** As a power of ten, negated: nanoseconds. */
const NANOSECONDS = 9;

const DIRECTION = { in: 1, out: 2 } as const;

export interface CaptureInterface {
  /** Unique in its capture. */
  readonly name: string;
  /** What its frames begin with; Ethernet unless it says otherwise. */
  readonly link?: Link;
}

export interface CapturedFrame {
  /** The name of the interface. */
  readonly interface: string;
  /** Nanoseconds, 64 bits, from wherever the capture counts; a number is exact up to 2^53. */
  readonly timeNs: bigint | number;
  /** From the link header on; hex text or the octets themselves. */
  readonly frame: Uint8Array | string;
  readonly comment?: string;
  /** As the interface's host sees it. */
  readonly direction?: 'in' | 'out';
}

export interface Capture {
  readonly interfaces: readonly CaptureInterface[];
  /** In the order in which they are to be shown. */
  readonly frames: readonly CapturedFrame[];
}

/** @throws RangeError — a frame is of an interface that the capture does not have. */
export function pcapng({ interfaces, frames }: Capture): Uint8Array {
  const names = new Map(interfaces.map(({ name }, index) => [name, index]));
  return Buffer.concat([
    sectionHeader(),
    ...interfaces.map((each) => interfaceDescription(each)),
    ...frames.map((frame) => enhancedPacket(frame, names)),
  ]);
}

function sectionHeader(): Buffer {
  const fixed = Buffer.concat([uint32(BYTE_ORDER_MAGIC), uint16(1), uint16(0)]);
  return block(SECTION_HEADER, [
    fixed,
    uint64(UNKNOWN_LENGTH),
    ...options([[OPTION.application, Buffer.from('kernspec')]]),
  ]);
}

function interfaceDescription({ name, link = 'ethernet' }: CaptureInterface): Buffer {
  const noSnapLength = uint32(0);
  const described = options([
    [OPTION.interfaceName, Buffer.from(name)],
    [OPTION.resolution, Buffer.from([NANOSECONDS])],
  ]);
  const fixed = [uint16(LINK_TYPE[link]), uint16(0), noSnapLength];
  return block(INTERFACE_DESCRIPTION, [...fixed, ...described]);
}

function enhancedPacket(captured: CapturedFrame, names: ReadonlyMap<string, number>): Buffer {
  const { frame, comment, direction } = captured;
  const index = names.get(captured.interface);
  if (index === undefined) throw new RangeError(`no interface "${captured.interface}"`);
  const bytes = typeof frame === 'string' ? octetsIn(frame) : frame;
  const time = BigInt.asUintN(64, BigInt(captured.timeNs));
  return block(ENHANCED_PACKET, [
    uint32(index),
    uint32(Number(time >> 32n)),
    uint32(Number(time & 0xffff_ffffn)),
    uint32(bytes.length),
    uint32(bytes.length),
    padded(bytes),
    ...options([
      ...(comment === undefined ? [] : [[OPTION.comment, commentOctets(comment)] as const]),
      ...(direction === undefined
        ? []
        : [[OPTION.packetFlags, uint32(DIRECTION[direction])] as const]),
    ]),
  ]);
}

/** An option's length has 16 bits; no sentence comes near that, and a longer one ends early. */
function commentOctets(comment: string): Buffer {
  return Buffer.from(comment.slice(0, 16_000));
}

/** Type and length before the contents, and the length again behind, so that it reads backwards too. */
function block(type: number, contents: readonly Uint8Array[]): Buffer {
  const length = uint32(12 + contents.reduce((octets, part) => octets + part.length, 0));
  return Buffer.concat([uint32(type), length, ...contents, length]);
}

function options(all: ReadonlyArray<readonly [code: number, value: Uint8Array]>): Buffer[] {
  if (all.length === 0) return [];
  const written = all.flatMap(([code, value]) => [
    uint16(code),
    uint16(value.length),
    padded(value),
  ]);
  return [...written, uint16(OPTION.end), uint16(0)];
}

/** To a multiple of 32 bits. */
function padded(bytes: Uint8Array): Buffer {
  return Buffer.concat([bytes, Buffer.alloc(-bytes.length & 3)]);
}

function uint16(value: number): Buffer {
  const octets = Buffer.alloc(2);
  octets.writeUInt16LE(value);
  return octets;
}

function uint32(value: number): Buffer {
  const octets = Buffer.alloc(4);
  octets.writeUInt32LE(value);
  return octets;
}

function uint64(value: bigint): Buffer {
  const octets = Buffer.alloc(8);
  octets.writeBigUInt64LE(value);
  return octets;
}
