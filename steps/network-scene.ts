/**
 * The network around the host under test: its interfaces, the neighbours that the suite plays, and
 * the frames that have left.
 *
 * A neighbour that was announced answers ARP by itself, so that a scenario on IP sees IP only; ARP for
 * others stays among the frames.
 */
import assert from 'node:assert/strict';
import { lateBy } from '../harness/clock.ts';
import { decode, encodeHex, type EthernetFrame, type Raw } from '../harness/packets/index.ts';
import { Inconclusive } from '../harness/problems.ts';
import { session } from '../harness/session.ts';
import { gather, passLabTime } from './lab-scene.ts';
import { record } from './network-recording.ts';
import { notes, prepared, type SuiteWorld } from './world.ts';

/** A frame that has left, not yet looked at. */
export interface CapturedFrame {
  readonly interface: string;
  /** Nanoseconds since boot. */
  readonly at: number;
  /** Nanoseconds of `at` that the scenario has not let go by: none where time stands still for it. */
  readonly slack: number;
  readonly frame: EthernetFrame | Raw;
}

interface Neighbour {
  readonly interface: string;
  readonly mac: string;
}

/** What lies below the host's transport in place of IP. */
export interface LowerLayer {
  /** Gives the host what comes; false for a frame that is none of its. */
  receive(frame: string): Promise<boolean>;
  /** What the host has handed down, as frames. */
  transmitted(): Promise<readonly { readonly interface: string; readonly frame: string }[]>;
}

interface NetworkNotes {
  /** The first IP address of each interface. */
  readonly interfaces: Map<string, string>;
  /** By IP address. */
  readonly neighbours: Map<string, Neighbour>;
  readonly captured: CapturedFrame[];
  /** Nanoseconds that the scenario has let go by. */
  now: number;
  /** Nanoseconds since boot, as far as the suite knows. */
  clock: number;
  layer: LowerLayer | undefined;
  /** Frames that are lost as soon as they have left: nobody looks at them. */
  lost: ((frame: string) => boolean) | undefined;
  /** While time is let go by: how much had gone by itself before. */
  slack: number | undefined;
  /** Calls of the host when it was last asked what has left. */
  askedAt: number;
  /** What it said then of when it has something to do, if it was asked. */
  next: Due;
}

export const networkNotes = notes<NetworkNotes>(() => ({
  interfaces: new Map(),
  neighbours: new Map(),
  captured: [],
  now: 0,
  clock: 0,
  slack: undefined,
  layer: undefined,
  lost: undefined,
  askedAt: -1,
  next: undefined,
}));

/** Answers to a host that asks again and again: no sensible one asks as often. */
const MOST_ROUNDS = 100;

const BROADCAST = 'ff:ff:ff:ff:ff:ff';

const octet = (value: number): string => value.toString(16).padStart(2, '0');

/** The link address of an interface of the host: eth0 has 02:00:00:00:00:00. */
export function macOfInterface(name: string): string {
  return `02:00:00:00:00:${octet(Number(name.slice('eth'.length)))}`;
}

/** The link address of a host that the suite plays: its IP address stands in it. */
export function macOfNeighbour(address: string): string {
  return `02:01:${address.split('.').map(Number).map(octet).join(':')}`;
}

/** A frame for the host. */
interface Delivery {
  readonly interface: string;
  readonly frame: string;
}

/** Gives the host a frame, and collects what it sends. */
export async function receiveFrame(world: SuiteWorld, name: string, frame: string): Promise<void> {
  await deliverAndCollect(world, [{ interface: name, frame }]);
}

async function deliver(world: SuiteWorld, { interface: name, frame }: Delivery): Promise<void> {
  const { clock, layer } = networkNotes(world);
  record(world, { interface: name, direction: 'in', timeNs: clock, frame });
  if (layer !== undefined && (await layer.receive(frame))) return;
  prepared(await world.port('network').receive({ interface: name, frame }));
}

