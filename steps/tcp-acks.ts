/** What the peers of a scenario have acknowledged, and what was under way to them meanwhile. */
import assert from 'node:assert/strict';
import { networkNotes, passTime } from './network-scene.ts';
import {
  assertSegment,
  endOf,
  nextSegment,
  peerSends,
  startOf,
  type Got,
  type Peer,
} from './tcp-scene.ts';
import { notes, prepared, type SuiteWorld } from './world.ts';

interface Acknowledged {
  /** The number behind it. */
  next: number;
  /** Most octets that were sent and not acknowledged. */
  mostUnderWay: number;
  /** The last segment that was taken. */
  last: Got | undefined;
}

const byPeer = notes(() => new Map<Peer, Acknowledged>());

export function acknowledged(world: SuiteWorld, peer: Peer): Acknowledged {
  const known = byPeer(world).get(peer) ?? { next: 1, mostUnderWay: 0, last: undefined };
  byPeer(world).set(peer, known);
  return known;
}

/** Acknowledges so many octets more. */
export async function acknowledge(world: SuiteWorld, peer: Peer, octets: number): Promise<void> {
  const noted = acknowledged(world, peer);
  noted.next += octets;
  await peerSends(world, peer, `. 1:1(0) ack ${noted.next}`);
}

/**
 * Takes the segments that are there, and acknowledges them all at once.
 *
 * What is out of order is thrown away, so that it has to be sent again.
 *
 * @returns whether there were any.
 */
export async function takeFlight(world: SuiteWorld, peer: Peer): Promise<boolean> {
  const noted = acknowledged(world, peer);
  let { next } = noted;
  let any = false;
  for (let got = await nextSegment(world, peer); got; got = await nextSegment(world, peer)) {
    any = true;
    assertSegment(peer, got, 'ack 1');
    noted.last = got;
    noted.mostUnderWay = Math.max(noted.mostUnderWay, endOf(got) - noted.next);
    if (startOf(got) <= next) next = Math.max(next, endOf(got));
  }
  if (any) await acknowledge(world, peer, next - noted.next);
  return any;
}

/** Acknowledges what comes, as long as something comes at once. */
export async function acknowledgeAll(world: SuiteWorld, peer: Peer): Promise<void> {
  while (await takeFlight(world, peer));
}

/** A segment on its way to a peer. */
interface UnderWay {
  readonly peer: Peer;
  readonly got: Got;
  readonly arrives: number;
}

/** Things that happen until it is believed that a transfer never ends. */
const MOST_EVENTS = 5000;

/**
 * Each of the peers takes what comes, acknowledging each segment, until it has so many octets.
 *
 * @param roundTripNs - from when a segment leaves until its ACK arrives.
 */
export async function takeStreams(
  world: SuiteWorld,
  peers: readonly Peer[],
  octets: number,
  roundTripNs = 0,
): Promise<void> {
  const missing = () => peers.find((peer) => acknowledged(world, peer).next <= octets);
  const underWay: UnderWay[] = [];
  for (let events = 0; missing() !== undefined; events++) {
    const late = `${missing()?.name ?? ''} never gets all ${octets} octets`;
    assert.ok(events < MOST_EVENTS, late);
    for (const peer of peers) {
      for (let got = await nextSegment(world, peer); got; got = await nextSegment(world, peer)) {
        underWay.push({ peer, got, arrives: got.at + roundTripNs });
      }
    }
    if (!(await arrive(world, underWay))) await passToNext(world, underWay, late);
  }
}

/** @returns whether a segment has arrived. */
async function arrive(world: SuiteWorld, underWay: UnderWay[]): Promise<boolean> {
  const { now } = networkNotes(world);
  const place = underWay.findIndex(({ arrives }) => arrives <= now);
  const [first] = place < 0 ? [] : underWay.splice(place, 1);
  if (first === undefined) return false;
  const { peer, got } = first;
  assertSegment(peer, got, 'ack 1');
  const { next } = acknowledged(world, peer);
  const fits = startOf(got) <= next && endOf(got) > next;
  await acknowledge(world, peer, fits ? endOf(got) - next : 0);
  return true;
}

/** Lets time pass until something happens, here or there. */
async function passToNext(
  world: SuiteWorld,
  underWay: readonly UnderWay[],
  late: string,
): Promise<void> {
  const { now } = networkNotes(world);
  const { next } = prepared(await world.port('network').now({}));
  const soonest = Math.min(next ?? Infinity, ...underWay.map(({ arrives }) => arrives));
  assert.ok(soonest !== Infinity, late);
  await passTime(world, Math.max(0, soonest - now));
}
