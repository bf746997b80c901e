/**
 * The run of the night: every property on a thousand cases, and the longest flood, in each profile.
 *
 * The seed is drawn anew, so that each night tries other cases; the summary of a run tells it. What is given on the
 * command line goes to "kernspec run" and counts more: "--runs 5000", "--seed 7", "--only NAME", "--shard 1/4".
 */
import { spawnSync } from 'node:child_process';
import { PROFILES } from '../contract/implementation.ts';
import { builtFile, ROOT } from '../harness/root.ts';

/** Scenarios whose length goes with the number of cases. */
const GROWING = '@property or @LSN-06';

const given = process.argv.slice(2);
const chosen = given.some((one) => one.startsWith('--only')) ? [] : ['--only', GROWING];

/** @returns the exit code of a run in one profile. */
function run(profile: string): number {
  const out = `kernspec-report/nightly/${profile}`;
  const args = ['--profile', profile, '--runs', '1000', '--seed', 'random', '--out', out];
  const command = [builtFile('harness', 'cli', 'main.js'), 'run', ...chosen, ...args, ...given];
  return spawnSync(process.execPath, command, { cwd: ROOT, stdio: 'inherit' }).status ?? 1;
}

const codes = PROFILES.map(run);
process.exitCode = Math.max(...codes);
