/**
 * A run on several processors: workers, each a process of its own, that take portion after portion.
 *
 * A worker drives an implementation of its own. It ends when its connection to this process does, so none
 * outlives the run, however that ends.
 */
import { fork, type ChildProcess } from 'node:child_process';
import type { Finished } from './collect.ts';
import { CannotDrive, UsageError } from './problems.ts';
import { builtFile } from './root.ts';
import type { Ended, Portion } from './runner.ts';
import type { Greeted, SessionParameters } from './session.ts';

/** What a worker says: that it has greeted the implementation, and then what each portion comes to. */
export type Told =
  | { readonly finished: Finished }
  | { readonly failed: { readonly name: string; readonly message: string } }
  | Answer;

type Answer = Partial<Greeting & PortionEnded>;

export interface Greeting {
  readonly greeted: Greeted;
}

export interface PortionEnded {
  readonly ended: Ended;
  /** How often its implementation has died so far. */
  readonly deaths: number;
}

export interface WorkersEnded extends Ended {
  readonly greeted: Greeted;
  /** How often their implementations have died. */
  readonly deaths: number;
}

/** How long a worker that is let go may take to end what it drives. */
const END_MS = 1000;

/**
 * Runs all portions.
 *
 * @throws CannotDrive — the implementation cannot be loaded, started or greeted.
 */
export async function runInWorkers(
  count: number,
  portions: readonly Portion[],
  parameters: SessionParameters,
  heard: (finished: Finished) => void,
  ending: Promise<string>,
): Promise<WorkersEnded> {
  const workers = Array.from({ length: count }, () =>
    // Options that this process was given for its own program do not fit another.
    fork(builtFile('harness', 'worker-main.js'), [JSON.stringify(parameters)], { execArgv: [] }),
  );
  try {
    const greetings = await Promise.all(workers.map((worker) => answered<Greeting>(worker)));
    const greeted = (greetings[0] as Greeting).greeted;
    const left = portions.values();
    const working = Promise.all(workers.map((worker) => work(worker, left, heard)));
    const ended = await Promise.race([working, ending]);
    if (typeof ended === 'string') {
      working.catch(() => undefined);
      return { greeted, cutShort: ended, deaths: 0 };
    }
    const givenUp = ended.find((worker) => worker.ended.givenUp !== undefined)?.ended.givenUp;
    return { greeted, givenUp, deaths: ended.reduce((sum, { deaths }) => sum + deaths, 0) };
  } finally {
    await Promise.all(workers.map(letGo));
  }
}

/** Gives a worker portions until there are none, or it has given its implementation up. */
async function work(
  worker: ChildProcess,
  left: IterableIterator<Portion>,
  heard: (finished: Finished) => void,
): Promise<PortionEnded> {
  let last: PortionEnded = { ended: {}, deaths: 0 };
  for (const portion of left) {
    const answer = answered<PortionEnded>(worker, heard);
    worker.send(portion);
    last = await answer;
    if (last.ended.givenUp !== undefined) break;
  }
  return last;
}

/** What a worker says next, other than what it has finished. @throws whatever it has failed with. */
function answered<Awaited extends Answer>(
  worker: ChildProcess,
  heard?: (finished: Finished) => void,
): Promise<Awaited> {
  return new Promise((resolve, reject) => {
    const hear = (told: Told): void => {
      if ('finished' in told) return heard?.(told.finished);
      worker.off('message', hear).off('exit', gone).off('error', reject);
      if ('failed' in told) reject(problem(told.failed));
      else resolve(told as Awaited);
    };
    const gone = (code: number | null, signal: string | null): void =>
      reject(new Error(`a worker ended by itself (${signal ?? code}) before its work was done`));
    worker.on('message', hear).on('exit', gone).on('error', reject);
  });
}

function problem({ name, message }: { name: string; message: string }): Error {
  const Problem = [CannotDrive, UsageError].find((each) => each.name === name) ?? Error;
  return new Problem(message);
}

function letGo(worker: ChildProcess): Promise<void> {
  if (worker.exitCode !== null || worker.signalCode !== null) return Promise.resolve();
  return new Promise((resolve) => {
    // One that is busy without a pause hears nothing.
    const timer = setTimeout(() => worker.kill('SIGKILL'), END_MS);
    worker.once('exit', () => {
      clearTimeout(timer);
      resolve();
    });
    if (worker.connected) worker.disconnect();
  });
}
