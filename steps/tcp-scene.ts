/**
 * Conversations by TCP: the peer is played by the suite, segment by segment.
 *
 * Each side chooses its own first sequence number, so sentences count from 0 in both directions: the
 * host's SYN is `S 0:0(0)`, its first octet is number 1, and the peer acknowledges it with `ack 2`. The
 * scene learns the host's first number from its SYN.
 *
 * The octets of a stream tell their place in it, in both directions, so every segment with data is
 * checked for what it carries without a sentence having to say so.
 */
import assert from 'node:assert/strict';
import { Inconclusive } from '../harness/problems.ts';
import { encodeHex, matches, packetOf, parse, print } from '../harness/packets/index.ts';
import { filling, type EthernetFrame, type Pattern, type Raw } from '../harness/packets/index.ts';
import { collect, macOfInterface, macOfNeighbour, receiveFrame } from './network-scene.ts';
import type { Endpoint } from './parameter-types-network.ts';
import { notes, type SuiteWorld } from './world.ts';

type Frame = EthernetFrame | Raw;

/** One end that the suite plays, and what is known of the other. */
export interface Peer {
  readonly name: string;
  at: Endpoint;
  /** The host's end; undefined until it is known. */
  host: Endpoint | undefined;
  interface: string;
  /** The host begins: its end is known from its SYN. */
  called: boolean;
  /** First sequence numbers of the peer, and of the host once it has sent a SYN. */
  isn: number;
  hostIsn: number | undefined;
  /** The host's last timestamp, which a segment of the peer echoes unless it says otherwise. */
  hostStamp: number | undefined;
  /** Sequence number of the last segment that the peer has looked at, and its octets. */
  lastSent: number;
  lastLength: number;
  /** What the host's last segment has acknowledged, and the window that it has offered, unscaled. */
  acked: number;
  offered: number;
  /** Whether what the host's program sends tells its place. */
  plain: boolean;
}

interface Conversations {
  readonly peers: Map<number, Peer>;
  /** Where segments of a peer go that has not talked to anybody yet. */
  host: Endpoint | undefined;
}

const conversations = notes<Conversations>(() => ({ peers: new Map(), host: undefined }));

/** Where the suite's hosts are unless a scenario says otherwise. */
const PEER_ADDRESS = '10.0.0.2';
const FIRST_PORT = 40_001;

/** Far from 0 and from each other, so that a number that was not meant is noticed. */
const firstNumber = (peer: number): number => (0x3000_0000 + peer * 0x0101_0101) >>> 0;

/** @param number - from 1. */
export function peerOf(world: SuiteWorld, number: number): Peer {
  const { peers, host } = conversations(world);
  const known = peers.get(number);
  if (known !== undefined) {
    if (!known.called) known.host ??= host;
    return known;
  }
  const fresh: Peer = {
    name: number === 1 ? 'the peer' : `peer ${number}`,
    at: { address: PEER_ADDRESS, port: FIRST_PORT + number - 1 },
    host,
    interface: 'eth0',
    isn: firstNumber(number),
    hostIsn: undefined,
    hostStamp: undefined,
    lastSent: 0,
    lastLength: 0,
    acked: 0,
    offered: 0,
    called: false,
    plain: true,
  };
  peers.set(number, fresh);
  return fresh;
}

/** Peers talk to this end of the host, unless they are talked to first. */
export function talkTo(world: SuiteWorld, host: Endpoint): void {
  conversations(world).host = host;
}

/** The first peer is a server at that address, to which the host connects. */
export function isServer(world: SuiteWorld, number: number, at: Endpoint): Peer {
  return Object.assign(peerOf(world, number), { at, host: undefined, called: true });
}

const word32 = (value: number): number => value >>> 0;

type Facts = Pattern['facts'];

/** Octets of the stream that stand at a sequence number; before its first there are none. */
function streamOctets(length: number, sequence: number, syn: boolean): string {
  const offset = sequence - (syn ? 0 : 1);
  return filling(length, ((offset % 251) + 251) % 251);
}

const said = (facts: Facts, name: string): number =>
  typeof facts[name] === 'number' ? facts[name] : 0;

