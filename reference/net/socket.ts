/**
 * System calls on sockets of AF_INET, except for sending and receiving.
 *
 * Source: Linux 2.6.11, net/socket.c, net/ipv4/af_inet.c, net/ipv4/datagram.c; 4.4BSD,
 * netinet/in_pcb.c.
 */
import { failure, success, type Errno, type Outcome, type Profile } from '../../contract/index.ts';
import { freePort, hashPort, portIsFree, unhashPort } from './inet-port.ts';
import { ipFlushPendingFrames, ipPutSendPage } from './ip-append.ts';
import { ipMcDropSocket } from './multicast.ts';
import type { Net } from './net.ts';
import { IPPROTO_RAW } from './raw.ts';
import { isBroadcast, isLocal, isMulticast } from './route.ts';
import { kfreeSkb } from './sk-buff-sharing.ts';
import { newSock, wakeSock, type Sock } from './sock.ts';
import { IPPROTO_TCP, IPPROTO_UDP } from './transport-checksum.ts';
import { routeOf, type InetAddress } from './udp.ts';

export type SocketType = 'SOCK_STREAM' | 'SOCK_DGRAM' | 'SOCK_RAW' | 'SOCK_SEQPACKET';

type Done = Record<string, never>;
type Answer<Value = Done> = Outcome<Value, Errno>;

const DONE = success({});

/** Ports below are the system's. @kernel PROT_SOCK, IPPORT_RESERVED */
const PROT_SOCK = 1024;

/** @kernel inetsw_array */
const SWITCH = [
  { type: 'SOCK_STREAM', protocol: IPPROTO_TCP },
  { type: 'SOCK_DGRAM', protocol: IPPROTO_UDP },
] as const;

/** What a system says of a protocol that it does not have for a type. */
function noProtocol(profile: Profile, type: SocketType): 'EPROTONOSUPPORT' | 'ESOCKTNOSUPPORT' {
  const known = type !== 'SOCK_SEQPACKET';
  if (profile === 'bsd-4.4' || (profile === 'linux-6' && known)) return 'EPROTONOSUPPORT';
  return 'ESOCKTNOSUPPORT';
}

/**
 * Which protocol a socket of that type has.
 *
 * @param protocol - 0 lets the system choose.
 * @kernel inet_create
 */
export function protocolOf(
  profile: Profile,
  { type, protocol, privileged }: { type: SocketType; protocol: number; privileged: boolean },
): Answer<number> {
  if (type === 'SOCK_RAW') {
    const wild = protocol > 255 || (protocol === 0 && profile !== 'bsd-4.4');
    if (wild) return failure(noProtocol(profile, type));
    if (!privileged) return failure(profile === 'bsd-4.4' ? 'EACCES' : 'EPERM');
    return success(protocol);
  }
  const entry = SWITCH.find(
    (one) => one.type === type && (protocol === 0 || one.protocol === protocol),
  );
  return entry === undefined ? failure(noProtocol(profile, type)) : success(entry.protocol);
}

export function openUdp(net: Net): Sock {
  return newSock(net, 'SOCK_DGRAM', IPPROTO_UDP);
}

export function openRaw(net: Net, protocol: number): Sock {
  const sk = newSock(net, 'SOCK_RAW', protocol);
  sk.headerIncluded = protocol === IPPROTO_RAW;
  net.rawSockets.push(sk);
  return sk;
}

/** Takes a port; undefined lets the system choose one. @kernel udp_v4_get_port */
function getPort(sk: Sock, wanted: number): Outcome<Done, 'EADDRINUSE'> {
  const { net } = sk;
  if (sk.type === 'SOCK_RAW') return DONE;
  const port = wanted === 0 ? freePort(net) : wanted;
  if (port === undefined || !portIsFree(net, sk, port)) return failure('EADDRINUSE');
  hashPort(net, sk, port);
  return DONE;
}

/** A port for who has not asked for any. @kernel inet_autobind */
export function autobind(sk: Sock): Answer {
  if (sk.port !== 0 || sk.type === 'SOCK_RAW') return DONE;
  return 'ok' in getPort(sk, 0) ? DONE : failure('EAGAIN');
}

