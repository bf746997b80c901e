/**
 * Runs a command, and where KERNSPEC_COVERAGE names a folder, has what its processes cover written there.
 *
 * What is watched runs slower, so only what is to be measured is.
 */
import { spawnSync } from 'node:child_process';
import path from 'node:path';

const [, , command = '', ...args] = process.argv;
const folder = process.env['KERNSPEC_COVERAGE'];
const watched = folder === undefined ? {} : { NODE_V8_COVERAGE: path.resolve(folder) };
// On Windows npm is a script, which only a shell finds.
const shell = process.platform === 'win32';
const { status } = spawnSync(command, args, {
  stdio: 'inherit',
  shell,
  env: { ...process.env, ...watched },
});
process.exitCode = status ?? 1;
