/**
 * A network device that receives: its ring of frames, its interrupt, its poll function.
 *
 * The device itself puts frames into the ring, which costs the processor nothing, and drops what
 * finds it full, which costs nothing either. While there are frames it interrupts, unless it was told
 * not to. A driver that polls tells it so at the first interrupt, and takes that back only when a poll
 * has found the ring empty: under load there are no interrupts at all.
 *
 * Source: Linux 2.6.11, Documentation/networking/NAPI_HOWTO.txt and drivers/net/tg3.c. Left out: the
 * descriptors, and what copying or mapping them costs.
 */
import {
  netRxComplete,
  netRxSchedule,
  newPollDevice,
  type PollDevice,
  type Softnet,
} from './net-rx.ts';

export interface RxRing<Frame> {
  readonly size: number;
  readonly frames: Frame[];
  /** The device does not interrupt. */
  masked: boolean;
  dropped: number;
}

export function newRxRing<Frame>(size: number): RxRing<Frame> {
  return { size, frames: [], masked: false, dropped: 0 };
}

/** A frame comes in from the wire. */
export function frameArrives<Frame>(ring: RxRing<Frame>, frame: Frame): void {
  if (ring.frames.length >= ring.size) ring.dropped++;
  else ring.frames.push(frame);
}

/** Whether the device asks for an interrupt: as long as there is a frame, not only when it came. */
export function asserts(ring: RxRing<unknown>): boolean {
  return !ring.masked && ring.frames.length > 0;
}

/** The device as the softirq polls it. */
export function newRxPoll<Frame, Piece>(
  softnet: Softnet<Frame, Piece>,
  ring: RxRing<Frame>,
): PollDevice<Piece> {
  const device: PollDevice<Piece> = newPollDevice((limit) => poll(softnet, ring, device, limit));
  return device;
}

/** What a polling driver does in its interrupt handler. */
export function maskAndSchedule<Piece>(
  softnet: Softnet<never, Piece>,
  ring: RxRing<unknown>,
  device: PollDevice<Piece>,
): void {
  ring.masked = true;
  netRxSchedule(softnet, device);
}

/** @kernel dev->poll */
function* poll<Frame, Piece>(
  softnet: Softnet<Frame, Piece>,
  ring: RxRing<Frame>,
  device: PollDevice<Piece>,
  limit: number,
): Generator<Piece, number, void> {
  for (let work = 0; work < limit; work++) {
    const frame = ring.frames.shift();
    if (frame === undefined) {
      netRxComplete(softnet, device);
      ring.masked = false;
      return work;
    }
    const steps = softnet.receive(frame);
    if (steps !== undefined) yield* steps;
  }
  return limit;
}
