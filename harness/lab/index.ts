/** The lab: hosts joined by links. */
export { ContractHost } from './contract-host.ts';
export * from './frame.ts';
export * from './host.ts';
export * from './lab.ts';
export * from './link-options.ts';
export type { WireCounts } from './wire.ts';
export * from './row.ts';
export * from './stream.ts';
export * from './flow-watch.ts';
