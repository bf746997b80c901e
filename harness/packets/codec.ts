/**
 * Frames and packets, from octets to plain data and back.
 *
 * Decoding loses nothing: encoding what was decoded gives the same octets, malformed ones too. It never
 * throws; what is malformed has a `problem`, and what cannot be told apart is `raw`.
 */
import {
  decodeEthernet,
  encodeEthernet,
  encodeLinkPayload,
  type EthernetDraft,
  type EthernetFrame,
  type LinkPayload,
  type LinkPayloadDraft,
} from './ethernet.ts';
import { decodeIpv4, type Ipv4Draft, type Ipv4Packet } from './ipv4.ts';
import { decodeIpv6, type Ipv6Draft, type Ipv6Packet } from './ipv6.ts';
import { hexOf, octetsIn, raw, type Raw, uint8 } from './octets.ts';

/** A frame, or what it carries where there is no link header. */
export type Packet = EthernetFrame | LinkPayload;

/** A packet of which some fields are left for encoding to compute. */
export type PacketDraft = EthernetDraft | LinkPayloadDraft;

/** What a capture begins with. */
export type Link = 'ethernet' | 'ip';

/** @throws RangeError — a field does not fit, or one is missing that cannot be computed. */
export function encode(packet: PacketDraft): Uint8Array {
  return packet.kind === 'ethernet' ? encodeEthernet(packet) : encodeLinkPayload(packet);
}

/** As the contract writes octets. */
export function encodeHex(packet: PacketDraft): string {
  return hexOf(encode(packet));
}

/**
 * What a frame holds.
 *
 * @param frame - hex text must be an even number of digits; all else is data from the wire.
 * @param link - with 'ip' there is no link header, and the first four bits tell the version of IP.
 */
export function decode(frame: Uint8Array | string, link: Link = 'ethernet'): Packet {
  const bytes = typeof frame === 'string' ? octetsIn(frame) : frame;
  if (link === 'ethernet') return decodeEthernet(bytes);
  if (bytes.length === 0) return raw(bytes, 'no octets');
  return uint8(bytes, 0) >> 4 === 6 ? decodeIpv6(bytes) : decodeIpv4(bytes);
}

/** Of the packets or drafts of a union, those of the kind that another has. */
type Alike<All, Some extends { readonly kind: string }> = Extract<
  All,
  { readonly kind: Some['kind'] }
>;

/** The draft in full: every field as it is on the wire. */
export function complete<Some extends PacketDraft>(draft: Some): Alike<Packet, Some> {
  return completed(draft) as Alike<Packet, Some>;
}

function completed(draft: PacketDraft): Packet {
  switch (draft.kind) {
    case 'ethernet':
      return decodeEthernet(encode(draft));
    case 'ipv4':
      return decodeIpv4(encode(draft));
    case 'ipv6':
      return decodeIpv6(encode(draft));
    default:
      return draft;
  }
}

/**
 * The beginning of a packet as an error message quotes it.
 *
 * @param octets - all in all; the IP header and eight more unless given, as RFC 792 asks for.
 */
export function quoteOf<Some extends Ipv4Draft | Ipv6Draft>(
  packet: Some,
  octets?: number,
): Alike<Ipv4Packet | Ipv6Packet, Some> | Raw {
  const bytes = encode(packet);
  const header = packet.kind === 'ipv6' ? 40 : (uint8(bytes, 0) & 0x0f) * 4;
  const start = bytes.subarray(0, octets ?? header + 8);
  const quoted = packet.kind === 'ipv6' ? decodeIpv6(start, true) : decodeIpv4(start, true);
  return quoted as Alike<Ipv4Packet | Ipv6Packet, Some> | Raw;
}

/** Fields that encoding computes, in the layers that have them. */
const COMPUTED = ['headerLength', 'totalLength', 'payloadLength', 'checksum', 'checksumRight'];

type Layer = Readonly<Record<string, unknown>>;

/**
 * The packet with lengths and checksums left for encoding to compute, to send it with other contents.
 *
 * What an error message quotes stays as it is.
 */
export function draftOf<Some extends PacketDraft>(packet: Some): Alike<PacketDraft, Some> {
  return withoutComputed(packet as unknown as Layer) as unknown as Alike<PacketDraft, Some>;
}

function withoutComputed(layer: Layer): Layer {
  const computed = layer['kind'] === 'udp' ? [...COMPUTED, 'length'] : COMPUTED;
  const kept = Object.entries(layer).filter(([name]) => !computed.includes(name));
  const payload = layer['payload'] as Layer | undefined;
  return {
    ...Object.fromEntries(kept),
    ...(payload === undefined ? {} : { payload: withoutComputed(payload) }),
  };
}

/** Everything that is wrong with a packet, outermost first; what an error message quotes aside. */
export function problemsOf(packet: Packet): string[] {
  return problemsIn(packet as unknown as Layer);
}

function problemsIn(layer: Layer): string[] {
  const { problem, checksumRight, kind, options, payload } = layer;
  const wrong = checksumRight === false ? [`${kind as string} checksum is wrong`] : [];
  return [
    ...(typeof problem === 'string' ? [problem] : []),
    ...wrong,
    ...(Array.isArray(options) ? options.flatMap((option) => problemsIn(option as Layer)) : []),
    ...(payload === undefined ? [] : problemsIn(payload as Layer)),
  ];
}
