/** A host in its lab, and where its links end. */
import type { Frame } from './frame.ts';
import type { Incoming, LabHost } from './host.ts';
import type { Wire } from './wire.ts';

/** A place where a link ends. */
export interface End<F extends Frame = string> {
  readonly hosted: Hosted<F>;
  readonly interface: string;
  /** What it sends goes this way, and arrives there. */
  readonly wire: Wire;
  readonly peer: End<F>;
}

export interface Hosted<F extends Frame> {
  readonly host: LabHost<F>;
  /** By interface. */
  readonly ends: Map<string, End<F>>;
  /** What comes in at this moment. */
  inbox: Incoming<F>[];
  next: number;
  /** How far its time is known to have gone. */
  at: number;
}
