/**
 * Implementations that come as sources and are built where they are used: a row each.
 *
 * A row says what lies where and what building needs. How it is built is its Makefile's own affair.
 */
import { spawnSync } from 'node:child_process';
import { existsSync } from 'node:fs';

/** Something that building needs, and the Debian packages that bring it. */
export interface Need {
  readonly what: string;
  readonly packages: string;
  isThere(): boolean;
}

export interface Native {
  /** Operating system that it runs on, as Node calls it. */
  readonly platform: string;
  readonly program: string;
  /** Folders of its sources below the root; the first has its Makefile. */
  readonly folders: readonly [string, ...string[]];
  readonly needs: readonly Need[];
  /** Files outside, such as a library's headers, after whose change it has to be built anew. */
  readonly builtAgainst?: readonly string[];
}

/** A program on the path, whatever it answers. */
export const tool = (name: string, packages: string): Need => ({
  what: name,
  packages,
  isThere: () => spawnSync(name, ['--version']).error === undefined,
});

export const file = (name: string, packages: string): Need => ({
  what: name,
  packages,
  isThere: () => existsSync(name),
});

const MAKE = tool('make', 'make');
const CC = tool('cc', 'gcc libc6-dev');

const LWIP_HEADERS = '/usr/include/lwip';

/** Where Debian puts sources in Go. */
const GVISOR = '/usr/share/gocode/src/gvisor.dev/gvisor';

export const NATIVE: Readonly<Record<string, Native>> = {
  gvisor: {
    platform: 'linux',
    program: 'kernspec-gvisor',
    folders: ['adapters/gvisor'],
    needs: [
      MAKE,
      tool('go', 'golang-go'),
      file(`${GVISOR}/pkg/tcpip/tcpip.go`, 'golang-gvisor-gvisor-dev'),
    ],
    builtAgainst: ['/usr/share/doc/golang-gvisor-gvisor-dev/changelog.Debian.gz'],
  },
  linux: {
    platform: 'linux',
    program: 'kernspec-linux',
    folders: ['adapters/linux', 'adapters/sockets', 'adapters/c'],
    needs: [MAKE, CC],
  },
  lwip: {
    platform: 'linux',
    program: 'kernspec-lwip',
    folders: ['adapters/lwip', 'adapters/sockets', 'adapters/c'],
    needs: [MAKE, CC, file(`${LWIP_HEADERS}/lwip/tcpip.h`, 'liblwip-dev')],
    builtAgainst: [`${LWIP_HEADERS}/lwip/init.h`, `${LWIP_HEADERS}/lwipopts.h`],
  },
};
