/** The buffers that a scenario names, and what its step files share of them. */
import assert from 'node:assert/strict';
import type { ValueOf } from '../contract/port.ts';
import type { Outcome, skBuff } from '../contract/index.ts';
import { notes, succeeded, type AnyOutcome, type SuiteWorld } from './world.ts';

type Layout = ValueOf<(typeof skBuff)['methods']['layout']>;

export const bufferNotes = notes(() => ({
  handles: new Map<string, string>(),
  firstLayouts: new Map<string, Layout>(),
  /** Everything that was put into buffers, in order. */
  put: '',
}));

/** The handle of a buffer that the scenario named. */
export function handleOf(world: SuiteWorld, name: string): string {
  return (
    bufferNotes(world).handles.get(name) ?? assert.fail(`the scenario has no buffer "${name}"`)
  );
}

/** The name of a buffer; its handle if the scenario has none for it. */
export function nameOf(world: SuiteWorld, handle: string): string {
  for (const [name, other] of bufferNotes(world).handles) if (other === handle) return name;
  return handle;
}

/** Gives a name to a buffer that a call has made. */
export function named<O extends Outcome<{ skb: string }, 'ENOMEM'>>(
  world: SuiteWorld,
  name: string,
  outcome: O,
): O {
  if ('ok' in outcome) bufferNotes(world).handles.set(name, outcome.ok.skb);
  return outcome;
}

export async function layoutOf(world: SuiteWorld, name: string): Promise<Layout> {
  return succeeded(await world.port('sk-buff').layout({ skb: handleOf(world, name) }));
}
/** Takes a new buffer and gives it a name. */
export async function allocate(world: SuiteWorld, name: string, size: number): Promise<AnyOutcome> {
  const outcome = named(world, name, await world.port('sk-buff').alloc({ size }));
  if ('ok' in outcome) bufferNotes(world).firstLayouts.set(name, await layoutOf(world, name));
  return outcome;
}

/** Puts octets into a buffer, and remembers that it did. */
export async function put(world: SuiteWorld, octets: string, name: string) {
  bufferNotes(world).put += octets;
  return world.port('sk-buff').put({ skb: handleOf(world, name), octets });
}
