/**
 * Implementations that come as sources and are built where they are used: a row each.
 *
 * A row says what lies where and what building needs. How it is built is its Makefile's own affair.
 */
import { spawnSync } from 'node:child_process';
import { existsSync, readdirSync } from 'node:fs';

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
  /** What it is built on, if that takes so long that it has to be asked for. */
  readonly foundation?: Foundation;
}

/** Something that implementations are built on, and that is none itself. */
export interface Foundation extends Omit<Native, 'foundation'> {
  readonly name: string;
  /** The variable of make that says where it is. */
  readonly variable: string;
  /** Of one processor. */
  readonly minutes: number;
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

/** Where Debian puts the headers of its kernels, a folder each. */
const KERNEL_HEADERS = '/usr/src';

/** Of a kernel without what only real machines have. */
const CLOUD_KERNEL = /^linux-headers-.*-cloud-amd64$/;

/** Where Debian puts sources in Go. */
const GVISOR = '/usr/share/gocode/src/gvisor.dev/gvisor';

const KERNEL_SOURCES = '/usr/src/linux-source-6.1.tar.xz';

const UML_KERNEL: Foundation = {
  name: 'linux-uml-kernel',
  variable: 'KERNEL',
  minutes: 5,
  platform: 'linux',
  program: 'linux',
  folders: ['adapters/linux-uml/kernel'],
  needs: [
    MAKE,
    CC,
    tool('flex', 'flex'),
    tool('bison', 'bison'),
    tool('bc', 'bc'),
    tool('patch', 'patch'),
    tool('xz', 'xz-utils'),
    file(KERNEL_SOURCES, 'linux-source-6.1'),
  ],
  builtAgainst: ['/var/lib/dpkg/info/linux-source-6.1.md5sums'],
};

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
  'linux-kernel': {
    platform: 'linux',
    program: 'kernspec-linux-kernel',
    folders: [
      'adapters/linux-kernel',
      'adapters/linux-kernel/agent',
      'adapters/linux-kernel/module',
      'adapters/c',
    ],
    needs: [
      MAKE,
      CC,
      tool('cpio', 'cpio'),
      tool('qemu-system-x86_64', 'qemu-system-x86'),
      {
        what: 'headers of a kernel for virtual machines',
        packages: 'linux-headers-cloud-amd64',
        isThere: () =>
          existsSync(KERNEL_HEADERS) &&
          readdirSync(KERNEL_HEADERS).some((name) => CLOUD_KERNEL.test(name)),
      },
    ],
    builtAgainst: [
      '/usr/share/doc/linux-headers-cloud-amd64/changelog.Debian.gz',
      '/var/lib/dpkg/info/qemu-system-x86.md5sums',
    ],
  },
  'linux-uml': {
    platform: 'linux',
    program: 'kernspec-linux-uml',
    folders: [
      'adapters/linux-uml',
      'adapters/linux-uml/module',
      'adapters/linux',
      'adapters/linux-kernel/agent',
      'adapters/linux-kernel/module',
      'adapters/sockets',
      'adapters/c',
    ],
    needs: [MAKE, CC, tool('cpio', 'cpio')],
    foundation: UML_KERNEL,
  },
  lwip: {
    platform: 'linux',
    program: 'kernspec-lwip',
    folders: ['adapters/lwip', 'adapters/sockets', 'adapters/c'],
    needs: [MAKE, CC, file(`${LWIP_HEADERS}/lwip/tcpip.h`, 'liblwip-dev')],
    builtAgainst: [`${LWIP_HEADERS}/lwip/init.h`, `${LWIP_HEADERS}/lwipopts.h`],
  },
};
