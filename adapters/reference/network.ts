/** The network of the reference kernel: names become devices, handles become sockets. */
import { bytesOf, failure, octetsOf, success } from '../../contract/index.ts';
import type {
  BootOptions,
  Errno,
  forwarding,
  interfaceQueue,
  ipTrace,
  mib,
  netfilter,
  network,
  Outcome,
  PortOf,
  peerStorage,
  reassemblyMemory,
} from '../../contract/index.ts';
import { traceRoutines } from '../../reference/kernel/ftrace.ts';
import { newRandom } from '../../reference/kernel/random.ts';
import { inAddr } from '../../reference/net/bytes.ts';
import { advance, nextAt } from '../../reference/net/clock.ts';
import {
  IFQ_MAXLEN,
  netifWakeQueue,
  queuedFrames,
  registerNetdevice,
  type NetDevice,
} from '../../reference/net/net-device.ts';
import { THRESHOLDS } from '../../reference/net/ip-defragment.ts';
import { frameArrives } from '../../reference/net/net-input.ts';
import { nfRegisterHook, nfUnregisterHook, type NfHookOps } from '../../reference/net/netfilter.ts';
import { newNet, type Net } from '../../reference/net/net.ts';
import { addAddress, addRoute, fibLookup, netmask } from '../../reference/net/route.ts';
import { addressMaskPort } from './address-mask.ts';
import { answering, answeringOk } from './answering.ts';
import { netlinkPort, routeSocketPort } from './routing-socket.ts';
import { kernelMemoryPort } from './kernel-memory.ts';
import { ipQueueXmitPort } from './ip-queue-xmit.ts';
import { ipv6ForwardingPort } from './ipv6-forwarding.ts';
import { natPort } from './nat.ts';
import { optionLevelPort } from './option-level.ts';
import { packetMarksPorts } from './packet-marks.ts';
import { skbTracePort } from './skb-trace.ts';
import { xfrmPort } from './xfrm.ts';
import type { Sleepers } from './sleeping.ts';
import {
  addressLengthPort,
  pendingBuffersPort,
  rawIpPort,
  sendPagesPort,
  socketCreationPort,
  udpPort,
} from './socket.ts';
import { tcpPorts, type Streams } from './tcp.ts';
import { tcpNetworkLayerPort } from './tcp-network-layer.ts';
import { tcpSocketPorts } from './tcp-socket.ts';

/** Frames that a queue holds where nobody has said. */
const TX_QUEUE_LEN = 1000;

const DONE = success({});

type OrNoDevice<Value> = Outcome<Value, 'ENODEV'>;

export function attachDevice(
  net: Net,
  {
    name,
    mac,
    mtu,
    scatterGather,
  }: {
    readonly name: string;
    readonly mac: string;
    readonly mtu: number;
    readonly scatterGather: boolean;
  },
): Outcome<Record<string, never>, 'EEXIST'> {
  if (net.devices.has(name)) return failure('EEXIST');
  registerNetdevice(net, {
    name,
    kind: 'ethernet',
    macAddress: bytesOf(mac.replaceAll(':', '')),
    mtu,
    txQueueLen: net.profile === 'bsd-4.4' ? IFQ_MAXLEN : TX_QUEUE_LEN,
    scatterGather,
    checksums: false,
    bitsPerSecond: null,
  });
  return DONE;
}

/** A device that is joined to something outside. */
export function deviceAt(net: Net, name: string): NetDevice | undefined {
  const device = net.devices.get(name);
  return device === net.loopback ? undefined : device;
}

/** Does something with the device of that name. */
function withDevice<Value, Failure extends Errno>(
  net: Net,
  name: string,
  work: (device: NetDevice) => Outcome<Value, Failure>,
): Outcome<Value, Failure | 'ENODEV'> {
  const device = deviceAt(net, name);
  return device === undefined ? failure('ENODEV') : work(device);
}

function networkPort(net: Net, sleepers: Sleepers): PortOf<typeof network> {
  return {
    attach: ({ interface: name, mac, mtu }) =>
      answering(() => attachDevice(net, { name, mac, mtu, scatterGather: false })),
    addAddress: ({ interface: name, address, prefix }) =>
      answering(() =>
        withDevice(net, name, (device) => {
          const local = inAddr(address);
          const taken = [...net.devices.values()].some(({ addresses }) =>
            addresses.some((other) => other.local === local),
          );
          if (taken) return failure('EEXIST');
          addAddress(net, device, local, prefix);
          return DONE;
        }),
      ),
    addRoute: ({ destination, prefix, gateway }) =>
      answering((): Outcome<Record<string, never>, 'EEXIST' | 'EINVAL' | 'ENETUNREACH'> => {
        const to = inAddr(destination);
        if ((to & ~netmask(prefix)) !== 0) return failure('EINVAL');
        const by = fibLookup(net, inAddr(gateway));
        if (by?.gateway !== null) return failure('ENETUNREACH');
        return addRoute(net, {
          destination: to,
          prefix,
          gateway: inAddr(gateway),
          device: by.device,
        });
      }),
    receive: ({ interface: name, frame }) =>
      sleepers.act(() =>
        withDevice(net, name, (device) => {
          frameArrives(net, device, bytesOf(frame));
          return DONE;
        }),
      ),
    transmitted: () =>
      answeringOk(() => ({
        frames: net.wire.splice(0).map(({ interface: device, at, frame }) => ({
          interface: device,
          at,
          frame: octetsOf(frame),
        })),
      })),
    now: () => answeringOk(() => ({ at: net.clock.now, next: nextAt(net.clock) })),
    advance: ({ to }) =>
      sleepers.act(() => {
        advance(net.clock, to, () => sleepers.settle());
        return DONE;
      }),
  };
}

