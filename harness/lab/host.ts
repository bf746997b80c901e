/** What the lab and its hosts say to each other. Times are nanoseconds since the lab began. */
import type { Frame } from './frame.ts';

/** A frame that comes in by an interface. */
export interface Incoming<F extends Frame = string> {
  readonly interface: string;
  readonly frame: F;
}

/** A frame that has left, and when. */
export interface Outgoing<F extends Frame = string> extends Incoming<F> {
  readonly at: number;
}

/** What a host has done. */
export interface Stepped<F extends Frame = string> {
  /** In the order in which they left. */
  readonly frames: readonly Outgoing<F>[];
  /** When it has something to do next; null: when something comes in. */
  readonly next: number | null;
}

export interface LabHost<F extends Frame = string> {
  /** Unique in its lab. */
  readonly name: string;
  /** Lets time pass until then, and then takes the frames in, in order. */
  step(at: number, incoming: readonly Incoming<F>[]): Stepped<F> | Promise<Stepped<F>>;
  /**
   * Does so for several moments, in order, and lets time pass until then; left out: it is asked at each. To a host
   * in another process, one question takes as long as a dozen moments.
   */
  readonly live?:
    ((moments: readonly Moment<F>[], until: number) => Promise<Stepped<F>>) | undefined;
}

/** What comes in at one time. */
export interface Moment<F extends Frame = string> {
  readonly at: number;
  readonly incoming: readonly Incoming<F>[];
}

/** A frame as it was seen at an interface. */
export interface Seen<F extends Frame = string> {
  readonly host: string;
  readonly interface: string;
  readonly direction: 'in' | 'out';
  /** Nanoseconds since the lab began. */
  readonly at: number;
  readonly frame: F;
  /** What became of it on the way, in words. */
  readonly remark: string | undefined;
}
