/** A packet's fields under the names that Wireshark's dissector has for them. */
import type {
  ArpPacket,
  EthernetFrame,
  IcmpMessage,
  Icmpv6Message,
  Ipv4Option,
  Ipv4Packet,
  Ipv6Packet,
  TcpOption,
  TcpSegment,
  UdpDatagram,
} from '../../harness/packets/index.ts';
import { ICMP_TYPE, ICMPV6_TYPE, TCP_FLAGS } from '../../harness/packets/index.ts';

export type Field = readonly [name: string, value: string | number];

const OPTION_TYPE = {
  nop: 1,
  'record-route': 7,
  timestamp: 68,
  'loose-source-route': 131,
  'strict-source-route': 137,
  'router-alert': 148,
} as const;

export function fieldsOf(packet: { readonly kind: string }): Field[] {
  const of = FIELDS[packet.kind];
  return of === undefined ? [] : of(packet as never);
}

/** In the order of the frame. */
const FIELDS: Readonly<Record<string, (packet: never) => Field[]>> = {
  ethernet: ({ destination, source, etherType, payload }: EthernetFrame) => [
    ['eth.dst', destination],
    ['eth.src', source],
    ['eth.type', etherType],
    ...fieldsOf(payload),
  ],
  arp: (packet: ArpPacket) => {
    const codes = { request: 1, reply: 2 };
    const { operation } = packet;
    return [
      ['arp.opcode', typeof operation === 'number' ? operation : codes[operation as 'request']],
      ['arp.src.hw_mac', packet.senderHardware],
      ['arp.src.proto_ipv4', packet.senderProtocol],
      ['arp.dst.hw_mac', packet.targetHardware],
      ['arp.dst.proto_ipv4', packet.targetProtocol],
    ];
  },
  ipv4: (packet: Ipv4Packet) => [
    ['ip.version', packet.version],
    ['ip.hdr_len', packet.headerLength],
    ['ip.dsfield', packet.tos],
    ['ip.len', packet.totalLength],
    ['ip.id', packet.identification],
    ['ip.flags.rb', 0],
    ['ip.flags.df', Number(packet.dontFragment)],
    ['ip.flags.mf', Number(packet.moreFragments)],
    ['ip.frag_offset', packet.fragmentOffset / 8],
    ['ip.ttl', packet.ttl],
    ['ip.proto', packet.protocol],
    ['ip.checksum', packet.checksum],
    ['ip.src', packet.source],
    ...packet.options.flatMap((option) => ipv4OptionFields(option)),
    ...fieldsOf(packet.payload),
  ],
  ipv6: (packet: Ipv6Packet) => [
    ['ipv6.version', packet.version],
    ['ipv6.tclass', packet.trafficClass],
    ['ipv6.flow', packet.flowLabel],
    ['ipv6.plen', packet.payloadLength],
    ['ipv6.nxt', packet.nextHeader],
    ['ipv6.hlim', packet.hopLimit],
    ['ipv6.src', packet.source],
    ['ipv6.dst', packet.destination],
    ...fieldsOf(packet.payload),
  ],
  'ipv6-fragment': (fragment: Ipv6Packet['payload'] & { readonly kind: 'ipv6-fragment' }) => [
    ['ipv6.fraghdr.nxt', fragment.nextHeader],
    ['ipv6.fraghdr.offset', fragment.fragmentOffset / 8],
    ['ipv6.fraghdr.more', Number(fragment.moreFragments)],
    ['ipv6.fraghdr.ident', fragment.identification],
  ],
  udp: (datagram: UdpDatagram) => [
    ['udp.srcport', datagram.sourcePort],
    ['udp.dstport', datagram.destinationPort],
    ['udp.length', datagram.length],
    ['udp.checksum', datagram.checksum],
  ],
  tcp: (segment: TcpSegment) => [
    ['tcp.srcport', segment.sourcePort],
    ['tcp.dstport', segment.destinationPort],
    ['tcp.len', segment.data.length / 2],
    ['tcp.seq', segment.sequence],
    ['tcp.ack', segment.acknowledgment],
    ['tcp.hdr_len', segment.headerLength],
    ['tcp.flags', segment.flags.reduce((all, flag) => all | (1 << TCP_FLAGS.indexOf(flag)), 0)],
    ['tcp.window_size_value', segment.window],
    ['tcp.checksum', segment.checksum],
    ['tcp.urgent_pointer', segment.urgentPointer],
    ...segment.options.flatMap((option) => tcpOptionFields(option)),
  ],
  icmp: (message: IcmpMessage) => [
    ['icmp.type', message.message === 'other' ? message.type : ICMP_TYPE[message.message]],
    ['icmp.code', message.code],
    ['icmp.checksum', message.checksum],
    ...('identifier' in message ? ([['icmp.ident', message.identifier]] as const) : []),
    ...('sequence' in message ? ([['icmp.seq', message.sequence]] as const) : []),
    ...('pointer' in message ? ([['icmp.pointer', message.pointer]] as const) : []),
    ...('gateway' in message ? ([['icmp.redir_gw', message.gateway]] as const) : []),
    ...('nextHopMtu' in message && message.code === 4
      ? ([['icmp.mtu', message.nextHopMtu]] as const)
      : []),
    ...('quoted' in message ? quotedFields(message.quoted) : []),
  ],
  icmpv6: (message: Icmpv6Message) => [
    ['icmpv6.type', message.message === 'other' ? message.type : ICMPV6_TYPE[message.message]],
    ['icmpv6.code', message.code],
    ['icmpv6.checksum', message.checksum],
    ...('identifier' in message ? ([['icmpv6.echo.identifier', message.identifier]] as const) : []),
    ...('sequence' in message
      ? ([['icmpv6.echo.sequence_number', message.sequence]] as const)
      : []),
    ...('pointer' in message ? ([['icmpv6.pointer', message.pointer]] as const) : []),
    ...('mtu' in message ? ([['icmpv6.mtu', message.mtu]] as const) : []),
    ...('quoted' in message ? quotedFields(message.quoted) : neighbourFields(message)),
  ],
};

