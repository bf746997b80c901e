/**
 * Tries faults made by rule on modules of the reference, and prints those that no scenario notices.
 *
 *     npm run try-faults -- net/tcp/ack net/tcp/rtt --sample 40 --seed 2
 *
 * Each is run in the default profile until something fails on it; what is left, in the others. A fault that
 * is left is a line that no scenario looks at, or one that may be written either way.
 */
import { parseArgs } from 'node:util';
import { PROFILES, type Profile } from '../contract/implementation.ts';
import { killMatrixInProcesses } from '../harness/kill-matrix-processes.ts';
import { builtFile } from '../harness/root.ts';
import { operatorFaults, VARIABLE, type Choice } from './operator-faults.ts';

const { values, positionals } = parseArgs({
  allowPositionals: true,
  options: {
    sample: { type: 'string' },
    seed: { type: 'string', default: '1' },
    runs: { type: 'string', default: '20' },
    processes: { type: 'string', default: '2' },
    touches: { type: 'string' },
  },
});

/** For one fault; every scenario of a large mechanism may be run on it, on a machine that is busy. */
const PATIENCE_MS = 600_000;

const files = positionals.map((name) => name.replace(/^reference\//, '').replace(/\.[jt]s$/, ''));
const choice = {
  files,
  seed: Number(values.seed),
  ...(values.sample !== undefined && { sample: Number(values.sample) }),
  ...(values.touches !== undefined && { touches: values.touches }),
};

/** Ids of those that nothing fails on in the profile; one that goes in a circle is noticed. */
async function unnoticed(profile: Profile, ids: readonly string[]): Promise<string[]> {
  const here: Choice = { ...choice, profile, ids };
  process.env[VARIABLE] = JSON.stringify(here);
  const module = builtFile('tools', 'operator-faults.js');
  const settings = { seed: choice.seed, runs: Number(values.runs), stopAtFailure: true };
  const progress = (_row: unknown, done: number, total: number) => {
    const [from, to] = process.stderr.isTTY ? ['\r', ' '] : ['', '\n'];
    if (done === total || process.stderr.isTTY) {
      process.stderr.write(`${from}${profile}: ${done} of ${total}${to}`);
    }
  };
  const faults = operatorFaults(here);
  const processes = Number(values.processes);
  const { matrix } = await killMatrixInProcesses(
    module,
    faults,
    { ...settings, progress },
    processes,
    PATIENCE_MS,
  );
  return matrix.mutants.flatMap(({ id, fails }) => (fails.length === 0 ? [id] : []));
}

const all = operatorFaults({ ...choice, profile: 'notes' });
let left = all.map(({ id }) => id);
for (const profile of PROFILES) if (left.length > 0) left = await unnoticed(profile, left);

for (const { id, does } of all) if (left.includes(id)) console.log(does);
console.log(`faults by rule: ${all.length - left.length} noticed, ${left.length} not`);
