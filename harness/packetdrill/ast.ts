/**
 * A packetdrill script as plain data.
 *
 * Nothing of what a script says is lost but its comments and its layout, so that it can be printed and
 * parsed again. Times are whole microseconds, as packetdrill keeps them.
 *
 * Source: the grammar of packetdrill (gtests/net/packetdrill/parser.y and lexer.l).
 */
import type { Place } from './problems.ts';

export interface Script {
  readonly options: readonly ScriptOption[];
  /** Run before the first event. */
  readonly first?: Command;
  readonly events: readonly ScriptEvent[];
  /** Run behind the last event, whatever came of it. */
  readonly last?: Command;
}

/** A line such as --tolerance_usecs=10000. */
export interface ScriptOption {
  readonly place: Place;
  /** Without the two hyphens. */
  readonly name: string;
  /** As it is written, with the quotes that it has. */
  readonly value?: string;
}

export interface ScriptEvent {
  readonly place: Place;
  readonly when: When;
  readonly action: Action;
}

export type When =
  | { readonly kind: 'at'; readonly relative: boolean; readonly us: number }
  | {
      readonly kind: 'between';
      readonly relative: boolean;
      readonly us: number;
      readonly untilUs: number;
    }
  | { readonly kind: 'any' };

export type Action = Packet | Call | Command | Code;

export type Packet = TcpPacket | IcmpPacket;

export type Direction = 'in' | 'out';

/** What stands in brackets before a packet. */
export interface IpInfo {
  readonly ecn?: 'noecn' | 'ect0' | 'ect1' | 'ect01' | 'ce';
  /** The whole octet. */
  readonly tos?: number;
  readonly ttl?: number;
}

export interface SequenceRange {
  readonly from: number;
  readonly to: number;
  readonly length: number;
}

export interface TcpPacket {
  readonly kind: 'tcp';
  readonly place: Place;
  readonly direction: Direction;
  readonly ip: IpInfo;
  /** Where the script names ports of its own; otherwise those of the connection. */
  readonly ports?: { readonly source: number; readonly destination: number };
  /** Letters of F, S, R, P, E, W, U and "." for ACK; empty: none. */
  readonly flags: string;
  readonly sequence: SequenceRange;
  readonly acknowledgment?: number;
  /** As it stands in the header, not scaled; left out: not looked at. */
  readonly window?: number;
  readonly urgentPointer?: number;
  /** 'any' stands for <...>; none at all are an empty list. */
  readonly options: readonly OptionNote[] | 'any';
}

export type OptionNote =
  | { readonly kind: 'nop' | 'eol' | 'sackOK' }
  | { readonly kind: 'mss' | 'wscale'; readonly value: number }
  | { readonly kind: 'sack'; readonly blocks: readonly { left: number; right: number }[] }
  | { readonly kind: 'TS'; readonly value: number; readonly echo: number };

export interface IcmpPacket {
  readonly kind: 'icmp';
  readonly place: Place;
  readonly direction: Direction;
  readonly ip: IpInfo;
  /** Such as unreachable, or type_3. */
  readonly type: string;
  /** Such as frag_needed, or code_4. */
  readonly code?: string;
  readonly mtu?: number;
  /** What it quotes of the connection. */
  readonly quoted?: SequenceRange;
}

export interface Call {
  readonly kind: 'call';
  readonly place: Place;
  /** When it is to return, where it sleeps; counted as the event's own time is. */
  readonly untilUs?: number;
  readonly name: string;
  readonly args: readonly Expression[];
  readonly result: Expression;
  readonly errno?: string;
  /** What stands in round brackets behind it. */
  readonly note?: string;
}

export interface Command {
  readonly kind: 'command';
  readonly place: Place;
  readonly line: string;
}

export interface Code {
  readonly kind: 'code';
  /** Of its first character behind the bracket. */
  readonly place: Place;
  readonly text: string;
}

export type Expression = { readonly place: Place } & (
  | { readonly kind: 'anything' }
  | { readonly kind: 'number'; readonly value: number; readonly hex: boolean }
  | { readonly kind: 'word'; readonly word: string }
  /** Strings that stand beside each other are one; each as it is between its quotes. */
  | { readonly kind: 'text'; readonly parts: readonly string[]; readonly open: boolean }
  | { readonly kind: 'or'; readonly of: readonly [Expression, Expression] }
  | { readonly kind: 'assignment'; readonly word: string; readonly value: Expression }
  /** inet_addr("192.0.2.1"), htons(8080). */
  | { readonly kind: 'made'; readonly by: string; readonly from: Expression }
  | { readonly kind: 'list'; readonly items: readonly Expression[] }
  /** A struct without names, as an iovec is: {..., 1000}. */
  | { readonly kind: 'braces'; readonly items: readonly Expression[] }
  | { readonly kind: 'struct'; readonly fields: readonly Field[] }
);

/** A member of a struct. */
export interface Field {
  readonly name: string;
  /** What stands in round brackets behind the name, as in msg_iov(1). */
  readonly size?: Expression;
  readonly value: Expression;
}
