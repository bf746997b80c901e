/** File-system ports of the reference kernel: handles become open files. */
import {
  MAX_OCTETS,
  bytesOf,
  failure,
  octetsOf,
  success,
  type Answer,
  type blockUsage,
  type Errno,
  type fileSystem,
  type fileSystemCheck,
  type Outcome,
  type PortOf,
  type Profile,
} from '../../contract/index.ts';
import { freeBlocks, maxFileOctets } from '../../reference/fs/block-map.ts';
import { forgetBuffers, type BlockUsage } from '../../reference/fs/buffer-cache.ts';
import { MemoryStore } from '../../reference/fs/block-store.ts';
import { entriesOf, NAME_MAX } from '../../reference/fs/directory.ts';
import { checkFileSystem } from '../../reference/fs/fsck.ts';
import { forgetInodes, freeInodes, type Inode } from '../../reference/fs/inode.ts';
import { makeFileSystem } from '../../reference/fs/mkfs.ts';
import { namei } from '../../reference/fs/namei.ts';
import { linkPath, makeDirectory, removeDirectory, unlinkPath } from '../../reference/fs/names.ts';
import {
  closeFile,
  openFile,
  readFile,
  seekFile,
  truncateFile,
  writeFile,
  type OpenFile,
} from '../../reference/fs/open-file.ts';
import { renamePath } from '../../reference/fs/rename.ts';
import type { FileRules, FileSystem } from '../../reference/fs/super-block.ts';
import { answering, answeringOk, outcomeAs, UnknownHandle } from './answering.ts';

type Port = PortOf<typeof fileSystem>;
type Done = Record<string, never>;

/** Blocks that are kept in memory: few, so that the store is really used. */
const BUFFERS = 8;

/** What is mounted before anybody makes a file system. */
const AT_BOOT = { blocks: 256, blockOctets: 512, inodes: 64 };

function rulesOf(profile: Profile): FileRules {
  const bsd = profile === 'bsd-4.4';
  return {
    readsDirectories: bsd,
    unlinkDirectory: bsd ? 'EPERM' : 'EISDIR',
    writesAllOrNothing: bsd,
    seeksBelowZero: bsd,
    renameDots: bsd ? 'EINVAL' : 'EBUSY',
    pathMax: bsd ? 1023 : 4095,
  };
}

const noUsage = (): BlockUsage => ({ blocksIn: 0, blocksOut: 0 });

/** The mounted file system and its open files. */
export class Mounted {
  readonly #rules: FileRules;
  readonly #files = new Map<string, OpenFile | null>();
  readonly #usage = new Map<string, BlockUsage>();
  #fs: FileSystem | undefined;

  constructor(profile: Profile) {
    this.#rules = rulesOf(profile);
    this.mkfs(AT_BOOT);
  }

  /** For a call that no task makes. */
  get fs(): FileSystem {
    return this.askedBy(noUsage());
  }

