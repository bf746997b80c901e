/**
 * Descriptors: small numbers by which a task names what it has open, whatever that is.
 *
 * Every call takes a number and reaches the routine of the type behind it. What is opened by a path is
 * a file of `file-system`, or in /dev a device: /dev/null, /dev/tty-NAME for the terminal NAME of
 * `line-discipline`, and /dev/NAME for a device of `character-device`; every other name there is a
 * device for which there is no driver. Sockets come from `socket-call`.
 *
 * Source: POSIX.1-2001; Linux 2.6.11, fs/open.c, fs/read_write.c, fs/ioctl.c, fs/fcntl.c, fs/file.c;
 * 4.4BSD, kern/kern_descrip.c, kern/sys_generic.c.
 */
import { z } from 'zod';
import { Int32, Length, Name, Nothing, Octets } from './data.ts';
import { MAX_OCTETS } from './octets.ts';
import { method, type PortSpec } from './port.ts';
import { MAX_DESCRIPTORS } from './vocabulary.ts';

/** A number that was handed out. */
export const Descriptor = z
  .int()
  .min(0)
  .max(MAX_DESCRIPTORS - 1)
  .meta({ description: 'number of an open descriptor' });

export const ByTask = z.strictObject({ task: Name.meta({ description: 'who makes the call' }) });

const OnDescriptor = ByTask.extend({
  fd: Int32.meta({ description: 'any number, whether it is an open descriptor or not' }),
});

export const IoctlRequest = z
  .string()
  .regex(/^[A-Za-z][A-Za-z0-9_]{0,31}$/, 'not a request: letters, digits and underscores')
  .meta({
    description: 'what ioctl asks for: FIONREAD, TIOCOUTQ, TIOCSTI, or a name that a driver knows',
    examples: ['FIONREAD'],
  });

const One = z.strictObject({ fd: Descriptor });

const MOST_OCTETS = 2 ** 40;

const Offset = z.int().min(-0x8000_0000).max(MOST_OCTETS).meta({ description: 'offset in octets' });

const tableMethods = {
  limit: method({
    does: 'Sets how many descriptors a task may have: no number from there on is handed out. What is open stays open.',
    kernel: 'setrlimit, RLIMIT_NOFILE',
    args: ByTask.extend({
      descriptors: z.int().min(20).max(MAX_DESCRIPTORS).meta({
        description: 'at least what POSIX grants every task; at first it may be any such number',
      }),
    }),
    ok: Nothing,
  }),
  open: method({
    does: 'Opens a file or a device.',
    kernel: 'open; sys_open',
    args: ByTask.extend({
      path: z
        .string()
        .max(8192)
        .regex(/^[^\0]*$/, 'a path holds no NUL')
        .meta({ description: 'path in UTF-8', examples: ['/dev/null'] }),
      mode: z.enum(['O_RDONLY', 'O_WRONLY', 'O_RDWR']),
      flags: z.array(z.enum(['O_CREAT', 'O_EXCL', 'O_TRUNC', 'O_APPEND', 'O_NONBLOCK'])).max(5),
    }),
    ok: One,
    errnos: [
      'ENOENT',
      'ENOTDIR',
      'ENAMETOOLONG',
      'EEXIST',
      'EISDIR',
      'ENOSPC',
      'EMFILE',
      'ENFILE',
      'ENXIO',
      'EBUSY',
    ],
  }),
  pipe: method({
    does: 'Makes a pipe.',
    kernel: 'pipe; do_pipe',
    args: ByTask,
    ok: z.strictObject({
      reader: Descriptor.meta({ description: 'the end to read from' }),
      writer: Descriptor.meta({ description: 'the end to write to' }),
    }),
    errnos: ['EMFILE', 'ENFILE'],
  }),
  dup: method({
    does: 'Makes one more descriptor for what is open.',
    kernel: 'dup; sys_dup',
    args: OnDescriptor,
    ok: One,
    errnos: ['EBADF', 'EMFILE'],
  }),
  dup2: method({
    does: 'The same, with a number that the caller chooses; what has that number is closed first.',
    kernel: 'dup2; sys_dup2',
    args: OnDescriptor.extend({ to: Int32 }),
    ok: One,
    errnos: ['EBADF'],
  }),
  close: method({
    does: 'Closes a descriptor.',
    kernel: 'close; sys_close, filp_close',
    args: OnDescriptor,
    ok: Nothing,
    errnos: ['EBADF'],
  }),
  fork: method({
    does: 'Makes a task that has the same descriptors open; if there is one of that name, what it had is closed.',
    kernel: 'fork; copy_files, fdcopy',
    args: ByTask.extend({ child: Name }),
    ok: Nothing,
  }),
  exit: method({
    does: 'Ends a task that is in no call, and closes what it has open. A later one of that name begins anew.',
    kernel: 'exit; exit_files, fdfree',
    args: ByTask,
    ok: Nothing,
  }),
} as const;

