/** Boots the implementation before each scenario, and reports on it after a failure. */
import { AssertionError } from 'node:assert/strict';
import { inspect, stripVTControlCharacters } from 'node:util';
import { After, Before, setDefaultTimeout, setDefinitionFunctionWrapper } from '@cucumber/cucumber';
import { FAILURE_DETAILS, NOT_APPLICABLE, type FailureDetails } from '../harness/attachments.ts';
import { beyondClock, INSTANT_TAG, MAX_WAIT_MS } from '../harness/clock.ts';
import { AdapterFault, Inconclusive, ImplementationFailed } from '../harness/problems.ts';
import { notApplicable, session } from '../harness/session.ts';
import { recordedNetwork } from './network-recording.ts';
import { SuiteWorld } from './world.ts';

// Every call has its own bound; cucumber's timers would only add to each step.
setDefaultTimeout(-1);

Before(async function (this: SuiteWorld, { pickle }) {
  // A hook is wrapped like a step, and is none.
  this.stepsBegun = 0;
  // Nobody is started for a scenario that is not to be run; what it offers it says but once.
  if (session().hello === undefined) await session().begin();
  const tags = pickle.tags.map(({ name }) => name);
  const named = (prefix: string) =>
    tags.filter((tag) => tag.startsWith(prefix)).map((tag) => tag.slice(prefix.length));
  this.capabilities = named('@cap:');
  const { clock, parameters, profile } = session();
  const reason =
    notApplicable(
      { capabilities: this.capabilities, profiles: named('@profile:') },
      { offers: (capability) => session().offers(capability), profile },
    ) ??
    beyondClock(clock, {
      tags,
      steps: pickle.steps.map(({ text }) => text),
      maxWaitMs: parameters.maxWaitMs ?? MAX_WAIT_MS,
    });
  if (reason !== undefined) {
    this.attach(reason, NOT_APPLICABLE);
    return 'skipped';
  }
  this.atInstants = tags.includes(INSTANT_TAG);
  await session().begin();
  return undefined;
});

type Step = (this: SuiteWorld, ...args: unknown[]) => unknown;

/** What ended a scenario; cucumber tells the hook after it only of the last step's error. */
const errors = new WeakMap<SuiteWorld, unknown>();

function failed(world: SuiteWorld, error: unknown): never {
  if (world instanceof SuiteWorld) errors.set(world, error);
  // Cucumber would draw the difference between the two values, in time that grows with its square.
  if (error instanceof AssertionError) Object.assign(error, { showDiff: false });
  throw error;
}

setDefinitionFunctionWrapper(
  (step: Step) =>
    // What gives no promise must not be made one: cucumber does much more about promises.
    function (this: SuiteWorld, ...args: unknown[]): unknown {
      try {
        if (this instanceof SuiteWorld) this.stepsBegun += 1;
        const result = step.apply(this, args);
        return result instanceof Promise
          ? result.catch((error: unknown) => failed(this, error))
          : result;
      } catch (error) {
        return failed(this, error);
      }
    },
);

After(async function (this: SuiteWorld, { pickle }) {
  const error = errors.get(this);
  const steps = pickle.steps.map(({ text }) => text);
  if (error !== undefined) report(this, error, steps);
  try {
    await session().end();
  } catch (late) {
    if (error !== undefined) return;
    report(this, late, steps);
    throw late;
  }
});

function report(world: SuiteWorld, error: unknown, steps: readonly string[]): void {
  const network = recordedNetwork(world, steps);
  const details = { ...failureDetails(world, error), ...(network !== undefined && { network }) };
  world.attach(JSON.stringify(details), FAILURE_DETAILS);
}

/** What the report of a failure needs beyond the step and the message. */
function failureDetails(world: SuiteWorld, error: unknown): FailureDetails {
  const talks = conversations(world);
  const { expected, actual, counterexample } = error as Partial<Record<string, unknown>>;
  const shown = (value: unknown) => (typeof value === 'string' ? value : inspect(value));
  return {
    kind: kindOf(error),
    message: messageOf(error),
    ...(expected !== undefined && { expected: shown(expected) }),
    ...(actual !== undefined && { actual: shown(actual) }),
    ...(typeof counterexample === 'string' && { counterexample }),
    exchange: talks.flatMap(({ lines }) => lines),
    log: talks.map(({ log }) => log).join(''),
  };
}

/** The last lines exchanged with each host, and its log; where there are several, each says whose it is. */
function conversations({ hosts }: SuiteWorld): { lines: readonly string[]; log: string }[] {
  const all = [...session().lastConnections([...hosts.keys()])];
  return all.map(({ host, connection }) => {
    const whose = all.length > 1 ? `${host}: ` : '';
    const lines = connection
      .lastExchanges()
      .flatMap(({ request, reply }) => [
        `> ${whose}${request}`,
        ...(reply === undefined ? [] : [`< ${whose}${reply}`]),
      ]);
    return { lines, log: whose === '' ? connection.log() : logOf(whose, connection.log()) };
  });
}

function logOf(whose: string, log: string): string {
  return log === '' ? '' : `${whose}\n${log}\n`;
}

/**
 * Assert's own message is a drawing of the two values, which are reported beside it anyway. Some versions of Node
 * draw it below a message of ours too, each in its own way and in colour where that is wanted; a fingerprint must not
 * depend on that.
 */
function messageOf(error: unknown): string {
  if (error instanceof AssertionError && error.generatedMessage) {
    return `expected ${oneLine(error.expected)}, got ${oneLine(error.actual)}`;
  }
  if (error instanceof AssertionError) {
    const [ours = ''] = stripVTControlCharacters(error.message).split(DRAWING, 1);
    if (error.expected === undefined) return ours;
    return `${ours}: expected ${oneLine(error.expected)}, got ${oneLine(error.actual)}`;
  }
  return error instanceof Error ? error.message : String(error);
}

const DRAWING = /\n\+ actual - expected/;

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
