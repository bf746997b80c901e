/** The process that runs a module for the harness: node serve-main.js MODULE. */
import { loadBoot } from './load.ts';
import { serve } from './serve.ts';

const [file = ''] = process.argv.slice(2);
try {
  await serve(await loadBoot(file), process.stdin, process.stdout);
} catch (error) {
  process.stderr.write(`${error instanceof Error ? error.message : String(error)}\n`);
  process.exitCode = 1;
}
