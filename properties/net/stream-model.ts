/**
 * Two ends of a stream as plain data: the model that calls on real ones are compared with.
 *
 * All that was sent has arrived by the time of the next call. What a program learns once a connection is over, or
 * was given up, differs from system to system: there the model ends.
 *
 * Source: POSIX.1-2001; RFC 9293, section 3.9.1; Linux 2.6.11, net/ipv4/tcp.c, af_inet.c.
 */
import type { Errno } from '../../contract/index.ts';

export interface ModelEnd {
  open: boolean;
  /** It sends no more. */
  ended: boolean;
  /** Octets that it has sent, and of the other's stream those that it has read. */
  sent: number;
  read: number;
}

export const newEnd = (): ModelEnd => ({ open: true, ended: false, sent: 0, read: 0 });

/** What a call comes to: an errno of these; or, where there is none, what it is said to give. */
export interface Expected<Value> {
  readonly errnos: readonly Errno[];
  readonly value?: Value;
}

const fails = (...errnos: readonly Errno[]): Expected<never> => ({ errnos });
const gives = <Value>(value: Value): Expected<Value> => ({ errnos: [], value });

/** The model has nothing to say of what comes next. */
export const UNKNOWN = 'unknown';

/** Octets that wait unread at most: so no buffer is ever full. */
const MOST_WAITING = 3000;

export class ModelStream {
  readonly ends: readonly [ModelEnd, ModelEnd] = [newEnd(), newEnd()];

  other(end: ModelEnd): ModelEnd {
    return end === this.ends[0] ? this.ends[1] : this.ends[0];
  }

  /** Octets that wait for the program at an end. */
  waiting(end: ModelEnd): number {
    return this.other(end).sent - end.read;
  }

  /** Whether that many more may be written now. */
  takes(end: ModelEnd, octets: number): boolean {
    return this.waiting(this.other(end)) + octets <= MOST_WAITING;
  }

  send(end: ModelEnd, octets: number): Expected<number> | typeof UNKNOWN {
    if (!end.open) return fails('EBADF');
    if (end.ended) return fails('EPIPE');
    if (!this.other(end).open) return UNKNOWN;
    end.sent += octets;
    return gives(octets);
  }

  /** @returns how many octets. */
  receive(end: ModelEnd, size: number): Expected<number> {
    if (!end.open) return fails('EBADF');
    const octets = Math.min(size, this.waiting(end));
    if (octets === 0 && !this.#hasEnded(this.other(end))) return fails('EAGAIN');
    end.read += octets;
    return gives(octets);
  }

  #hasEnded({ ended, open }: ModelEnd): boolean {
    return ended || !open;
  }

  shutDown(end: ModelEnd): Expected<undefined> | typeof UNKNOWN {
    if (!end.open) return fails('EBADF');
    if (this.#isOver()) return UNKNOWN;
    end.ended = true;
    return gives(undefined);
  }

  close(end: ModelEnd): Expected<undefined> | typeof UNKNOWN {
    if (!end.open) return fails('EBADF');
    // What nobody has read makes it a reset.
    if (this.waiting(end) > 0) return UNKNOWN;
    end.open = false;
    end.ended = true;
    return gives(undefined);
  }

  /** What cannot be done with an end of a connection, whatever has been sent. */
  misused(end: ModelEnd, call: 'listen' | 'accept' | 'connect' | 'bind') {
    if (!end.open) return fails('EBADF');
    if (this.#isOver()) return UNKNOWN;
    return call === 'connect' ? fails('EISCONN') : fails('EINVAL');
  }

  /** Who is at the other end. */
  peer(end: ModelEnd): Expected<undefined> | typeof UNKNOWN {
    if (!end.open) return fails('EBADF');
    return this.#isOver() ? UNKNOWN : gives(undefined);
  }

  /** Both directions have ended. */
  #isOver(): boolean {
    return this.ends.every((end) => this.#hasEnded(end));
  }
}