/**
 * Collects what has left, answering questions after neighbours until there are none.
 *
 * @param program - who has had it sent: in a lab, it goes on its way.
 */
export async function collect(world: SuiteWorld, program?: string): Promise<CapturedFrame[]> {
  const { captured, interfaces, askedAt } = networkNotes(world);
  if (program !== undefined && world.hosts.size > 0) await gather(world, program);
  if (interfaces.size === 0) return captured;
  // Nothing was called since, and time stands still: no more can have left.
  if (world.clock.kind === 'virtual' && session().calls === askedAt) return captured;
  await deliverAndCollect(world, []);
  return captured;
}

/** The calls are made at once: over a pipe they share a line. */
async function deliverAndCollect(world: SuiteWorld, first: readonly Delivery[]): Promise<void> {
  const { layer } = networkNotes(world);
  for (let [rounds, next] = [0, first]; ; rounds++) {
    const delivered = Promise.all(next.map((each) => deliver(world, each)));
    if (layer !== undefined) await delivered;
    [next] = await Promise.all([answersToWhatLeft(world), delivered]);
    if (next.length === 0) return;
    assert.ok(rounds < MOST_ROUNDS, 'the host never stops asking after its neighbours');
  }
}

/** Keeps what has left; questions after neighbours get answers, of which more may come. */
async function answersToWhatLeft(world: SuiteWorld): Promise<Delivery[]> {
  const noted = networkNotes(world);
  const { captured, neighbours } = noted;
  const { transmitted, now } = world.port('network');
  // Where it costs no line of its own, what is due next is asked as well: time is let go by so often.
  const too = session().hello?.batch === true ? now({}) : Promise.resolve(undefined);
  const asking = Promise.all([transmitted({}), too]);
  const { calls } = session();
  const [left, due] = await asking;
  const { frames } = prepared(left);
  for (const { interface: name, frame: octets } of (await noted.layer?.transmitted()) ?? []) {
    const frame = decode(octets) as EthernetFrame;
    captured.push({ interface: name, at: noted.clock, slack: 0, frame });
  }
  const answers: Delivery[] = [];
  for (const { interface: name, at, frame: octets } of frames) {
    record(world, { interface: name, direction: 'out', timeNs: at, frame: octets });
    if (noted.lost?.(octets) === true) continue;
    const frame = decode(octets) as EthernetFrame | Raw;
    noted.clock = Math.max(noted.clock, at);
    const asked = askedNeighbour(frame, name, neighbours);
    if (asked === undefined) {
      const slack = noted.slack ?? Math.max(0, at - noted.now);
      captured.push({ interface: name, at, slack, frame });
    } else answers.push({ interface: name, frame: arpReply(asked) });
  }
  noted.askedAt = calls;
  noted.next = due && prepared(due).next;
  return answers;
}

/** An ARP request after a neighbour. */
interface Asked {
  /** Link and IP address of who asks. */
  readonly by: string;
  readonly byAddress: string;
  readonly address: string;
  readonly mac: string;
}

/** The neighbour that an ARP request is after. */
function askedNeighbour(
  frame: EthernetFrame | Raw,
  name: string,
  neighbours: ReadonlyMap<string, Neighbour>,
): Asked | undefined {
  if (frame.kind === 'raw') return undefined;
  const { payload, source } = frame;
  if (payload.kind !== 'arp' || payload.operation !== 'request') return undefined;
  const known = neighbours.get(payload.targetProtocol);
  if (known?.interface !== name) return undefined;
  const { senderProtocol: byAddress, targetProtocol: address } = payload;
  return { by: source, byAddress, address, mac: known.mac };
}

/**
 * Announces a neighbour: it answers questions from now on, and asks one, so that the host knows it.
 */
