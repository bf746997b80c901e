/** What nobody should give, and what it gets: one clear line, and never code 1, which means a regression. */
import { spawnSync } from 'node:child_process';
import { chmodSync, mkdirSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { beforeAll, describe, expect, test } from 'vitest';
import { kernspec, MAIN, temporaryFolder } from '../kernspec.ts';

let folder: string;

const at = (name: string): string => path.join(folder, name);

beforeAll(() => {
  folder = temporaryFolder();
  writeFileSync(at('file'), '');
  mkdirSync(path.join(folder, 'taken', 'messages.ndjson'), { recursive: true });
  mkdirSync(at('folder'));
  writeFileSync(at('not executable'), '');
  writeFileSync(at('no-interpreter'), '#!/nowhere/at/all\n');
  chmodSync(at('no-interpreter'), 0o755);
  writeFileSync(at('nothing.mjs'), 'export default () => ({})');
  writeFileSync(
    at('misspelt.mjs'),
    'export default () => ({ name: "x", version: "1", profile: "notes", ports: { cheksum: {} } })',
  );
});

describe('a place for reports that cannot be one', () => {
  test.each([
    ['file', 'there is a file of that name'],
    ['file/below', 'a part of the path is a file'],
    ['taken', 'messages.ndjson: there is a folder of that name'],
    ['x'.repeat(300), 'the path is too long'],
  ])('%s', async (name, says) => {
    const { code, stdout, stderr } = await kernspec(['run', '--only', 'CSM-17', '--out', at(name)]);
    expect(stderr).toContain(says);
    expect(stdout).toBe('');
    expect(code).toBe(2);
  });

  test.runIf(process.platform === 'linux')('where there can be no folder', async () => {
    const { code, stderr } = await kernspec(['run', '--only', 'CSM-17', '--out', '/proc/x']);
    expect(stderr).toContain('cannot write /proc/x');
    expect(code).toBe(2);
  });

  test('a kit or a baseline', async () => {
    for (const name of ['file', path.join('file', 'below')]) {
      const { code, stderr } = await kernspec(['init', '--lang', 'c', at(name)]);
      expect(stderr).toMatch(/^kernspec: .*a (?:part of the path is a )?file/);
      expect(code).toBe(2);
    }
    await kernspec(['run', '--only', 'CSM-17', '--format', 'json', '--out', at('out')]);
    const results = ['--results', path.join(folder, 'out', 'results.json')];
    const known = path.join(folder, 'nowhere', 'known.yaml');
    const { code, stderr } = await kernspec(['gate', 'write', '--baseline', known, ...results]);
    expect(stderr).toContain('there is no folder for it');
    expect(code).toBe(2);
  });
});

describe.runIf(process.platform === 'linux')('an output that takes nothing', () => {
  const shell = (line: string) => {
    const env = { ...process.env, NODE: process.execPath, MAIN };
    return spawnSync('bash', ['-c', line], { env, cwd: folder, encoding: 'utf8' });
  };

  test('a reader of the first line only is no error', () => {
    for (const args of ['--help', 'list scenarios']) {
      const { stderr } = shell(`"$NODE" "$MAIN" ${args} | head -1`);
      expect(stderr).toBe('');
    }
  });

  test('a disk without room is told of, and is no regression', () => {
    const { status, stderr } = shell('"$NODE" "$MAIN" list >/dev/full');
    expect(stderr).toMatch(/^kernspec: its output cannot be written: ENOSPC.*\n$/);
    expect(status).toBe(2);
  });
});

describe('words that make no sense', () => {
  test.each([
    [['run', '--format', 'xml'], 'Allowed choices are json, junit'],
    [['run', '--only', ''], '--only wants'],
    [['run', '--only', 'net'], 'the nearest are net/'],
    [['run', '--only', 'NTF-01,NTF-02'], 'for several, repeat --only'],
    [['run', '--out', ''], 'no folder is named'],
    [['gate', 'check', '--baseline', 'x', '--today', '2027-02-30'], 'no results in'],
  ])('%j', async (args, says) => {
    const { code, stderr } = await kernspec(args, { cwd: folder });
    expect(stderr).toContain(says);
    expect(code).toBe(2);
  });

  test('a day that is none', async () => {
    const out = at('day');
    await kernspec(['run', '--only', 'CSM-17', '--format', 'json', '--out', out]);
    const args = ['--baseline', 'x.yaml', '--results', path.join(out, 'results.json')];
    const { code, stderr } = await kernspec(['gate', 'check', ...args, '--today', '2027-02-30']);
    expect(stderr).toContain('--today wants a date');
    expect(code).toBe(2);
  });

  test.each([
    ['a member that is none', 'implementation: x\nprofile: notes\nexpct: []\n', 'expct'],
    ['no list', 'implementation: x\nprofile: notes\nexpect: 5\n', 'baseline.expect'],
    ['no entry', 'implementation: x\nprofile: notes\nexpect:\n  - 5\n', ':4: entry'],
    ['nothing', '', ':1: baseline'],
  ])('a baseline with %s', async (_, text, says) => {
    const file = at('bad.yaml');
    writeFileSync(file, text);
    const { code, stderr } = await kernspec(['run', '--only', 'CSM-17', '--baseline', file]);
    expect(stderr).toContain(file);
    expect(stderr).toContain(says);
    expect(code).toBe(2);
  });
});

describe('an implementation that is none', () => {
  test.each([
    ['', '--impl names nothing'],
    ['refrence', 'did you mean reference?'],
    ['./folder', 'which is a folder'],
    ['./not executable', 'may not be executed'],
    ['./no-interpreter', 'what its first line names to run it, is not there'],
    ['./nothing.mjs', 'boot() must return { name, version, profile, ports }'],
    ['y'.repeat(130), '(130 characters)'],
  ])('"%s"', async (impl, says) => {
    const args = ['run', '--only', 'CSM-17', '--format', 'none', '--impl', impl];
    const { code, stderr } = await kernspec(args, { cwd: folder });
    expect(stderr).toContain(says);
    expect(code).toBe(4);
  });

  test('one whose path has a space in it is found', async () => {
    const script = '#!/bin/sh\nexec "$NODE" "$SERVE" "$MODULE"\n';
    writeFileSync(at('my kernel'), script, { mode: 0o755 });
    const root = path.resolve(import.meta.dirname, '../..', 'dist');
    const env = {
      NODE: process.execPath,
      SERVE: path.join(root, 'harness', 'serve-main.js'),
      MODULE: path.join(root, 'adapters', 'reference.js'),
    };
    const args = ['run', '--only', 'CSM-17', '--format', 'none', '--impl', './my kernel'];
    const { code, stdout } = await kernspec(args, { cwd: folder, env });
    expect(stdout).toContain('5 passed');
    expect(code).toBe(0);
  });

  test('a port that the contract does not have is told by its nearest name', async () => {
    const { code, stdout } = await kernspec(['doctor', '--impl', './misspelt.mjs'], {
      cwd: folder,
    });
    expect(stdout).toContain('there is no capability "cheksum"; the nearest are checksum');
    expect(code).toBe(1);
    const args = ['run', '--only', 'CSM-17', '--format', 'none', '--impl', './misspelt.mjs'];
    const run = await kernspec(args, { cwd: folder });
    expect(run.stdout).toContain('which offers cheksum');
    expect(run.code).toBe(5);
  });
});
