/**
 * Addresses as a program sees them in its memory.
 *
 * The program says how long its memory is. What is longer is cut off; how long the address is in truth it
 * is told by Linux, and how much was written by 4.4BSD.
 *
 * Source: Linux 2.6.11, net/socket.c, move_addr_to_kernel(), move_addr_to_user(); 4.4BSD, kern/uipc_syscalls.c, sockargs(), recvit().
 */
import { failure, success, type Outcome, type Profile } from '../../contract/index.ts';
import { putBe16, putBe32 } from './bytes.ts';
import type { InetAddress } from './udp.ts';

/** @kernel sizeof(struct sockaddr_in) */
const SOCKADDR_IN = 16;

const AF_INET = 2;

/** @kernel struct sockaddr_in */
export function sockaddrIn(profile: Profile, { address, port }: InetAddress): Uint8Array {
  const bytes = new Uint8Array(SOCKADDR_IN);
  // 4.4BSD has its length in the first octet; Linux on i386 has the low octet of the family there.
  if (profile === 'bsd-4.4') bytes.set([SOCKADDR_IN, AF_INET]);
  else bytes.set([AF_INET, 0]);
  putBe16(bytes, 2, port);
  putBe32(bytes, 4, address);
  return bytes;
}

/**
 * Writes an address to a program's memory.
 *
 * @param address - as the program sees it.
 * @param memory - null where the pointer leads nowhere.
 * @param room - how long the program says its memory is, in octets; null where that leads nowhere.
 * @returns what the program is told of the length.
 * @kernel move_addr_to_user
 */
export function moveAddrToUser(
  profile: Profile,
  address: Uint8Array,
  memory: Uint8Array | null,
  room: number | null,
): Outcome<number, 'EFAULT' | 'EINVAL'> {
  if (room === null) return failure('EFAULT');
  const bsd = profile === 'bsd-4.4';
  if (room < 0 && !bsd) return failure('EINVAL');
  const written = Math.min(Math.max(room, 0), address.length);
  if (written > 0 && memory === null) return failure('EFAULT');
  memory?.set(address.subarray(0, written));
  return success(bsd ? written : address.length);
}

/** Longest address that is copied in. @kernel MAX_SOCK_ADDR */
const MAX_SOCK_ADDR = 128;

/** Longest that fits into an mbuf, and one of old programs that is cut to it. @kernel MLEN, COMPAT_OLDSOCK */
const OLD_NAME = 112;

/**
 * Copies an address in from where a process has no memory.
 *
 * @param length - how long the process says it is, in octets, with its sign.
 * @returns success where there is nothing to copy.
 * @kernel move_addr_to_kernel, sockargs
 */
export function moveAddrFromNowhere(
  profile: Profile,
  length: number,
): Outcome<Record<string, never>, 'EFAULT' | 'EINVAL'> {
  const most = profile === 'bsd-4.4' ? OLD_NAME : MAX_SOCK_ADDR;
  if (length < 0 || length > most) return failure('EINVAL');
  return length === 0 ? success({}) : failure('EFAULT');
}
