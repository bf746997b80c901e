/**
 * FIFOs: pipes with a name.
 *
 * Opening joins two ends: each sleeps until one of the other kind has been opened. What counts is that
 * it was opened ever, not that it still is, so that an opener cannot miss a partner who was quick. The
 * pipe behind the name is there while somebody has it open; what nobody has read is lost with it.
 *
 * Source: Linux 2.6.11, fs/fifo.c, fifo_open(), wait_for_partner(); 4.4BSD, miscfs/fifofs/fifo_vnops.c.
 */
import { failure, success } from '../../contract/index.ts';
import { ERESTARTSYS, type Restartable } from './interrupted-call.ts';
import {
  newPipe,
  openPipeFile,
  putPipeFile,
  reads,
  type Pipe,
  type PipeFile,
  type PipeMode,
  type PipeRules,
} from './pipe.ts';
import type { Steps } from './processors.ts';
import type { Task } from './task.ts';
import { waitEvent } from './wait-queue.ts';

/** @kernel struct inode, of a FIFO */
export interface Fifo {
  pipe: Pipe | undefined;
}

/** The pipe of a FIFO; a fresh one when nobody has it open. */
function pipeOf(fifo: Fifo, rules: PipeRules): Pipe {
  const { pipe } = fifo;
  if (pipe !== undefined && pipe.readers + pipe.writers > 0) return pipe;
  return (fifo.pipe = newPipe(rules));
}

/** Sleeps until the count of ends ever opened moves. @kernel wait_for_partner */
function* waitForPartner(
  file: PipeFile,
  task: Task,
  partners: () => number,
): Steps<Restartable<PipeFile, never>> {
  const before = partners();
  const waiter = { task, exclusive: false };
  const come = () => partners() !== before;
  if ((yield* waitEvent(file.pipe.wait, waiter, 'interruptible', come)) === 'done') {
    return success(file);
  }
  putPipeFile(file);
  return ERESTARTSYS;
}

/**
 * Opens an end.
 *
 * @errors ENXIO — to be opened for writing without sleeping, and nobody reads.
 * @kernel fifo_open
 */
export function* fifoOpen(
  fifo: Fifo,
  task: Task,
  mode: PipeMode,
  nonblock: boolean,
  rules: PipeRules,
): Steps<Restartable<PipeFile, 'ENXIO'>> {
  const pipe = pipeOf(fifo, rules);
  if (mode === 'O_WRONLY' && nonblock && pipe.readers === 0) return failure('ENXIO');
  const alone = mode === 'O_RDONLY' && pipe.writers === 0;
  const file = openPipeFile(pipe, mode, alone ? pipe.writersEver : undefined);
  if (nonblock || mode === 'O_RDWR') return success(file);
  if (reads(file)) {
    return pipe.writers > 0
      ? success(file)
      : yield* waitForPartner(file, task, () => pipe.writersEver);
  }
  return pipe.readers > 0
    ? success(file)
    : yield* waitForPartner(file, task, () => pipe.readersEver);
}
