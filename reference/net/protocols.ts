/** What IP has to know of a protocol above it. */
import type { Net } from './net.ts';
import type { SkBuff } from './sk-buff.ts';

/** What an ICMP error says: type and code, and its 32-bit word, such as the next hop's MTU. */
export interface IcmpError {
  readonly type: number;
  readonly code: number;
  readonly info: number;
}

/** The packet of ours that an error quotes; transport is what follows its header. */
export interface Quoted {
  readonly saddr: number;
  readonly daddr: number;
  readonly protocol: number;
  readonly transport: Uint8Array;
  /** Name of the interface that the error came in by. */
  readonly device: string | null;
}

/** @kernel struct net_protocol */
export interface InetProtocol {
  /** Takes a packet whose data begin at the transport header. @returns a protocol to go on with, or 0. */
  readonly handler: (net: Net, skb: SkBuff) => number;
  /** Whether a packet as quoted can have been sent by a socket of ours; without it: any can. */
  readonly isOurs?: (net: Net, quoted: Quoted) => boolean;
  readonly errHandler?: (net: Net, quoted: Quoted, error: IcmpError) => void;
}
