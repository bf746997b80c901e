/**
 * Numbers of the system calls on sockets.
 *
 * Linux on i386 has one number for all that are not about files; the first argument says which.
 *
 * Source: Linux 2.6.11, include/asm-i386/unistd.h, include/linux/net.h, SYS_SOCKET …; Linux 6,
 * arch/x86/entry/syscalls/syscall_64.tbl; 4.4BSD, kern/syscalls.master.
 */
import type { Profile, SocketCall } from '../../contract/index.ts';

/** @kernel __NR_socketcall */
export const SOCKETCALL = 102;

interface Numbered {
  readonly call: SocketCall;
  readonly number: number;
  /** Of a call that shares its number with others. */
  readonly code: number | null;
}

type Table = Readonly<Partial<Record<SocketCall, number>>>;

const FILE_CALLS: Table = { read: 3, write: 4, close: 6 };

const CODES: Table = {
  socket: 1,
  bind: 2,
  connect: 3,
  listen: 4,
  accept: 5,
  getsockname: 6,
  getpeername: 7,
  send: 9,
  recv: 10,
  sendto: 11,
  recvfrom: 12,
  shutdown: 13,
  setsockopt: 14,
  getsockopt: 15,
  sendmsg: 16,
  recvmsg: 17,
};

const LINUX_6: Table = {
  read: 0,
  write: 1,
  close: 3,
  socket: 41,
  connect: 42,
  accept: 43,
  sendto: 44,
  recvfrom: 45,
  sendmsg: 46,
  recvmsg: 47,
  shutdown: 48,
  bind: 49,
  listen: 50,
  getsockname: 51,
  getpeername: 52,
  setsockopt: 54,
  getsockopt: 55,
};

const BSD: Table = {
  ...FILE_CALLS,
  recvmsg: 27,
  sendmsg: 28,
  recvfrom: 29,
  accept: 30,
  getpeername: 31,
  getsockname: 32,
  socket: 97,
  connect: 98,
  bind: 104,
  setsockopt: 105,
  listen: 106,
  getsockopt: 118,
  sendto: 133,
  shutdown: 134,
};

const entries = (table: Table) => Object.entries(table) as [SocketCall, number][];

const plain = (table: Table): Numbered[] =>
  entries(table).map(([call, number]) => ({ call, number, code: null }));

const I386: readonly Numbered[] = [
  ...plain(FILE_CALLS),
  ...entries(CODES).map(([call, code]) => ({ call, number: SOCKETCALL, code })),
];

const TABLES: Readonly<Record<Profile, readonly Numbered[]>> = {
  notes: I386,
  'linux-2.6.11': I386,
  'linux-6': plain(LINUX_6),
  'bsd-4.4': plain(BSD),
};

/** @kernel sys_call_table, sysent */
export function numbersOf(profile: Profile): readonly Numbered[] {
  return TABLES[profile];
}

/** The call of a number. @returns undefined where there is none. */
export function callOfNumber(
  profile: Profile,
  number: number,
  code: number | undefined,
): SocketCall | undefined {
  const fits = (one: Numbered) => one.number === number && (one.code === null || one.code === code);
  return TABLES[profile].find(fits)?.call;
}
