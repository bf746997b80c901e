/** What a module offers that is an implementation in process. */
import type { Answer } from './answer.ts';
import type { Errno } from './errno.ts';
import type { NowOrLater } from './port.ts';
import type { Capability, Ports } from './ports.ts';
import type { RawPorts } from './raw.ts';

export const PROFILES = ['notes', 'linux-2.6.11', 'bsd-4.4', 'linux-6'] as const;

/**
 * The system whose behaviour is asked for where systems differ.
 *
 * `notes` says what the source notes say and, where they are silent, what Linux 2.6.11 does.
 */
export type Profile = (typeof PROFILES)[number];

export interface BootOptions {
  /** Unsigned 32-bit integer from which every random choice of the implementation follows. */
  readonly seed: number;
  /** The profile asked for; an implementation that has one of its own may ignore it and say so. */
  readonly profile: Profile;
}

/** One booted implementation. Every scenario boots its own, so none can see another's traces. */
export interface Implementation {
  /** Shown in reports, such as "reference". */
  readonly name: string;
  readonly version: string;
  readonly profile: Profile;
  readonly ports: Readonly<Partial<Ports>>;
  /** A second way to `network` and `tcp`, for who moves more frames than it would judge one by one. */
  readonly raw?: RawPorts;
  /**
   * Asks after a call that sleeps: answers `parked` again while it sleeps, and then once what the
   * call comes to. Needed where a method answers `parked`.
   */
  poll?(call: string): NowOrLater<Answer<unknown, Errno>>;
  /** Frees whatever booting took; after it, no port is used. */
  shutdown?(): Promise<void>;
}

/** The default export of a module that is an implementation. */
export type Boot = (options: BootOptions) => Promise<Implementation> | Implementation;

export type { Capability };
