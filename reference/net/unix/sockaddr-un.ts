/**
 * Addresses of local sockets as a program sees them in its memory.
 *
 * The name stands behind the family. Linux ends a path with a zero octet and counts that, and has one in
 * front of a name that is no file. Of a socket without a name there is the family alone; 4.4BSD has nothing
 * at all to tell of it, but tells who has sent or connected by 16 octets without a name.
 *
 * Source: Linux 2.6.11, net/unix/af_unix.c, unix_mkname(), unix_getname(), unix_copy_addr(); 4.4BSD-Lite2,
 * kern/uipc_usrreq.c, PRU_SOCKADDR, PRU_ACCEPT, sun_noname.
 */
import { bytesOf, type Profile } from '../../../contract/index.ts';
import type { UnixName } from './family.ts';

const AF_UNIX = 1;

const path = (name: string): number[] => [...name].map((letter) => letter.charCodeAt(0));

/** @kernel struct sockaddr_un */
export function sockaddrUn(profile: Profile, name: UnixName | null): Uint8Array {
  if (profile === 'bsd-4.4') return sockaddrUnBsd(name);
  if (name === null) return Uint8Array.of(AF_UNIX, 0);
  const behind = 'path' in name ? [...path(name.path), 0] : [0, ...bytesOf(name.abstract)];
  return Uint8Array.of(AF_UNIX, 0, ...behind);
}

/** Its length is in front, without an end of the path. */
function sockaddrUnBsd(name: UnixName | null): Uint8Array {
  if (name === null || !('path' in name)) return new Uint8Array(0);
  const octets = path(name.path);
  return Uint8Array.of(octets.length + 2, AF_UNIX, ...octets);
}

/** @kernel sun_noname */
export const SUN_NONAME: Uint8Array = Uint8Array.of(16, AF_UNIX, ...new Uint8Array(14));
