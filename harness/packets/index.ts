/** The suite's own packet codec: it shares no code with what is judged. */
export * from './addresses.ts';
export * from './arp.ts';
export * from './codec.ts';
export * from './ethernet.ts';
export * from './icmp.ts';
export * from './icmpv6.ts';
export * from './ip-payload.ts';
export * from './ipv4-options.ts';
export * from './ipv4.ts';
export * from './ipv6.ts';
export type * from './neighbour-options.ts';
export type { Raw } from './octets.ts';
export * from './pcapng.ts';
export * from './tcp-options.ts';
export * from './tcp.ts';
export * from './udp.ts';
