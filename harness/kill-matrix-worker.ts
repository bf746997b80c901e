/** One process of the kill matrix: runs its share of the faults and sends each row when it is done. */
import { pathToFileURL } from 'node:url';
import { readKillMatrix, type MatrixRow } from './kill-matrix-file.ts';
import type { FaultModule, Share } from './kill-matrix-processes.ts';
import { witnessesOf } from './kill-matrix-witness.ts';
import { killMatrix } from './kill-matrix.ts';
import { readBook } from './run.ts';

// Ended as usual, so that what was built for a fault is removed.
for (const signal of ['SIGINT', 'SIGTERM'] as const) process.on(signal, () => process.exit(1));
const orphaned = () => process.exit(1);
process.on('disconnect', orphaned);

const share = JSON.parse(process.argv[2] ?? '{}') as Share;
const book = readBook();
const witnesses = share.witnesses ? witnessesOf(readKillMatrix(), book.specification) : undefined;
const { MUTANTS, buildMutant } = (await import(pathToFileURL(share.module).href)) as FaultModule;
const faults = MUTANTS.filter(({ id }) => share.ids.includes(id));
const { seed, runs, stopAtFailure } = share;
const progress = (row: MatrixRow) => process.send?.(row);
await killMatrix(faults, buildMutant, { seed, runs, stopAtFailure, witnesses, progress }, book);
process.off('disconnect', orphaned);
process.disconnect();
