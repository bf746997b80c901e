/** Pipe and FIFO ports of the reference kernel: handles become open files, names become FIFOs. */
import { bytesOf, failure, octetsOf, success } from '../../contract/index.ts';
import type { Errno, fifo, Outcome, pipe, PortOf, Profile } from '../../contract/index.ts';
import { fifoOpen, type Fifo } from '../../reference/kernel/fifo.ts';
import type { Restartable } from '../../reference/kernel/interrupted-call.ts';
import { pageBuffers, socketBuffers } from '../../reference/kernel/pipe-buffers.ts';
import {
  getPipeFile,
  newPipe,
  openPipeFile,
  pipePoll,
  pipeRead,
  pipeWrite,
  putPipeFile,
  type PipeFile,
  type PipeRules,
} from '../../reference/kernel/pipe.ts';
import type { Steps } from '../../reference/kernel/processors.ts';
import type { Task } from '../../reference/kernel/task.ts';
import { UnknownHandle } from './answering.ts';
import { mapped, type Interruptible } from './interruptible.ts';
import type { Sleepers } from './sleeping.ts';

type PipePort = PortOf<typeof pipe>;
type FifoPort = PortOf<typeof fifo>;
type EndPort = Omit<PipePort, 'create'>;
type Signals = ('SIGPIPE' | 'SIGUSR1')[];

/** Handles of descriptors; a closed one keeps its handle, so that its use is noticed. */
class Descriptors {
  readonly #files = new Map<string, PipeFile | 'closed'>();

  install(file: PipeFile): string {
    const handle = `end-${this.#files.size + 1}`;
    this.#files.set(handle, file);
    return handle;
  }

  /** Undefined when it was closed. @throws UnknownHandle — there never was one. */
  at(handle: string): PipeFile | undefined {
    const file = this.#files.get(handle);
    if (file === undefined) throw new UnknownHandle(`there is no end "${handle}"`);
    return file === 'closed' ? undefined : file;
  }

  close(handle: string): void {
    this.#files.set(handle, 'closed');
  }
}

export function pipeRules(profile: Profile): PipeRules {
  return {
    newBuffers: profile === 'bsd-4.4' ? socketBuffers : pageBuffers,
    mergesCalls: profile === 'notes' || profile === 'linux-2.6.11',
  };
}

/** Holds a file open as long as a call is under way in it. */
function* holding<Result>(file: PipeFile, work: Steps<Result>): Steps<Result> {
  getPipeFile(file);
  try {
    return yield* work;
  } finally {
    putPipeFile(file);
  }
}

function endPort(open: Descriptors, sleepers: Sleepers, calls: Interruptible): EndPort {
  function* inCall<From, To, Failure extends Errno>(
    end: string,
    work: (file: PipeFile) => Steps<Restartable<From, Failure>>,
    turn: (value: From) => To,
  ): Steps<Restartable<To, Failure | 'EBADF'>> {
    const file = open.at(end);
    if (file === undefined) return failure('EBADF');
    return yield* holding(file, mapped(work(file), turn));
  }
  const onFile = <Value, Failure extends Errno>(
    end: string,
    work: (file: PipeFile) => Outcome<Value, Failure>,
  ) =>
    sleepers.act((): Outcome<Value, Failure | 'EBADF'> => {
      const file = open.at(end);
      return file === undefined ? failure('EBADF') : work(file);
    });
  return {
    read: ({ end, task, count, nonblock = false }) => {
      const work = (by: Task) => (file: PipeFile) => pipeRead(file, by, count, nonblock);
      const turn = (bytes: Uint8Array) => ({ octets: octetsOf(bytes) });
      return calls.call(task, (by) => inCall(end, work(by), turn), `octets in ${end}`);
    },
    write: ({ end, task, octets, nonblock = false }) => {
      const bytes = bytesOf(octets);
      const work = (by: Task) => (file: PipeFile) => pipeWrite(file, by, bytes, nonblock);
      const turn = (length: number) => ({ length });
      return calls.call(task, (by) => inCall(end, work(by), turn), `room behind ${end}`);
    },
    dup: ({ end }) => onFile(end, (file) => success({ end: open.install(getPipeFile(file)) })),
    close: ({ end }) =>
      onFile(end, (file) => {
        open.close(end);
        putPipeFile(file);
        return success({});
      }),
    lseek: ({ end }) => onFile(end, () => failure('ESPIPE')),
    ready: ({ end }) =>
      onFile(end, (file) =>
        success({ events: pipePoll(file), available: file.pipe.buffers.length() }),
      ),
    interrupt: ({ task, restart }) => calls.interrupt(task, restart),
    signals: ({ task }) => sleepers.act(() => success({ signals: calls.handled(task) as Signals })),
  };
}

function pipePort(rules: PipeRules, sleepers: Sleepers, calls: Interruptible): PipePort {
  const open = new Descriptors();
  return {
    create: () =>
      sleepers.act(() => {
        const made = newPipe(rules);
        const reader = open.install(openPipeFile(made, 'O_RDONLY'));
        return success({ reader, writer: open.install(openPipeFile(made, 'O_WRONLY')) });
      }),
    ...endPort(open, sleepers, calls),
  };
}

function fifoPort(rules: PipeRules, sleepers: Sleepers, calls: Interruptible): FifoPort {
  const open = new Descriptors();
  const named = new Map<string, Fifo>();

  function* openNamed(
    name: string,
    work: (inode: Fifo) => Steps<Restartable<PipeFile, 'ENXIO'>>,
  ): Steps<Restartable<{ end: string }, 'ENOENT' | 'ENXIO'>> {
    const inode = named.get(name);
    if (inode === undefined) return failure('ENOENT');
    return yield* mapped(work(inode), (file) => ({ end: open.install(file) }));
  }
  return {
    make: ({ name }) =>
      sleepers.act(() => {
        if (named.has(name)) return failure('EEXIST');
        named.set(name, { pipe: undefined });
        return success({});
      }),
    unlink: ({ name }) =>
      sleepers.act(() => (named.delete(name) ? success({}) : failure('ENOENT'))),
    open: ({ name, task, mode, nonblock = false }) => {
      const work = (by: Task) => (inode: Fifo) => fifoOpen(inode, by, mode, nonblock, rules);
      return calls.call(task, (by) => openNamed(name, work(by)), `a partner at ${name}`);
    },
    ...endPort(open, sleepers, calls),
  };
}

export function pipePorts(profile: Profile, sleepers: Sleepers, calls: Interruptible) {
  const rules = pipeRules(profile);
  return { pipe: pipePort(rules, sleepers, calls), fifo: fifoPort(rules, sleepers, calls) };
}
