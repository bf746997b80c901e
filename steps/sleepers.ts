/**
 * Calls that may sleep, by the task that made them.
 *
 * A step makes a call for a task and keeps it here; what it has come to is asked for when a Then
 * wants to know, so whatever ends a sleep may lie between.
 */
import assert from 'node:assert/strict';
import { notes, type AnyOutcome, type SuiteWorld } from './world.ts';

const calls = notes(() => new Map<string, AnyOutcome>());

/** Keeps the outcome of a task's call. */
export function keepCall<Kept extends AnyOutcome>(
  world: SuiteWorld,
  task: string,
  outcome: Kept,
): Kept {
  calls(world).set(task, outcome);
  return world.record(outcome);
}

/** What the last call of a task has come to by now. */
export async function callOf(world: SuiteWorld, task: string): Promise<AnyOutcome> {
  const call = calls(world).get(task) ?? assert.fail(`${task} has made no call`);
  return 'asleep' in call ? call.asleep.poll() : call;
}
