/** The reference kernel behind the contract: the implementation that is run by default. */
import type { Boot, Implementation } from '../contract/index.ts';
import { calloutPorts } from './reference/callout.ts';
import { checksumPorts } from './reference/checksum.ts';
import { descriptorPorts, Descriptors } from './reference/descriptor.ts';
import { faultingAddressPort, inetTargets, type Targets } from './reference/faulting-address.ts';
import { blockUsagePort, fileSystemPorts, Mounted } from './reference/file-system.ts';
import { Interruptible } from './reference/interruptible.ts';
import { jiffiesPorts } from './reference/jiffies.ts';
import { machinePorts } from './reference/machine.ts';
import { memoryModelPort } from './reference/memory-model.ts';
import { modulePorts } from './reference/module.ts';
import { bootNet, networkPorts } from './reference/network.ts';
import { notifierChainPorts } from './reference/notifier-chain.ts';
import { LOCAL_HANDLE } from './reference/open-sockets.ts';
import { packetTypePort } from './reference/packet-type.ts';
import { pagingPorts } from './reference/paging.ts';
import { pipePorts } from './reference/pipe.ts';
import { rawPorts } from './reference/raw.ts';
import { rcuPort } from './reference/rcu.ts';
import { receivePathPorts } from './reference/receive-path.ts';
import { semaphorePort } from './reference/semaphore.ts';
import { skBuffPorts } from './reference/sk-buff.ts';
import { Sleepers } from './reference/sleeping.ts';
import { socketCallPort } from './reference/socket-call.ts';
import { Sockets } from './reference/socket.ts';
import { softirqPorts } from './reference/softirq.ts';
import { spinLockPort } from './reference/spin-lock.ts';
import { swappingPorts } from './reference/swapping.ts';
import { Streams } from './reference/tcp.ts';
import { Terminals, terminalPorts } from './reference/terminal.ts';
import { timerWheelPorts } from './reference/timer-wheel.ts';
import { localSockets } from './reference/unix-socket.ts';
import { waitQueuePort } from './reference/wait-queue.ts';

type Offered = Implementation['ports'];

const SK_BUFF = [
  'sk-buff',
  'sk-buff-sharing',
  'sk-buff-queue',
  'sk-buff-queue-smp',
  'sk-buff-paged',
  'sk-buff-headers',
  'sk-buff-fields',
] as const;

/** Adds ports that are made when one of them is first used: a scenario uses few of all that it boots. */
function offer<Made extends Offered>(
  ports: Offered,
  names: readonly (keyof Made)[],
  make: () => Made,
): void {
  let made: Made | undefined;
  const get = (name: keyof Made) => () => (made ??= make())[name];
  for (const name of names)
    Object.defineProperty(ports, name, { get: get(name), enumerable: true });
}

const NETWORK = [
  'network',
  'forwarding',
  'interface-queue',
  'mib',
  'netfilter',
  'ip-trace',
  'udp',
  'address-length',
  'raw-ip',
  'socket-creation',
  'pending-buffers',
  'send-pages',
  'netlink',
  'route-socket',
  'ip-queue-xmit',
  'tcp',
  'tcp-info',
  'tcp-queues',
  'tcp-mib',
  'tcp-trace',
  'tcp-tunables',
  'tcp-network-layer',
  'tcp-segments',
  'socket-lock',
  'option-level',
  'netfilter-mark',
  'diffserv',
  'xfrm-input',
  'bridge',
  'reassembly-memory',
  'peer-storage',
  'skb-trace',
  'ipv6-forwarding',
  'nat',
  'xfrm',
  'accept-address',
  'kernel-memory',
  'address-mask',
] as const;

/** What several ports have in common, made when the first of them is. */
function once<Made>(make: () => Made): () => Made {
  let made: Made | undefined;
  return () => (made ??= make());
}

const boot: Boot = ({ profile, seed }): Implementation => {
  const sleepers = new Sleepers();
  const calls = new Interruptible(sleepers);
  const mounted = once(() => new Mounted(profile));
  const terminals = once(() => new Terminals(profile));
  const around = once(() => ({ mounted: mounted(), terminals: terminals(), sleepers, calls }));
  const open = once(() => new Descriptors(profile, around()));
  const net = once(() => bootNet({ profile, seed }));
  const streams = once(() => new Streams(new Sockets(net(), sleepers, calls)));
  const local = once(() => localSockets(profile, sleepers, calls));
  const inet = once(() => inetTargets(streams().sockets));
  const targets: Targets = (socket) =>
    socket.startsWith(LOCAL_HANDLE) ? local().targets(socket) : inet()(socket);
  const ports: Offered = {};
  offer(ports, ['checksum', 'csum', 'transport-checksum'], checksumPorts);
  offer(ports, ['notifier-chain', 'notifier-chain-smp'], () => notifierChainPorts(profile));
  offer(ports, ['module'], () => modulePorts(profile));
  offer(ports, ['paging'], () => pagingPorts(profile));
  offer(ports, ['swapping'], swappingPorts);
  offer(ports, ['file-system', 'file-system-check'], () => fileSystemPorts(mounted()));
  offer(ports, ['block-usage'], () => ({ 'block-usage': blockUsagePort(mounted()) }));
  offer(ports, SK_BUFF, () => skBuffPorts(profile));
  offer(ports, ['input-queue', 'receive-path'], () => receivePathPorts(profile));
  offer(ports, ['softirq', 'tasklet'], () => softirqPorts(profile));
  offer(ports, ['jiffies'], () => jiffiesPorts(profile));
  offer(ports, ['timer-wheel'], () => timerWheelPorts(profile));
  offer(ports, ['callout'], calloutPorts);
  offer(ports, ['memory-model'], () => ({ 'memory-model': memoryModelPort() }));
  offer(ports, ['spin-lock'], () => ({ 'spin-lock': spinLockPort() }));
  offer(ports, ['semaphore'], () => ({ semaphore: semaphorePort(sleepers) }));
  offer(ports, ['rcu'], () => ({ rcu: rcuPort() }));
  offer(ports, ['pipe', 'fifo'], () => pipePorts(profile, sleepers, calls));
  offer(ports, ['line-discipline', 'terminal-line'], () =>
    terminalPorts(terminals(), sleepers, calls),
  );
  offer(ports, ['descriptor', 'open-files', 'character-device', 'select'], () =>
    descriptorPorts(open(), around()),
  );
  offer(ports, ['packet-type'], () => ({ 'packet-type': packetTypePort() }));
  offer(ports, ['wait-queue'], () => ({ 'wait-queue': waitQueuePort(profile, sleepers) }));
  offer(ports, ['machine', 'machine-smp'], () => machinePorts(profile));
  offer(ports, NETWORK, () => networkPorts(streams()));
  offer(ports, ['unix-socket', 'descriptor-passing'], () => local().ports);
  offer(ports, ['faulting-address'], () => ({
    'faulting-address': faultingAddressPort(profile, { sleepers, calls, targets }),
  }));
  offer(ports, ['socket-call'], () => ({ 'socket-call': socketCallPort(net(), open(), calls) }));
  const poll = (call: string) => sleepers.poll(call);
  const raw = rawPorts(streams);
  return { name: 'reference', version: '0.1.0', profile, ports, raw, poll };
};

export default boot;
