/** The kernel of this machine passes what applies to it, and leaves nothing behind however it ends. */
import { spawn, spawnSync } from 'node:child_process';
import { chmodSync, copyFileSync, readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { setTimeout as later } from 'node:timers/promises';
import { beforeAll, describe, expect, test } from 'vitest';
import { has, kernspec, ROOT, start, temporaryFolder } from '../kernspec.ts';

const BUILD_MS = 120_000;
const RUN_MS = 280_000;

const NOBODY = 65_534;

const NAMESPACE = ['unshare', ['--net', 'true']] as const;

/** Why it cannot be tried here; undefined if it can. */
function obstacle(): string | undefined {
  if (process.platform !== 'linux') return 'this is not Linux';
  if (!has('cc') || !has('make')) return 'there is no C compiler (cc) or no make';
  if (spawnSync(...NAMESPACE).status !== 0) return 'no network namespace can be made without root';
  if (spawnSync('sh', ['-c', ': <>/dev/net/tun']).status !== 0)
    return '/dev/net/tun cannot be opened';
  return undefined;
}

const why = obstacle();
if (why !== undefined) console.log(`skipped: the host's Linux as an implementation: ${why}`);

interface Process {
  readonly pid: number;
  readonly parent: number;
  readonly name: string;
  readonly state: string;
}

function processes(): Process[] {
  return readdirSync('/proc')
    .filter((entry) => /^\d+$/.test(entry))
    .flatMap((pid) => {
      try {
        const [, name = '', state = '', parent] =
          /\((.*)\) (.) (\d+)/.exec(readFileSync(`/proc/${pid}/stat`, 'utf8')) ?? [];
        return [{ pid: Number(pid), parent: Number(parent), name, state }];
      } catch {
        return [];
      }
    });
}

/** The agents that a process has started. */
const agentsOf = (parent: number): number[] =>
  processes()
    .filter((one) => one.name.startsWith('kernspec-linux') && one.parent === parent)
    .map(({ pid }) => pid);

const runs = (pid: number): boolean =>
  processes().some((one) => one.pid === pid && one.state !== 'Z');

async function eventually<Value>(
  look: () => Value,
  good: (value: Value) => boolean,
): Promise<Value> {
  for (let attempt = 0; attempt < 300 && !good(look()); attempt++) await later(100);
  return look();
}

const interfaces = (): string[] => readdirSync('/sys/class/net').sort();

describe.skipIf(why !== undefined)("the host's Linux", () => {
  let program: string;

  beforeAll(async () => {
    const { code, stdout } = await kernspec(['adapters', 'build', 'linux']);
    expect(code).toBe(0);
    program = stdout.trim();
  }, BUILD_MS);

  test('is in good health', async () => {
    const { code, stdout } = await kernspec(['doctor', '--impl', 'linux']);
    expect(stdout).not.toMatch(/^✗/m);
    expect(code).toBe(0);
  });

  test(
    'does as it is expected to',
    async () => {
      const before = interfaces();
      const baseline = path.join(ROOT, 'adapters', 'linux', 'expectations.yaml');
      // Timers of TCP that last milliseconds may come between two steps on a busy machine.
      const only = [
        '--only',
        '@cap:network and not @cap:tcp',
        '--only',
        'net/socket-creation.feature',
      ];
      const args = ['run', '--impl', 'linux', '--baseline', baseline, '--format', 'none', ...only];
      const { code, stdout } = await kernspec(args);
      expect(stdout).toMatch(/kernspec: \d{3,} passed, \d+ not applicable \(linux-6 profile/);
      expect(stdout).toContain('the clock is real');
      expect(code).toBe(0);
      expect(interfaces()).toEqual(before);
    },
    RUN_MS,
  );

  test('waits no longer than it may', async () => {
    const only = ['--only', 'net/arp.feature', '--format', 'none'];
    const { stdout } = await kernspec(['run', '--impl', 'linux', '--max-wait', '0', ...only]);
    expect(stdout).toContain('it lets 3 s of real time go by, and --max-wait is 0 ms');
  });

  test('is gone when its suite is killed in the middle of a wait', async () => {
    const only = ['--only', 'net/arp.feature', '--format', 'none'];
    const { child } = start(['run', '--impl', 'linux', '--max-wait', '60000', ...only]);
    const parent = child.pid ?? 0;
    const [agent = 0] = await eventually(
      () => agentsOf(parent),
      (agents) => agents.length > 0,
    );
    expect(agent).not.toBe(0);
    child.kill('SIGKILL');
    const left = () => (runs(agent) ? [agent] : agentsOf(parent));
    expect(await eventually(left, (agents) => agents.length === 0)).toEqual([]);
  });

  test('ends when nobody speaks to it any more', async () => {
    const agent = spawn(program, { stdio: ['pipe', 'ignore', 'ignore'] });
    const ended = new Promise((resolve) => agent.on('exit', resolve));
    agent.stdin.end();
    expect(await ended).toBe(0);
  });

  test.skipIf(process.getuid?.() !== 0)('says in one line what is missing', () => {
    // Where nobody may look into the folder of the cache, this is the only way to give it the program.
    const shared = path.join(temporaryFolder(), 'kernspec-linux');
    chmodSync(path.dirname(shared), 0o755);
    copyFileSync(program, shared);
    const ended = spawnSync(shared, ['--check'], { uid: NOBODY, gid: NOBODY, encoding: 'utf8' });
    if (ended.status === 0) return;
    expect(ended.stderr).toMatch(
      /^(no network namespace|\/dev\/net\/tun).*; (run it as root|as root)[^\n]*\n$/,
    );
  });
});

describe('without what building needs', () => {
  test.skipIf(process.platform !== 'linux')(
    'it is said what is missing and the remedy',
    async () => {
      const empty = temporaryFolder();
      const { code, stderr } = await kernspec(['run', '--impl', 'linux'], {
        env: { PATH: empty, KERNSPEC_CACHE: empty },
      });
      expect(stderr).toMatch(
        /^kernspec: linux has to be built, and there is no make and no cc; on Debian: apt-get install make gcc libc6-dev$/m,
      );
      expect(code).toBe(4);
    },
  );
});
