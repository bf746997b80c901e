/**
 * The kill matrix on several processors: each process takes a share of the faults.
 *
 * A share is every n-th fault, since those of one file take alike long.
 */
import { fork, type ChildProcess } from 'node:child_process';
import { availableParallelism } from 'node:os';
import type { KillMatrix, MatrixRow } from './kill-matrix-file.ts';
import {
  chosenFaults,
  matrixOf,
  type BuiltFault,
  type MatrixOptions,
  type SeededFault,
} from './kill-matrix.ts';
import { builtFile } from './root.ts';

/** What a module with faults exports. */
export interface FaultModule {
  readonly MUTANTS: readonly SeededFault[];
  readonly buildMutant: (fault: SeededFault) => BuiltFault;
}

/** What a process is told to do, as JSON. */
export interface Share {
  /** Module file with the faults. */
  readonly module: string;
  readonly ids: readonly string[];
  readonly seed: number;
  readonly runs: number;
  readonly stopAtFailure?: boolean | undefined;
  /** Run only the witnesses that the stored matrix names. */
  readonly witnesses: boolean;
}

const MAX_PROCESSES = 4;

/** Wall-clock bound for the scenarios of one fault; they take a second at most. */
const FAULT_TIMEOUT_MS = 60_000;

const SIGNALS = ['SIGINT', 'SIGTERM', 'SIGHUP'] as const;

export interface Ran {
  readonly matrix: KillMatrix;
  /** Ids of faults that go in a circle; they have no row. */
  readonly endless: readonly string[];
}

/**
 * Runs every fault of a module.
 *
 * @param module - file of a FaultModule, such as builtFile('mutants', 'mutants.js').
 * @throws UsageError — `only` names neither a fault nor a statement of one.
 */
export async function killMatrixInProcesses(
  module: string,
  faults: readonly SeededFault[],
  options: MatrixOptions,
  processes = Math.min(MAX_PROCESSES, availableParallelism()),
  faultTimeoutMs = FAULT_TIMEOUT_MS,
): Promise<Ran> {
  const chosen = chosenFaults(faults, options.only ?? []);
  const rows = new Map<string, MatrixRow>();
  const heard = (row: MatrixRow) => {
    rows.set(row.id, row);
    options.progress?.(row, rows.size, chosen.length);
  };
  const shares = Array.from({ length: Math.min(processes, chosen.length) }, (_, at): Share => {
    const ids = chosen.filter((_fault, place) => place % processes === at).map(({ id }) => id);
    const { seed, runs, stopAtFailure, witnesses } = options;
    return { module, ids, seed, runs, stopAtFailure, witnesses: witnesses !== undefined };
  });
  let endless: readonly string[] = [];
  const running = new Set<ChildProcess>();
  // One that goes in a circle hears no other signal.
  const killAll = () => running.forEach((child) => child.kill('SIGKILL'));
  const interrupted = () => {
    killAll();
    process.exit(1);
  };
  for (const signal of SIGNALS) process.on(signal, interrupted);
  try {
    endless = (
      await Promise.all(shares.map((share) => runShare(share, running, heard, faultTimeoutMs)))
    ).flat();
  } finally {
    for (const signal of SIGNALS) process.off(signal, interrupted);
    killAll();
  }
  const matrix = matrixOf(
    options,
    chosen.flatMap(({ id }) => rows.get(id) ?? []),
  );
  return { matrix, endless };
}

function forked(share: Share): ChildProcess {
  // What faulty code covers is not what the suite covers.
  const { NODE_V8_COVERAGE: _coverage, ...env } = process.env;
  return fork(builtFile('harness', 'kill-matrix-worker.js'), [JSON.stringify(share)], { env });
}

export function sayEndless(ids: readonly string[]): string {
  const seconds = FAULT_TIMEOUT_MS / 1000;
  return `these make the reference go in a circle, for more than ${seconds} s: ${ids.join(', ')}`;
}

/** Runs a share to its end, in another process whenever a fault has gone in a circle; returns those. */
async function runShare(
  share: Share,
  running: Set<ChildProcess>,
  heard: (row: MatrixRow) => void,
  timeoutMs: number,
): Promise<string[]> {
  const endless: string[] = [];
  let ids = share.ids;
  while (ids.length > 0) {
    const child = forked({ ...share, ids });
    running.add(child);
    ids = await rowsOf(child, ids, heard, timeoutMs);
    running.delete(child);
    const [stuck, ...rest] = ids;
    if (stuck !== undefined) endless.push(stuck);
    ids = rest;
  }
  return endless;
}

/**
 * Hears the rows of a process, which come in the order of its faults.
 *
 * @returns the faults that it has not come to, first the one in which it goes in a circle; it is ended.
 * @throws Error — it died by itself.
 */
function rowsOf(
  child: ChildProcess,
  ids: readonly string[],
  heard: (row: MatrixRow) => void,
  timeoutMs: number,
): Promise<readonly string[]> {
  return new Promise((resolve, reject) => {
    const waiting = [...ids];
    const tooLong = () => {
      child.kill('SIGKILL');
      resolve(waiting);
    };
    let timer = setTimeout(tooLong, timeoutMs);
    child.on('message', (row: MatrixRow) => {
      waiting.shift();
      clearTimeout(timer);
      timer = setTimeout(tooLong, timeoutMs);
      heard(row);
    });
    child.on('error', reject);
    child.on('exit', (code, signal) => {
      clearTimeout(timer);
      if (code === 0) resolve([]);
      else reject(new Error(`a process of the kill matrix ended with ${signal ?? code}`));
    });
  });
}
