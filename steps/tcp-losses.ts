/** Segments that are lost, and how a connection comes over it: the peer keeps what comes out of order. */
import assert from 'node:assert/strict';
import { networkNotes, passTime } from './network-scene.ts';
import { acknowledge, acknowledged } from './tcp-acks.ts';
import { underWay } from './tcp-flights.ts';
import { endOf, nextSegment, peerOf, startOf, type Got } from './tcp-scene.ts';
import { prepared, type SuiteWorld } from './world.ts';

/** Segments that come until it is believed that losses are never repaired. */
const MOST_SEGMENTS = 1000;

/** Behind what has come without a gap. */
function reached(ends: ReadonlyMap<number, number>, from: number): number {
  let next = from;
  for (let end = ends.get(next); end !== undefined; end = ends.get(next)) next = end;
  return next;
}

/**
 * Each segment that is under way takes so long until its ACK is back, but some are lost.
 *
 * Ends when all that was under way in the beginning is acknowledged.
 *
 * @param lost - their places among those that are under way, from 1.
 * @returns how many segments are under way then.
 */
export async function repair(
  world: SuiteWorld,
  lost: readonly number[],
  roundTripNs: number,
): Promise<number> {
  const peer = peerOf(world, 1);
  const onTheWay = [...(await underWay(world))];
  const end = endOf(onTheWay.at(-1) ?? assert.fail('nothing is under way'));
  const missing = new Set(lost.map((place) => onTheWay[place - 1]));
  const ends = new Map<number, number>();
  for (let seen = 0; acknowledged(world, peer).next < end; seen++) {
    assert.ok(seen < MOST_SEGMENTS, `${peer.name} never gets all of it`);
    const got = onTheWay.shift();
    if (got === undefined) await passToNext(world);
    else if (!missing.has(got)) await arrives(world, got, ends, roundTripNs);
    await take(world, onTheWay);
  }
  return onTheWay.length;
}

async function arrives(
  world: SuiteWorld,
  got: Got,
  ends: Map<number, number>,
  roundTripNs: number,
): Promise<void> {
  const left = got.at + roundTripNs - networkNotes(world).clock;
  if (left > 0) await passTime(world, left);
  ends.set(startOf(got), endOf(got));
  const peer = peerOf(world, 1);
  const { next } = acknowledged(world, peer);
  await acknowledge(world, peer, reached(ends, next) - next);
}

async function take(world: SuiteWorld, onTheWay: Got[]): Promise<void> {
  const peer = peerOf(world, 1);
  for (let got = await nextSegment(world, peer); got; got = await nextSegment(world, peer)) {
    onTheWay.push(got);
  }
}

/** Nothing is on its way: only the host can do something now. */
async function passToNext(world: SuiteWorld): Promise<void> {
  const { next } = prepared(await world.port('network').now({}));
  assert.ok(next !== null, 'nothing is on its way, and the host waits for nothing');
  await passTime(world, Math.max(0, next - networkNotes(world).clock));
}
