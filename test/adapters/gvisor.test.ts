/** gVisor's netstack does as it is expected to, forgets everything between scenarios, and leaves nothing behind. */
import { spawn, spawnSync } from 'node:child_process';
import { existsSync } from 'node:fs';
import path from 'node:path';
import { beforeAll, describe, expect, test } from 'vitest';
import { has, kernspec, ROOT, temporaryFolder } from '../kernspec.ts';

/** Building from nothing compiles netstack too. */
const BUILD_MS = 280_000;
const RUN_MS = 60_000;

const NETSTACK = '/usr/share/gocode/src/gvisor.dev/gvisor/pkg/tcpip/tcpip.go';
const BASELINE = path.join(ROOT, 'adapters', 'gvisor', 'expectations.yaml');

/** Why it cannot be tried here; undefined if it can. */
function obstacle(): string | undefined {
  if (process.platform !== 'linux') return 'this is not Linux';
  if (!has('go') || !has('make')) return 'there is no Go or no make';
  if (!existsSync(NETSTACK)) return 'there is no golang-gvisor-gvisor-dev';
  return undefined;
}

const why = obstacle();
if (why !== undefined) console.log(`skipped: gVisor as an implementation: ${why}`);

const judge = (impl: string, ...only: string[]) =>
  kernspec([
    ...['run', '--impl', impl, '--baseline', BASELINE, '--format', 'none'],
    ...only.flatMap((what) => ['--only', what]),
  ]);

describe.skipIf(why !== undefined)("gVisor's netstack", () => {
  let program: string;

  beforeAll(async () => {
    const { code, stdout } = await kernspec(['adapters', 'build', 'gvisor']);
    expect(code).toBe(0);
    program = stdout.trim();
  }, BUILD_MS);

  test('is in good health', async () => {
    const { code, stdout } = await kernspec(['doctor', '--impl', 'gvisor']);
    expect(stdout).not.toMatch(/^✗/m);
    expect(code).toBe(0);
  });

  test(
    'does as it is expected to, without and with a process for each scenario',
    async () => {
      const features = ['net/udp.feature', 'net/path-mtu.feature', 'net/tcp-connect.feature'];
      const one = await judge('gvisor', ...features);
      expect(one.stdout).toMatch(/kernspec: \d+ passed, \d+ failed.*linux-6 profile, gvisor \d/);
      expect(one.stdout).toMatch(/gate: as expected, \d+ known failures/);
      expect(one.code).toBe(0);
      const each = await judge(`${program} --fresh`, ...features);
      expect(each.stdout).toContain(/kernspec: .*? \(/.exec(one.stdout)?.[0]);
      expect(each.code).toBe(0);
    },
    RUN_MS,
  );

  test('ends when nobody speaks to it any more', async () => {
    const agent = spawn(program, { stdio: ['pipe', 'ignore', 'ignore'] });
    const ended = new Promise((resolve) => agent.on('exit', resolve));
    agent.stdin.end();
    expect(await ended).toBe(0);
  });

  test('answers what is no request with a fault, and goes on', () => {
    const hello = {
      id: 1,
      op: 'hello',
      args: { protocols: ['kernspec/1'], suite: '1', profile: 'linux-6', seed: 1 },
    };
    const lines = ['no JSON', '{"id":0}', JSON.stringify(hello), '{"id":2,"op":"bye","args":{}}'];
    const { stdout, status } = spawnSync(program, { input: `${lines.join('\n')}\n` });
    const replies = String(stdout).trim().split('\n');
    expect(replies.slice(0, 2)).toEqual([
      expect.stringMatching(/^\{"fault":"not a request: .*","id":0\}$/),
      expect.stringMatching(/^\{"fault":"not a request: .*","id":0\}$/),
    ]);
    expect(replies[2]).toContain('"name":"gvisor"');
    expect(replies[3]).toBe('{"id":2,"ok":{}}');
    expect(status).toBe(0);
  });
});

describe('without what building needs', () => {
  test.skipIf(process.platform !== 'linux')(
    'it is said what is missing and the remedy',
    async () => {
      const empty = temporaryFolder();
      const { code, stderr } = await kernspec(['run', '--impl', 'gvisor'], {
        env: { PATH: empty, KERNSPEC_CACHE: empty },
      });
      expect(stderr).toMatch(
        /^kernspec: gvisor has to be built, and there is no make and no go\b.*; on Debian: apt-get install make golang-go/m,
      );
      expect(code).toBe(4);
    },
  );
});
