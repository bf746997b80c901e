/** One process of the kill matrix: runs its share of the faults and sends each row when it is done. */
import { pathToFileURL } from 'node:url';
import type { FaultModule, Share } from './kill-matrix-processes.ts';
import { killMatrix } from './kill-matrix.ts';

// Ended as usual, so that what was built for a fault is removed.
for (const signal of ['SIGINT', 'SIGTERM'] as const) process.on(signal, () => process.exit(1));
const orphaned = () => process.exit(1);
process.on('disconnect', orphaned);

const share = JSON.parse(process.argv[2] ?? '{}') as Share;
const { MUTANTS, buildMutant } = (await import(pathToFileURL(share.module).href)) as FaultModule;
const faults = MUTANTS.filter(({ id }) => share.ids.includes(id));
await killMatrix(faults, buildMutant, {
  seed: share.seed,
  runs: share.runs,
  progress: (row) => process.send?.(row),
});
process.off('disconnect', orphaned);
process.disconnect();