/** Whether packets to the address can come to a socket here. */
function bindable(net: Net, address: number): boolean {
  return (
    address === 0 || isLocal(net, address) || isMulticast(address) || isBroadcast(net, address)
  );
}

/** @kernel inet_bind; in 4.4BSD in_pcbbind */
export function bind(sk: Sock, { address, port }: InetAddress, privileged: boolean): Answer {
  const { net } = sk;
  const bound = sk.type === 'SOCK_DGRAM' && (sk.port !== 0 || sk.connected);
  if (net.profile === 'bsd-4.4' && bound) return failure('EINVAL');
  if (!bindable(net, address)) return failure('EADDRNOTAVAIL');
  if (port !== 0 && port < PROT_SOCK && !privileged && sk.type !== 'SOCK_RAW') {
    return failure('EACCES');
  }
  if (bound) return failure('EINVAL');
  sk.receiveAddress = address;
  // From an address of all hosts nothing is sent.
  sk.sourceAddress = isMulticast(address) || isBroadcast(net, address) ? 0 : address;
  const got = getPort(sk, port);
  if (!('ok' in got)) {
    sk.receiveAddress = 0;
    sk.sourceAddress = 0;
    return got;
  }
  sk.addressLocked = address !== 0;
  sk.portLocked = port !== 0;
  sk.cachedDst = null;
  return DONE;
}

/** @kernel ip4_datagram_connect */
export function connect(sk: Sock, to: InetAddress | null): Answer {
  if (to === null) return disconnect(sk);
  const auto = autobind(sk);
  if (!('ok' in auto)) return auto;
  sk.cachedDst = null;
  const route = routeOf(sk, to.address, false);
  if (!('ok' in route)) return route;
  if (sk.sourceAddress === 0) sk.sourceAddress = route.ok.source;
  if (sk.receiveAddress === 0) sk.receiveAddress = route.ok.source;
  sk.daddr = route.ok.destination;
  sk.dport = sk.type === 'SOCK_RAW' ? 0 : to.port;
  sk.connected = true;
  sk.ident.id = Math.floor(sk.net.clock.now / 1_000_000) & 0xffff;
  sk.cachedDst = route.ok;
  return DONE;
}

/** What the program chose itself, it keeps. @kernel udp_disconnect */
function disconnect(sk: Sock): Answer {
  sk.connected = false;
  sk.daddr = 0;
  sk.dport = 0;
  sk.boundDevice = null;
  sk.cachedDst = null;
  if (!sk.addressLocked) {
    sk.receiveAddress = 0;
    sk.sourceAddress = 0;
  }
  if (!sk.portLocked) unhashPort(sk.net, sk);
  return DONE;
}

/** @kernel inet_getname */
export function sockName(sk: Sock): InetAddress {
  return { address: sk.receiveAddress === 0 ? sk.sourceAddress : sk.receiveAddress, port: sk.port };
}

export function peerName(sk: Sock): Answer<InetAddress> {
  return sk.connected ? success({ address: sk.daddr, port: sk.dport }) : failure('ENOTCONN');
}

/** @kernel inet_shutdown */
export function shutdown(sk: Sock, how: 'SHUT_RD' | 'SHUT_WR' | 'SHUT_RDWR'): Answer {
  if (!sk.connected) return failure('ENOTCONN');
  if (how !== 'SHUT_WR') sk.receiveShutdown = true;
  if (how !== 'SHUT_RD') sk.sendShutdown = true;
  wakeSock(sk);
  return DONE;
}

/** @kernel inet_release */
export function release(sk: Sock): void {
  const { net } = sk;
  sk.closed = true;
  ipMcDropSocket(sk);
  ipFlushPendingFrames(sk);
  ipPutSendPage(sk);
  for (const skb of sk.receiveQueue.splice(0)) kfreeSkb(skb);
  unhashPort(net, sk);
  const place = net.rawSockets.indexOf(sk);
  if (place >= 0) net.rawSockets.splice(place, 1);
  wakeSock(sk);
}
