/**
 * The budgets, as ratios within one run: absolute times say more about the machine than about us.
 *
 * Each pair of commands runs in turn, A B A B …, and the median of the ratios counts.
 */
import { spawnSync } from 'node:child_process';
import { rmSync } from 'node:fs';
import path from 'node:path';
import { run } from '../harness/run.ts';
import { builtFile, ROOT } from '../harness/root.ts';
import { reportNetwork } from './network.ts';
import { measurePipe } from './pipe.ts';
import { MOST_HALF_OPEN, reportTcp } from './tcp.ts';
import { writeEmptySuite } from './empty-suite.ts';

const ROUNDS = 5;
/** Of what takes so long that its own beginning and end no longer count. */
const LONG_ROUNDS = 3;
const LONG_MS = 10_000;

interface Command {
  readonly args: readonly string[];
  readonly cwd: string;
}

/** Wall-clock milliseconds of a whole process. @throws Error — it failed. */
function timed({ args, cwd }: Command): number {
  const start = performance.now();
  const { status, stderr } = spawnSync(process.execPath, args, {
    cwd,
    stdio: ['ignore', 'ignore', 'pipe'],
  });
  if (status !== 0) throw new Error(`${args.join(' ')} ended with ${status}: ${stderr.toString()}`);
  return performance.now() - start;
}

function median(values: readonly number[]): number {
  return values.toSorted((a, b) => a - b)[Math.floor(values.length / 2)] ?? 0;
}

interface Measured {
  readonly ratio: number;
  readonly detail: string;
}

function pair(command: Command, yardstick: Command): Measured {
  const first = timed(command) + timed(yardstick);
  const length = first > LONG_MS ? LONG_ROUNDS : ROUNDS;
  const rounds = Array.from({ length }, () => [timed(command), timed(yardstick)] as const);
  const [ours, theirs] = [median(rounds.map(([a]) => a)), median(rounds.map(([, b]) => b))];
  const ratio = median(rounds.map(([a, b]) => a / b));
  return { ratio, detail: `${ours.toFixed(0)} ms : ${theirs.toFixed(0)} ms` };
}

const kernspec = (...args: string[]): Command => ({
  args: [builtFile('harness', 'cli', 'main.js'), ...args],
  cwd: ROOT,
});

let over = 0;

function report(what: string, { ratio, detail }: Measured, budget: number): void {
  const verdict = ratio <= budget ? 'within' : 'OVER';
  if (ratio > budget) over += 1;
  process.stdout.write(
    `${what.padEnd(58)} ${ratio.toFixed(2)}  ${verdict} ${budget}  (${detail})\n`,
  );
}

const { results } = await run({
  impl: 'reference',
  seed: 1,
  runs: 50,
  callTimeoutMs: 2000,
  maxRestarts: 50,
  only: [],
  parallel: 0,
});
const steps = results.scenarios.reduce((sum, scenario) => sum + scenario.steps.length, 0);
const empty = writeEmptySuite(results);
const cucumber: Command = {
  args: [
    path.join(ROOT, 'node_modules', '@cucumber', 'cucumber', 'bin', 'cucumber.js'),
    '--format',
    'summary',
  ],
  cwd: empty,
};

process.stdout.write(
  `${results.scenarios.length} scenarios, ${steps} steps; medians of ${ROUNDS}, of ${LONG_ROUNDS} where one takes over ${LONG_MS / 1000} s\n`,
);
try {
  const suite = kernspec('run', '--format', 'none');
  report('suite : cucumber-js on as many empty scenarios', pair(suite, cucumber), 2);
  report(
    'suite over a pipe : in process',
    pair(kernspec('run', '--isolate', '--format', 'none'), suite),
    2,
  );
  const { bareMicros, callMicros, ratio } = await measurePipe();
  const detail = `${callMicros.toFixed(1)} µs : ${bareMicros.toFixed(1)} µs`;
  report('one call over the pipe : a bare line ping-pong', { ratio, detail }, 2);
  const nothing: Command = { args: ['-e', '0'], cwd: ROOT };
  report('kernspec --version : node -e 0', pair(kernspec('--version'), nothing), 2);
  await reportNetwork(report);
  await reportTcp(report, MOST_HALF_OPEN);
} finally {
  rmSync(empty, { recursive: true, force: true });
}
process.exitCode = over === 0 ? 0 : 1;
