/** The frames of a script's run, kept for the report of a failure. */
import { decode, pcapng, print } from '../packets/index.ts';

interface Timed {
  readonly interface: string;
  /** As the host under test sees it. */
  readonly direction: 'in' | 'out';
  /** Nanoseconds since boot. */
  readonly timeNs: number;
  /** As the contract writes octets. */
  readonly frame: string;
}

/** Frames that are kept; a flood is known by its beginning. */
const MOST = 2000;

/** Lines in a report; the capture has all. */
const MOST_TOLD = 30;

export class Recording {
  readonly #frames: (Timed & { told: string | undefined })[] = [];

  /**
   * @param told - what it is in the script's own words.
   * @returns its place, for tell.
   */
  add(frame: Timed, told?: string): number {
    if (this.#frames.length < MOST) this.#frames.push({ ...frame, told });
    return this.#frames.length - 1;
  }

  /** What the last frame is, or that at a place, in the script's own numbers. */
  tell(told: string, place = this.#frames.length - 1): void {
    const frame = this.#frames[place];
    if (frame !== undefined) frame.told = told;
  }

  /** @param startNs - when the script began; its times count from there. */
  network(
    startNs: number,
  ): { readonly packets: readonly string[]; readonly capture: string } | undefined {
    if (this.#frames.length === 0) return undefined;
    const names = new Set(this.#frames.map((frame) => frame.interface));
    const capture = pcapng({
      interfaces: [...names].map((name) => ({ name })),
      frames: this.#frames.map(({ told, ...frame }) => ({
        ...frame,
        comment: told ?? '',
      })),
    });
    const packets = this.#frames.slice(-MOST_TOLD).map(({ timeNs, direction, frame, told }) => {
      const arrow = direction === 'in' ? '<' : '>';
      const time = ((timeNs - startNs) / 1e9).toFixed(6);
      return `${time} ${told ?? `${arrow} ${print(decode(frame))}`}`;
    });
    return { packets, capture: Buffer.from(capture).toString('base64') };
  }
}
