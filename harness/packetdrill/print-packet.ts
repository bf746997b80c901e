/** Packets in the notation of packetdrill. */
import type { Direction, IcmpPacket, IpInfo, Packet, SequenceRange, TcpPacket } from './ast.ts';
import type { SeenOption } from './noted.ts';

export function printPacket(packet: Packet): string {
  return packet.kind === 'icmp' ? printIcmp(packet) : printTcp(packet.direction, packet);
}

/** What is printed of a segment, whether a script expects it or it was seen. */
interface Printed {
  readonly ip?: IpInfo;
  readonly ports?: TcpPacket['ports'];
  readonly flags: string;
  readonly sequence: SequenceRange;
  readonly acknowledgment?: number | undefined;
  readonly window?: number | undefined;
  readonly urgentPointer?: number | undefined;
  readonly options: readonly SeenOption[] | 'any';
}

export function printTcp(direction: Direction, printed: Printed): string {
  const { ip, ports, flags, sequence, acknowledgment, window, urgentPointer, options } = printed;
  return words(
    arrow(direction),
    ipWord(ip),
    ports && `${ports.source} > ${ports.destination}`,
    flags === '' ? '-' : flags,
    printSequence(sequence),
    numbered('ack', acknowledgment),
    numbered('win', window),
    numbered('urg', urgentPointer),
    printOptions(options),
  );
}

function printIcmp({ direction, ip, type, code, mtu, quoted }: IcmpPacket): string {
  return words(
    arrow(direction),
    ipWord(ip),
    'icmp',
    type,
    code,
    numbered('mtu', mtu),
    quoted && `[${printSequence(quoted)}]`,
  );
}

function words(...all: readonly (string | undefined)[]): string {
  return all.filter((word) => word !== undefined).join(' ');
}

function arrow(direction: Direction): string {
  return direction === 'in' ? '<' : '>';
}

function ipWord({ ecn, tos, ttl }: IpInfo = {}): string | undefined {
  if (ecn !== undefined) return `[${ecn}]`;
  if (tos !== undefined) return `[tos 0x${tos.toString(16)}]`;
  return ttl === undefined ? undefined : `[ttl ${ttl}]`;
}

export function printSequence({ from, to, length }: SequenceRange): string {
  return `${from}:${to}(${length})`;
}

function numbered(word: string, value: number | undefined): string | undefined {
  return value === undefined ? undefined : `${word} ${value}`;
}

function printOptions(options: readonly SeenOption[] | 'any'): string | undefined {
  if (options === 'any') return '<...>';
  return options.length === 0 ? undefined : `<${options.map(printOption).join(',')}>`;
}

export function printOption(option: SeenOption): string {
  switch (option.kind) {
    case 'nop':
    case 'eol':
    case 'sackOK':
      return option.kind;
    case 'mss':
    case 'wscale':
      return `${option.kind} ${option.value}`;
    case 'sack':
      return `sack ${option.blocks.map(({ left, right }) => `${left}:${right}`).join(' ')}`;
    case 'TS':
      return `TS val ${option.value} ecr ${option.echo}`;
    case 'other':
      return `option 0x${option.octets}`;
  }
}
