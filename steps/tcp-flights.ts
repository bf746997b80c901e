/**
 * Flights: the segments that are under way at one time to a peer, which acknowledges each of them.
 *
 * The first ACK of a flight ends a round trip, since the segment that is timed is the first of its flight. So a
 * flight has two times: that of its first segment, with which the round trip before it ends, and that of all
 * others, which are of the next.
 */
import assert from 'node:assert/strict';
import { Inconclusive } from '../harness/problems.ts';
import { networkNotes, passTime } from './network-scene.ts';
import { acknowledge, acknowledged } from './tcp-acks.ts';
import { endOf, nextSegment, peerOf, startOf, type Got } from './tcp-scene.ts';
import { notes, type SuiteWorld } from './world.ts';

/** Times in nanoseconds. */
interface Flights {
  /** Segments that have come and are not acknowledged. */
  underWay: Got[];
  /** How long the first segment of the flight under way takes. */
  first: number;
  /** Segments of the flight before. */
  before: number;
}

const flights = notes<Flights>(() => ({ underWay: [], first: 0, before: 0 }));

/** Takes what has come. @returns all that is not acknowledged, each as it was sent last. */
export async function underWay(world: SuiteWorld): Promise<readonly Got[]> {
  const noted = flights(world);
  const peer = peerOf(world, 1);
  const byStart = new Map(noted.underWay.map((got) => [startOf(got), got]));
  for (let got = await nextSegment(world, peer); got; got = await nextSegment(world, peer)) {
    byStart.set(startOf(got), got);
  }
  const { next } = acknowledged(world, peer);
  noted.underWay = [...byStart.values()]
    .filter((got) => endOf(got) > next)
    .sort((a, b) => startOf(a) - startOf(b));
  return noted.underWay;
}

/** Acknowledges a segment when its round trip is over. */
async function acknowledgeAfter(world: SuiteWorld, got: Got, ns: number): Promise<void> {
  const peer = peerOf(world, 1);
  const { next } = acknowledged(world, peer);
  if (startOf(got) !== next) {
    throw new Inconclusive(`${peer.name} gets ${startOf(got)}, and should get ${next} next`);
  }
  const left = got.at + ns - networkNotes(world).clock;
  if (left > 0) await passTime(world, left);
  await acknowledge(world, peer, endOf(got) - next);
}

/**
 * Acknowledges the flight that is under way, segment by segment.
 *
 * @returns how many segments the next one has.
 */
export async function flight(world: SuiteWorld, first: number, rest = first): Promise<number> {
  await underWay(world);
  const noted = flights(world);
  const own = noted.underWay;
  noted.underWay = [];
  noted.before = own.length;
  for (const [place, got] of own.entries()) {
    await acknowledgeAfter(world, got, place === 0 ? first : rest);
  }
  noted.first = rest;
  const { length } = await underWay(world);
  return length;
}

/** The window stays as it is between these. */
export interface Bounds {
  readonly alpha: number;
  readonly beta: number;
  /** A round trip in which the window has changed is followed by one in which it does not. */
  readonly hesitant: boolean;
}

/** Nanoseconds of a round trip that leaves so many segments waiting. */
const withExtra = (base: number, segments: number, extra: number): number =>
  Math.round((base * segments) / (segments - extra));

/** Flights after which a window that is not as it should be is believed never to be. */
const MOST_FLIGHTS = 60;

/** Flights that have the window stay before it is believed to. */
const SETTLED = 3;

/**
 * Has so many segments be under way, and stay.
 *
 * Round trips of the least length have the window grow, those of twice that have it shrink, and in the end
 * come some that have it stay. What one does shows in the flight after the next, so the way there is foreseen.
 *
 * Between the first segment of the last flight and the others a gap is left, so that these can be made to
 * take no longer than `base` without overtaking it.
 */
export async function steer(
  world: SuiteWorld,
  segments: number,
  base: number,
  { alpha, beta, hesitant }: Bounds,
): Promise<void> {
  const first = withExtra(base, segments, alpha + 0.2 * (beta - alpha));
  const stays = 2 * first - base;
  assert.ok(stays < withExtra(base, segments, beta), `too few segments: ${segments}`);
  // The least round trip is known from the beginning.
  let due = base;
  for (let flown = 0; flown < 3; flown++) await flight(world, base);
  for (let flown = 0, settled = 0; settled < SETTLED; flown++) {
    const { length } = await underWay(world);
    // Where round trips say that it is as it should be, a window that does not stay is wrong.
    const moves = `the window comes to ${length} segments, and never stays at ${segments}`;
    assert.ok(flown < MOST_FLIGHTS && length > 0, moves);
    const keeps = hesitant && length !== flights(world).before;
    const then = length + (keeps ? 0 : Math.sign(stays - due));
    settled = then === segments && length === segments ? settled + 1 : 0;
    const next = then === segments ? stays : then < segments ? base : 2 * base;
    await flight(world, due, next);
    due = next;
  }
  await flight(world, first, stays);
  flights(world).first = first;
}

/** From the second segment on, all take so long; until the first one of the next flight but one. */
export async function roundTrip(world: SuiteWorld, ns: number): Promise<void> {
  await flight(world, flights(world).first, ns);
  await flight(world, ns);
}

/** Segments that were under way in the last round trip but one. */
export function beforeLast(world: SuiteWorld): number {
  return flights(world).before;
}
