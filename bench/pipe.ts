/** What a call over a pipe costs, beside the least that a line and its answer can cost. */
import { spawn } from 'node:child_process';
import { callChecked } from '../harness/client.ts';
import { BUILT_IN } from '../harness/load.ts';
import { builtFile } from '../harness/root.ts';
import { subprocess } from '../harness/subprocess.ts';

/** Microseconds for one call, and how many times the bare one the checked one is. */
export interface PipeMeasurement {
  readonly bareMicros: number;
  readonly callMicros: number;
  readonly ratio: number;
}

const CALLS = 20_000;

/** Calls in a row of one kind, before it is the other kind's turn: a busy machine slows both. */
const CALLS_IN_A_ROW = 2_000;

const OCTETS = '4500003c1c4640004006b1e6c0a80001c0a800c7';

/** A child that sends each line back as it is. */
const ECHO = `
  let partial = '';
  process.stdin.setEncoding('utf8').on('data', (chunk) => {
    const lines = (partial + chunk).split('\\n');
    partial = lines.pop();
    for (const line of lines) process.stdout.write(line + '\\n');
  });`;

type Call = () => Promise<unknown>;

/** Needs the compiled package: the other end of the pipe is serve-main.js. */
export async function measurePipe(): Promise<PipeMeasurement> {
  const bare = bareChild();
  const checked = await checkedChild();
  const rounds = CALLS / CALLS_IN_A_ROW;
  const times = { bare: [] as number[], checked: [] as number[] };
  for (let round = 0; round < rounds; round++) {
    times.bare.push(await perCall(bare.call));
    times.checked.push(await perCall(checked.call));
  }
  bare.end();
  await checked.end();
  const [bareMicros, callMicros] = [median(times.bare), median(times.checked)];
  return { bareMicros, callMicros, ratio: callMicros / bareMicros };
}

/** Neither the first rounds, in which both ends are still being compiled, nor a disturbed one count. */
function median(numbers: readonly number[]): number {
  return numbers.toSorted((a, b) => a - b)[numbers.length >> 1] ?? NaN;
}

async function perCall(call: Call): Promise<number> {
  const begun = performance.now();
  for (let at = 0; at < CALLS_IN_A_ROW; at++) await call();
  return ((performance.now() - begun) * 1000) / CALLS_IN_A_ROW;
}

function bareChild(): { call: Call; end: () => void } {
  const child = spawn(process.execPath, ['-e', ECHO], { detached: true, stdio: 'pipe' });
  let answered: (line: string) => void = () => undefined;
  child.stdout.setEncoding('utf8').on('data', (line: string) => answered(line));
  const line = `${JSON.stringify({ id: 1, op: 'checksum.compute', args: { octets: OCTETS } })}\n`;
  const call = () =>
    new Promise<string>((resolve) => {
      answered = resolve;
      child.stdin.write(line);
    });
  return { call, end: () => child.stdin.end() };
}

async function checkedChild(): Promise<{ call: Call; end: () => Promise<void> }> {
  const main = builtFile('harness', 'serve-main.js');
  const connect = subprocess(process.execPath, [main, BUILT_IN['reference'] ?? '']);
  const connection = await connect({ seed: 1, profile: 'notes', callTimeoutMs: 10_000 });
  return {
    call: () => callChecked(connection, 'checksum.compute', { octets: OCTETS }),
    end: () => connection.close(),
  };
}
