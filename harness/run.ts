/**
 * Runs the features against an implementation, in cucumber-js.
 *
 * The order of things: read the specification, choose the scenarios, greet the implementation, run, and
 * sum up. Whatever ends the run early leaves the results of what was finished.
 */
import { createWriteStream, mkdirSync } from 'node:fs';
import path from 'node:path';
import { Writable } from 'node:stream';
import { finished } from 'node:stream/promises';
import { loadSupport, runCucumber, type ISupportCodeLibrary } from '@cucumber/cucumber/api';
import type { Envelope } from '@cucumber/messages';
import type { HelloValue } from '../contract/index.ts';
import type { Results } from '../reports/results.ts';
import { readCatalogue, type Statement } from './catalogue.ts';
import { Collector, type Finished } from './collect.ts';
import { diagnosed } from './diagnosis.ts';
import { matchFaster } from './matching.ts';
import { CannotDrive, GivenUp, ImplementationFailed, UsageError } from './problems.ts';
import { builtFile, ROOT } from './root.ts';
import { parseShard, selectScenarios } from './select.ts';
import { closeSession, openSession, session, type SessionParameters } from './session.ts';
import { readSpecification, type SpecifiedScenario, type Specification } from './specification.ts';
import { summarise } from './summarise.ts';

export interface RunOptions extends SessionParameters {
  readonly only: readonly string[];
  readonly shard?: string;
  /** Worker processes; 0 or 1: none, everything in this process. */
  readonly parallel: number;
  /** Where the message stream goes; undefined: nowhere. */
  readonly messages?: string;
  /** Hears of the plan and of each finished scenario, for a progress display. */
  readonly progress?: Progress;
  /** Ends the run early when it is aborted; its reason is said in the results. */
  readonly signal?: AbortSignal;
}

export interface Progress {
  started(total: number): void;
  finished(scenario: Finished): void;
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

/** Step definitions are loaded once a process, and serve every run in it. */
let loaded: Promise<ISupportCodeLibrary> | undefined;

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
  // A process takes as long to start as the steps to load, so neither waits for the other.
  const loading = loadSteps();
  const { hello, profile } = await greet(options).catch(async (error: unknown) => {
    await loading.catch(() => undefined);
    throw error;
  });
  await loading;
  const collector = new Collector(planned);
  options.progress?.started(planned.length);
  const cutShort = await runPlanned(planned, options, collector).finally(closeSession);
  const results = summarise(
    { ...options, hello, profile, cutShort: cutShort ?? collector.givenUp },
    catalogue,
    specification,
    collector.results(),
  );
  return { results, seconds: collector.seconds, givenUp: collector.givenUp };
}

/** The first handshake: without it there is nothing to run. */
async function greet(
  parameters: SessionParameters,
): Promise<{ hello: HelloValue; profile: string }> {
  const session = await openSession(sessionParameters(parameters));
  try {
    const hello = await session.begin();
    return { hello, profile: session.profile };
  } catch (error) {
    await closeSession();
    if (error instanceof ImplementationFailed || error instanceof GivenUp) {
      throw new CannotDrive(`"${parameters.impl}" could not be greeted: ${error.message}`);
    }
    throw error;
  }
}

/** Only what a worker needs, as plain JSON. */
function sessionParameters(options: SessionParameters): SessionParameters {
  const { impl, isolate, profile, seed, runs, shrink, maxRestarts } = options;
  const { callTimeoutMs, startTimeoutMs } = options;
  return {
    impl,
    ...(isolate !== undefined && { isolate }),
    ...(profile !== undefined && { profile }),
    seed,
    runs,
    ...(shrink !== undefined && { shrink }),
    callTimeoutMs,
    ...(startTimeoutMs !== undefined && { startTimeoutMs }),
    maxRestarts,
  };
}

/** @returns why the run ended early, if it did. */
async function runPlanned(
  planned: readonly SpecifiedScenario[],
  options: RunOptions,
  collector: Collector,
): Promise<string | undefined> {
  if (planned.length === 0) return undefined;
  const stream = messageStream(options.messages);
  const errors: string[] = [];
  const take = (envelope: Envelope) => {
    // What goes on after that, in whatever state it was left, is no result.
    if (options.signal?.aborted === true) return;
    const done = collector.take(envelope);
    if (done !== undefined) options.progress?.finished(done);
  };
  const sources = {
    defaultDialect: 'en',
    paths: isWhole(options) ? ['features/**/*.feature'] : linesByFile(planned),
    names: [],
    tagExpression: '',
    order: 'defined' as const,
  };
  const support = await loadSteps();
  const cucumber = runCucumber(
    {
      sources,
      support,
      runtime: {
        dryRun: false,
        failFast: false,
        filterStacktraces: true,
        parallel: options.parallel > 1 ? options.parallel : 0,
        retry: 0,
        retryTagFilter: '',
        strict: true,
        worldParameters: { ...sessionParameters(options) },
      },
      formats: {
        stdout: options.messages === undefined ? NULL_FORMATTER : 'message',
        files: {},
        publish: false,
        options: {},
      },
    },
    { cwd: ROOT, stdout: stream, stderr: collecting(errors) },
    take,
  ).then(() => undefined);
  const cutShort = await Promise.race([cucumber, aborted(options.signal)]);
  if (cutShort !== undefined) session().driver.abandon(cutShort);
  stream.end();
  await finished(stream).catch(() => undefined);
  if (cutShort === undefined && errors.length > 0 && collector.seconds.size === 0) {
    throw new UsageError(errors.join(''));
  }
  return cutShort;
}

const NULL_FORMATTER = builtFile('harness', 'null-formatter.js');

function loadSteps(): Promise<ISupportCodeLibrary> {
  loaded ??= loadSupport(
    {
      sources: { defaultDialect: 'en', paths: [], names: [], tagExpression: '', order: 'defined' },
      support: { importPaths: [...SUPPORT] },
    },
    { cwd: ROOT },
  ).then((library) => {
    matchFaster(library);
    return library;
  });
  return loaded;
}

/** Every module of steps/, and the step by which properties are stated; in the root folder. */
const SUPPORT = ['dist/steps/*.js', 'dist/properties/property.steps.js'] as const;

/** Whether every scenario is planned. */
function isWhole({ only, shard }: RunOptions): boolean {
  return only.length === 0 && shard === undefined;
}

/** Paths as cucumber selects by: a file with the lines of its chosen scenarios. */
function linesByFile(planned: readonly SpecifiedScenario[]): string[] {
  const lines = new Map<string, number[]>();
  for (const { feature, line } of planned) {
    const known = lines.get(feature);
    if (known === undefined) lines.set(feature, [line]);
    else known.push(line);
  }
  return [...lines].map(([feature, numbers]) =>
    [path.join(ROOT, 'features', feature), ...numbers].join(':'),
  );
}

function messageStream(file: string | undefined): Writable {
  if (file === undefined) return new Writable({ write: (_chunk, _encoding, done) => done() });
  mkdirSync(path.dirname(file), { recursive: true });
  return createWriteStream(file);
}

function collecting(lines: string[]): Writable {
  return new Writable({
    write(chunk: Buffer, _encoding, done) {
      lines.push(chunk.toString());
      done();
    },
  });
}

function aborted(signal: AbortSignal | undefined): Promise<string> {
  return new Promise((resolve) => {
    signal?.addEventListener('abort', () => resolve(String(signal.reason)), { once: true });
  });
}