/** A sentence of a peer, as one that says everything. */
function absolute(peer: Peer, pattern: Pattern): Pattern {
  const { facts } = pattern;
  const flags = typeof facts['flags'] === 'string' ? facts['flags'] : '.';
  const sequence = said(facts, 'sequence');
  const length = said(facts, 'length');
  const data = facts['data'] ?? streamOctets(length, sequence, flags.includes('S'));
  const acks = flags.includes('.') || facts['ack'] !== undefined;
  const whole: Record<string, Facts[string]> = {};
  Object.assign(whole, facts, stampsOf(peer, facts));
  whole['sequence'] = word32(sequence + peer.isn);
  if (acks) whole['ack'] = word32(said(facts, 'ack') + (peer.hostIsn ?? 0));
  if (length > 0) whole['data'] = data;
  return { ...pattern, facts: whole };
}

/** Timestamps that do not say so echo the host's last. */
function stampsOf(peer: Peer, facts: Facts): Facts {
  const options = facts['tcp options'];
  if (!Array.isArray(options) || peer.hostStamp === undefined) return {};
  const filled = (options as readonly { readonly kind: string; readonly echo?: number }[]).map(
    (option) =>
      option.kind === 'timestamps' && option.echo === undefined
        ? { ...option, echo: peer.hostStamp }
        : option,
  );
  return { 'tcp options': filled };
}

const endpoint = ({ address, port }: Endpoint): string => `${address}:${port}`;

function hostOf({ name, host }: Peer): Endpoint {
  return host ?? assert.fail(`${name} does not know yet whom to talk to`);
}

/** The peer sends a segment, as a sentence without its two ends describes it. */
export async function peerSends(
  world: SuiteWorld,
  peer: Peer,
  sentence: string,
  destination?: string,
): Promise<void> {
  await receiveFrame(world, peer.interface, frameOf(peer, sentence, destination));
}

/** The frame of a peer's segment, to the interface unless it is said to which. */
export function frameOf(
  peer: Peer,
  sentence: string,
  destination = macOfInterface(peer.interface),
): string {
  const ends = `${endpoint(peer.at)} > ${endpoint(hostOf(peer))}`;
  const pattern = absolute(peer, parse(`TCP ${ends} ${sentence}`));
  const link = { source: macOfNeighbour(peer.at.address), destination };
  // The window is not scaled; the largest that a segment can say does not get in the way.
  return encodeHex(packetOf(pattern, { link, window: 0xffff }));
}

/** The segment in a frame, if it is one for the peer. */
function segmentFor(peer: Peer, frame: Frame) {
  if (frame.kind === 'raw' || frame.payload.kind !== 'ipv4') return undefined;
  const packet = frame.payload;
  if (packet.payload.kind !== 'tcp') return undefined;
  const { sourcePort, destinationPort } = packet.payload;
  if (packet.destination !== peer.at.address || destinationPort !== peer.at.port) return undefined;
  const host = { address: packet.source, port: sourcePort };
  if (peer.host !== undefined && endpoint(peer.host) !== endpoint(host)) return undefined;
  return { packet, segment: packet.payload, host };
}

/** A segment that a peer has got, in numbers that count from the first ones. */
export interface Got {
  readonly at: number;
  /** As of a captured frame. */
  readonly slack: number;
  readonly frame: Frame;
}

function relative(peer: Peer, frame: Frame): Frame {
  const found = segmentFor(peer, frame);
  if (found === undefined || frame.kind === 'raw') return frame;
  const { packet, segment, host } = found;
  peer.host ??= host;
  if (segment.flags.includes('SYN')) peer.hostIsn = segment.sequence;
  peer.lastSent = segment.sequence;
  peer.lastLength = segment.data.length / 2;
  for (const option of segment.options) {
    if (option.kind === 'timestamps') peer.hostStamp = option.value;
  }
  const acks = segment.flags.includes('ACK');
  if (acks) {
    peer.acked = word32(segment.acknowledgment - peer.isn);
    peer.offered = segment.window;
  }
  const counted = {
    ...segment,
    sequence: word32(segment.sequence - (peer.hostIsn ?? 0)),
    acknowledgment: acks ? word32(segment.acknowledgment - peer.isn) : segment.acknowledgment,
  };
  return { ...frame, payload: { ...packet, payload: counted } };
}

