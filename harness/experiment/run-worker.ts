/** A thread that makes runs, one after the other. */
import { parentPort } from 'node:worker_threads';
import { oneRun, type RunPlan } from './one-run.ts';

parentPort?.on('message', (plan: RunPlan) => {
  oneRun(plan).then(
    (result) => parentPort?.postMessage({ result }),
    (error: unknown) => parentPort?.postMessage({ error: String(error) }),
  );
});
