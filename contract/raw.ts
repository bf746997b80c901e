/**
 * What a module may offer beside its ports: frames and octets of streams as they are in memory.
 *
 * It is for who drives a great many of them in one process, where text in hex would cost as much as the
 * stack itself. Each does what the methods of `network` and `tcp` that it names do, and answers at once.
 * Octets that were handed over belong to whoever was given them, but for those of `send`, which are copied.
 */
import type { Answer } from './answer.ts';
import type { Errno } from './errno.ts';

export interface RawFrame {
  readonly interface: string;
  /** From the Ethernet header on, without check sum. Nobody changes it, so it may arrive twice. */
  readonly frame: Uint8Array;
}

export interface RawStep {
  /** As `network.transmitted` has them, each with when it left in nanoseconds since boot. */
  readonly frames: readonly (RawFrame & { readonly at: number })[];
  /** As `network.now` has it. */
  readonly next: number | null;
}

/** The socket and who calls, as in `tcp.send` and `tcp.receive`. */
export interface RawCall {
  readonly socket: string;
  readonly task: string;
}

export interface RawPorts {
  /** Advances the clock, in nanoseconds since boot, then takes the frames in, and tells what has come of it. */
  step(to: number, incoming: readonly RawFrame[]): Answer<RawStep, 'ENODEV'>;
  /** May answer `parked`. */
  send(call: RawCall & { readonly octets: Uint8Array }): Answer<{ readonly length: number }, Errno>;
  /** Waits until all of it is there; may answer `parked`. */
  receive(
    call: RawCall & { readonly size: number },
  ): Answer<{ readonly octets: Uint8Array }, Errno>;
  /** What a call of these has come to that was parked, as it would have answered itself. */
  poll(call: string): Answer<unknown, Errno>;
}
