/** Makes many runs in several threads; the results are in the order of the plans, whoever made them. */
import { Worker } from 'node:worker_threads';
import { builtFile } from '../root.ts';
import type { RunPlan, RunResult } from './one-run.ts';

interface Reply {
  readonly result?: RunResult;
  readonly error?: string;
}

/**
 * Frames and what belongs to them live for a moment, so that the more of them the space for what is young takes, the
 * fewer outlive a collection. In MiB, of three semispaces.
 */
const YOUNG_MIB = 192;

export async function runAll(
  plans: readonly RunPlan[],
  threads: number,
  done: () => void,
): Promise<RunResult[]> {
  const results: RunResult[] = [];
  let next = 0;
  const work = async (): Promise<void> => {
    const file = builtFile('harness', 'experiment', 'run-worker.js');
    const worker = new Worker(file, { resourceLimits: { maxYoungGenerationSizeMb: YOUNG_MIB } });
    try {
      for (let place = next++; place < plans.length; place = next++) {
        results[place] = await ask(worker, plans[place] as RunPlan);
        done();
      }
    } finally {
      await worker.terminate();
    }
  };
  await Promise.all(Array.from({ length: Math.min(threads, plans.length) }, work));
  return results;
}

function ask(worker: Worker, plan: RunPlan): Promise<RunResult> {
  return new Promise((resolve, reject) => {
    worker.once('error', reject);
    worker.once('message', ({ result, error }: Reply) => {
      worker.off('error', reject);
      if (result === undefined) reject(new Error(error ?? 'a run has no result'));
      else resolve(result);
    });
    worker.postMessage(plan);
  });
}
