/** lwIP as Debian has it does what it is expected to, in virtual time, and leaves nothing behind. */
import { spawn, spawnSync } from 'node:child_process';
import { existsSync } from 'node:fs';
import path from 'node:path';
import { beforeAll, describe, expect, test } from 'vitest';
import { has, kernspec, ROOT, temporaryFolder } from '../kernspec.ts';

const BUILD_MS = 120_000;
const RUN_MS = 60_000;

const HEADER = '/usr/include/lwip/lwip/tcpip.h';

/** Why it cannot be tried here; undefined if it can. */
function obstacle(): string | undefined {
  if (process.platform !== 'linux') return 'this is not Linux';
  if (!has('cc') || !has('make')) return 'there is no C compiler (cc) or no make';
  if (!existsSync(HEADER)) return `there is no ${HEADER}; on Debian: apt-get install liblwip-dev`;
  return undefined;
}

const why = obstacle();
if (why !== undefined) console.log(`skipped: lwIP as an implementation: ${why}`);

const BASELINE = path.join(ROOT, 'adapters', 'lwip', 'expectations.yaml');

/** What the program answers to these requests, in one go. */
function talk(program: string, calls: readonly (readonly [string, object])[]): unknown[] {
  const hello = { protocols: ['kernspec/1'], suite: '0.1.0', seed: 1, profile: 'notes' };
  const all = [['hello', hello], ...calls] as const;
  const input = all
    .map(([op, args], id) => `${JSON.stringify({ id: id + 1, op, args })}\n`)
    .join('');
  const { stdout } = spawnSync(program, { input, encoding: 'utf8' });
  const replies = stdout.trim().split('\n').slice(1);
  return replies.map((line) => JSON.parse(line) as unknown);
}

const ATTACHED = [
  ['network.attach', { interface: 'eth0', mac: '02:00:00:00:00:00', mtu: 1500 }],
  ['network.addAddress', { interface: 'eth0', address: '10.0.0.1', prefix: 24 }],
] as const;

describe.skipIf(why !== undefined)('lwIP', () => {
  let program: string;

  beforeAll(async () => {
    const { code, stdout } = await kernspec(['adapters', 'build', 'lwip']);
    expect(code).toBe(0);
    program = stdout.trim();
  }, BUILD_MS);

  test('is in good health', async () => {
    const { code, stdout } = await kernspec(['doctor', '--impl', 'lwip']);
    expect(stdout).not.toMatch(/^✗/m);
    expect(code).toBe(0);
  });

  test(
    'does as it is expected to',
    async () => {
      // All of it is "npm run suite:lwip".
      const only = ['--only', 'net/udp.feature', '--format', 'none'];
      const args = ['run', '--impl', 'lwip', '--baseline', BASELINE, ...only];
      const { code, stdout } = await kernspec(args);
      expect(stdout).toMatch(/kernspec: \d{2,} passed, .*\(bsd-4\.4 profile, lwip 2\.1\./);
      expect(code).toBe(0);
    },
    RUN_MS,
  );

  test('an hour costs no time', () => {
    const replies = talk(program, [
      ...ATTACHED,
      ['network.advance', { to: 3_600_000_000_000 }],
      ['network.now', {}],
    ]);
    expect(replies.at(-1)).toHaveProperty('ok.at', 3_600_000_000_000);
  });

  test('it is known when something will happen, and nothing is said of timers that do nothing', () => {
    const to = { address: '10.0.0.2', port: 7 };
    const [, , idle, , , asked] = talk(program, [
      ...ATTACHED,
      ['network.now', {}],
      ['udp.open', {}],
      ['udp.send', { socket: 's1', task: 'a', octets: '01', to }],
      ['network.now', {}],
    ]);
    expect(idle).toHaveProperty('ok.next', 64_000_000_000);
    // Nobody answers, so it asks again a second later.
    expect(asked).toHaveProperty('ok.next', 1_000_000_000);
  });

  test('what it has not got is said, not made up', () => {
    const [, , second, route] = talk(program, [
      ...ATTACHED,
      ['network.addAddress', { interface: 'eth0', address: '10.0.0.9', prefix: 24 }],
      ['network.addRoute', { destination: '192.168.0.0', prefix: 16, gateway: '10.0.0.2' }],
    ]);
    expect(second).toHaveProperty('errno', 'EOPNOTSUPP');
    expect(route).toHaveProperty('errno', 'EOPNOTSUPP');
  });

  test('ends when nobody speaks to it any more', async () => {
    const agent = spawn(program, { stdio: ['pipe', 'ignore', 'ignore'] });
    const ended = new Promise((resolve) => agent.on('exit', resolve));
    agent.stdin.end();
    expect(await ended).toBe(0);
  });
});

describe('without what building needs', () => {
  test.skipIf(process.platform !== 'linux')('lwIP names it and the remedy', async () => {
    const empty = temporaryFolder();
    const { code, stderr } = await kernspec(['run', '--impl', 'lwip'], {
      env: { PATH: empty, KERNSPEC_CACHE: empty },
    });
    expect(stderr).toMatch(
      /^kernspec: lwip has to be built, and there is no make and no cc.*; on Debian: apt-get install make gcc/m,
    );
    expect(code).toBe(4);
  });
});
