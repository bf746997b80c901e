/**
 * What a process for each scenario costs with the implementations of others: seconds for 500 scenarios on two
 * processors. Absolute times, since nothing of ours could be the yardstick of a stack that somebody else wrote.
 *
 * Run by "npm run bench:stacks"; what cannot be built or run here is left out, and why is said.
 */
import { CannotDrive } from '../harness/problems.ts';
import { readBook, runUndiagnosed } from '../harness/run.ts';

const SCENARIOS = 500;
const PROCESSORS = 2;

/** Seconds for 500; a real clock's waits, as scenarios declare them, are left out. */
const BUDGETS: readonly (readonly [impl: string, seconds: number])[] = [
  ['lwip', 10],
  ['gvisor', 10],
  ['linux', 30],
  ['linux-uml', 60],
];

const book = readBook();

/** Whether it is within its budget; undefined: it is not to be had here. */
async function measure(impl: string, budget: number): Promise<boolean | undefined> {
  const limits = { callTimeoutMs: 2000, maxRestarts: 50, maxWaitMs: 0, parallel: PROCESSORS };
  const options = { impl, fresh: true, seed: 1, runs: 5, shrink: false, only: [], ...limits };
  // A first run builds it.
  await runUndiagnosed({ ...options, only: ['CSM-01'] }, book);
  const start = performance.now();
  const { results } = await runUndiagnosed(options, book);
  const seconds = (performance.now() - start) / 1000;
  const judged = results.scenarios.filter(({ verdict }) => verdict !== 'not-applicable').length;
  const each = (seconds / judged) * SCENARIOS;
  const verdict = each <= budget ? 'within' : 'OVER';
  print(
    `${impl.padEnd(9)} ${each.toFixed(1).padStart(5)} s for ${SCENARIOS}, ${verdict} ${budget} s  (${judged} in ${seconds.toFixed(1)} s)`,
  );
  return each <= budget;
}

function print(line: string): void {
  process.stdout.write(`${line}\n`);
}

for (const [impl, budget] of BUDGETS) {
  try {
    if (!(await measure(impl, budget))) process.exitCode = 1;
  } catch (error) {
    if (!(error instanceof CannotDrive)) throw error;
    print(`${impl.padEnd(9)} left out: ${error.message}`);
  }
}
