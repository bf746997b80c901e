/** What sentences can say of a packet, taken from it. */
import type { ArpPacket } from '../arp.ts';
import type { Packet } from '../codec.ts';
import type { LinkPayload } from '../ethernet.ts';
import type { IpPayload } from '../ip-payload.ts';
import type { Ipv4Packet } from '../ipv4.ts';
import type { Ipv6Packet } from '../ipv6.ts';
import { TCP_FLAGS, type TcpHead, type TcpSegment } from '../tcp.ts';
import type { UdpDatagram } from '../udp.ts';
import {
  checksumFacts,
  type Fact,
  type Facts,
  FLAG_LETTERS,
  type Keyword,
  protocolName,
} from './facts.ts';
import { icmpFacts, icmpv6Facts } from './icmp-facts.ts';
import { ipv4OptionFacts } from './ipv4-option-notation.ts';
import { tcpOptionFacts } from './tcp-option-notation.ts';

/** What a frame carries, or the packet itself. */
export function networkLayer(packet: Packet): LinkPayload {
  return packet.kind === 'ethernet' ? packet.payload : packet;
}

const KEYWORD_OF = {
  icmp: 'ICMP',
  icmpv6: 'ICMP6',
  tcp: 'TCP',
  'tcp-head': 'TCP',
  udp: 'UDP',
} as const;

/** The keyword of the sentence that says most of a packet. */
export function keywordOf(packet: Packet): Keyword {
  const layer = networkLayer(packet);
  if (layer.kind === 'arp') return 'ARP';
  if (layer.kind === 'raw') return 'RAW';
  const { kind } = layer.payload;
  if (kind === 'raw' || kind === 'ipv6-fragment') return layer.kind === 'ipv4' ? 'IP' : 'IP6';
  return KEYWORD_OF[kind];
}

/** All facts of a packet under a keyword; undefined if it is no packet of that kind. */
export function factsOf(packet: Packet, keyword: Keyword): Facts | undefined {
  const layer = networkLayer(packet);
  const facts = keyword === keywordOf(packet) ? ownFacts(layer) : aroundFacts(layer, keyword);
  return facts === undefined ? undefined : withLinkFacts(facts, packet);
}

/**
 * Facts while they are gathered: one object for each packet, since spreading them together gives every packet's
 * facts a shape of their own, and whoever reads them looks for each anew.
 */
type Changeable = Record<string, Fact>;

function withLinkFacts(facts: Changeable, packet: Packet): Facts {
  if (packet.kind !== 'ethernet') return facts;
  facts['link source'] = packet.source;
  facts['link destination'] = packet.destination;
  facts['ethertype'] = packet.etherType;
  return facts;
}

/** A packet that has a sentence of its own, as an IP packet. */
function aroundFacts(layer: LinkPayload, keyword: Keyword): Changeable | undefined {
  if (layer.kind === 'ipv4' && keyword === 'IP') return ipv4Facts(layer);
  return layer.kind === 'ipv6' && keyword === 'IP6' ? ipv6Facts(layer) : undefined;
}

function ownFacts(layer: LinkPayload): Changeable {
  if (layer.kind === 'arp') return arpFacts(layer);
  if (layer.kind === 'raw') return { length: layer.octets.length / 2, data: layer.octets };
  const around = layer.kind === 'ipv4' ? ipv4Facts(layer) : ipv6Facts(layer);
  const { payload } = layer;
  if (payload.kind === 'raw' || payload.kind === 'ipv6-fragment') return around;
  // Length and data are those of the payload's own sentence.
  const inside = payloadFacts(payload, Number(around['length']));
  if (inside['length'] === undefined) delete around['length'];
  return Object.assign(around, inside);
}

function payloadFacts(
  payload: Exclude<IpPayload, { readonly kind: 'raw' }>,
  octets: number,
): Facts {
  switch (payload.kind) {
    case 'udp':
      return udpFacts(payload);
    case 'tcp':
    case 'tcp-head':
      return tcpFacts(payload, octets);
    case 'icmp':
      return icmpFacts(payload, octets);
    case 'icmpv6':
      return icmpv6Facts(payload, octets);
  }
}

