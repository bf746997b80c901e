/**
 * Pipes and FIFOs: streams of octets between tasks.
 *
 * Source: Linux 2.6.11, fs/pipe.c, fs/fifo.c; 4.4BSD, kern/uipc_syscalls.c, miscfs/fifofs; POSIX.1-2001.
 */
import { z } from 'zod';
import { Handle, Length, Name, Nothing, Octets } from './data.ts';
import { MAX_OCTETS } from './octets.ts';
import { method, type PortSpec } from './port.ts';

const End = z.strictObject({
  end: Handle.meta({ description: 'an end that was handed out, closed or not' }),
});

const ByTask = End.extend({ task: Name.meta({ description: 'who makes the call' }) });

const nonblock = z.boolean().optional().meta({
  description: 'the call is made with O_NONBLOCK set on the end; left out: without',
});

const PollEvent = z.enum(['IN', 'OUT', 'HUP', 'ERR']);

/** What can be done with an end, whichever way it was opened. */
const endMethods = {
  read: method({
    does: 'A task reads; no octets are the end of file.',
    kernel: 'read; pipe_readv',
    args: ByTask.extend({
      count: Length.max(MAX_OCTETS).meta({ description: 'octets that it takes at most' }),
      nonblock,
    }),
    ok: z.strictObject({ octets: Octets }),
    errnos: ['EAGAIN', 'EBADF', 'EINTR'],
    sleeps: true,
  }),
  write: method({
    does: 'A task writes. Where there is no reader left, SIGPIPE is sent to it as well.',
    kernel: 'write; pipe_writev',
    args: ByTask.extend({ octets: Octets, nonblock }),
    ok: z.strictObject({ length: Length.meta({ description: 'octets that were written' }) }),
    errnos: ['EAGAIN', 'EBADF', 'EINTR', 'EPIPE'],
    sleeps: true,
  }),
  dup: method({
    does: 'Makes one more descriptor for an end, as dup and fork do: the end is open until all are closed.',
    kernel: 'dup',
    args: End,
    ok: End,
    errnos: ['EBADF'],
  }),
  close: method({
    does: 'Closes an end.',
    kernel: 'close; pipe_release',
    args: End,
    ok: Nothing,
    errnos: ['EBADF'],
  }),
  lseek: method({
    does: 'Asks for another place in the file.',
    kernel: 'lseek',
    args: End.extend({ offset: Length }),
    ok: Nothing,
    errnos: ['EBADF', 'ESPIPE'],
  }),
  ready: method({
    does: 'What an end is ready for.',
    kernel: 'pipe_poll; FIONREAD',
    args: End,
    ok: z.strictObject({
      events: z.array(PollEvent).max(4).meta({ description: 'as poll tells them, in any order' }),
      available: Length.meta({ description: 'octets that wait to be read' }),
    }),
    errnos: ['EBADF'],
  }),
  interrupt: method({
    does: 'A signal comes to a task and its handler runs; if the task sleeps in a call, the call is interrupted.',
    kernel: 'send_sig; psignal',
    args: z.strictObject({
      task: Name,
      restart: z.boolean().meta({ description: 'the handler was installed with SA_RESTART' }),
    }),
    ok: Nothing,
  }),
  signals: method({
    does: 'The signals that were sent to a task since the last such question, in order. All are handled, so none ends it.',
    args: z.strictObject({ task: Name }),
    ok: z.strictObject({ signals: z.array(z.enum(['SIGPIPE', 'SIGUSR1'])).max(1000) }),
  }),
} as const;

export const pipe = {
  does: 'Pipes. A task is there when it is first named; it makes one call at a time. The signal of interrupt is SIGUSR1.',
  version: 1,
  methods: {
    create: method({
      does: 'Makes a pipe.',
      kernel: 'pipe; do_pipe',
      args: z.strictObject({}),
      ok: z.strictObject({
        reader: Handle.meta({ description: 'the end to read from' }),
        writer: Handle.meta({ description: 'the end to write to' }),
      }),
    }),
    ...endMethods,
  },
} as const satisfies PortSpec;

export const fifo = {
  does: 'Pipes that are opened by a name. What can be done with an end is the same as in `pipe`.',
  version: 1,
  methods: {
    make: method({
      does: 'Makes a FIFO.',
      kernel: 'mkfifo; mknod',
      args: z.strictObject({ name: Name }),
      ok: Nothing,
      errnos: ['EEXIST'],
    }),
    unlink: method({
      does: 'Removes a name; who has the FIFO open keeps it.',
      kernel: 'unlink',
      args: z.strictObject({ name: Name }),
      ok: Nothing,
      errnos: ['ENOENT'],
    }),
    open: method({
      does: 'A task opens a FIFO.',
      kernel: 'open; fifo_open',
      args: z.strictObject({
        name: Name,
        task: Name,
        mode: z.enum(['O_RDONLY', 'O_WRONLY', 'O_RDWR']),
        nonblock,
      }),
      ok: End,
      errnos: ['EINTR', 'ENOENT', 'ENXIO'],
      sleeps: true,
    }),
    ...endMethods,
  },
} as const satisfies PortSpec;
