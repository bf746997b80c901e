/** Linux with a virtual clock passes what applies to it, and leaves nothing behind. */
import { spawn } from 'node:child_process';
import { readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { setTimeout as later } from 'node:timers/promises';
import { beforeAll, describe, expect, test } from 'vitest';
import { NATIVE } from '../../harness/native-table.ts';
import { kernspec, ROOT, temporaryFolder } from '../kernspec.ts';

const BUILD_MS = 1_800_000;
const RUN_MS = 280_000;

/** Set where it is to be built and run: building takes minutes. */
const WANTED = process.env['KERNSPEC_TEST_LINUX_UML'] === '1';

/** Why it cannot be tried here; undefined if it can. */
function obstacle(): string | undefined {
  if (process.platform !== 'linux' || process.arch !== 'x64') return 'this is not Linux on x86-64';
  const { needs = [], foundation } = NATIVE['linux-uml'] ?? {};
  const missing = [...needs, ...(foundation?.needs ?? [])].filter((need) => !need.isThere());
  if (missing.length > 0) return `there is no ${missing.map(({ what }) => what).join(' and no ')}`;
  return WANTED ? undefined : 'it takes long, and KERNSPEC_TEST_LINUX_UML is not 1';
}

const why = obstacle();
if (why !== undefined) console.log(`skipped: Linux with a virtual clock: ${why}`);

const READY = '{"id":1,"op":"kernspec.ready","args":{}}\n';

/** The processes of a machine, which has a session of its own. */
function processesOf(machine: number): string[] {
  return readdirSync('/proc').filter((pid) => {
    if (!/^\d+$/.test(pid)) return false;
    try {
      const stat = readFileSync(`/proc/${pid}/stat`, 'utf8');
      const [state, , , session] = stat.slice(stat.lastIndexOf(')') + 2).split(' ');
      return Number(session) === machine && state !== 'Z';
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

/** A machine that has answered once. */
async function startedMachine(program: string) {
  const machine = spawn(program, { stdio: ['pipe', 'pipe', 'ignore'] });
  machine.stdin.write(READY);
  await new Promise((resolve) => machine.stdout.once('data', resolve));
  const ended = new Promise((resolve) => machine.on('exit', resolve));
  return { machine, ended, pid: machine.pid ?? 0 };
}

describe.skipIf(why !== undefined)('Linux with a virtual clock', () => {
  let program: string;

  beforeAll(async () => {
    const { code, stdout } = await kernspec(['adapters', 'build', 'linux-uml']);
    expect(code).toBe(0);
    program = stdout.trim();
  }, BUILD_MS);

  test('is in good health', async () => {
    const { code, stdout } = await kernspec(['doctor', '--impl', 'linux-uml']);
    expect(stdout).not.toMatch(/^✗/m);
    expect(code).toBe(0);
  });

  test(
    'does as it is expected to',
    async () => {
      const baseline = path.join(ROOT, 'adapters', 'linux-uml', 'expectations.yaml');
      const args = ['run', '--impl', 'linux-uml', '--baseline', baseline, '--format', 'none'];
      const { code } = await kernspec(args);
      expect(code).toBe(0);
    },
    RUN_MS,
  );

  test(
    'understands another and itself',
    async () => {
      const args = ['interop', '--impl', 'reference', '--impl', 'linux-uml', '--runs', '3'];
      const { code } = await kernspec([...args, '--only', 'features/lab/datagram-channel.feature']);
      expect(code).toBe(0);
    },
    RUN_MS,
  );

  test('ends when nobody speaks to it any more', async () => {
    const { machine, ended, pid } = await startedMachine(program);
    machine.stdin.end();
    await ended;
    expect(processesOf(pid)).toEqual([]);
  });

  test('takes its processes with it when it is killed', async () => {
    const { machine, pid } = await startedMachine(program);
    expect(processesOf(pid).length).toBeGreaterThan(1);
    machine.kill('SIGKILL');
    expect(
      await eventually(
        () => processesOf(pid),
        ({ length }) => length === 0,
      ),
    ).toEqual([]);
  });
});

describe.skipIf(process.platform !== 'linux')('without what building needs', () => {
  test('it is said what is missing and the remedy', async () => {
    const empty = temporaryFolder();
    const { code, stderr } = await kernspec(['run', '--impl', 'linux-uml'], {
      env: { PATH: empty, KERNSPEC_CACHE: empty },
    });
    expect(stderr).toMatch(
      /^kernspec: linux-uml has to be built, and there is no make and no cc and no cpio .*and no flex and no bison and no bc/m,
    );
    expect(stderr).toMatch(/apt-get install make gcc libc6-dev cpio flex bison bc/);
    expect(code).toBe(4);
  });
});
