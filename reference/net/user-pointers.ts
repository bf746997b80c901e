/**
 * Socket calls from their pointers on, one of which leads nowhere.
 *
 * What a call copies in before it looks for the socket fails before a bad descriptor does. What it copies in
 * before it asks the protocol fails before anything happens. What it copies out fails when all has happened.
 *
 * Source: Linux 2.6.11, net/socket.c, sys_bind() to sys_recvmsg(), verify_iovec(); net/core/sock.c,
 * sock_setsockopt(), sock_getsockopt(); net/ipv4/ip_sockglue.c; Linux 6, net/socket.c, ___sys_sendmsg(),
 * do_sock_setsockopt(); 4.4BSD, kern/uipc_syscalls.c.
 */
import { failure, success, type Errno, type Outcome, type Profile } from '../../contract/index.ts';
import type { Restartable } from '../kernel/interrupted-call.ts';
import type { Steps } from '../kernel/processors.ts';
import { moveAddrFromNowhere, moveAddrToUser } from './sockaddr.ts';

type Done = Record<string, never>;
type Answer<Value = Done> = Outcome<Value, Errno>;

/** @errors EBADF — it is closed. @kernel sockfd_lookup, getsock */
export type Lookup<Socket> = () => Outcome<Socket, 'EBADF'>;

export type Pointer = 'octets' | 'address' | 'address-length' | 'msg_iov' | 'msghdr';

/** What is copied in before the socket is looked for. */
const BEFORE_LOOKUP: Readonly<Record<Profile, readonly Pointer[]>> = {
  notes: ['msghdr'],
  'linux-2.6.11': ['msghdr'],
  'linux-6': [],
  'bsd-4.4': ['msghdr', 'msg_iov', 'address-length'],
};

/** Memory of a process for what it is told; null where the pointer leads nowhere. */
export interface Told {
  readonly address: Uint8Array | null;
  length: number | null;
}

/** @kernel sys_bind, sys_connect; bind, connect */
export function addressFromNowhere(
  profile: Profile,
  lookup: Lookup<unknown>,
  length: number,
): Answer {
  const sk = lookup();
  if (!('ok' in sk)) return sk;
  const copied = moveAddrFromNowhere(profile, length);
  // The protocol finds an address of no octets too short.
  return 'ok' in copied ? failure('EINVAL') : copied;
}

/** Finds the socket, unless a pointer fails first. */
function begin<Socket>(
  profile: Profile,
  lookup: Lookup<Socket>,
  nowhere: Pointer,
): Outcome<Socket, Errno> {
  return BEFORE_LOOKUP[profile].includes(nowhere) ? failure('EFAULT') : lookup();
}

/**
 * @param send - sends octets that are not all in memory.
 * @kernel sys_sendto, sys_sendmsg; sendit
 */
export function* sendFromNowhere<Socket>(
  profile: Profile,
  lookup: Lookup<Socket>,
  nowhere: Pointer,
  send: (sk: Socket) => Steps<Restartable<number, Errno>>,
): Steps<Restartable<number, Errno>> {
  const sk = begin(profile, lookup, nowhere);
  if (!('ok' in sk)) return sk;
  return nowhere === 'octets' ? yield* send(sk.ok) : failure('EFAULT');
}

interface Received {
  readonly octets: Uint8Array;
  /** Address of the sender as the program sees it; null where none is told. */
  readonly from: Uint8Array | null;
}

const NO_ADDRESS = new Uint8Array(0);

/**
 * @param receive - receives into memory that need not be all there.
 * @kernel sys_recvfrom, sys_recvmsg; recvit
 */
export function* receiveToNowhere<Socket>(
  profile: Profile,
  lookup: Lookup<Socket>,
  nowhere: Pointer,
  told: Told,
  receive: (sk: Socket) => Steps<Restartable<Received, Errno>>,
): Steps<Restartable<Uint8Array, Errno>> {
  const sk = begin(profile, lookup, nowhere);
  if (!('ok' in sk)) return sk;
  if (nowhere === 'msghdr' || nowhere === 'msg_iov') return failure('EFAULT');
  const got = yield* receive(sk.ok);
  if (typeof got === 'symbol' || !('ok' in got)) return got;
  const { octets, from } = got.ok;
  // Only Linux 6 tells how long it is where there is none.
  if (from === null && profile !== 'linux-6') return success(octets);
  const tells = tell(profile, from ?? NO_ADDRESS, told);
  return 'ok' in tells ? success(octets) : tells;
}

/** @kernel move_addr_to_user */
export function tell(profile: Profile, from: Uint8Array, told: Told): Answer {
  const moved = moveAddrToUser(profile, from, told.address, told.length);
  if ('ok' in moved) told.length = moved.ok;
  // Linux 6.18 writes how long it is before the address.
  else if (profile === 'linux-6' && (told.length ?? -1) >= 0) told.length = from.length;
  return 'ok' in moved ? success({}) : moved;
}

/** @kernel sys_accept; accept1 */
export function beginAccept<Socket>(profile: Profile, lookup: Lookup<Socket>, nowhere: Pointer) {
  return begin(profile, lookup, nowhere);
}

/** @kernel sys_getsockname, sys_getpeername */
export function nameToNowhere<Socket>(
  profile: Profile,
  lookup: Lookup<Socket>,
  told: Told,
  nameOf: (sk: Socket) => Answer<Uint8Array>,
): Answer {
  const sk = lookup();
  if (!('ok' in sk)) return sk;
  const name = nameOf(sk.ok);
  return 'ok' in name ? tell(profile, name.ok, told) : name;
}

type Option = 'SO_REUSEADDR' | 'SO_ERROR' | 'SO_TYPE' | 'IP_TTL';

const INT = 4;

/** Longest value that fits into an mbuf. @kernel MLEN */
const MLEN = 108;

/** @kernel sys_setsockopt; setsockopt */
export function optionFromNowhere(
  profile: Profile,
  lookup: Lookup<unknown>,
  option: Option,
  length: number,
): Answer {
  const bsd = profile === 'bsd-4.4';
  if (length < 0 && !bsd && profile !== 'linux-6') return failure('EINVAL');
  const sk = lookup();
  if (!('ok' in sk)) return sk;
  if (bsd) {
    if (length > MLEN) return failure('EINVAL');
    // A negative length is a very long one to who copies.
    return length === 0 ? failure('EINVAL') : failure('EFAULT');
  }
  // Options of IP may be an octet.
  return failure(length < (option === 'IP_TTL' ? 1 : INT) ? 'EINVAL' : 'EFAULT');
}

/**
 * @param forgetError - SO_ERROR is told, and so forgotten.
 * @kernel sys_getsockopt; getsockopt
 */
export function optionToNowhere<Socket>(
  profile: Profile,
  lookup: Lookup<Socket>,
  option: Option,
  told: Told,
  forgetError: (sk: Socket) => void,
): Answer {
  const sk = lookup();
  if (!('ok' in sk)) return sk;
  const { length } = told;
  const bsd = profile === 'bsd-4.4';
  if (length === null) return failure('EFAULT');
  if (length < 0 && !bsd) return failure('EINVAL');
  // It is told, and so forgotten, before anybody knows where to.
  if (option === 'SO_ERROR') forgetError(sk.ok);
  const fits = option === 'IP_TTL' && length > 0 && length < INT ? 1 : Math.min(length, INT);
  // IP writes how long the value is before the value, the others behind it.
  if (option === 'IP_TTL' && !bsd) told.length = fits;
  if (fits !== 0) return failure('EFAULT');
  if (!bsd) told.length = fits;
  return success({});
}
