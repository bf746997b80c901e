/** The command line as a user has it: a process with an exit code and two streams. */
import { spawn, spawnSync } from 'node:child_process';
import { mkdtempSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';

export const ROOT = path.resolve(import.meta.dirname, '..');

export const MAIN = path.join(ROOT, 'dist', 'harness', 'cli', 'main.js');

export interface Ended {
  readonly code: number | null;
  readonly stdout: string;
  readonly stderr: string;
}

export interface Where {
  readonly cwd?: string;
  readonly env?: NodeJS.ProcessEnv;
}

/** Runs kernspec to its end. */
export function kernspec(
  args: readonly string[],
  { cwd = ROOT, env = {} }: Where = {},
): Promise<Ended> {
  return start(args, { cwd, env }).ended;
}

/** Starts kernspec, for tests that interrupt it. */
export function start(args: readonly string[], { cwd = ROOT, env = {} }: Where = {}) {
  // Told both, Node says which of the two it heeds.
  const { FORCE_COLOR: _, ...others } = process.env;
  const child = spawn(process.execPath, [MAIN, ...args], {
    cwd,
    env: { ...others, NO_COLOR: '1', ...env },
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  let [stdout, stderr] = ['', ''];
  child.stdout.setEncoding('utf8').on('data', (text: string) => (stdout += text));
  child.stderr.setEncoding('utf8').on('data', (text: string) => (stderr += text));
  const ended = new Promise<Ended>((resolve) => {
    child.on('close', (code) => resolve({ code, stdout, stderr }));
  });
  return { child, ended, output: () => stdout + stderr };
}

/** A folder of its own, below the system's for temporary files. */
export function temporaryFolder(): string {
  return mkdtempSync(path.join(tmpdir(), 'kernspec-test-'));
}

/** Whether a command is there; for tests that are skipped where it is not. */
export function has(command: string): boolean {
  return spawnSync('sh', ['-c', `command -v ${command}`]).status === 0;
}
