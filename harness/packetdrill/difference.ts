/** In what a packet that was seen differs from the one that a script expects. */
import type { Ipv4Packet } from '../packets/index.ts';
import { problemsOf } from '../packets/index.ts';
import type { IcmpPacket, IpInfo, TcpPacket } from './ast.ts';
import { icmpCode, icmpType } from './icmp-words.ts';
import { ECN_BITS } from './inbound.ts';
import type { SeenOption, SeenSegment } from './noted.ts';
import { printOption, printSequence } from './print-packet.ts';
import type { Settings } from './settings.ts';

/** @returns each difference in words; none: it is the one. */
export function differences(
  expected: TcpPacket,
  seen: SeenSegment,
  packet: Ipv4Packet,
  settings: Settings,
): string[] {
  const { window } = expected;
  const acks = seen.flags.includes('.') && expected.flags.includes('.');
  return [
    ...flagDifference(expected.flags, seen.flags),
    ...differs('sequence numbers', printSequence(expected.sequence), printSequence(seen.sequence)),
    // Without the flag, the number has no meaning.
    ...(acks ? differs('ack', expected.acknowledgment ?? 0, seen.acknowledgment) : []),
    ...(window === undefined ? [] : differs('win', window, seen.window)),
    ...differs('urg', expected.urgentPointer ?? 0, seen.urgentPointer),
    ...differs('reserved bits', 0, seen.segment.reserved ?? 0),
    ...optionDifferences(expected.options, seen.options, settings, acks),
    ...(/^0*$/.test(seen.segment.data) ? [] : ['data: expected zeroes, which is all that is sent']),
    ...ipDifferences(expected.ip, packet),
    ...problemsOf(packet),
  ];
}

function differs(what: string, expected: string | number, seen: string | number): string[] {
  return expected === seen ? [] : [`${what}: expected ${expected}, seen ${seen}`];
}

function flagDifference(expected: string, seen: string): string[] {
  const sorted = (flags: string) => [...flags].sort().join('');
  const named = (flags: string) => (flags === '' ? 'none' : flags);
  return sorted(expected) === sorted(seen) ? [] : differs('flags', named(expected), named(seen));
}

/** In order, as packetdrill has it. */
function optionDifferences(
  expected: TcpPacket['options'],
  seen: readonly SeenOption[],
  settings: Settings,
  acks: boolean,
): string[] {
  if (expected === 'any') return [];
  const same =
    expected.length === seen.length &&
    expected.every((option, at) => isSameOption(option, seen[at], settings, acks));
  const list = (options: readonly SeenOption[]) => `<${options.map(printOption).join(',')}>`;
  return same ? [] : [`options: expected ${list(expected)}, seen ${list(seen)}`];
}

function isSameOption(
  expected: SeenOption,
  seen: SeenOption | undefined,
  settings: Settings,
  acks: boolean,
): boolean {
  if (expected.kind !== 'TS' || seen?.kind !== 'TS') {
    return seen !== undefined && printOption(expected) === printOption(seen);
  }
  // Clocks of timestamps start where they like and tick as they like, unless the script says how.
  const ticks = Math.abs((seen.value - expected.value) | 0);
  const inTime = ticks * settings.timestampTickUs <= settings.toleranceUs;
  return inTime && (!acks || expected.echo === seen.echo);
}

function ipDifferences({ ecn, tos, ttl }: IpInfo, packet: Ipv4Packet): string[] {
  const bits = packet.tos & 3;
  const ect = ecn === 'ect01' && (bits === ECN_BITS.ect0 || bits === ECN_BITS.ect1);
  return [
    ...(ecn === undefined || ect ? [] : differs('ECN bits', ECN_BITS[ecn], bits)),
    ...(tos === undefined ? [] : differs('tos', tos, packet.tos)),
    ...(ttl === undefined ? [] : differs('ttl', ttl, packet.ttl)),
  ];
}

/** Of an ICMP message only type and code are compared. */
export function icmpDifferences(expected: IcmpPacket, packet: Ipv4Packet): string[] {
  const { payload } = packet;
  if (payload.kind !== 'icmp') return ['expected an ICMP message'];
  const { type, code } = typeAndCode(payload);
  const wanted = expected.code === undefined ? 0 : icmpCode(expected.code, expected.type);
  return [
    ...differs('ICMP type', icmpType(expected.type) ?? 0, type),
    ...differs('ICMP code', wanted ?? 0, code),
    ...ipDifferences(expected.ip, packet),
    ...problemsOf(packet),
  ];
}

function typeAndCode(payload: Ipv4Packet['payload'] & { readonly kind: 'icmp' }) {
  if (payload.message === 'other') return { type: payload.type, code: payload.code };
  const word = payload.message === 'destination-unreachable' ? 'unreachable' : payload.message;
  return { type: icmpType(word.replace('-', '_')) ?? -1, code: payload.code };
}
