/**
 * What an implementation and a run need of the contract: every type, and the values that are no schemas.
 *
 * Files with schemas are exported as types only, since to build every schema takes longer than to run a
 * scenario. The schemas themselves are in schemas.ts; what a run checks by is made of them by the build.
 */
export * from './answer.ts';
export * from './callout.ts';
export * from './checksum.ts';
export * from './data.ts';
export * from './errno.ts';
export * from './file-system.ts';
export * from './implementation.ts';
export * from './jiffies.ts';
export * from './module.ts';
export * from './memory-model.ts';
export * from './machine.ts';
export * from './machine-actions.ts';
export * from './notifier-chain.ts';
export * from './paging.ts';
export * from './line-discipline.ts';
export * from './notifier-chain.ts';
export * from './pipe.ts';
export * from './port.ts';
export * from './ports.ts';
export * from './protocol.ts';
export * from './rcu.ts';
export * from './sk-buff.ts';
export * from './sk-buff-fields.ts';
export * from './sk-buff-queue.ts';
export * from './spin-lock.ts';
export * from './wait-queue.ts';
export * from './timer-wheel.ts';
export * from './swapping.ts';
export * from './receive-path.ts';
export * from './sk-buff.ts';
export * from './sk-buff-fields.ts';
export * from './sk-buff-queue.ts';
export * from './softirq.ts';
export * from './octets.ts';
export * from './wire.ts';

export type * from './checksum.ts';
export type * from './data.ts';
export type * from './notifier-chain.ts';
export type * from './port.ts';
export type * from './ports.ts';
export type * from './protocol.ts';
export type * from './sk-buff.ts';
export type * from './sk-buff-fields.ts';
export type * from './sk-buff-queue.ts';
export type * from './wait-queue.ts';
export * from './wait-queue.ts';
export * from './softirq.ts';
