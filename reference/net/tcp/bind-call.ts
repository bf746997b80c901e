/**
 * bind of a stream socket, and its names.
 *
 * Source: Linux 2.6.11, net/ipv4/af_inet.c, inet_bind(); 4.4BSD, netinet/in_pcb.c, in_pcbbind().
 */
import { failure, success, type Errno, type Outcome } from '../../../contract/index.ts';
import { isBroadcast, isLocal, isMulticast } from '../route.ts';
import type { InetAddress } from '../udp.ts';
import { getPort } from './bind.ts';
import type { TcpSock } from './tcp-sock.ts';

type Done = Record<string, never>;

/** Ports below are the system's. @kernel PROT_SOCK, IPPORT_RESERVED */
const PROT_SOCK = 1024;

/** @kernel inet_bind */
export function tcpBind(
  sk: TcpSock,
  { address, port }: InetAddress,
  privileged: boolean,
): Outcome<Done, Errno> {
  const { net } = sk;
  const bound = sk.state !== 'CLOSED' || sk.port !== 0;
  if (net.profile === 'bsd-4.4' && bound) return failure('EINVAL');
  const toMany = address !== 0 && (isMulticast(address) || isBroadcast(net, address));
  if (address !== 0 && !isLocal(net, address) && !toMany) return failure('EADDRNOTAVAIL');
  if (port !== 0 && port < PROT_SOCK && !privileged) return failure('EACCES');
  if (bound) return failure('EINVAL');
  sk.receiveAddress = address;
  sk.sourceAddress = toMany ? 0 : address;
  const got = getPort(sk, port);
  if (!('ok' in got)) {
    sk.receiveAddress = 0;
    sk.sourceAddress = 0;
    return got;
  }
  sk.addressLocked = address !== 0;
  sk.portLocked = port !== 0;
  return success({});
}

/** @kernel inet_getname */
export function tcpName(sk: TcpSock): InetAddress {
  return { address: sk.receiveAddress === 0 ? sk.sourceAddress : sk.receiveAddress, port: sk.port };
}

export function tcpPeer(sk: TcpSock): Outcome<InetAddress, 'ENOTCONN'> {
  const there = sk.dport !== 0 && sk.state !== 'CLOSED' && sk.state !== 'SYN_SENT';
  return there ? success(sk.af.addr2sockaddr(sk)) : failure('ENOTCONN');
}
