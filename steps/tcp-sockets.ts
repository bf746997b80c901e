/** The stream sockets of a scenario, by the programs that have them. */
import assert from 'node:assert/strict';
import { filling } from '../harness/packets/index.ts';
import { collect } from './network-scene.ts';
import { interruptedThrough, keepCall, valueOf } from './sleepers.ts';
import type { Endpoint } from './parameter-types-network.ts';
import { talkTo } from './tcp-scene.ts';
import { notes, prepared, type SuiteWorld } from './world.ts';

/** What a program has: a listening socket, a connection, or both. */
interface Program {
  listening: string | undefined;
  connection: string | undefined;
  /** The one that it has closed last. */
  closed: string | undefined;
  /** Octets that it has sent and received on its connection. */
  sent: number;
  received: number;
}

const programs = notes(() => new Map<string, Program>());

function programOf(world: SuiteWorld, task: string): Program {
  const known = programs(world).get(task);
  if (known !== undefined) return known;
  const fresh = {
    listening: undefined,
    connection: undefined,
    closed: undefined,
    sent: 0,
    received: 0,
  };
  programs(world).set(task, fresh);
  return fresh;
}

/** Makes a socket for the program's connection. */
export async function openStream(world: SuiteWorld, task: string): Promise<string> {
  const { socket } = prepared(await world.port('tcp').open({}));
  interruptedThrough(world, 'tcp');
  const program = programOf(world, task);
  program.connection = socket;
  program.sent = 0;
  program.received = 0;
  return socket;
}

/** The program's connection is to be of a socket that was made elsewhere. */
export function takeStream(world: SuiteWorld, task: string, socket: string): void {
  interruptedThrough(world, 'tcp');
  Object.assign(programOf(world, task), { connection: socket, sent: 0, received: 0 });
}

/** From now on the program's socket listens. */
export function nowListens(world: SuiteWorld, task: string): void {
  const program = programOf(world, task);
  program.listening = program.connection ?? program.listening;
  program.connection = undefined;
}

/** A socket that listens. */
export async function listenAt(world: SuiteWorld, task: string, to: Endpoint, backlog: number) {
  const socket = await openStream(world, task);
  prepared(await world.port('tcp').bind({ socket, to }));
  prepared(await world.port('tcp').listen({ socket, backlog }));
  nowListens(world, task);
  talkTo(world, to);
}

export function listens(world: SuiteWorld, task: string): boolean {
  return programOf(world, task).listening !== undefined;
}

export function listeningOf(world: SuiteWorld, task: string): string {
  return programOf(world, task).listening ?? assert.fail(`${task} does not listen`);
}

/** The socket of the program's connection; where it has none, the one that it listens at. */
export function streamOf(world: SuiteWorld, task: string): string {
  const { connection, listening } = programOf(world, task);
  return connection ?? listening ?? assert.fail(`${task} has no stream socket`);
}

/** The socket that the program has closed last. */
export function closedOf(world: SuiteWorld, task: string): string {
  return programOf(world, task).closed ?? assert.fail(`${task} has closed no stream socket`);
}

/** Accepts a connection, and takes it as the program's own when there is one. */
export async function accept(world: SuiteWorld, task: string, dontWait = false) {
  const socket = listeningOf(world, task);
  const outcome = keepCall(world, task, await world.port('tcp').accept({ socket, task, dontWait }));
  if ('ok' in outcome) accepted(world, task, outcome.ok.socket);
  await collect(world);
  return outcome;
}

function accepted(world: SuiteWorld, task: string, socket: string): void {
  Object.assign(programOf(world, task), { connection: socket, sent: 0, received: 0 });
}

/** The client of the connection that the last accept of a program has come to. */
export async function clientOf(world: SuiteWorld, task: string): Promise<Endpoint> {
  const { socket, from } = (await valueOf(world, task)) as { socket: string; from: Endpoint };
  if (programOf(world, task).connection !== socket) accepted(world, task, socket);
  return from;
}

/** Connects the program's socket, or a new one; what the two send then is a stream of its own. */
export async function connect(
  world: SuiteWorld,
  task: string,
  to: Endpoint | null,
  dontWait = false,
) {
  const socket = programOf(world, task).connection ?? (await openStream(world, task));
  const answer = await world.port('tcp').connect({ socket, task, to, dontWait });
  const outcome = keepCall(world, task, answer);
  if ('asleep' in outcome) Object.assign(programOf(world, task), { sent: 0, received: 0 });
  await collect(world);
  return outcome;
}

export interface Sending {
  readonly more?: boolean;
  readonly outOfBand?: boolean;
  readonly noSignal?: boolean;
  readonly dontWait?: boolean;
}

/** Sends octets that tell their place in the stream. */
export async function sendStream(
  world: SuiteWorld,
  task: string,
  length: number,
  how: Sending = {},
) {
  const program = programOf(world, task);
  const octets = filling(length, program.sent % 251);
  program.sent += length;
  const socket = streamOf(world, task);
  const answer = await world.port('tcp').send({ socket, task, octets, ...how });
  const outcome = keepCall(world, task, answer);
  // What was not taken is still to be sent.
  if (!('asleep' in outcome)) program.sent -= length - ('ok' in outcome ? outcome.ok.length : 0);
  await collect(world);
  return outcome;
}

export interface Receiving {
  readonly peek?: boolean;
  readonly waitAll?: boolean;
  readonly outOfBand?: boolean;
  readonly dontWait?: boolean;
}

export async function receiveStream(
  world: SuiteWorld,
  task: string,
  size: number,
  how: Receiving = {},
) {
  const socket = streamOf(world, task);
  const answer = await world.port('tcp').receive({ socket, task, size, ...how });
  const outcome = keepCall(world, task, answer);
  await collect(world);
  return outcome;
}

/** Compares what a program's last call has got with the next octets of the stream. */
export async function assertReceived(
  world: SuiteWorld,
  task: string,
  length: number,
  stays = false,
): Promise<void> {
  const program = programOf(world, task);
  const { octets } = (await valueOf(world, task)) as { octets: string };
  assert.equal(octets.length / 2, length, `octets that ${task} gets`);
  assert.equal(octets, filling(length, program.received % 251), `what ${task} gets`);
  if (!stays) program.received += length;
}

/** Passes over octets of the stream, such as an urgent one that is not in line. */
export function skip(world: SuiteWorld, task: string, octets: number): void {
  programOf(world, task).received += octets;
}

/** Closes the program's connection; where it has none, the socket that it listens at. */
export async function close(world: SuiteWorld, task: string) {
  const socket = streamOf(world, task);
  const program = programOf(world, task);
  if (program.connection === socket) program.connection = undefined;
  else program.listening = undefined;
  program.closed = socket;
  const outcome = keepCall(world, task, await world.port('tcp').close({ socket, task }));
  await collect(world);
  return outcome;
}
