/**
 * One host's network: its devices, tables, sockets and counters, and the clock that they share.
 *
 * Nothing here is global, so that any number of hosts can live side by side.
 */
import type { Profile } from '../../contract/index.ts';
import { newKernelMemory, type KernelMemory } from '../kernel/kernel-memory.ts';
import { arpReceive, type Neighbour } from './arp.ts';
import type { Bridge } from './bridge.ts';
import { newClock, type Clock } from './clock.ts';
import { icmpProtocol } from './icmp.ts';
import { newDefragmenter, type Defragmenter } from './ip-defragment.ts';
import { ipRcv } from './ip-input.ts';
import { ipv6Rcv, newIp6, type Ip6 } from './ip6-forward.ts';
import { newCounters, type Counters } from './mib.ts';
import { registerNetdevice, type NetDevice, type TransmittedFrame } from './net-device.ts';
import { ETH_P_ARP, ETH_P_IP, ETH_P_IPV6, newNetInput, type NetInput } from './net-input.ts';
import { newNetfilter, type Netfilter } from './netfilter.ts';
import { newPeerStorage, Peers, type PeerStorage } from './peers.ts';
import type { InetProtocol } from './protocols.ts';
import { newRouting, type Routing } from './route.ts';
import type { Page, SkBuff } from './sk-buff.ts';
import type { ProbeHandler } from './skb-probe.ts';
import type { Sock } from './sock.ts';
import { newTcpNet, type TcpNet } from './tcp/tcp-net.ts';
import { tcpProtocol } from './tcp/input.ts';
import { IPPROTO_TCP, IPPROTO_UDP } from './transport-checksum.ts';
import { udpProtocol } from './udp.ts';
import type { Transform } from './xfrm.ts';

export type PacketHandler = (net: Net, skb: SkBuff, device: NetDevice) => void;

export interface Net {
  readonly profile: Profile;
  readonly clock: Clock;
  /** Uniform numbers below 2^32, from the seed. */
  readonly random: () => number;
  readonly devices: Map<string, NetDevice>;
  readonly loopback: NetDevice;
  readonly input: NetInput;
  inSoftirq: boolean;
  /** By Ethernet type. @kernel ptype_base */
  readonly packetTypes: Map<number, PacketHandler>;
  /** By protocol number of IP. @kernel inet_protos */
  readonly protocols: Map<number, InetProtocol>;
  readonly netfilter: Netfilter;
  readonly routing: Routing;
  /** Transforms of packets that this host sends, by destination. @kernel struct xfrm_policy */
  readonly xfrms: Map<number, readonly Transform[]>;
  /** What packets of a protocol have to have come through, outermost first. */
  readonly inputPolicies: Map<number, readonly number[]>;
  /** By name, and by the names of their ports. */
  readonly bridges: Map<string, Bridge>;
  readonly bridgePorts: Map<string, Bridge>;
  readonly neighbours: Map<number, Neighbour>;
  readonly defragmenter: Defragmenter;
  /** Is shown packets; null where nobody wants to know. */
  probeHandler: ProbeHandler | null;
  readonly ip6: Ip6;
  readonly counters: Counters;
  /** Frames that have left and that nobody has looked at yet. */
  wire: TransmittedFrame[];
  forwarding: boolean;
  /** Answers who asks for the mask of a network. @kernel icmpmaskrepl */
  answersMasks: boolean;
  /** Sockets of UDP, newest first, and raw ones, oldest first. */
  readonly udpSockets: Sock[];
  readonly rawSockets: Sock[];
  readonly tcp: TcpNet;
  readonly memory: KernelMemory;
  /** Pages into which data to be sent are gathered, some of them given back already. */
  sendPages: Page[];
  /** How many other hosts are kept in mind. */
  readonly peerStorage: PeerStorage;
  /** Redirects by the host that was told. */
  readonly redirectsSent: Peers<{ count: number; last: number }>;
  /** Tokens for ICMP errors by destination. */
  readonly icmpTokens: Peers<{ tokens: number; last: number }>;
  /** Counter of packets sent, where there is one for all. @kernel ip_id of 4.4BSD */
  ipId: number;
  /** Where the search for a port goes on. @kernel udp_port_rover */
  portRover: number;
}

const LOOPBACK_MTU = 16_436;

export function newNet(profile: Profile, random: () => number): Net {
  const storage = newPeerStorage();
  const net = {
    profile,
    clock: newClock(),
    random,
    devices: new Map(),
    input: newNetInput(() => net),
    inSoftirq: false,
    packetTypes: new Map([
      [ETH_P_IP, ipRcv],
      [ETH_P_ARP, arpReceive],
      [ETH_P_IPV6, ipv6Rcv],
    ]),
    protocols: new Map([
      [1, icmpProtocol],
      [IPPROTO_TCP, tcpProtocol],
      [IPPROTO_UDP, udpProtocol],
    ]),
    netfilter: newNetfilter(profile),
    routing: newRouting(storage),
    xfrms: new Map(),
    inputPolicies: new Map(),
    bridges: new Map(),
    bridgePorts: new Map(),
    neighbours: new Map(),
    defragmenter: newDefragmenter(storage),
    probeHandler: null,
    ip6: newIp6(),
    counters: newCounters(),
    wire: [],
    forwarding: false,
    answersMasks: false,
    udpSockets: [],
    rawSockets: [],
    sendPages: [],
    peerStorage: storage,
    redirectsSent: new Peers(storage),
    icmpTokens: new Peers(storage),
    ipId: random() & 0xffff,
    portRover: 0,
    tcp: newTcpNet(profile, random),
    memory: newKernelMemory(),
  } as unknown as Net & { loopback: NetDevice };
  net.loopback = registerNetdevice(net, {
    name: 'lo',
    kind: 'loopback',
    macAddress: new Uint8Array(6),
    mtu: LOOPBACK_MTU,
    txQueueLen: 1000,
    scatterGather: true,
    checksums: true,
    bitsPerSecond: null,
  });
  net.loopback.addresses.push({ local: 0x7f00_0001, prefix: 8 });
  return net;
}
