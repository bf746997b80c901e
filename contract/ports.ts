/** Every port of the contract, by capability. To offer a capability is to have its port. */
import { checksum, csum, transportChecksum } from './checksum.ts';
import { notifierChain, notifierChainSmp } from './notifier-chain.ts';
import type { Method, PortOf, PortSpec } from './port.ts';
import { inputQueue, receivePath } from './receive-path.ts';
import { skBuff, skBuffPaged, skBuffSharing } from './sk-buff.ts';
import { skBuffFields, skBuffHeaders } from './sk-buff-fields.ts';
import { skBuffQueue, skBuffQueueSmp } from './sk-buff-queue.ts';
import { softirq, tasklet } from './softirq.ts';
import { waitQueue } from './wait-queue.ts';

export const PORTS = {
  checksum,
  csum,
  'transport-checksum': transportChecksum,
  'notifier-chain': notifierChain,
  'notifier-chain-smp': notifierChainSmp,
  'sk-buff': skBuff,
  'sk-buff-sharing': skBuffSharing,
  'sk-buff-queue': skBuffQueue,
  'sk-buff-queue-smp': skBuffQueueSmp,
  'sk-buff-paged': skBuffPaged,
  'sk-buff-headers': skBuffHeaders,
  'sk-buff-fields': skBuffFields,
  softirq,
  tasklet,
  'input-queue': inputQueue,
  'receive-path': receivePath,
  'wait-queue': waitQueue,
} as const satisfies Record<string, PortSpec>;

export type Capability = keyof typeof PORTS;

export const CAPABILITIES = Object.keys(PORTS) as Capability[];

/** The ports as an implementation offers them in process. */
export type Ports = { readonly [Name in Capability]: PortOf<(typeof PORTS)[Name]> };

export function isCapability(name: string): name is Capability {
  return Object.hasOwn(PORTS, name);
}

const METHODS: ReadonlyMap<string, Method> = new Map(
  CAPABILITIES.flatMap((capability) => {
    const methods: PortSpec['methods'] = PORTS[capability].methods;
    return Object.entries(methods).map(([name, method]) => [`${capability}.${name}`, method]);
  }),
);

/** Looks a method up by its name on the wire, such as `sk-buff.put`. */
export function methodOf(op: string): Method | undefined {
  return METHODS.get(op);
}
