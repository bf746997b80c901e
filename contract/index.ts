/**
 * What an implementation and a run need of the contract: every type, and the values that are no schemas.
 *
 * Files with schemas are exported as types only, since to build every schema takes longer than to run a
 * scenario. The schemas themselves are in schemas.ts; what a run checks by is made of them by the build.
 */
export * from './answer.ts';
export * from './errno.ts';
export * from './implementation.ts';
export * from './fresh-octets.ts';
export * from './octets.ts';
export * from './vocabulary.ts';
export * from './wire.ts';

export type * from './block-usage.ts';
export type * from './accept-address.ts';
export type * from './address-mask.ts';
export type * from './callout.ts';
export type * from './character-device.ts';
export type * from './checksum.ts';
export type * from './data.ts';
export type * from './descriptor.ts';
export type * from './descriptor-passing.ts';
export type * from './faulting-address.ts';
export type * from './peer-storage.ts';
export type * from './file-system.ts';
export type * from './ip-queue-xmit.ts';
export type * from './ipv6-forwarding.ts';
export type * from './jiffies.ts';
export type * from './kernel-memory.ts';
export type * from './line-discipline.ts';
export type * from './machine.ts';
export type * from './machine-actions.ts';
export type * from './memory-model.ts';
export type * from './module.ts';
export type * from './nat.ts';
export type * from './network.ts';
export type * from './notifier-chain.ts';
export type * from './open-files.ts';
export type * from './option-level.ts';
export type * from './packet-marks.ts';
export type * from './packet-type.ts';
export type * from './paging.ts';
export type * from './pipe.ts';
export type * from './port.ts';
export type * from './ports.ts';
export type * from './protocol.ts';
export type * from './raw.ts';
export type * from './rcu.ts';
export type * from './reassembly-memory.ts';
export type * from './receive-path.ts';
export type * from './routing-socket.ts';
export type * from './select.ts';
export type * from './semaphore.ts';
export type * from './sk-buff.ts';
export type * from './sk-buff-fields.ts';
export type * from './sk-buff-queue.ts';
export type * from './skb-trace.ts';
export type * from './socket-call.ts';
export type * from './softirq.ts';
export type * from './spin-lock.ts';
export type * from './swapping.ts';
export type * from './tcp.ts';
export type * from './tcp-network-layer.ts';
export type * from './tcp-socket.ts';
export type * from './timer-wheel.ts';
export type * from './udp.ts';
export type * from './unix-socket.ts';
export type * from './wait-queue.ts';
export type * from './xfrm.ts';