/** Takes the next segment for a peer. */
export async function nextSegment(world: SuiteWorld, peer: Peer): Promise<Got | undefined> {
  const captured = await collect(world);
  const place = captured.findIndex(
    (one) => one.interface === peer.interface && segmentFor(peer, one.frame) !== undefined,
  );
  const [taken] = place < 0 ? [] : captured.splice(place, 1);
  return taken === undefined
    ? undefined
    : { at: taken.at, slack: taken.slack, frame: relative(peer, taken.frame) };
}

/** The sentence that says what a peer has got, in its own numbers. */
export function shown(got: Got | undefined): string {
  if (got === undefined) return 'nothing';
  const text = print(got.frame).replace(/^TCP \S+ > \S+ /, '');
  return `${text} after ${got.at / 1_000_000} ms`;
}

/** The number behind the last octet of a segment, in the peer's numbers. */
export function endOf({ frame }: Got): number {
  const layer = frame.kind === 'raw' ? undefined : frame.payload;
  if (layer?.kind !== 'ipv4' || layer.payload.kind !== 'tcp') return 0;
  return layer.payload.sequence + layer.payload.data.length / 2;
}

/** The number of the first octet of a segment, in the peer's numbers. */
export function startOf({ frame }: Got): number {
  const layer = frame.kind === 'raw' ? undefined : frame.payload;
  return layer?.kind === 'ipv4' && layer.payload.kind === 'tcp' ? layer.payload.sequence : 0;
}

/** A segment that is another than a sentence says: the message tells in what. */
function otherSegment(differences: readonly string[], expected: string, got: Got): never {
  throw new assert.AssertionError({
    message: differences.join('; '),
    expected,
    actual: shown(got),
  });
}

/** Compares what a peer has got with a sentence, and its data with what was sent. */
export function assertSegment(peer: Peer, got: Got | undefined, sentence: string): Got {
  assert.ok(got !== undefined, `${peer.name} gets nothing, and should get ${sentence}`);
  const ends = `${endpoint(hostOf(peer))} > ${endpoint(peer.at)}`;
  const differences = matches(`TCP ${ends} ${sentence}`, got.frame);
  if (differences.length > 0) otherSegment(differences, sentence, got);
  assertOctets(peer, got);
  return got;
}

function assertOctets(peer: Peer, { frame }: Got): void {
  const segment = segmentFor(peer, frame)?.segment;
  if (segment === undefined || segment.data === '' || !peer.plain) return;
  const { data, sequence, flags } = segment;
  const expected = streamOctets(data.length / 2, sequence, flags.includes('SYN'));
  assert.equal(data, expected, `what stands at ${sequence} of the stream`);
}

/** The router from which errors come: it is on the network of the first peer. */
const ROUTER = PEER_ADDRESS;

/**
 * An ICMP error comes about a segment that the first peer should have got.
 *
 * @param beyond - octets from the sequence number of the last one that it has got.
 */
export async function routerSays(world: SuiteWorld, message: string, beyond: number) {
  const peer = peerOf(world, 1);
  const { at, lastSent, lastLength } = peer;
  const host = hostOf(peer);
  const sequence = word32(lastSent + beyond);
  const quoted = `TCP ${endpoint(host)} > ${endpoint(at)} seq ${sequence} length ${lastLength}`;
  const sentence = `ICMP ${ROUTER} > ${host.address} ${message} quoting (${quoted})`;
  const link = { source: macOfNeighbour(ROUTER), destination: macOfInterface(peer.interface) };
  await receiveFrame(world, peer.interface, encodeHex(packetOf(sentence, { link })));
}

/** Sets the scene: something else than expected is no verdict on what the scenario is about. */
export async function expected(world: SuiteWorld, number: number, sentence: string): Promise<void> {
  const peer = peerOf(world, number);
  const got = await nextSegment(world, peer);
  try {
    assertSegment(peer, got, sentence);
  } catch {
    throw new Inconclusive(`${peer.name} gets ${shown(got)}, and should get ${sentence}`);
  }
}
