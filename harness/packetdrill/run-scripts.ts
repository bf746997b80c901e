/** Scripts one after the other on an implementation, summed up as a run of features is. */
import type { Results, ScenarioResult } from '../../reports/results.ts';
import { readCatalogue } from '../catalogue.ts';
import { GivenUp } from '../problems.ts';
import { closeSession, greet, openSession, type SessionParameters } from '../session.ts';
import type { Progress } from '../run.ts';
import { summarise } from '../summarise.ts';
import { judgeScript } from './judge-script.ts';
import type { ReadScript } from './read-scripts.ts';

export interface ScriptsOutcome {
  readonly results: Results;
  /** Wall-clock seconds by key. */
  readonly seconds: ReadonlyMap<string, number>;
  /** Why the implementation was given up, if it was. */
  readonly givenUp: string | undefined;
}

export interface ScriptsOptions extends SessionParameters {
  readonly progress?: Progress;
  /** Ends the run early when it is aborted; its reason is said in the results. */
  readonly signal?: AbortSignal;
}

/** @throws CannotDrive — the implementation cannot be loaded, started or greeted. */
export async function runScripts(
  scripts: readonly ReadScript[],
  options: ScriptsOptions,
): Promise<ScriptsOutcome> {
  const { impl, seed, runs, progress } = options;
  const ended = () => options.signal?.aborted === true;
  const greeted = await greet(options);
  const judged: ScenarioResult[] = [];
  const seconds = new Map<string, number>();
  progress?.started(scripts.length);
  let [givenUp, interrupted]: (string | undefined)[] = [];
  try {
    const session = await openSession(options);
    for (const script of scripts) {
      if (ended()) break;
      const began = performance.now();
      const result = await judgeScript(script, session);
      // What was under way when the run was ended is no result.
      if (ended()) break;
      seconds.set(result.key, (performance.now() - began) / 1000);
      judged.push(result);
      progress?.finished(result.verdict);
    }
    if (ended()) interrupted = String(options.signal?.reason);
  } catch (error) {
    if (!(error instanceof GivenUp)) throw error;
    givenUp = error.message;
  } finally {
    await closeSession();
  }
  const facts = { impl, ...greeted, seed, runs, only: scripts.map(({ file }) => file) };
  const results = summarise(
    { ...facts, cutShort: interrupted ?? givenUp },
    readCatalogue(),
    { features: scripts.map(featureOf), rules: scripts.map(ruleOf) },
    [...judged, ...scripts.slice(judged.length).map(notRun)],
  );
  return { results, seconds, givenUp };
}

function featureOf({ file, heading }: ReadScript): Results['features'][number] {
  const { title, description } = heading;
  return { path: file, name: title === '' ? file : title, description };
}

/** A script states one rule: its title. */
function ruleOf({ file, heading }: ReadScript): Results['rules'][number] {
  const { title, description, source, statements, profiles } = heading;
  return {
    feature: file,
    name: title,
    line: 1,
    description,
    source,
    level: 'must',
    statements: [...statements],
    profiles: [...profiles],
  };
}

function notRun({ file, heading }: ReadScript): ScenarioResult {
  const { title, statements } = heading;
  return {
    key: file,
    feature: file,
    rule: title,
    name: title === '' ? file : title,
    line: 1,
    statements: [...statements],
    property: false,
    verdict: 'not-run',
    steps: [],
  };
}
