/** Every port of the contract, by capability. To offer a capability is to have its port. */
import { blockUsage } from './block-usage.ts';
import { acceptAddress } from './accept-address.ts';
import { addressMask } from './address-mask.ts';
import { callout } from './callout.ts';
import { characterDevice } from './character-device.ts';
import { checksum, csum, transportChecksum } from './checksum.ts';
import { descriptorPassing } from './descriptor-passing.ts';
import { descriptor } from './descriptor.ts';
import { faultingAddress } from './faulting-address.ts';
import { peerStorage } from './peer-storage.ts';
import { fileSystem, fileSystemCheck } from './file-system.ts';
import { ipQueueXmit } from './ip-queue-xmit.ts';
import { ipv6Forwarding } from './ipv6-forwarding.ts';
import { jiffies } from './jiffies.ts';
import { kernelMemory } from './kernel-memory.ts';
import { lineDiscipline, terminalLine } from './line-discipline.ts';
import { machine, machineSmp } from './machine.ts';
import { memoryModel } from './memory-model.ts';
import { module } from './module.ts';
import { nat } from './nat.ts';
import { forwarding, interfaceQueue, ipTrace, mib, netfilter, network } from './network.ts';
import { notifierChain, notifierChainSmp } from './notifier-chain.ts';
import { openFiles } from './open-files.ts';
import { optionLevel } from './option-level.ts';
import { bridge, diffserv, netfilterMark, xfrmInput } from './packet-marks.ts';
import { packetType } from './packet-type.ts';
import { paging } from './paging.ts';
import { fifo, pipe } from './pipe.ts';
import type { Method, PortOf, PortSpec } from './port.ts';
import { rcu } from './rcu.ts';
import { reassemblyMemory } from './reassembly-memory.ts';
import { inputQueue, receivePath } from './receive-path.ts';
import { netlink, routeSocket } from './routing-socket.ts';
import { select } from './select.ts';
import { semaphore } from './semaphore.ts';
import { skBuffFields, skBuffHeaders } from './sk-buff-fields.ts';
import { skBuffQueue, skBuffQueueSmp } from './sk-buff-queue.ts';
import { skBuff, skBuffPaged, skBuffSharing } from './sk-buff.ts';
import { skbTrace } from './skb-trace.ts';
import { socketCall } from './socket-call.ts';
import { softirq, tasklet } from './softirq.ts';
import { spinLock } from './spin-lock.ts';
import { swapping } from './swapping.ts';
import { tcp, tcpInfo, tcpMib, tcpQueues, tcpTrace, tcpTunables } from './tcp.ts';
import { tcpNetworkLayer } from './tcp-network-layer.ts';
import { socketLock, tcpSegments } from './tcp-socket.ts';
import { timerWheel } from './timer-wheel.ts';
import { addressLength, pendingBuffers, rawIp, sendPages, socketCreation, udp } from './udp.ts';
import { unixSocket } from './unix-socket.ts';
import { waitQueue } from './wait-queue.ts';
import { xfrm } from './xfrm.ts';

export const PORTS = {
  checksum,
  csum,
  'transport-checksum': transportChecksum,
  'notifier-chain': notifierChain,
  'notifier-chain-smp': notifierChainSmp,
  module,
  paging,
  swapping,
  'file-system': fileSystem,
  'file-system-check': fileSystemCheck,
  'block-usage': blockUsage,
  'memory-model': memoryModel,
  'spin-lock': spinLock,
  semaphore,
  rcu,
  'packet-type': packetType,
  'sk-buff': skBuff,
  'sk-buff-sharing': skBuffSharing,
  'sk-buff-queue': skBuffQueue,
  'sk-buff-queue-smp': skBuffQueueSmp,
  'sk-buff-paged': skBuffPaged,
  'sk-buff-headers': skBuffHeaders,
  'sk-buff-fields': skBuffFields,
  jiffies,
  'timer-wheel': timerWheel,
  callout,
  'wait-queue': waitQueue,
  machine,
  'machine-smp': machineSmp,
  softirq,
  tasklet,
  'input-queue': inputQueue,
  'receive-path': receivePath,
  pipe,
  fifo,
  'line-discipline': lineDiscipline,
  'terminal-line': terminalLine,
  descriptor,
  'open-files': openFiles,
  'character-device': characterDevice,
  select,
  network,
  forwarding,
  'interface-queue': interfaceQueue,
  mib,
  netfilter,
  'ip-trace': ipTrace,
  udp,
  'address-length': addressLength,
  'raw-ip': rawIp,
  'socket-creation': socketCreation,
  'pending-buffers': pendingBuffers,
  'send-pages': sendPages,
  'unix-socket': unixSocket,
  'descriptor-passing': descriptorPassing,
  netlink,
  'route-socket': routeSocket,
  tcp,
  'tcp-info': tcpInfo,
  'tcp-queues': tcpQueues,
  'tcp-mib': tcpMib,
  'tcp-trace': tcpTrace,
  'tcp-tunables': tcpTunables,
  'tcp-network-layer': tcpNetworkLayer,
  'tcp-segments': tcpSegments,
  'socket-lock': socketLock,
  'option-level': optionLevel,
  'accept-address': acceptAddress,
  'faulting-address': faultingAddress,
  'socket-call': socketCall,
  'kernel-memory': kernelMemory,
  'address-mask': addressMask,
  'ip-queue-xmit': ipQueueXmit,
  'skb-trace': skbTrace,
  'ipv6-forwarding': ipv6Forwarding,
  xfrm,
  nat,
  'netfilter-mark': netfilterMark,
  diffserv,
  'xfrm-input': xfrmInput,
  bridge,
  'reassembly-memory': reassemblyMemory,
  'peer-storage': peerStorage,
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
