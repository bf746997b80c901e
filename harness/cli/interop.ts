/** kernspec interop: every pair of implementations at the two ends of the lab's links. */
import { mkdirSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import type { Profile } from '../../contract/implementation.ts';
import { interopText, misunderstandings, type Pair } from '../../reports/interop.ts';
import { EXIT } from '../gate.ts';
import { CannotDrive } from '../problems.ts';
import { readBook, runUndiagnosed, type Book } from '../run.ts';
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
  const text = interopText(pairs);
  print(text.trimEnd());
  if (options.write !== undefined) {
    mkdirSync(path.dirname(options.write), { recursive: true });
    writeFileSync(options.write, text);
  }
  return exitCode(pairs);
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
    return { first, peer, scenarios: results.scenarios };
  } catch (error) {
    // One that is missing here leaves the others their places.
    if (!(error instanceof CannotDrive)) throw error;
    return { first, peer, scenarios: [], obstacle: error.message };
  }
}

function exitCode(pairs: readonly Pair[]): number {
  if (pairs.some((pair) => misunderstandings(pair).length > 0)) return EXIT.regression;
  if (pairs.every(({ obstacle }) => obstacle !== undefined)) return EXIT.notDriven;
  return pairs.every(({ scenarios }) => scenarios.length === 0) ? EXIT.nothingRan : EXIT.asExpected;
}
