/**
 * Calls that may sleep, by the task that made them.
 *
 * A step makes a call for a task and keeps it here; what it has come to is asked for when a Then
 * wants to know, so whatever ends a sleep may lie between.
 */
import assert from 'node:assert/strict';
import { Inconclusive } from '../harness/problems.ts';
import { described, notes, type AnyOutcome, type SuiteWorld } from './world.ts';

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

/** Sets the scene: the call has to sleep. @throws Inconclusive — it has come to something. */
export function asleep(outcome: AnyOutcome): void {
  if (!('asleep' in outcome)) throw new Inconclusive(`the call ${described(outcome)}`);
}

/** The value of a task's last call. @throws AssertionError — it sleeps or has failed. */
export async function valueOf(world: SuiteWorld, task: string): Promise<Record<string, unknown>> {
  const outcome = await callOf(world, task);
  assert.ok('ok' in outcome, `the call of ${task} ${described(outcome)}, and should succeed`);
  return outcome.ok as Record<string, unknown>;
}

/** Ports whose calls a signal may interrupt. */
type InterruptiblePort =
  'pipe' | 'fifo' | 'line-discipline' | 'descriptor' | 'udp' | 'raw-ip' | 'tcp' | 'unix-socket';

const interrupting = notes(() => ({ port: undefined as InterruptiblePort | undefined }));

/** Says which port is told of signals in this scenario. */
export function interruptedThrough(world: SuiteWorld, port: InterruptiblePort): void {
  interrupting(world).port = port;
}

/** A signal comes to a task. */
export function interrupt(world: SuiteWorld, task: string, restart: boolean) {
  const port = interrupting(world).port ?? assert.fail('there is nothing to sleep in yet');
  return world.port(port, task).interrupt({ task, restart });
}
