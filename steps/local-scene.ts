/** Local sockets of a scenario: each program has one, and is called as the program. */
import assert from 'node:assert/strict';
import type { UnixSocketType } from '../contract/index.ts';
import type { LocalName } from './parameter-types-local.ts';
import { interruptedThrough, keepCall, valueOf } from './sleepers.ts';
import { notes, prepared, type SuiteWorld } from './world.ts';

interface LocalNotes {
  /** Handles by program. */
  readonly sockets: Map<string, string>;
  /** For which program another accepts. */
  readonly accepting: Map<string, string>;
}

const localNotes = notes<LocalNotes>(() => ({ sockets: new Map(), accepting: new Map() }));

export const localPort = (world: SuiteWorld) => world.port('unix-socket');

export function haveSocket(world: SuiteWorld, task: string, socket: string): void {
  interruptedThrough(world, 'unix-socket');
  localNotes(world).sockets.set(task, socket);
}

/** The socket of a program; one that another accepts for it is there when the call is done. */
export async function localSocket(world: SuiteWorld, task: string): Promise<string> {
  return (await localSocketOf(world, task)) ?? assert.fail(`${task} has no local socket`);
}

/** That of a program that may have none. */
export async function localSocketOf(world: SuiteWorld, task: string): Promise<string | undefined> {
  const { sockets, accepting } = localNotes(world);
  const by = [...accepting].find(([, owner]) => owner === task)?.[0];
  if (by !== undefined) {
    const { socket } = (await valueOf(world, by)) as { socket: string };
    accepting.delete(by);
    sockets.set(task, socket);
  }
  return sockets.get(task);
}

export async function openLocal(
  world: SuiteWorld,
  task: string,
  type: UnixSocketType,
  name?: LocalName,
): Promise<void> {
  const { socket } = prepared(await localPort(world).open({ type }));
  haveSocket(world, task, socket);
  if (name !== undefined) prepared(await localPort(world).bind({ socket, to: name }));
}

export async function localConnect(world: SuiteWorld, task: string, to: LocalName | null) {
  const socket = await localSocket(world, task);
  return keepCall(world, task, await localPort(world).connect({ socket, task, to }));
}

/** Accepts, and keeps the call under the program that makes it. */
export async function localAccept(
  world: SuiteWorld,
  task: string,
  owner: string,
  nonblock = false,
) {
  const socket = await localSocket(world, task);
  const outcome = await localPort(world).accept({ socket, task, nonblock });
  const { sockets, accepting } = localNotes(world);
  if ('ok' in outcome) sockets.set(owner, outcome.ok.socket);
  else accepting.set(task, owner);
  return keepCall(world, task, outcome);
}

export interface LocalMessage {
  readonly octets: string;
  readonly to?: LocalName;
  readonly nonblock?: boolean;
  readonly noSignal?: boolean;
}

export async function localSend(world: SuiteWorld, task: string, message: LocalMessage) {
  const socket = await localSocket(world, task);
  return keepCall(world, task, await localPort(world).send({ socket, task, ...message }));
}

const LARGEST = 65_536;

export async function localReceive(
  world: SuiteWorld,
  task: string,
  { size = LARGEST, ...how }: { size?: number; peek?: boolean; nonblock?: boolean } = {},
) {
  const socket = await localSocket(world, task);
  return keepCall(world, task, await localPort(world).receive({ socket, task, size, ...how }));
}
