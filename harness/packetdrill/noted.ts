/** Packets that have left, as the script would write them. */
import type { Ipv4Packet, TcpOption, TcpSegment } from '../packets/index.ts';
import { print } from '../packets/index.ts';
import type { OptionNote, SequenceRange } from './ast.ts';
import { wrapped, type Connection } from './connection.ts';
import { lettersOf } from './flag-letters.ts';
import { printTcp } from './print-packet.ts';

/** An option, or what is none that the language knows. */
export type SeenOption = OptionNote | { readonly kind: 'other'; readonly octets: string };

/** A segment of one packet or of several in a row. */
export interface SeenSegment {
  readonly flags: string;
  readonly sequence: SequenceRange;
  readonly acknowledgment: number;
  readonly window: number;
  readonly urgentPointer: number;
  readonly options: readonly SeenOption[];
  readonly segment: TcpSegment;
}

/** In the script's numbers. */
export function seenSegment(segment: TcpSegment, connection: Connection): SeenSegment {
  const syn = segment.flags.includes('SYN');
  const from = wrapped(segment.sequence - connection.localOffset(syn));
  const length = segment.data.length / 2;
  const offset = segment.flags.includes('ACK') ? connection.remoteOffset(syn) : 0;
  return {
    flags: lettersOf(segment.flags),
    sequence: { from, to: from + length, length },
    acknowledgment: wrapped(segment.acknowledgment - offset),
    window: segment.window,
    urgentPointer: segment.urgentPointer,
    options: segment.options.flatMap((option) => noteOf(option, syn, connection)),
    segment,
  };
}

function noteOf(option: TcpOption, syn: boolean, connection: Connection): SeenOption[] {
  switch (option.kind) {
    case 'nop':
      return [{ kind: 'nop' }];
    case 'end':
      // What is behind it is padding, which a script writes as further ends.
      return Array.from({ length: 1 + option.padding.length / 2 }, () => ({ kind: 'eol' }));
    case 'sack-permitted':
      return [{ kind: 'sackOK' }];
    case 'mss':
      return [{ kind: 'mss', value: option.value }];
    case 'window-scale':
      return [{ kind: 'wscale', value: option.shift }];
    case 'sack': {
      const told = (edge: number) => wrapped(edge - connection.remoteOffset(syn));
      const blocks = option.blocks.map(({ left, right }) => ({
        left: told(left),
        right: told(right),
      }));
      return [{ kind: 'sack', blocks }];
    }
    case 'timestamps': {
      const value = connection.timestamps.told(option.value);
      return [{ kind: 'TS', value, echo: option.echo }];
    }
    case 'unknown':
    case 'malformed':
      return [{ kind: 'other', octets: option.octets }];
  }
}

export function printSeen(seen: SeenSegment): string {
  const { flags, acknowledgment, urgentPointer } = seen;
  return printTcp('out', {
    ...seen,
    acknowledgment: flags.includes('.') ? acknowledgment : undefined,
    urgentPointer: urgentPointer === 0 ? undefined : urgentPointer,
  });
}

/** Any packet: in the script's numbers where it is of that connection. */
export function printLive(packet: Ipv4Packet, connection: Connection | undefined): string {
  const { payload } = packet;
  if (payload.kind !== 'tcp' || connection === undefined) return `> ${print(packet)}`;
  return printSeen(seenSegment(payload, connection));
}