/** What reading and writing a socket may tell besides. */
const OF_CONNECTIONS = [
  'ECONNREFUSED',
  'ECONNRESET',
  'EHOSTUNREACH',
  'ENETUNREACH',
  'ENOTCONN',
  'ETIMEDOUT',
] as const;

const genericMethods = {
  read: method({
    does: 'Reads; no octets are the end of file.',
    kernel: 'read; sys_read, vfs_read',
    args: OnDescriptor.extend({
      count: Length.max(MAX_OCTETS).meta({ description: 'octets that it takes at most' }),
    }),
    ok: z.strictObject({ octets: Octets }),
    errnos: ['EBADF', 'EAGAIN', 'EINTR', 'EINVAL', 'EISDIR', 'ENODEV', ...OF_CONNECTIONS],
    sleeps: true,
  }),
  write: method({
    does: 'Writes. Where there is no reader left, SIGPIPE is sent to the task as well.',
    kernel: 'write; sys_write, vfs_write',
    args: OnDescriptor.extend({ octets: Octets }),
    ok: z.strictObject({ length: Length.meta({ description: 'octets that were written' }) }),
    errnos: [
      'EBADF',
      'EAGAIN',
      'EINTR',
      'EINVAL',
      'ENODEV',
      'EIO',
      'EPIPE',
      'ENOSPC',
      'EFBIG',
      ...OF_CONNECTIONS,
    ],
    sleeps: true,
  }),
  lseek: method({
    does: 'Moves the offset.',
    kernel: 'lseek; sys_lseek',
    args: OnDescriptor.extend({
      offset: Offset,
      whence: z.enum(['SEEK_SET', 'SEEK_CUR', 'SEEK_END']),
    }),
    ok: z.strictObject({ offset: Offset }),
    errnos: ['EBADF', 'EINVAL', 'ESPIPE'],
  }),
  ioctl: method({
    does: 'Makes a request that the type or its driver knows.',
    kernel: 'ioctl; sys_ioctl',
    args: OnDescriptor.extend({
      request: IoctlRequest,
      argument: Int32.optional().meta({ description: 'left out: 0' }),
    }),
    ok: z.strictObject({ value: Int32.meta({ description: 'what it gives; 0 if nothing' }) }),
    errnos: ['EBADF', 'EINVAL', 'ENOTTY', 'EOPNOTSUPP'],
  }),
  setFlags: method({
    does: 'Sets the status flags of what is open.',
    kernel: 'fcntl, F_SETFL',
    args: OnDescriptor.extend({ nonblock: z.boolean().meta({ description: 'O_NONBLOCK' }) }),
    ok: Nothing,
    errnos: ['EBADF'],
  }),
} as const;

export const descriptor = {
  does: 'One table of descriptors a task, over files, pipes, terminals and devices. A task is there when it is first named, with nothing open; it makes one call at a time. The signal of interrupt is SIGUSR1.',
  version: 1,
  methods: {
    ...tableMethods,
    ...genericMethods,
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
  },
} as const satisfies PortSpec;