/** Of a segment that is quoted, the dissector looks at what every error message quotes. */
function quotedFields(quoted: { readonly kind: string }): Field[] {
  const beyond = /^tcp\.(?!srcport|dstport|seq)/;
  return fieldsOf(quoted).filter(([name]) => !beyond.test(name));
}

function neighbourFields(message: Icmpv6Message): Field[] {
  if (!('target' in message)) return [];
  const name = message.message === 'neighbour-solicitation' ? 'ns' : 'na';
  return [
    [`icmpv6.nd.${name}.target_address`, message.target],
    ...message.options.flatMap((option): Field[] =>
      'address' in option ? [['icmpv6.opt.linkaddr', option.address]] : [],
    ),
  ];
}

function ipv4OptionFields(option: Ipv4Option): Field[] {
  if (option.kind === 'end') return [['ip.opt.type', 0]];
  // The dissector shows the octets of an option that it does not know, and no type.
  if (option.kind === 'unknown' || option.kind === 'malformed') return [];
  const type: Field = ['ip.opt.type', OPTION_TYPE[option.kind]];
  if (option.kind === 'router-alert') return [type, ['ip.opt.ra', option.value]];
  if (option.kind === 'nop') return [type];
  if (option.kind !== 'timestamp') return [type, ['ip.opt.ptr', option.pointer]];
  return [
    type,
    ['ip.opt.ptr', option.pointer],
    ['ip.opt.overflow', option.overflow],
    ...option.entries.map(({ timeMs }): Field => ['ip.opt.time_stamp', timeMs]),
    ...option.entries.flatMap(({ address }): Field[] =>
      address === undefined ? [] : [['ip.opt.time_stamp_addr', address]],
    ),
  ];
}

function tcpOptionFields(option: TcpOption): Field[] {
  switch (option.kind) {
    case 'mss':
      return [['tcp.options.mss_val', option.value]];
    case 'window-scale':
      return [['tcp.options.wscale.shift', option.shift]];
    case 'timestamps':
      return [
        ['tcp.options.timestamp.tsval', option.value],
        ['tcp.options.timestamp.tsecr', option.echo],
      ];
    case 'sack':
      return option.blocks.flatMap(({ left, right }): Field[] => [
        ['tcp.options.sack_le', left],
        ['tcp.options.sack_re', right],
      ]);
    default:
      return [];
  }
}
