/** Boots the implementation before each scenario, and reports on it after a failure. */
import { AssertionError } from 'node:assert/strict';
import { inspect } from 'node:util';
import {
  After,
  AfterAll,
  AfterStep,
  Before,
  BeforeAll,
  setDefaultTimeout,
} from '@cucumber/cucumber';
import { FAILURE_DETAILS, NOT_APPLICABLE, type FailureDetails } from '../harness/attachments.ts';
import { AdapterFault, Inconclusive, ImplementationFailed } from '../harness/problems.ts';
import { closeSession, notApplicable, openSession, session } from '../harness/session.ts';
import type { SessionParameters } from '../harness/session.ts';
import type { SuiteWorld } from './world.ts';

// Every call has its own bound; a step is many calls, and a property many steps.
setDefaultTimeout(10 * 60 * 1000);

BeforeAll(async function () {
  await openSession(this.parameters as unknown as SessionParameters);
});

AfterAll(async () => {
  await closeSession();
});

Before(async function (this: SuiteWorld, { pickle }) {
  try {
    await session().begin();
  } catch (error) {
    report(this, error);
    throw error;
  }
  const tags = pickle.tags.map(({ name }) => name);
  const named = (prefix: string) =>
    tags.filter((tag) => tag.startsWith(prefix)).map((tag) => tag.slice(prefix.length));
  const reason = notApplicable(
    { capabilities: named('@cap:'), profiles: named('@profile:') },
    { offers: (capability) => session().offers(capability), profile: session().profile },
  );
  if (reason === undefined) return undefined;
  this.attach(reason, NOT_APPLICABLE);
  return 'skipped';
});

/** Scenarios in which the implementation misbehaved. */
const misbehaved = new WeakSet<SuiteWorld>();

// The hook after the scenario is told of an error only when it is that of the last step.
AfterStep(function (this: SuiteWorld, { error }: { error?: unknown }) {
  if (error === undefined) return;
  report(this, error);
  if (error instanceof ImplementationFailed) misbehaved.add(this);
});

After(async function (this: SuiteWorld) {
  try {
    await session().driver.end(misbehaved.has(this));
  } catch (late) {
    report(this, late);
    throw late;
  }
});

function report(world: SuiteWorld, error: unknown): void {
  world.attach(JSON.stringify(failureDetails(error)), FAILURE_DETAILS);
}

/** What the report of a failure needs beyond the step and the message. */
function failureDetails(error: unknown): FailureDetails {
  const connection = session().driver.last;
  const { expected, actual, counterexample } = error as Partial<Record<string, unknown>>;
  const shown = (value: unknown) => (typeof value === 'string' ? value : inspect(value));
  return {
    kind: kindOf(error),
    message: messageOf(error),
    ...(expected !== undefined && { expected: shown(expected) }),
    ...(actual !== undefined && { actual: shown(actual) }),
    ...(typeof counterexample === 'string' && { counterexample }),
    exchange: (connection?.lastExchanges() ?? []).flatMap(({ request, reply }) => [
      `> ${request}`,
      ...(reply === undefined ? [] : [`< ${reply}`]),
    ]),
    log: connection?.log() ?? '',
  };
}

/** Assert's own message is a drawing of the two values, which are reported beside it anyway. */
function messageOf(error: unknown): string {
  if (error instanceof AssertionError && error.generatedMessage) {
    return `expected ${oneLine(error.expected)}, got ${oneLine(error.actual)}`;
  }
  if (error instanceof AssertionError && error.expected !== undefined) {
    return `${error.message}: expected ${oneLine(error.expected)}, got ${oneLine(error.actual)}`;
  }
  return error instanceof Error ? error.message : String(error);
}

function oneLine(value: unknown): string {
  return typeof value === 'string' ? value : inspect(value, { breakLength: Infinity, depth: 4 });
}

function kindOf(error: unknown): FailureDetails['kind'] {
  if (error instanceof ImplementationFailed) return error.kind;
  if (error instanceof AdapterFault) return 'fault';
  if (error instanceof Inconclusive) return 'scene';
  if (error instanceof Error && error.name === 'AssertionError') return 'difference';
  return 'suite';
}
