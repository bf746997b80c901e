/** The kernel of Debian in an emulated machine passes what applies to it, and leaves no machine behind. */
import { spawn } from 'node:child_process';
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { setTimeout as later } from 'node:timers/promises';
import { beforeAll, describe, expect, test } from 'vitest';
import { NATIVE } from '../../harness/native-table.ts';
import { kernspec, ROOT, temporaryFolder } from '../kernspec.ts';

const BUILD_MS = 300_000;
const RUN_MS = 900_000;

/** Set where it is to be built and run: that takes a minute and more, and fetches a package. */
const WANTED = process.env['KERNSPEC_TEST_LINUX_KERNEL'] === '1';

/** Why it cannot be tried here; undefined if it can. */
function obstacle(): string | undefined {
  if (process.platform !== 'linux' || process.arch !== 'x64') return 'this is not Linux on x86-64';
  const missing = NATIVE['linux-kernel']?.needs.filter((need) => !need.isThere()) ?? [];
  if (missing.length > 0) return `there is no ${missing.map(({ what }) => what).join(' and no ')}`;
  return WANTED ? undefined : 'it takes long, and KERNSPEC_TEST_LINUX_KERNEL is not 1';
}

const why = obstacle();
if (why !== undefined) console.log(`skipped: Linux from the inside: ${why}`);

/** The machines that a process has started. */
function machinesOf(parent: number): string[] {
  return readdirSync('/proc').filter((pid) => {
    const status = `/proc/${pid}/status`;
    if (!/^\d+$/.test(pid) || !existsSync(status)) return false;
    try {
      const text = readFileSync(status, 'utf8');
      return text.includes('Name:\tqemu-system') && text.includes(`PPid:\t${parent}\n`);
    } catch {
      return false;
    }
  });
}

async function eventually<Value>(
  look: () => Value,
  good: (value: Value) => boolean,
): Promise<Value> {
  for (let attempt = 0; attempt < 250 && !good(look()); attempt++) await later(20);
  return look();
}

describe.skipIf(why !== undefined)('Linux from the inside', () => {
  let program: string;

  beforeAll(async () => {
    const { code, stdout } = await kernspec(['adapters', 'build', 'linux-kernel']);
    expect(code).toBe(0);
    program = stdout.trim();
  }, BUILD_MS);

  test('is in good health', async () => {
    const { code, stdout } = await kernspec(['doctor', '--impl', 'linux-kernel']);
    expect(stdout).not.toMatch(/^✗/m);
    expect(code).toBe(0);
  });

  test(
    'does as it is expected to',
    async () => {
      const baseline = path.join(ROOT, 'adapters', 'linux-kernel', 'expectations.yaml');
      const args = ['run', '--impl', 'linux-kernel', '--baseline', baseline, '--format', 'none'];
      const { code } = await kernspec(args);
      expect(code).toBe(0);
    },
    RUN_MS,
  );

  test('ends when nobody speaks to it any more', async () => {
    const launcher = spawn(program, { stdio: ['pipe', 'ignore', 'ignore'] });
    const ended = new Promise((resolve) => launcher.on('exit', resolve));
    launcher.stdin.end();
    await ended;
    expect(machinesOf(launcher.pid ?? 0)).toEqual([]);
  });

  test('takes its machine with it when it is killed', async () => {
    const launcher = spawn(program, { stdio: ['pipe', 'ignore', 'ignore'] });
    const parent = launcher.pid ?? 0;
    const [machine = ''] = await eventually(
      () => machinesOf(parent),
      (machines) => machines.length > 0,
    );
    expect(machine).not.toBe('');
    launcher.kill('SIGKILL');
    const left = () =>
      existsSync(`/proc/${machine}/status`) &&
      !readFileSync(`/proc/${machine}/status`, 'utf8').includes('State:\tZ');
    expect(await eventually(left, (there) => !there)).toBe(false);
  });
});

describe('without what building needs', () => {
  test.skipIf(process.platform !== 'linux')(
    'it is said what is missing and the remedy',
    async () => {
      const empty = temporaryFolder();
      const { code, stderr } = await kernspec(['run', '--impl', 'linux-kernel'], {
        env: { PATH: empty, KERNSPEC_CACHE: empty },
      });
      expect(stderr).toMatch(
        /^kernspec: linux-kernel has to be built, and there is no make and no cc and no cpio and no qemu-system-x86_64/m,
      );
      expect(code).toBe(4);
    },
  );
});