export async function addNeighbour(
  world: SuiteWorld,
  address: string,
  name: string,
): Promise<void> {
  const { neighbours, interfaces, captured } = networkNotes(world);
  const mac = macOfNeighbour(address);
  const asked = interfaces.get(name);
  if (asked === undefined) throw new Inconclusive(`there is no interface ${name} yet`);
  neighbours.set(address, { interface: name, mac });
  const known = captured.length;
  const request = {
    kind: 'arp',
    operation: 'request',
    senderHardware: mac,
    senderProtocol: address,
    targetHardware: '00:00:00:00:00:00',
    targetProtocol: asked,
  } as const;
  const frame = {
    kind: 'ethernet',
    source: mac,
    destination: BROADCAST,
    payload: request,
  } as const;
  await receiveFrame(world, name, encodeHex(frame));
  // The answer is of no interest to any scenario that announces neighbours.
  captured.splice(known);
}

function arpReply({ by, byAddress, address, mac }: Asked): string {
  return encodeHex({
    kind: 'ethernet',
    destination: by,
    source: mac,
    payload: {
      kind: 'arp',
      operation: 'reply',
      senderHardware: mac,
      senderProtocol: address,
      targetHardware: by,
      targetProtocol: byAddress,
    },
  });
}

/** Takes the first captured frame of an interface. */
export async function nextFrame(
  world: SuiteWorld,
  name: string,
): Promise<CapturedFrame | undefined> {
  const captured = await collect(world);
  const place = captured.findIndex((frame) => frame.interface === name);
  return place < 0 ? undefined : captured.splice(place, 1)[0];
}

/** Of the bound for one call, what is waited in one: the rest is for making it. */
const WAIT_OF_BOUND = 0.25;

const NS_PER_MS = 1_000_000;

/** Events of a host in the time that a step lets pass; no sensible host has more. */
const MOST_EVENTS = 100_000;

/** Times that something may still be due at an instant that has been reached. */
const MOST_OVERDUE = 100;

/**
 * Lets time pass: until all has happened that is due by then, unless the scenario asks what is so at instants.
 *
 * Where there are several hosts, it passes on all of them.
 */
export async function passTime(world: SuiteWorld, ns: number): Promise<void> {
  if (world.hosts.size > 0) return passLabTime(world, ns);
  await collect(world);
  const noted = networkNotes(world);
  const { clock } = world;
  if (clock.kind === 'real') noted.clock = prepared(await world.port('network').now({})).at;
  noted.slack = noted.clock - noted.now;
  noted.now += ns;
  await advance(world, noted.clock + ns + (world.atInstants ? 0 : lateBy(clock, ns)));
  noted.slack = undefined;
}

/** Goes from one thing that the host does to the next, so that its questions are answered in time. */
async function advance(world: SuiteWorld, until: number): Promise<void> {
  const noted = networkNotes(world);
  let events = 0;
  let overdue = 0;
  do {
    assert.ok(events++ < MOST_EVENTS, 'the host never comes to rest');
    const stop = stopBefore(world, await nextDue(world), until);
    overdue = stop > noted.clock ? 0 : overdue + 1;
    assert.ok(overdue < MOST_OVERDUE, `what is due at ${stop} ns stays due when that is reached`);
    noted.clock = stop;
    const advanced = world.port('network').advance({ to: stop });
    const [outcome] = await Promise.all([advanced, collect(world)]);
    prepared(outcome);
  } while (noted.clock < until);
}

/** When a host has something to do by its virtual clock; null: when something comes in. */
type Due = number | null | undefined;

async function nextDue(world: SuiteWorld): Promise<Due> {
  if (world.clock.kind === 'real') return undefined;
  const { askedAt, next } = networkNotes(world);
  if (next !== undefined && session().calls === askedAt) return next;
  return prepared(await world.port('network').now({})).next;
}

/** A virtual clock stops at what is due; a call that waits in real time ends well before the bound for one. */
function stopBefore(world: SuiteWorld, next: Due, until: number): number {
  const { clock } = networkNotes(world);
  if (next === undefined) {
    return Math.min(until, Math.ceil(clock + world.callTimeoutMs * WAIT_OF_BOUND * NS_PER_MS));
  }
  return next === null || next >= until ? until : Math.max(next, clock);
}
