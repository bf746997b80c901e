/** Packets of a script made live. */
import { bigEndian, hexOf } from '../packets/octets.ts';
import { encodeHex, type Ipv4Draft, type TcpOption } from '../packets/index.ts';
import { Inconclusive } from '../problems.ts';
import type { IcmpPacket, IpInfo, OptionNote, TcpPacket } from './ast.ts';
import { wrapped, type Connection } from './connection.ts';
import { flagsOf } from './flag-letters.ts';
import { icmpCode, icmpType } from './icmp-words.ts';
import type { Settings } from './settings.ts';

export const ECN_BITS = { noecn: 0, ect1: 1, ect0: 2, ect01: 2, ce: 3 } as const;

/** What a packet from outside has where the script says nothing. */
const TTL = 255;

/** Octets that an ICMP message quotes: the IP header, both ports and the sequence number. */
const QUOTED = 28;

function fromRemote(ip: IpInfo, settings: Settings) {
  return {
    kind: 'ipv4',
    source: settings.remoteAddress,
    destination: settings.localAddress,
    ttl: ip.ttl ?? TTL,
    tos: ip.tos ?? (ip.ecn === undefined ? 0 : ECN_BITS[ip.ecn]),
  } as const;
}

/**
 * A segment from the peer.
 *
 * @throws Inconclusive — it echoes a timestamp that no packet has carried.
 */
export function segmentIn(note: TcpPacket, connection: Connection, settings: Settings): Ipv4Draft {
  const { flags, sequence, acknowledgment = 0, window = 0, urgentPointer = 0, ip } = note;
  const syn = flags.includes('S');
  const options = note.options === 'any' ? [] : note.options;
  return {
    ...fromRemote(ip, settings),
    payload: {
      kind: 'tcp',
      sourcePort: connection.remotePort,
      destinationPort: connection.localPort,
      sequence: wrapped(sequence.from + connection.remoteOffset(syn)),
      acknowledgment: flags.includes('.')
        ? wrapped(acknowledgment + connection.localOffset(syn))
        : acknowledgment,
      flags: flagsOf(flags),
      window,
      urgentPointer,
      options: options.map((option) => liveOption(option, note, connection, settings)),
      data: '00'.repeat(sequence.length),
    },
  };
}

function liveOption(
  option: OptionNote,
  { flags }: TcpPacket,
  connection: Connection,
  settings: Settings,
): TcpOption {
  switch (option.kind) {
    case 'nop':
      return { kind: 'nop' };
    case 'eol':
      return { kind: 'end', padding: '' };
    case 'sackOK':
      return { kind: 'sack-permitted' };
    case 'mss':
      return { kind: 'mss', value: option.value };
    case 'wscale':
      return { kind: 'window-scale', shift: option.value };
    case 'sack': {
      const live = (edge: number) => wrapped(edge + connection.localOffset(flags.includes('S')));
      const blocks = option.blocks.map(({ left, right }) => ({
        left: live(left),
        right: live(right),
      }));
      return { kind: 'sack', blocks };
    }
    case 'TS': {
      const { value, echo } = option;
      const live = flags.includes('.') ? liveEcho(echo, connection, settings) : echo;
      return { kind: 'timestamps', value, echo: live };
    }
  }
}

function liveEcho(echo: number, { timestamps }: Connection, { echoScaled }: Settings): number {
  const live = timestamps.echoed(echo, echoScaled);
  if (live !== undefined) return live;
  throw new Inconclusive(
    `ecr ${echo} echoes no timestamp that an outbound packet of the script has; ` +
      'name it there, or say --tcp_ts_ecr_scaled',
  );
}

/** An ICMP message from a router on the way. */
export function icmpIn(note: IcmpPacket, connection: Connection, settings: Settings): Ipv4Draft {
  const rest = Uint8Array.from([0, 0, ...bigEndian(note.mtu ?? 0, 2)]);
  return {
    ...fromRemote(note.ip, settings),
    payload: {
      kind: 'icmp',
      message: 'other',
      type: icmpType(note.type) ?? 0,
      code: note.code === undefined ? 0 : (icmpCode(note.code, note.type) ?? 0),
      octets: hexOf(rest) + quotedPacket(note, connection, settings),
    },
  };
}

/** The beginning of a packet that the host has sent. */
function quotedPacket(note: IcmpPacket, connection: Connection, settings: Settings): string {
  const { from, length } = note.quoted ?? { from: 0, length: 0 };
  const packet = encodeHex({
    kind: 'ipv4',
    source: settings.localAddress,
    destination: settings.remoteAddress,
    dontFragment: note.mtu !== undefined,
    payload: {
      kind: 'tcp',
      sourcePort: connection.localPort,
      destinationPort: connection.remotePort,
      sequence: wrapped(from + connection.localOffset(false)),
      flags: ['ACK'],
      data: '00'.repeat(length),
    },
  });
  return packet.slice(0, 2 * QUOTED);
}
