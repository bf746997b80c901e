/**
 * Runs the features against an implementation.
 *
 * The order of things: read the specification, choose the scenarios, greet the implementation, run, and
 * sum up. Whatever ends the run early leaves the results of what was finished.
 */
import { availableParallelism } from 'node:os';
import type { Results, Verdict } from '../reports/results.ts';
import { readCatalogue, type Statement } from './catalogue.ts';
import type { Finished } from './collect.ts';
import { diagnosed } from './diagnosis.ts';
import { Gathered } from './gather.ts';
import { BUILT_IN } from './load.ts';
import { joinMessages, partOf } from './messages.ts';
import { onePortion, portionsFor } from './portions.ts';
import type { Ended, Portion } from './runner.ts';
import { parseShard, selectScenarios } from './select.ts';
import { closeSession, type Greeted, type SessionParameters } from './session.ts';
import { readSpecification, type SpecifiedScenario, type Specification } from './specification.ts';
import { summarise } from './summarise.ts';
import { runInWorkers } from './workers.ts';

export interface RunOptions extends SessionParameters {
  readonly only: readonly string[];
  readonly shard?: string;
  /** Worker processes; 0 or 1: none, everything in this process; undefined: as many as pay. */
  readonly parallel?: number | undefined;
  /** Where the message stream goes; undefined: nowhere. */
  readonly messages?: string;
  /** Leaves out what comes after the first scenario that does not pass; only without workers. */
  readonly stopAtFailure?: boolean | undefined;
  /** Hears of the plan and of each finished scenario, for a progress display. */
  readonly progress?: Progress;
  /** Ends the run early when it is aborted; its reason is said in the results. */
  readonly signal?: AbortSignal;
}

export interface Progress {
  started(total: number): void;
  finished(verdict: Verdict): void;
}

export interface RunOutcome {
  readonly results: Results;
  /** Wall-clock seconds by scenario key. */
  readonly seconds: ReadonlyMap<string, number>;
  /** Why the implementation was given up, if it was. */
  readonly givenUp: string | undefined;
}

/** The specification and the catalogue, read once. */
export interface Book {
  readonly specification: Specification;
  readonly catalogue: readonly Statement[];
}

export function readBook(): Book {
  return { specification: readSpecification(), catalogue: readCatalogue() };
}

/**
 * Runs, and names the likely bug of what failed.
 *
 * @throws UsageError — a selector or a shard makes no sense.
 * @throws CannotDrive — the implementation cannot be loaded, started or greeted.
 */
export async function run(options: RunOptions, book: Book = readBook()): Promise<RunOutcome> {
  const outcome = await runUndiagnosed(options, book);
  if (!outcome.results.scenarios.some(({ verdict }) => verdict === 'fail')) return outcome;
  const { readKillMatrix } = await import('./kill-matrix-file.ts');
  return { ...outcome, results: diagnosed(outcome.results, readKillMatrix) };
}

/** The run alone. Throws as run does. */
export async function runUndiagnosed(
  options: RunOptions,
  book: Book = readBook(),
): Promise<RunOutcome> {
  const { specification, catalogue } = book;
  const shard = options.shard === undefined ? undefined : parseShard(options.shard);
  const planned = selectScenarios(specification.scenarios, catalogue, options.only, shard);
  const plan: Plan = { planned, all: specification.scenarios, options };
  const workers = options.parallel ?? workersThatPay(options, planned.length);
  const ran = (workers > 1 ? await withWorkers(workers, plan) : undefined) ?? (await here(plan));
  const { gathered, greeted, cutShort, givenUp } = ran;
  const results = summarise(
    { ...options, ...greeted, cutShort: cutShort ?? givenUp },
    catalogue,
    specification,
    gathered.results(),
  );
  return { results, seconds: gathered.seconds(), givenUp };
}

/** What is to be run, and how. */
interface Plan {
  readonly planned: readonly SpecifiedScenario[];
  /** All that the specification has. */
  readonly all: readonly SpecifiedScenario[];
  readonly options: RunOptions;
}

