/**
 * The world of a scenario: the implementation under test and the outcome of the last call.
 *
 * Each step file keeps what else it has to remember in notes of its own.
 */
import assert from 'node:assert/strict';
import { setWorldConstructor, World } from '@cucumber/cucumber';
import type { Capability, Errno } from '../contract/index.ts';
import { TRIED } from '../harness/attachments.ts';
import type { ClientPorts, MaybeAsleep, SleepingCall } from '../harness/client.ts';
import type { Clock } from '../harness/clock.ts';
import { Inconclusive } from '../harness/problems.ts';
import { session } from '../harness/session.ts';

/** An outcome with its value left open: for steps that judge errnos, bugs and sleep. */
export type AnyOutcome = MaybeAsleep;

export class SuiteWorld extends World {
  /** Steps of the scenario that have been begun: the last is under way. */
  stepsBegun = 0;
  /** Capabilities that the scenario needs. */
  capabilities: readonly string[] = [];
  /** The hosts of a lab, by name; the implementation under test is the first. */
  readonly hosts = new Map<string, ClientPorts>();
  /** The host that each program is on. */
  readonly #places = new Map<string, string>();
  /** The scenario asks what is so at instants: time goes on by exactly what it says. */
  atInstants = false;
  #last: AnyOutcome | undefined;

  /**
   * A port of the implementation under test.
   *
   * @param program - who calls: in a lab, the port is of the host that it is on.
   */
  port<Name extends Capability>(name: Name, program?: string): ClientPorts[Name] {
    const { ports } = session();
    if (program === undefined || this.hosts.size === 0) return ports[name];
    return (this.hosts.get(this.hostOf(program)) ?? ports)[name];
  }

  /** The host that a program is on. @throws AssertionError — nobody has said. */
  hostOf(program: string): string {
    const host = this.#places.get(program);
    return host ?? assert.fail(`say where ${program} is, as in "Given ${program} is on A"`);
  }

  place(program: string, host: string): void {
    assert.ok(this.hosts.has(host), `there is no host ${host} in the lab`);
    this.#places.set(program, host);
  }

  /** The profile that the implementation is judged by. */
  get profile(): string {
    return session().profile;
  }

  /** The clock that the implementation declares. */
  get clock(): Clock {
    return session().clock;
  }

  /** Longest wait that one call may take, in milliseconds. */
  get callTimeoutMs(): number {
    return session().parameters.callTimeoutMs;
  }

  /** Keeps an outcome for a Then to judge. */
  record<Value extends AnyOutcome>(outcome: Value): Value {
    this.#last = outcome;
    return outcome;
  }

  /** Reports beside the step that it tried all of a finite number. */
  tried(count: number, noun: string): void {
    this.attach(`${count} ${noun}`, TRIED);
  }

  /** The outcome of the last call under test. */
  get last(): AnyOutcome {
    return this.#last ?? assert.fail('the scenario has made no call that could be judged');
  }
}

setWorldConstructor(SuiteWorld);

/** Notes of a step file: made afresh for each scenario. */
export function notes<Notes extends object>(fresh: () => Notes): (world: SuiteWorld) => Notes {
  const kept = new WeakMap<SuiteWorld, Notes>();
  return (world) => {
    const known = kept.get(world) ?? fresh();
    kept.set(world, known);
    return known;
  };
}

function waitingFor({ waitsFor }: SleepingCall): string {
  return waitsFor === undefined ? '' : ` (waits for ${waitsFor})`;
}

/** An outcome in words. */
export function described(outcome: AnyOutcome): string {
  if ('errno' in outcome) return `fails with ${outcome.errno}`;
  if ('asleep' in outcome) return `sleeps${waitingFor(outcome.asleep)}`;
  if ('bug' in outcome) return `is refused as a bug (${outcome.bug})`;
  return `succeeds with ${JSON.stringify(outcome.ok)}`;
}

/** The value of a call that sets the scene. @throws Inconclusive — the call failed. */
export function prepared<Value>(outcome: MaybeAsleep<Value, Errno>): Value {
  if ('ok' in outcome) return outcome.ok;
  throw new Inconclusive(`the scene could not be set: a call ${described(outcome)}`);
}

/** The value of a call under test. @throws AssertionError — the call failed; so does the test. */
export function succeeded<Value>(outcome: MaybeAsleep<Value, Errno>): Value {
  if ('ok' in outcome) return outcome.ok;
  assert.fail(`the call ${described(outcome)}, and should succeed`);
}
