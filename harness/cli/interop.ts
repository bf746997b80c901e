/** kernspec interop: every pair of implementations at the two ends of the lab's links. */
import path from 'node:path';
import type { Profile } from '../../contract/implementation.ts';
import { folderToWrite, writeOne } from '../../reports/folder.ts';
import {
  interopText,
  type InteropResults,
  type Pair,
  type PairFigures,
  pairFigures,
} from '../../reports/interop.ts';
import type { ScenarioResult } from '../../reports/results.ts';
import { reasonOf } from '../../reports/verdicts.ts';
import { EXIT } from '../gate.ts';
import { CannotDrive } from '../problems.ts';
import { readBook, runUndiagnosed, type Book } from '../run.ts';
import { SUITE_VERSION } from '../version.ts';
import { print } from './terminal.ts';

export interface InteropOptions {
  readonly impl?: readonly string[];
  readonly only?: readonly string[];
  readonly profile: Profile;
  readonly seed: number;
  readonly runs: number;
  readonly callTimeout: number;
  readonly write?: string;
}

/** Scenarios of several hosts. */
const LAB = ['lab/'];

const MAX_RESTARTS = 50;

export async function interopCommand(options: InteropOptions): Promise<number> {
  const names = options.impl ?? ['reference'];
  const book = readBook();
  const pairs: Pair[] = [];
  for (const first of names) {
    for (const peer of names) {
      pairs.push(await together(first, peer, options, book));
      process.stderr.write(`${pairs.length} of ${names.length ** 2} pairs tried\n`);
    }
  }
  print(interopText(pairs.map(pairFigures)).trimEnd());
  if (options.write !== undefined) {
    write(options.write, {
      suite: SUITE_VERSION,
      profile: options.profile,
      seed: options.seed,
      pairs,
    });
  }
  return exitCode(pairs);
}

function write(file: string, results: InteropResults): void {
  folderToWrite(path.dirname(file));
  writeOne(file, `${JSON.stringify(results, null, 1)}\n`);
}

async function together(
  first: string,
  peer: string,
  { only = LAB, profile, seed, runs, callTimeout }: InteropOptions,
  book: Book,
): Promise<Pair> {
  const parameters = { impl: first, peer, profile, peerProfile: profile, seed, runs, only };
  const limits = { callTimeoutMs: callTimeout, maxRestarts: MAX_RESTARTS, parallel: 0 };
  try {
    const { results } = await runUndiagnosed({ ...parameters, ...limits }, book);
    return { first, peer, scenarios: results.scenarios.map(shortened) };
  } catch (error) {
    // One that is missing here leaves the others their places.
    if (!(error instanceof CannotDrive)) throw error;
    return { first, peer, scenarios: [], obstacle: error.message };
  }
}

function shortened(scenario: ScenarioResult): Pair['scenarios'][number] {
  const { key, verdict } = scenario;
  return verdict === 'pass' ? { key, verdict } : { key, verdict, why: reasonOf(scenario) };
}

/** Two of which one refuses everything do not understand each other either. */
function doNotUnderstand({ misunderstandings, unplayed, played }: PairFigures): boolean {
  return misunderstandings.length > 0 || (played === 0 && unplayed.length > 0);
}

function exitCode(pairs: readonly Pair[]): number {
  if (pairs.map(pairFigures).some(doNotUnderstand)) return EXIT.regression;
  if (pairs.every(({ obstacle }) => obstacle !== undefined)) return EXIT.notDriven;
  return pairs.every(({ scenarios }) => scenarios.length === 0) ? EXIT.nothingRan : EXIT.asExpected;
}