  /** For a call of whoever is charged. */
  askedBy(usage: BlockUsage): FileSystem {
    if (this.#fs === undefined) throw new UnknownHandle('no file system is mounted');
    this.#fs.cache.asking = usage;
    return this.#fs;
  }

  usageOf(task: string): BlockUsage {
    const usage = this.#usage.get(task) ?? noUsage();
    this.#usage.set(task, usage);
    return usage;
  }

  /** Whoever has that name later begins at nothing. */
  endUsage(task: string): void {
    this.#usage.delete(task);
  }

  forget(): void {
    const { fs } = this;
    forgetBuffers(fs.cache);
    forgetInodes(fs);
  }

  mkfs({ blocks, blockOctets, inodes }: typeof AT_BOOT): Outcome<Done, 'ENOSPC'> {
    const store = new MemoryStore(blocks, blockOctets);
    const made = makeFileSystem(store, inodes, BUFFERS, this.#rules);
    if (!('ok' in made)) return made;
    this.#fs = made.ok;
    for (const handle of this.#files.keys()) this.#files.set(handle, null);
    return success({});
  }

  opened(file: OpenFile): { file: string } {
    const handle = `file${this.#files.size + 1}`;
    this.#files.set(handle, file);
    return { file: handle };
  }

  /** Works on an open file; a closed one gives EBADF. @throws UnknownHandle — there never was one. */
  on<Value, Failure extends Errno>(
    handle: string,
    work: (file: OpenFile) => Outcome<Value, Failure>,
  ): Answer<Value, Failure | 'EBADF'> {
    return answering((): Outcome<Value, Failure | 'EBADF'> => {
      const file = this.#files.get(handle);
      if (file === undefined) throw new UnknownHandle(`there is no file "${handle}"`);
      return file === null ? failure('EBADF') : work(file);
    });
  }

  close(handle: string, file: OpenFile): void {
    closeFile(this.fs, file);
    this.#files.set(handle, null);
  }
}

function statusOf({ number, kind, octets, links }: Inode) {
  return { inode: number, kind: kind === 'file' ? kind : ('directory' as const), octets, links };
}

function openFilesPart(mounted: Mounted) {
  return {
    open: ({ path, mode, flags }) =>
      answering(() =>
        outcomeAs(openFile(mounted.fs, path, mode, new Set(flags)), (file) => mounted.opened(file)),
      ),
    close: ({ file }) =>
      mounted.on(file, (open) => {
        mounted.close(file, open);
        return success({});
      }),
    read: ({ file, length }) =>
      mounted.on(file, (open) =>
        outcomeAs(readFile(mounted.fs, open, Math.min(length, MAX_OCTETS)), (octets) => ({
          octets: octetsOf(octets),
        })),
      ),
    write: ({ file, octets }) =>
      mounted.on(file, (open) =>
        outcomeAs(writeFile(mounted.fs, open, bytesOf(octets)), (written) => ({ written })),
      ),
    lseek: ({ file, offset, whence }) =>
      mounted.on(file, (open) =>
        outcomeAs(seekFile(mounted.fs, open, offset, whence), (moved) => ({ offset: moved })),
      ),
    ftruncate: ({ file, length }) =>
      mounted.on(file, (open) => truncateFile(mounted.fs, open, length)),
    fstat: ({ file }) => mounted.on(file, ({ inode }) => success(statusOf(inode))),
  } satisfies Partial<Port>;
}

function namesPart(mounted: Mounted) {
  return {
    stat: ({ path }) => answering(() => outcomeAs(namei(mounted.fs, path), statusOf)),
    link: ({ from, to }) => answering(() => linkPath(mounted.fs, from, to)),
    unlink: ({ path }) => answering(() => unlinkPath(mounted.fs, path)),
    rename: ({ from, to }) => answering(() => renamePath(mounted.fs, from, to)),
    mkdir: ({ path }) => answering(() => makeDirectory(mounted.fs, path)),
    rmdir: ({ path }) => answering(() => removeDirectory(mounted.fs, path)),
    readdir: ({ path }) =>
      answering(() => {
        const found = namei(mounted.fs, path);
        if (!('ok' in found)) return found;
        if (found.ok.kind !== 'directory') return failure('ENOTDIR');
        const entries = entriesOf(mounted.fs, found.ok);
        return success({ entries: entries.map(({ name, inode }) => ({ name, inode })) });
      }),
  } satisfies Partial<Port>;
}

export function blockUsagePort(mounted: Mounted): PortOf<typeof blockUsage> {
  return {
    usage: ({ task }) => answeringOk(() => ({ ...mounted.usageOf(task) })),
    forget: () =>
      answeringOk(() => {
        mounted.forget();
        return {};
      }),
  };
}

export function fileSystemPorts(mounted: Mounted): {
  'file-system': Port;
  'file-system-check': PortOf<typeof fileSystemCheck>;
} {
  return {
    'file-system': {
      mkfs: (size) => answering(() => mounted.mkfs(size)),
      statfs: () =>
        answeringOk(() => ({
          blockOctets: mounted.fs.cache.store.blockOctets,
          freeBlocks: freeBlocks(mounted.fs),
          freeInodes: freeInodes(mounted.fs),
          nameMax: NAME_MAX,
          pathMax: mounted.fs.rules.pathMax,
          fileMax: maxFileOctets(mounted.fs),
        })),
      ...openFilesPart(mounted),
      ...namesPart(mounted),
    },
    'file-system-check': { check: () => answeringOk(() => checkFileSystem(mounted.fs)) },
  };
}
