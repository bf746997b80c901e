/** The process that runs a module for the harness: node serve-main.js MODULE. */
import { inspect } from 'node:util';
import { loadBoot } from './load.ts';
import { CannotDrive } from './problems.ts';
import { serve } from './serve.ts';

const [file = ''] = process.argv.slice(2);
try {
  await serve(await loadBoot(file), process.stdin, process.stdout);
} catch (error) {
  process.stderr.write(`${error instanceof CannotDrive ? error.message : inspect(error)}\n`);
  process.exitCode = 1;
}
