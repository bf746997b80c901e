/** Clients that the suite plays and that are of no further interest once it is known whether they got in. */
import { passTime } from './network-scene.ts';
import type { Endpoint } from './parameter-types-network.ts';
import { accept, clientOf } from './tcp-sockets.ts';
import { nextSegment, peerOf, peerSends, type Peer } from './tcp-scene.ts';
import type { SuiteWorld } from './world.ts';

const SYN = 'S 0:0(0) win 65535 <mss 1460>';

/** A client sends a SYN. @returns whether it was answered by a SYN-ACK. */
export async function asks(world: SuiteWorld, client: Peer): Promise<boolean> {
  await peerSends(world, client, SYN);
  const got = await nextSegment(world, client);
  const payload = got?.frame.kind === 'ethernet' ? got.frame.payload : undefined;
  const segment = payload?.kind === 'ipv4' ? payload.payload : undefined;
  return segment?.kind === 'tcp' && segment.flags.includes('SYN') && segment.flags.includes('ACK');
}

/** It answers the SYN-ACK, after as long as both have been under way. */
export async function answers(world: SuiteWorld, client: Peer, roundTripNs = 0): Promise<void> {
  if (roundTripNs > 0) await passTime(world, roundTripNs);
  await peerSends(world, client, '. 1:1(0) ack 1');
}

/** A client of a number of its own. */
export function clientAt(world: SuiteWorld, number: number, to: Endpoint): Peer {
  const client = peerOf(world, number);
  client.host = to;
  return client;
}

/** Whether the program can accept that client now. */
export async function isAccepted(world: SuiteWorld, task: string, client: Peer): Promise<boolean> {
  const outcome = await accept(world, task, true);
  if (!('ok' in outcome)) return false;
  const from = await clientOf(world, task);
  return from.address === client.at.address && from.port === client.at.port;
}

/** Tries once, with no round trip to speak of. */
export async function triesToConnect(
  world: SuiteWorld,
  task: string,
  to: Endpoint,
  number: number,
): Promise<boolean> {
  const client = clientAt(world, number, to);
  if (!(await asks(world, client))) return false;
  await answers(world, client);
  return isAccepted(world, task, client);
}