function arpFacts(packet: ArpPacket): Changeable {
  const names: Readonly<Record<string, string>> = { request: 'who-has', reply: 'is-at' };
  return {
    operation: names[packet.operation] ?? packet.operation,
    sender: packet.senderProtocol,
    target: packet.targetProtocol,
    'sender hardware': packet.senderHardware,
    'target hardware': packet.targetHardware,
  };
}

/** Octets of payload as the header tells them, so that of a quoted packet they are the original's. */
function payloadOctets(layer: Ipv4Packet | Ipv6Packet): number {
  if (layer.kind === 'ipv6') {
    return layer.payload.kind === 'ipv6-fragment' ? layer.payloadLength - 8 : layer.payloadLength;
  }
  return Math.max(0, layer.totalLength - layer.headerLength);
}

function ipv4Facts(packet: Ipv4Packet): Changeable {
  const protocol = protocolName(packet.protocol);
  const facts = {
    source: packet.source,
    destination: packet.destination,
    protocol,
    ttl: packet.ttl,
    tos: packet.tos,
    'ip id': packet.identification,
    DF: packet.dontFragment,
    MF: packet.moreFragments,
    offset: packet.fragmentOffset,
    options: packet.options.map((option) => ipv4OptionFacts(option)),
    'total length': packet.totalLength,
    length: payloadOctets(packet),
  };
  return Object.assign(facts, checksumFacts('header checksum', packet), dataFact(packet));
}

/** Only of a payload that is octets; of another it is told by the packet's own sentence. */
function dataFact({ payload }: Ipv4Packet | Ipv6Packet): Facts {
  return payload.kind === 'raw' || payload.kind === 'ipv6-fragment' ? { data: payload.octets } : {};
}

function ipv6Facts(packet: Ipv6Packet): Changeable {
  const { payload } = packet;
  const fragment = payload.kind === 'ipv6-fragment' ? payload : undefined;
  return {
    source: packet.source,
    destination: packet.destination,
    protocol: protocolName(fragment?.nextHeader ?? packet.nextHeader),
    'hop limit': packet.hopLimit,
    'traffic class': packet.trafficClass,
    'flow label': packet.flowLabel,
    length: payloadOctets(packet),
    ...dataFact(packet),
    ...(fragment && {
      'ip id': fragment.identification,
      offset: fragment.fragmentOffset,
      MF: fragment.moreFragments,
    }),
  };
}

function udpFacts(datagram: UdpDatagram): Facts {
  const { length, data, checksum } = datagram;
  return {
    'source port': datagram.sourcePort,
    'destination port': datagram.destinationPort,
    length: length < 8 ? data.length / 2 : length - 8,
    data,
    ...checksumFacts('checksum', datagram),
    ...(checksum === 0 && { checksum: 'none' }),
  };
}

function tcpFacts(segment: TcpSegment | TcpHead, octets: number): Facts {
  const { sourcePort, destinationPort, sequence } = segment;
  if (segment.kind === 'tcp-head') {
    return { 'source port': sourcePort, 'destination port': destinationPort, sequence };
  }
  const letters = segment.flags.map((flag) => FLAG_LETTERS[TCP_FLAGS.indexOf(flag)]);
  const facts = {
    'source port': sourcePort,
    'destination port': destinationPort,
    sequence,
    flags: letters.join('') || '-',
    length: Math.max(0, octets - segment.headerLength),
    ack: segment.acknowledgment,
    win: segment.window,
    urg: segment.urgentPointer,
    'tcp options': segment.options.map((option) => tcpOptionFacts(option)),
    data: segment.data,
  };
  return Object.assign(facts, checksumFacts('checksum', segment));
}

/** The packet that an error message quotes. */
export function quotedIn(packet: Packet): Packet | undefined {
  const layer = networkLayer(packet);
  if (!('payload' in layer) || !('quoted' in layer.payload)) return undefined;
  return layer.payload.quoted;
}
