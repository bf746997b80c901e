/**
 * Terminals as open files: the routines of the type.
 *
 * Source: Linux 2.6.11, drivers/char/tty_io.c, tty_fops, tty_ioctl(), tiocsti(); n_tty.c, n_tty_ioctl();
 * 4.4BSD, kern/tty.c, ttioctl(), ttselect().
 */
import { failure, success, type Outcome } from '../../contract/index.ts';
import type { FileOperations, IoctlErrno } from './file.ts';
import { outcomeOf } from './interrupted-call.ts';
import { pollWait } from './poll-table.ts';
import { noLlseek } from './read-write.ts';
import { ttyReceive } from './tty-input.ts';
import { ttyWrite } from './tty-output.ts';
import { ttyRead } from './tty-read.ts';
import { inputAvailable, ttyPoll, type Tty } from './tty.ts';

/** What differs between systems. */
export interface TtyFileRules {
  readonly unknownRequest: IoctlErrno;
  /** Whether it has a routine that refuses to seek. */
  readonly refusesToSeek: boolean;
}

function ttyIoctl(
  tty: Tty,
  request: string,
  argument: number,
  { unknownRequest }: TtyFileRules,
): Outcome<number, IoctlErrno> {
  switch (request) {
    case 'FIONREAD':
      return success(inputAvailable(tty));
    case 'TIOCOUTQ':
      return success(tty.line.waiting.length);
    case 'TIOCSTI':
      ttyReceive(tty, [argument & 0xff]);
      return success(0);
    default:
      return failure(unknownRequest);
  }
}

export function ttyOperations(rules: TtyFileRules): FileOperations<Tty> {
  return {
    read: function* ({ data, nonblock }, task, count) {
      return outcomeOf(yield* ttyRead(data, task, count, nonblock), (got) => Uint8Array.from(got));
    },
    write: ({ data, nonblock }, task, octets) => ttyWrite(data, task, octets, nonblock),
    ...(rules.refusesToSeek && { llseek: noLlseek }),
    ioctl: ({ data }, request, argument) => ttyIoctl(data, request, argument, rules),
    poll: ({ data }, table) => {
      pollWait(table, data.readers);
      pollWait(table, data.writers);
      return ttyPoll(data);
    },
  };
}
