/**
 * One direction of a link.
 *
 * A frame waits until those before it have been sent, is being sent for as long as the rate says, and then
 * under way for the delay: arrival = end of sending + delay. When it will be sent is known as soon as it
 * comes, so the queue needs no events of its own; it is the list of when those that wait will begin.
 * Loss, corruption, duplication and reordering happen on the way, behind the queue.
 */
import { chance, type Chance } from './chance.ts';
import { changed, lengthOf, type Frame } from './frame.ts';
import { LINK_HEADER, sendingNs, type Link } from './link-options.ts';

/** What became of the frames that were handed to it. */
export interface WireCounts {
  /** Handed to it. */
  offered: number;
  /** Dropped, since they are longer than its MTU. */
  tooLong: number;
  /** Dropped, since the queue was full. */
  dropped: number;
  lost: number;
  corrupted: number;
  duplicated: number;
  reordered: number;
  /** Copies that arrive. */
  delivered: number;
}

/** A copy of a frame that will arrive. */
export interface Copy<F extends Frame = string> {
  /** Nanoseconds since the lab began. */
  readonly at: number;
  readonly frame: F;
  /** What happened to it, in words. */
  readonly remark: string | undefined;
}

/** What becomes of a frame: the copies that will arrive, or why none will. */
export type Passage<F extends Frame = string> =
  { readonly copies: readonly Copy<F>[] } | { readonly dropped: string };

const DROPPED = {
  tooLong: { dropped: 'dropped: longer than the MTU' },
  full: { dropped: 'dropped: the queue is full' },
  lost: { dropped: 'lost on the way' },
} as const;

/** Waiting frames are forgotten in portions: to take one from the front of an array moves all. */
const FORGOTTEN = 1024;

export class Wire {
  /** May be changed for another at any time; frames that wait go as they were to. */
  link: Link;
  readonly counts: WireCounts = {
    offered: 0,
    tooLong: 0,
    dropped: 0,
    lost: 0,
    corrupted: 0,
    duplicated: 0,
    reordered: 0,
    delivered: 0,
  };
  /** When the last frame so far has been sent. */
  #freeAt = 0;
  /** When each frame that waited begins to be sent, in order; those before #first have begun. */
  #begins: number[] = [];
  #first = 0;
  readonly #happens: (use: Use, probability: number) => boolean;
  readonly #where: Chance;
  readonly #hold: Chance;

  /** @param name - by which its chance is told from that of others: "A:eth0 > B:eth0". */
  constructor(link: Link, seed: number, name: string) {
    this.link = link;
    const stream = (use: string) => chance(seed, `${name}: ${use}`);
    const streams: Readonly<Record<Use, Chance>> = {
      loss: stream('loss'),
      corruption: stream('corruption'),
      duplication: stream('duplication'),
      reordering: stream('reordering'),
    };
    // One of each for every frame, whatever becomes of it: so each is the same whatever the others are.
    this.#happens = (use, probability) => probability > 0 && streams[use]() < probability;
    this.#where = stream('place of corruption');
    this.#hold = stream('time of reordering');
  }

  /** Frames that wait at that time. */
  waiting(at: number): number {
    while (this.#first < this.#begins.length && (this.#begins[this.#first] as number) <= at) {
      this.#first++;
    }
    if (this.#first > FORGOTTEN) {
      this.#begins = this.#begins.slice(this.#first);
      this.#first = 0;
    }
    return this.#begins.length - this.#first;
  }

  /** A frame is handed to it. Times never go back. */
  carry<F extends Frame>(at: number, frame: F): Passage<F> {
    const { link, counts } = this;
    const octets = lengthOf(frame);
    counts.offered++;
    if (octets > link.mtu + LINK_HEADER) {
      counts.tooLong++;
      return DROPPED.tooLong;
    }
    if (at < this.#freeAt) {
      if (this.waiting(at) >= link.queue) {
        counts.dropped++;
        return DROPPED.full;
      }
      this.#begins.push(this.#freeAt);
    }
    this.#freeAt = Math.max(at, this.#freeAt) + sendingNs(octets, link.bitsPerSecond);
    return this.#pass(this.#freeAt + link.delayNs, frame);
  }

  #pass<F extends Frame>(at: number, frame: F): Passage<F> {
    const { link, counts } = this;
    const lost = this.#happens('loss', link.loss);
    const corrupted = this.#happens('corruption', link.corruption);
    const duplicated = this.#happens('duplication', link.duplication);
    const reordered = this.#happens('reordering', link.reordering);
    if (lost) {
      counts.lost++;
      return DROPPED.lost;
    }
    counts.delivered++;
    if (!corrupted && !duplicated && !reordered)
      return { copies: [{ at, frame, remark: undefined }] };
    const copies = [this.#altered(at, frame, { corrupted, reordered })];
    if (duplicated) {
      counts.duplicated++;
      counts.delivered++;
      copies.push({ at, frame, remark: 'a duplicate' });
    }
    return { copies };
  }

  #altered<F extends Frame>(at: number, frame: F, { corrupted, reordered }: Altered): Copy<F> {
    const remarks: string[] = [];
    if (corrupted) {
      this.counts.corrupted++;
      remarks.push('corrupted');
    }
    if (reordered) {
      this.counts.reordered++;
      remarks.push('held back');
    }
    return {
      at: reordered ? at + 1 + Math.floor(this.#hold() * this.link.holdNs) : at,
      frame: corrupted ? withBitTurned(frame, this.#where()) : frame,
      remark: remarks.length === 0 ? undefined : remarks.join(', '),
    };
  }
}

type Use = 'loss' | 'corruption' | 'duplication' | 'reordering';

interface Altered {
  readonly corrupted: boolean;
  readonly reordered: boolean;
}

/**
 * The frame with one bit turned over, behind the link's header: what is damaged there finds no receiver.
 *
 * @param where - 0 up to 1: from the first bit to the last.
 */
function withBitTurned<F extends Frame>(frame: F, where: number): F {
  const bits = 8 * (lengthOf(frame) - LINK_HEADER);
  if (bits <= 0) return frame;
  const bit = Math.floor(where * bits);
  return changed(frame, (octets) => {
    const at = LINK_HEADER + (bit >> 3);
    octets[at] = (octets[at] ?? 0) ^ (0x80 >> (bit & 7));
  });
}