interface Ran extends Ended {
  readonly greeted: Greeted;
  readonly gathered: Gathered;
}

/** Scenarios that take about as long as a worker to start. */
const SCENARIOS_A_WORKER = 300;

/** A process by itself keeps a second one half busy, which compiles and collects garbage for it. */
const PROCESSORS_A_WORKER = 2;

/** One that talks to an implementation in another process waits as long as that one works. */
const PROCESSORS_A_PAIR = 1;

/** What others judge may not stand beside another of its kind, so only for ours is it decided here. */
function workersThatPay({ impl, isolate }: RunOptions, scenarios: number): number {
  if (!Object.hasOwn(BUILT_IN, impl)) return 0;
  const processors = isolate === true ? PROCESSORS_A_PAIR : PROCESSORS_A_WORKER;
  return Math.floor(Math.min(availableParallelism() / processors, scenarios / SCENARIOS_A_WORKER));
}

/** Hears what is finished, from the beginning of a run. */
function gathering({ planned, options: { progress } }: Plan) {
  const gathered = new Gathered(planned);
  progress?.started(planned.length);
  const heard = (finished: Finished) => {
    gathered.add(finished);
    progress?.finished(finished.result.verdict);
  };
  return { gathered, heard };
}

/** In this process. */
async function here(plan: Plan): Promise<Ran> {
  const { planned, all, options } = plan;
  const { gathered, heard } = gathering(plan);
  const { makeReady, runPortion } = await import('./runner.ts');
  const greeted = await makeReady(sessionParameters(options));
  const { messages, stopAtFailure } = options;
  const portion = { ...withMessages(onePortion(planned, all), messages), stopAtFailure };
  const ended = await runPortion(portion, heard, aborted(options.signal)).finally(closeSession);
  return { gathered, greeted, ...ended };
}

/**
 * On several processors.
 *
 * @returns undefined — there is nothing to divide, or the implementation was given up or should have been:
 * where that happens follows from what was run before in the same process, so one alone is to say it.
 */
async function withWorkers(count: number, plan: Plan): Promise<Ran | undefined> {
  const { planned, all, options } = plan;
  const { messages, signal, maxRestarts } = options;
  const portions = portionsFor(count, planned, all).map((portion, at) =>
    withMessages(portion, messages && partOf(messages, at)),
  );
  if (portions.length < 2) return undefined;
  const { gathered, heard } = gathering(plan);
  const ended = await runInWorkers(
    Math.min(count, portions.length),
    portions,
    sessionParameters(options),
    heard,
    aborted(signal),
  );
  if (messages !== undefined) joinMessages(messages, portions.length);
  if (ended.givenUp !== undefined || ended.deaths > maxRestarts) return undefined;
  return { gathered, ...ended };
}

function withMessages(portion: Portion, messages: string | undefined): Portion {
  return messages === undefined ? portion : { ...portion, messages };
}

function aborted(signal: AbortSignal | undefined): Promise<string> {
  return new Promise((resolve) => {
    const end = () => resolve(String(signal?.reason));
    if (signal?.aborted === true) end();
    else signal?.addEventListener('abort', end, { once: true });
  });
}

/** Only what a session needs, as plain JSON. */
function sessionParameters(options: SessionParameters): SessionParameters {
  const { impl, isolate, fresh, profile, peer, peerProfile, seed, runs, shrink } = options;
  const { maxRestarts, maxWaitMs } = options;
  const { callTimeoutMs, startTimeoutMs } = options;
  return {
    impl,
    ...(isolate !== undefined && { isolate }),
    ...(fresh !== undefined && { fresh }),
    ...(profile !== undefined && { profile }),
    ...(peer !== undefined && { peer }),
    ...(peerProfile !== undefined && { peerProfile }),
    seed,
    runs,
    ...(shrink !== undefined && { shrink }),
    callTimeoutMs,
    ...(startTimeoutMs !== undefined && { startTimeoutMs }),
    maxRestarts,
    ...(maxWaitMs !== undefined && { maxWaitMs }),
  };
}
