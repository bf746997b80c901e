/** The command as a user has it: exit codes, messages, reports. */
import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { beforeAll, describe, expect, test } from 'vitest';
import type { Results } from '../../reports/results.ts';
import { kernspec, temporaryFolder } from '../kernspec.ts';

const SHIPPED = 'features/packetdrill/handshake-passive.pkt';
const TINY = path.join(import.meta.dirname, 'tiny-stack.mjs');

const SOCKET = '0 socket(..., SOCK_STREAM, IPPROTO_TCP) = 3\n';

let folder: string;

function script(name: string, text: string): string {
  const file = path.join(folder, name);
  writeFileSync(file, text);
  return file;
}

const packetdrill = (...args: string[]) => kernspec(['packetdrill', '--out', folder, ...args]);

beforeAll(() => {
  folder = temporaryFolder();
});

describe('exit codes', () => {
  test('0: every script passes, in this process and in one of its own', async () => {
    const here = await packetdrill(SHIPPED, '--format', 'json');
    const first = readFileSync(path.join(folder, 'results.json'), 'utf8');
    expect([here.code, here.stdout]).toEqual([0, expect.stringContaining('kernspec: 1 passed')]);
    const apart = await packetdrill(SHIPPED, '--format', 'json', '--isolate');
    expect(apart.code).toBe(0);
    expect(readFileSync(path.join(folder, 'results.json'), 'utf8')).toBe(first);
  });

  test('1: a script fails; the line, both packets and the capture are shown', async () => {
    const text = readFileSync(SHIPPED, 'utf8').replace('<mss 1460>', '<mss 1400>');
    const file = script('wrong.pkt', text);
    const { code, stdout } = await packetdrill(file, '--format', 'json', '--format', 'junit');
    expect(code).toBe(1);
    expect(stdout).toContain('+0 > S. 0:0(0) ack 1 <mss 1400>');
    expect(stdout).toMatch(/actual +0\.000000 > S\. 0:0\(0\) ack 1 win \d+ <mss 1460>/);
    const oneLine = stdout.replaceAll(/\s+/g, ' ');
    expect(oneLine).toContain('options: expected <mss 1400>, seen <mss 1460>');
    const read = readFileSync(path.join(folder, 'results.json'), 'utf8');
    const [result] = (JSON.parse(read) as Results).scenarios;
    expect(result).toMatchObject({ verdict: 'fail', key: file, feature: file, line: 9 });
    const [, capture = ''] = /capture +(captures\/\S+\.pcapng)/.exec(stdout) ?? [];
    expect(readFileSync(path.join(folder, capture)).readUInt32LE(0)).toBe(0x0a0d0d0a);
    expect(readFileSync(path.join(folder, 'junit.xml'), 'utf8')).toContain('<failure');
  });

  test('2: scripts that are wrong are all named, and nothing is run', async () => {
    const one = script('one.pkt', `${SOCKET}+0 > Q 1:1(0)\n`);
    const two = script('two.pkt', '--nonsense\n0 close(3) = 0\n');
    const { code, stdout, stderr } = await packetdrill(SHIPPED, one, two);
    expect([code, stdout]).toEqual([2, '']);
    expect(stderr).toContain(`${one}:2:6: "Q" is no TCP flag; there are F S R P . E W U`);
    expect(stderr).toContain(`${two}:1:1: packetdrill has no option --nonsense`);
  });

  test.each([
    [['nowhere.pkt'], 'there is no script "nowhere.pkt"'],
    [['docs'], 'the folder "docs" has no scripts (*.pkt)'],
    [[], "missing required argument 'script'"],
  ])('2: %j', async (names, says) => {
    const { code, stderr } = await packetdrill(...names);
    expect([code, stderr]).toEqual([2, expect.stringContaining(says)]);
  });

  test('3: a baseline has a script that passes', async () => {
    const entry = `  - scenario: ${SHIPPED}\n    verdict: fail\n    reason: known\n`;
    const file = script(
      'known.yaml',
      `implementation: reference\nprofile: notes\nexpect:\n${entry}`,
    );
    const { code, stdout } = await packetdrill(SHIPPED, '--format', 'none', '--baseline', file);
    expect([code, stdout]).toEqual([3, expect.stringContaining('it passes now; remove it')]);
  });

  test('4: there is nothing to run them on', async () => {
    const { code, stderr } = await packetdrill(SHIPPED, '--impl', './nothing-there');
    expect([code, stderr]).toEqual([4, expect.stringContaining('there is no implementation')]);
  });

  test('5: no script applies', async () => {
    const file = script('lacking.pkt', `${SOCKET}+0 dup(3) = 4\n`);
    const { code, stdout } = await packetdrill(file, '--format', 'none');
    expect(code).toBe(5);
    expect(stdout.replaceAll(/\s+/g, ' ')).toContain(
      `${file}:2:4: not supported: the system call dup`,
    );
    expect(stdout).toContain('nothing ran: no script applies');
    const without = await packetdrill(SHIPPED, '--format', 'none', '--impl', 'dummy-null');
    expect(without.code).toBe(without.stdout.includes('does not offer') ? 5 : 1);
  });
});

test('a folder stands for the scripts below it', async () => {
  const inner = path.join(folder, 'scripts', 'inner');
  mkdirSync(inner, { recursive: true });
  for (const name of ['b.pkt', 'a.pkt']) {
    writeFileSync(path.join(inner, name), `// About ${name}\n${SOCKET}`);
  }
  const scripts = path.join(folder, 'scripts');
  const { code, stdout } = await packetdrill(scripts, '--impl', TINY, '--format', 'none');
  expect([code, stdout]).toEqual([0, expect.stringContaining('kernspec: 2 passed')]);
});

test('--check reads scripts without an implementation', async () => {
  const file = script('check.pkt', `${SOCKET}+0 dup(3) = 4\n+0 \`true\`\n`);
  const { code, stdout } = await packetdrill('--check', SHIPPED, file);
  expect(code).toBe(0);
  expect(stdout).toContain(`${file}:2:4: not supported: the system call dup`);
  expect(stdout).toContain(`${file}:3:4: not supported: the shell command "true"`);
  expect(stdout).toContain('1 of 2 scripts can be run');
});

test('the page of a run has the scripts', async () => {
  await packetdrill(SHIPPED, '--format', 'html');
  const page = readFileSync(path.join(folder, 'index.html'), 'utf8');
  expect(page).toContain('A server answers a SYN with its own');
});
