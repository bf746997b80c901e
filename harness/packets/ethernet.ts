/** Ethernet II frames, without preamble and frame check sequence. Source: RFC 894, IEEE 802.3. */
import { macOctets, macText } from './addresses.ts';
import { type ArpDraft, type ArpPacket, decodeArp, encodeArp } from './arp.ts';
import { decodeIpv4, encodeIpv4, type Ipv4Draft, type Ipv4Packet } from './ipv4.ts';
import { decodeIpv6, encodeIpv6, type Ipv6Draft, type Ipv6Packet } from './ipv6.ts';
import { bigEndian, type Draft, joined, octetsIn, raw, type Raw, uint16 } from './octets.ts';

export const ETHERTYPE = { ipv4: 0x0800, arp: 0x0806, ipv6: 0x86dd } as const;

const HEADER = 14;

export interface EthernetFrame {
  readonly kind: 'ethernet';
  readonly destination: string;
  readonly source: string;
  /** What the payload is, host order; a value below 1536 is the length of an IEEE 802.3 frame. */
  readonly etherType: number;
  readonly payload: LinkPayload;
}

export type LinkPayload = ArpPacket | Ipv4Packet | Ipv6Packet | Raw;

export type LinkPayloadDraft = ArpDraft | Ipv4Draft | Ipv6Draft | Raw;

export type EthernetDraft = Draft<Omit<EthernetFrame, 'payload'>, 'etherType'> & {
  readonly payload: LinkPayloadDraft;
};

/** @throws RangeError — a field does not fit, or raw octets have no etherType. */
export function encodeEthernet(frame: EthernetDraft): Uint8Array {
  const { destination, source, payload } = frame;
  const etherType = frame.etherType ?? etherTypeOf(payload);
  const header = [...macOctets(destination), ...macOctets(source), ...bigEndian(etherType, 2)];
  return joined(header, encodeLinkPayload(payload));
}

function etherTypeOf({ kind }: LinkPayloadDraft): number {
  if (kind === 'raw') throw new RangeError('a frame of raw octets needs its etherType');
  return ETHERTYPE[kind];
}

export function encodeLinkPayload(payload: LinkPayloadDraft): Uint8Array {
  switch (payload.kind) {
    case 'arp':
      return encodeArp(payload);
    case 'ipv4':
      return encodeIpv4(payload);
    case 'ipv6':
      return encodeIpv6(payload);
    case 'raw':
      return octetsIn(payload.octets);
  }
}

export function decodeEthernet(bytes: Uint8Array): EthernetFrame | Raw {
  if (bytes.length < HEADER) return raw(bytes, 'ethernet header shorter than 14 octets');
  const etherType = uint16(bytes, 12);
  return {
    kind: 'ethernet',
    destination: macText(bytes, 0),
    source: macText(bytes, 6),
    etherType,
    payload: decodeLinkPayload(bytes.subarray(HEADER), etherType),
  };
}

function decodeLinkPayload(bytes: Uint8Array, etherType: number): LinkPayload {
  if (etherType === ETHERTYPE.arp) return decodeArp(bytes);
  if (etherType === ETHERTYPE.ipv4) return decodeIpv4(bytes);
  if (etherType === ETHERTYPE.ipv6) return decodeIpv6(bytes);
  return raw(bytes);
}