function forwardingPort(net: Net): PortOf<typeof forwarding> {
  return {
    set: ({ on }) =>
      answeringOk(() => {
        net.forwarding = on;
        net.routing.generation++;
        return {};
      }),
  };
}

function interfaceQueuePort(net: Net, sleepers: Sleepers): PortOf<typeof interfaceQueue> {
  return {
    configure: ({ interface: name, length, bitsPerSecond }) =>
      answering(() =>
        withDevice(net, name, (device) => {
          device.txQueueLen = length;
          device.bitsPerSecond = bitsPerSecond;
          return DONE;
        }),
      ),
    stall: ({ interface: name, stalled }) =>
      sleepers.act(() =>
        withDevice(net, name, (device) => {
          if (stalled) device.stopped = true;
          else netifWakeQueue(net, device);
          return DONE;
        }),
      ),
    stat: ({ interface: name }) =>
      answering((): OrNoDevice<{ queued: number; sent: number; dropped: number }> =>
        withDevice(net, name, (device) =>
          success({
            queued: queuedFrames(device),
            sent: device.txPackets,
            dropped: device.txDropped,
          }),
        ),
      ),
  };
}

function mibPort({ counters }: Net): PortOf<typeof mib> {
  return { read: () => answeringOk(() => ({ counters: { ...counters } })) };
}

function netfilterPort(net: Net): PortOf<typeof netfilter> {
  const registered = new Map<string, NfHookOps>();
  const seen: { name: string; in: string | null; out: string | null; length: number }[] = [];
  return {
    register: ({ name, hook, priority, verdicts }) =>
      answering(() => {
        if (registered.has(name)) return failure('EEXIST');
        let calls = 0;
        const ops: NfHookOps = {
          name,
          hook,
          priority,
          fn(skb, place) {
            seen.push({
              name,
              in: place.in?.name ?? null,
              out: place.out?.name ?? null,
              length: skb.len,
            });
            return verdicts[Math.min(calls++, verdicts.length - 1)] ?? 'ACCEPT';
          },
        };
        registered.set(name, ops);
        nfRegisterHook(net.netfilter, ops);
        return DONE;
      }),
    unregister: ({ name }) =>
      answering(() => {
        const ops = registered.get(name);
        if (ops === undefined) return failure('ENOENT');
        registered.delete(name);
        nfUnregisterHook(net.netfilter, ops);
        return DONE;
      }),
    seen: () => answeringOk(() => ({ seen: seen.splice(0) })),
  };
}

function ipTracePort(net: Net, sleepers: Sleepers): PortOf<typeof ipTrace> {
  return {
    receive: ({ interface: name, frame }) =>
      sleepers.act(() =>
        withDevice(net, name, (device) => {
          const entered = traceRoutines(() => frameArrives(net, device, bytesOf(frame)));
          return success({ entered: entered.map(({ routine }) => routine) });
        }),
      ),
  };
}

function reassemblyMemoryPort({ defragmenter }: Net): PortOf<typeof reassemblyMemory> {
  return {
    read: () =>
      answeringOk(() => ({
        octets: defragmenter.memory,
        datagrams: defragmenter.queues.size,
        ...THRESHOLDS,
      })),
  };
}

function peerStoragePort({ peerStorage: storage, routing }: Net): PortOf<typeof peerStorage> {
  return {
    set: ({ threshold }) =>
      answeringOk(() => {
        storage.threshold = threshold;
        return {};
      }),
    read: () => answeringOk(() => ({ threshold: storage.threshold, hosts: routing.peerIds.size })),
  };
}

export function bootNet({ profile, seed }: BootOptions): Net {
  return newNet(profile, newRandom(seed));
}

export function networkPorts(streams: Streams) {
  const { sockets } = streams;
  const { net, sleepers } = sockets;
  return {
    network: networkPort(net, sleepers),
    forwarding: forwardingPort(net),
    'interface-queue': interfaceQueuePort(net, sleepers),
    mib: mibPort(net),
    netfilter: netfilterPort(net),
    'ip-trace': ipTracePort(net, sleepers),
    udp: udpPort(sockets),
    'address-length': addressLengthPort(sockets),
    'raw-ip': rawIpPort(sockets),
    'socket-creation': socketCreationPort(net.profile),
    'pending-buffers': pendingBuffersPort(sockets),
    'send-pages': sendPagesPort(net),
    netlink: netlinkPort(net, sleepers),
    'route-socket': routeSocketPort(net, sleepers),
    ...tcpPorts(streams),
    'tcp-network-layer': tcpNetworkLayerPort(sockets),
    ...tcpSocketPorts(sockets),
    'option-level': optionLevelPort(sockets),
    ...packetMarksPorts(net),
    'reassembly-memory': reassemblyMemoryPort(net),
    'peer-storage': peerStoragePort(net),
    'kernel-memory': kernelMemoryPort(net.memory),
    'address-mask': addressMaskPort(net),
    'ip-queue-xmit': ipQueueXmitPort(net, sleepers),
    nat: natPort(net),
    'ipv6-forwarding': ipv6ForwardingPort(net),
    xfrm: xfrmPort(net),
    'skb-trace': skbTracePort(net, sockets),
  };
}
