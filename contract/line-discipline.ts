/**
 * Terminals: the line discipline between a line and the tasks that read and write, and the line itself.
 *
 * Source: POSIX.1-2001, chapter 11; Linux 2.6.11, drivers/char/n_tty.c, tty_ioctl.c; 4.4BSD, kern/tty.c.
 */
import { z } from 'zod';
import { Length, Name, Nothing, Octets } from './data.ts';
import { MAX_OCTETS } from './octets.ts';
import { method, type PortSpec } from './port.ts';

/** What a terminal can be set to; a flag that is not named is off. */
export const TERMINAL_FLAGS = [
  'ICANON',
  'ECHO',
  'ECHOE',
  'ECHOK',
  'ECHONL',
  'ISIG',
  'NOFLSH',
  'ICRNL',
  'INLCR',
  'IGNCR',
  'IXON',
  'OPOST',
  'ONLCR',
] as const;

/** Characters with a meaning of their own. */
export const TERMINAL_CHARACTERS = [
  'VINTR',
  'VQUIT',
  'VSUSP',
  'VERASE',
  'VKILL',
  'VEOF',
  'VEOL',
  'VSTART',
  'VSTOP',
] as const;

const Octet = z.int().min(0).max(0xff);

const Character = Octet.nullable().meta({ description: 'an octet; null: none has this meaning' });

export const TerminalSettings = z.strictObject({
  flags: z.array(z.enum(TERMINAL_FLAGS)).max(TERMINAL_FLAGS.length).meta({
    description: 'those that are on',
  }),
  characters: z.strictObject(
    Object.fromEntries(TERMINAL_CHARACTERS.map((name) => [name, Character])) as Record<
      (typeof TERMINAL_CHARACTERS)[number],
      typeof Character
    >,
  ),
  VMIN: Octet.meta({ description: 'octets that a raw read waits for' }),
  VTIME: Octet.meta({ description: 'tenths of a second that a raw read waits' }),
  speed: z.int().min(0).max(0xffff_ffff).meta({ description: 'baud rate; 0 hangs up' }),
});

export type TerminalSettings = z.infer<typeof TerminalSettings>;

const Tty = z.strictObject({
  tty: Name.meta({ description: 'the terminal; it is there when it is first named' }),
});

const ByTask = Tty.extend({ task: Name.meta({ description: 'who makes the call' }) });

const nonblock = z.boolean().optional().meta({
  description: 'the call is made with O_NONBLOCK set; left out: without',
});

export const lineDiscipline = {
  does: 'The line discipline of terminals: cooked and raw input, echo, output, signals from the keyboard. A task makes one call at a time.',
  version: 1,
  methods: {
    settings: method({
      does: 'How a terminal is set.',
      kernel: 'tcgetattr',
      args: Tty,
      ok: TerminalSettings,
    }),
    set: method({
      does: 'Sets a terminal: at once, when all output has left, or so and with the input discarded that nobody has read.',
      kernel: 'tcsetattr; set_termios',
      args: ByTask.extend({
        when: z.enum(['TCSANOW', 'TCSADRAIN', 'TCSAFLUSH']),
        settings: TerminalSettings,
      }),
      ok: Nothing,
      errnos: ['EINTR', 'EINVAL', 'EIO'],
      sleeps: true,
    }),
    receive: method({
      does: 'Octets arrive from the line, as the keys of a keyboard do.',
      kernel: 'n_tty_receive_buf; ttyinput',
      args: Tty.extend({ octets: Octets }),
      ok: Nothing,
    }),
    read: method({
      does: 'A task reads.',
      kernel: 'read; read_chan; ttread',
      args: ByTask.extend({
        count: Length.max(MAX_OCTETS).meta({ description: 'octets that it takes at most' }),
        nonblock,
      }),
      ok: z.strictObject({ octets: Octets }),
      errnos: ['EAGAIN', 'EINTR'],
      sleeps: true,
    }),
    write: method({
      does: 'A task writes.',
      kernel: 'write; write_chan; ttwrite',
      args: ByTask.extend({ octets: Octets, nonblock }),
      ok: z.strictObject({ length: Length.meta({ description: 'octets that were written' }) }),
      errnos: ['EAGAIN', 'EINTR', 'EIO'],
      sleeps: true,
    }),
    output: method({
      does: 'The octets that were handed to the line since the last such question, echo included, whether they have left or not.',
      args: Tty,
      ok: z.strictObject({ octets: Octets }),
    }),
    signals: method({
      does: 'The signals that were sent to the foreground process group since the last such question, in order.',
      kernel: 'isig; pgsignal',
      args: Tty,
      ok: z.strictObject({
        signals: z.array(z.enum(['SIGINT', 'SIGQUIT', 'SIGTSTP', 'SIGHUP'])).max(100_000),
      }),
    }),
    ready: method({
      does: 'What a terminal is ready for.',
      kernel: 'normal_poll; FIONREAD',
      args: Tty,
      ok: z.strictObject({
        events: z
          .array(z.enum(['IN', 'OUT', 'HUP']))
          .max(3)
          .meta({
            description: 'as poll tells them, in any order',
          }),
        available: Length.meta({ description: 'octets that reads would get without sleeping' }),
      }),
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
  },
} as const satisfies PortSpec;

export const terminalLine = {
  does: 'The line behind a line discipline, in virtual time: octets leave it one after the other, at the baud rate. Needs `line-discipline`.',
  version: 1,
  methods: {
    advance: method({
      does: 'Lets time pass, for all terminals.',
      args: z.strictObject({
        ms: z.int().min(0).max(3_600_000).meta({ description: 'milliseconds' }),
      }),
      ok: Nothing,
    }),
    sent: method({
      does: 'The octets that have left the line since the last such question.',
      args: Tty,
      ok: z.strictObject({ octets: Octets }),
    }),
    drain: method({
      does: 'A task waits until all that was written has left.',
      kernel: 'tcdrain; tty_wait_until_sent',
      args: ByTask,
      ok: Nothing,
      errnos: ['EINTR', 'EIO'],
      sleeps: true,
    }),
  },
} as const satisfies PortSpec;
