/**
 * Attackers: SYNs from addresses where nobody is, so that no answer is ever answered.
 *
 * Each comes from another address and port, spread so that no way of hashing them is favoured. A flood is
 * made of one frame in which what differs is put in, with its checksums amended; to encode each would take
 * longer than the host needs for it.
 */
import { encodeHex } from '../harness/packets/index.ts';
import {
  collect,
  macOfInterface,
  macOfNeighbour,
  networkNotes,
  passTime,
} from './network-scene.ts';
import type { Endpoint } from './parameter-types-network.ts';
import { notes, prepared, type SuiteWorld } from './world.ts';

/** Attackers are in 198.18.0.0/15, which is behind this neighbour. */
const ROUTER = '10.0.0.2';
const NETWORK_START = 0xc612_0000;
const NETWORK_BITS = 17;

const FIRST_PORT = 1024;
const PORTS = 0xffff - FIRST_PORT;

/** Frames that are given to the host before it is asked what it has sent. */
const BATCH = 500;

interface Flood {
  readonly frames: Map<string, string>;
  /** Attackers so far. */
  sent: number;
}

const floods = notes<Flood>(() => ({ frames: new Map(), sent: 0 }));

/** Octet of the frame at which each field starts. */
const IP_CHECKSUM = 14 + 10;
const SOURCE = 14 + 12;
const SOURCE_PORT = 14 + 20;
const TCP_CHECKSUM = 14 + 20 + 16;

type Kind = 'SYN' | 'ACK';

/** The frame of the first attacker; the others are made of it. */
function firstFrame(to: Endpoint, kind: Kind): string {
  return encodeHex({
    kind: 'ethernet',
    source: macOfNeighbour(ROUTER),
    destination: macOfInterface('eth0'),
    payload: {
      kind: 'ipv4',
      source: '198.18.0.0',
      destination: to.address,
      payload: {
        kind: 'tcp',
        sourcePort: 0,
        destinationPort: to.port,
        sequence: 0x1234_5678,
        flags: [kind],
        window: 0xffff,
        data: '',
      },
    },
  });
}

const word = (frame: string, at: number): number => parseInt(frame.slice(2 * at, 2 * at + 4), 16);

const hex = (value: number): string => value.toString(16).padStart(4, '0');

/** A checksum when words of what it is over have been exchanged. Source: RFC 1624. */
function amended(checksum: number, before: readonly number[], after: readonly number[]): number {
  let sum = ~checksum & 0xffff;
  for (const value of before) sum += ~value & 0xffff;
  for (const value of after) sum += value;
  while (sum > 0xffff) sum = (sum & 0xffff) + (sum >>> 16);
  return ~sum & 0xffff;
}

/** @param number - from 0; attackers repeat after as many as there are addresses. */
export function attacker(number: number): { readonly address: number; readonly port: number } {
  // Odd factors meet each address once.
  const host = Math.imul(number, 0x9e37_79b1) & (2 ** NETWORK_BITS - 1);
  const port = FIRST_PORT + ((Math.imul(number, 0x85eb_ca6b) >>> 8) % PORTS);
  return { address: (NETWORK_START | host) >>> 0, port };
}

function frameOf(first: string, number: number): string {
  const { address, port } = attacker(number);
  const before = [word(first, SOURCE), word(first, SOURCE + 2)];
  const after = [address >>> 16, address & 0xffff];
  const ip = amended(word(first, IP_CHECKSUM), before, after);
  const tcp = amended(word(first, TCP_CHECKSUM), [...before, 0], [...after, port]);
  return [
    first.slice(0, 2 * IP_CHECKSUM),
    hex(ip),
    ...after.map(hex),
    first.slice(2 * SOURCE + 8, 2 * SOURCE_PORT),
    hex(port),
    first.slice(2 * SOURCE_PORT + 4, 2 * TCP_CHECKSUM),
    hex(tcp),
    first.slice(2 * TCP_CHECKSUM + 4),
  ].join('');
}

function frame(world: SuiteWorld, to: Endpoint, kind: Kind, number: number): string {
  const { frames } = floods(world);
  const key = `${to.address}:${to.port} ${kind}`;
  const first = frames.get(key) ?? firstFrame(to, kind);
  frames.set(key, first);
  return frameOf(first, number);
}

/** Digits of the frame in which the type of its contents stands, and the first half of the destination. */
const TYPE = [2 * 12, 2 * 14] as const;
const DESTINATION = [2 * 30, 2 * 32] as const;

/** What the host sends to attackers is lost; to decode all of it would take longer than the flood itself. */
function isForAttacker(octets: string): boolean {
  if (octets.slice(...TYPE) !== '0800') return false;
  const network = octets.slice(...DESTINATION);
  return network === 'c612' || network === 'c613';
}

/** So many attackers send a SYN at once. */
export async function attack(
  world: SuiteWorld,
  to: Endpoint,
  count: number,
  kind: Kind = 'SYN',
): Promise<void> {
  const flood = floods(world);
  networkNotes(world).lost = isForAttacker;
  const port = world.port('network');
  for (let left = count; left > 0; left -= BATCH) {
    const batch = Array.from({ length: Math.min(left, BATCH) }, () =>
      port.receive({ interface: 'eth0', frame: frame(world, to, kind, flood.sent++) }),
    );
    const [outcomes] = await Promise.all([Promise.all(batch), collect(world)]);
    outcomes.forEach(prepared);
  }
}

const NS_PER_S = 1_000_000_000;

/**
 * Attackers send SYNs at a rate, the first at once.
 *
 * @param beside - done after each of them; it is told of the nanoseconds since the first.
 */
export async function attackFor(
  world: SuiteWorld,
  to: Endpoint,
  perSecond: number,
  ns: number,
  beside: (ns: number) => Promise<void> = async () => {},
): Promise<void> {
  const began = networkNotes(world).now;
  const count = Math.round((perSecond * ns) / NS_PER_S);
  for (let number = 0; number <= count; number++) {
    const at = Math.round((number * NS_PER_S) / perSecond);
    await passTime(world, began + at - networkNotes(world).now);
    await attack(world, to, 1);
    await beside(at);
  }
}
