/**
 * Pipes.
 *
 * A pipe is a buffer, a count of the ends open for reading and of those open for writing, and one queue
 * on which readers and writers sleep. The counts decide what an empty or a full buffer means: an empty
 * one is the end of file when there is no writer, a write is in vain when there is no reader. Whatever
 * changes buffer or counts wakes the queue, and each sleeper looks again for itself.
 *
 * Source: Linux 2.6.11, fs/pipe.c, pipe_readv(), pipe_writev(), pipe_poll(), pipe_release(). Left out:
 * the semaphore, since no task is preempted here; SIGIO; times of the inode.
 */
import { failure, success } from '../../contract/index.ts';
import { ERESTARTSYS, type Restartable } from './interrupted-call.ts';
import { joined, type PipeBuffers } from './pipe-buffers.ts';
import type { Steps } from './processors.ts';
import { SCHEDULE, sendSignal, signalPending, type Task } from './task.ts';
import { finishWait, prepareToWait, wakeUp, type WaitQueue } from './wait-queue.ts';

/** @kernel struct pipe_inode_info */
export interface Pipe {
  readonly buffers: PipeBuffers;
  /** Open ends. */
  readers: number;
  writers: number;
  /** How many ends were ever opened. @kernel r_counter, w_counter */
  readersEver: number;
  writersEver: number;
  waitingWriters: number;
  readonly wait: WaitQueue;
  readonly rules: PipeRules;
}

/** What differs between systems. */
export interface PipeRules {
  readonly newBuffers: () => PipeBuffers;
  /** A reader that has got something waits for more while a writer sleeps, as 2.6.11 does. */
  readonly mergesCalls: boolean;
}

export function newPipe(rules: PipeRules): Pipe {
  return {
    buffers: rules.newBuffers(),
    readers: 0,
    writers: 0,
    readersEver: 0,
    writersEver: 0,
    waitingWriters: 0,
    wait: [],
    rules,
  };
}

export type PipeMode = 'O_RDONLY' | 'O_WRONLY' | 'O_RDWR';

/** @kernel struct file */
export interface PipeFile {
  readonly pipe: Pipe;
  readonly mode: PipeMode;
  /** Descriptors, and calls under way, that hold it open. @kernel f_count */
  references: number;
  /** Of a FIFO opened while it had no writer: there is no end of file to tell of until one came. */
  readonly writersEverAtOpen: number | undefined;
}

export const reads = ({ mode }: Pick<PipeFile, 'mode'>): boolean => mode !== 'O_WRONLY';
export const writes = ({ mode }: Pick<PipeFile, 'mode'>): boolean => mode !== 'O_RDONLY';

/** Counts an end in. */
export function openPipeFile(pipe: Pipe, mode: PipeMode, writersEverAtOpen?: number): PipeFile {
  if (reads({ mode })) {
    pipe.readers++;
    pipe.readersEver++;
  }
  if (writes({ mode })) {
    pipe.writers++;
    pipe.writersEver++;
  }
  wakeUp(pipe.wait);
  return { pipe, mode, references: 1, writersEverAtOpen };
}

/** @kernel fget */
export function getPipeFile(file: PipeFile): PipeFile {
  file.references++;
  return file;
}

/** Gives up a reference; with the last, the end is no more. @kernel fput, pipe_release */
export function putPipeFile(file: PipeFile): void {
  if (--file.references > 0) return;
  const { pipe } = file;
  if (reads(file)) pipe.readers--;
  if (writes(file)) pipe.writers--;
  wakeUp(pipe.wait);
}

/** Sleeps until something happens to the pipe, or a signal comes. @kernel pipe_wait */
function* pipeWait({ wait }: Pipe, task: Task): Steps {
  const waiter = { task, exclusive: false };
  prepareToWait(wait, waiter, 'interruptible');
  yield SCHEDULE;
  finishWait(wait, waiter);
}

/**
 * @errors EBADF — the end is not open for reading. EAGAIN — it would sleep.
 * @kernel pipe_readv
 */
export function* pipeRead(
  file: PipeFile,
  task: Task,
  count: number,
  nonblock: boolean,
): Steps<Restartable<Uint8Array, 'EAGAIN' | 'EBADF'>> {
  const { pipe } = file;
  const { buffers } = pipe;
  if (!reads(file)) return failure('EBADF');
  const parts: Uint8Array[] = [];
  let got = 0;
  while (got < count) {
    const taken = buffers.take(count - got);
    parts.push(taken);
    got += taken.length;
    if (taken.length > 0) wakeUp(pipe.wait);
    if (got === count || pipe.writers === 0) break;
    // A writer that sleeps has more to give, so the reader waits for that as well.
    const moreComes = pipe.rules.mergesCalls && pipe.waitingWriters > 0;
    if (got > 0 && !moreComes) break;
    if (nonblock && !moreComes) return failure('EAGAIN');
    if (signalPending(task)) {
      if (got === 0) return ERESTARTSYS;
      break;
    }
    yield* pipeWait(pipe, task);
  }
  return success(joined(parts));
}

/**
 * @returns how many octets were written: all, or those before a signal or before O_NONBLOCK forbade to sleep.
 * @errors EBADF — the end is not open for writing. EAGAIN — it would sleep. EPIPE — there is no reader.
 * @kernel pipe_writev
 */
export function* pipeWrite(
  file: PipeFile,
  task: Task,
  octets: Uint8Array,
  nonblock: boolean,
): Steps<Restartable<number, 'EAGAIN' | 'EBADF' | 'EPIPE'>> {
  const { pipe } = file;
  if (!writes(file)) return failure('EBADF');
  let written = 0;
  while (written < octets.length) {
    if (pipe.readers === 0) {
      sendSignal(task, 'SIGPIPE');
      return written > 0 ? success(written) : failure('EPIPE');
    }
    const rest = octets.subarray(written);
    const put = pipe.buffers.put(rest, written === 0);
    written += put;
    if (put > 0) wakeUp(pipe.wait);
    if (written === octets.length) break;
    if (nonblock) return written > 0 ? success(written) : failure('EAGAIN');
    if (signalPending(task)) return written > 0 ? success(written) : ERESTARTSYS;
    pipe.waitingWriters++;
    yield* pipeWait(pipe, task);
    pipe.waitingWriters--;
  }
  return success(written);
}

export type PollEvent = 'IN' | 'OUT' | 'HUP' | 'ERR';

/** @kernel pipe_poll */
export function pipePoll(file: PipeFile): PollEvent[] {
  const { pipe } = file;
  const events: PollEvent[] = [];
  if (reads(file)) {
    if (pipe.buffers.length() > 0) events.push('IN');
    if (pipe.writers === 0 && file.writersEverAtOpen !== pipe.writersEver) events.push('HUP');
  }
  if (writes(file)) {
    if (pipe.buffers.writable()) events.push('OUT');
    if (pipe.readers === 0) events.push('ERR');
  }
  return events;
}
