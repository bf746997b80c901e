/** One test a row of the table of exit codes. */
import { readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { beforeAll, describe, expect, test } from 'vitest';
import { kernspec, temporaryFolder } from '../kernspec.ts';

const SCENARIO = 'kernel/notifier-chain.feature: Nobody listens';
const FAILING = path.join(import.meta.dirname, 'first-answer.mjs');

/** Runs the scenarios of one rule on an implementation that answers with the first answer. */
const failing = (...more: string[]) =>
  kernspec(['run', '--impl', FAILING, '--only', 'NTF-03', '--format', 'none', ...more]);

let folder: string;

function baseline(name: string, entries: string): string {
  const file = path.join(folder, name);
  writeFileSync(file, `implementation: reference\nprofile: notes\nexpect:\n${entries}`);
  return file;
}

beforeAll(() => {
  folder = temporaryFolder();
});

describe('0: as expected', () => {
  test('everything passes', async () => {
    const { code, stdout } = await kernspec(['run', '--only', 'CSM-17', '--format', 'none']);
    expect(stdout).toContain('kernspec: 5 passed');
    expect(code).toBe(0);
  });

  test('what fails is in the baseline', async () => {
    const known = path.join(folder, 'known.yaml');
    const out = path.join(folder, 'out');
    await kernspec([
      'run',
      '--impl',
      FAILING,
      '--only',
      'NTF-03',
      '--out',
      out,
      '--format',
      'json',
    ]);
    const results = path.join(out, 'results.json');
    expect(
      (await kernspec(['gate', 'write', '--baseline', known, '--results', results])).code,
    ).toBe(0);
    const { code, stdout } = await failing('--baseline', known);
    expect(stdout).toMatch(/gate: as expected, [1-9]\d* known failures, 0 findings/);
    expect(code).toBe(0);
    expect(
      (await kernspec(['gate', 'check', '--baseline', known, '--results', results])).code,
    ).toBe(0);
  });
});

describe('1: a regression', () => {
  test('a new failure', async () => {
    const { code, stdout } = await failing();
    expect(stdout).toContain('NTF-03');
    expect(code).toBe(1);
  });

  test('a failure that has changed', async () => {
    const out = path.join(folder, 'changed');
    const known = path.join(folder, 'changed.yaml');
    await kernspec([
      'run',
      '--impl',
      FAILING,
      '--only',
      'NTF-03',
      '--out',
      out,
      '--format',
      'json',
    ]);
    const results = path.join(out, 'results.json');
    await kernspec(['gate', 'write', '--baseline', known, '--results', results]);
    const text = readFileSync(known, 'utf8').replace(
      /fingerprint: \S+/,
      'fingerprint: "000000000000"',
    );
    writeFileSync(known, text);
    const { code, stdout } = await kernspec([
      'gate',
      'check',
      '--baseline',
      known,
      '--results',
      results,
    ]);
    expect(stdout).toContain('it is known to fail, but otherwise');
    expect(code).toBe(1);
  });
});

describe('2: the command line, a baseline or a selector is wrong', () => {
  test.each([
    [['run', '--only', 'CSM-99'], 'there is no statement CSM-99; the nearest are CSM-09'],
    [
      ['run', '--only', '@cap:chekcsum'],
      'there is no tag @cap:chekcsum; the nearest are @cap:checksum',
    ],
    [['run', '--only', 'QQQ'], 'there is no area QQQ'],
    [['run', '--only', 'net/chcksum.feature'], 'net/checksum.feature'],
    [['run', '--only', '@SKB-05 and and'], 'is no tag expression'],
    [['run', '--shard', '5/4'], '--shard wants i/n'],
    [['run', '--seed', 'x'], 'It must be a whole number'],
    [['run', '--profile', 'solaris'], 'Allowed choices are notes'],
    [['run', '--frobnicate'], 'unknown option'],
    [['run', './my-kernel'], 'An implementation is named by --impl'],
    [['list', 'colours'], 'there is no list of colours'],
    [['explain', 'XSM-08'], 'the nearest are CSM-08'],
    [['explain', 'CSM-08', '--results', 'nowhere.json'], 'no results in nowhere.json'],
    [['gate', 'check', '--baseline', 'nowhere.yaml', '--results', 'nowhere.json'], 'nowhere.json'],
  ])('%j', async (args, says) => {
    const { code, stderr } = await kernspec(args);
    expect(stderr).toContain(says);
    expect(code).toBe(2);
  });

  const entry = (more = '') =>
    `  - scenario: "${SCENARIO}"\n    verdict: fail\n    reason: because\n${more}`;

  test.each([
    [
      'a duplicate',
      entry() + entry(),
      ':7: "kernel/notifier-chain.feature: Nobody listens" is in line 4',
    ],
    ['a bad date', entry('    expires: 2026-02-30\n'), ':7: entry.expires: not a date'],
    ['no reason', `  - scenario: "${SCENARIO}"\n    verdict: fail\n`, 'entry.reason'],
    [
      'an unknown verdict',
      `  - scenario: a\n    verdict: pass\n    reason: b\n`,
      ':5: entry.verdict',
    ],
    ['an unknown member', entry('    colour: red\n'), 'colour'],
    ['no YAML', '  - [}\n', ':4: no YAML:'],
    [
      'a number for text',
      entry('    fingerprint: 123456\n'),
      ':7: entry.fingerprint: not text; put',
    ],
    ['a reference to nothing', '  *nothing\n', 'Unresolved alias'],
  ])('a baseline with %s', async (_, entries, says) => {
    const file = baseline('bad.yaml', entries);
    const { code, stderr } = await failing('--baseline', file);
    expect(stderr).toContain(`${file}`);
    expect(stderr).toContain(says);
    expect(code).toBe(2);
  });
});

describe('2: a baseline of another implementation, or of another profile', () => {
  const entries = `  - scenario: "${SCENARIO}"\n    verdict: fail\n    reason: because\n`;

  test('is not judged by', async () => {
    const { code, stdout, stderr } = await failing('--baseline', baseline('other.yaml', entries));
    expect(stderr).toContain('is the baseline of "reference" in profile notes, and what ran is "');
    expect(stdout).not.toContain('gate:');
    expect(code).toBe(2);
  });

  test('is neither checked nor updated', async () => {
    const out = path.join(folder, 'bsd');
    const args = ['--profile', 'bsd-4.4', '--only', 'CSM-17', '--format', 'json', '--out', out];
    await kernspec(['run', ...args]);
    const known = baseline('notes.yaml', entries);
    for (const what of ['check', 'update']) {
      const results = ['--results', path.join(out, 'results.json')];
      const { code, stderr } = await kernspec(['gate', what, '--baseline', known, ...results]);
      expect(stderr).toContain('what ran is "reference" in profile bsd-4.4');
      expect(code).toBe(2);
    }
    expect(readFileSync(known, 'utf8')).toContain('because');
  });
});

describe('gate update', () => {
  test('drops what there is no scenario for, and says so', async () => {
    const out = path.join(folder, 'update');
    await kernspec(['run', '--only', 'CSM-17', '--format', 'json', '--out', out]);
    const known = path.join(folder, 'update.yaml');
    const kept = `  - scenario: "${SCENARIO}"\n    verdict: fail\n    reason: because\n`;
    const lost = kept.replace('listens', 'listns').replace('because', 'once');
    const head = '# Written by hand.\n# Twice.\n';
    writeFileSync(
      known,
      `${head}implementation: reference\nprofile: notes\nexpect:\n${kept}${lost}`,
    );
    const args = ['--baseline', known, '--results', path.join(out, 'results.json')];
    const { code, stdout } = await kernspec(['gate', 'update', ...args]);
    expect(stdout).toContain('dropped  kernel/notifier-chain.feature: Nobody listns');
    expect(stdout).toContain('the nearest are kernel/notifier-chain.feature: Nobody listens');
    expect(stdout).toContain('its reason was: once');
    expect(code).toBe(0);
    const text = readFileSync(known, 'utf8');
    expect(text.startsWith(head)).toBe(true);
    expect(text).toContain('Nobody listens');
    expect(text).not.toContain('Nobody listns');
  });
});

describe('3: a stale or unexpectedly passing entry', () => {
  const run = (entries: string, ...more: string[]) =>
    kernspec([
      ...['run', '--only', 'NTF-03', '--format', 'none'],
      ...['--baseline', baseline('stale.yaml', entries), ...more],
    ]);

  test('it passes', async () => {
    const entries = `  - scenario: "${SCENARIO}"\n    verdict: fail\n    reason: because\n`;
    const { code, stdout } = await run(entries);
    expect(stdout).toContain('it passes now; remove it (line 4 of the baseline)');
    expect(code).toBe(3);
  });

  test('it is unknown', async () => {
    const entries =
      '  - scenario: "kernel/notifier-chain.feature: Nobody listns"\n    verdict: fail\n    reason: b\n';
    const { code, stdout } = await run(entries);
    expect(stdout).toContain('the nearest are kernel/notifier-chain.feature: Nobody listens');
    expect(code).toBe(3);
  });

  test('it does not apply', async () => {
    const key =
      'kernel/notifier-chain.feature: A successor that a callback takes off is called all the same';
    const { code, stdout } = await run(
      `  - scenario: "${key}"\n    verdict: fail\n    reason: b\n`,
    );
    expect(stdout).toContain('the rule holds in profile linux-6');
    expect(code).toBe(3);
  });

  test('it has expired', async () => {
    const known = path.join(folder, 'expired.yaml');
    const out = path.join(folder, 'expired');
    await kernspec([
      'run',
      '--impl',
      FAILING,
      '--only',
      'NTF-03',
      '--out',
      out,
      '--format',
      'json',
    ]);
    const results = path.join(out, 'results.json');
    await kernspec(['gate', 'write', '--baseline', known, '--results', results]);
    const text = readFileSync(known, 'utf8').replaceAll(
      /( +)reason: .*/g,
      '$&\n$1expires: 2027-01-31',
    );
    writeFileSync(known, text);
    const check = (today: string) =>
      kernspec(['gate', 'check', '--baseline', known, '--results', results, '--today', today]);
    expect((await check('2027-01-31')).code).toBe(0);
    const { code, stdout } = await check('2027-02-01');
    expect(stdout).toContain('its excuse expired on 2027-01-31');
    expect(code).toBe(3);
  });
});

describe('4: the implementation could not be driven', () => {
  test.each([
    ['./not-there', 'tried'],
    ['node -e 0', 'could not be greeted'],
    [path.join(import.meta.dirname, 'no-default.mjs'), 'no default export'],
  ])('%s', async (impl, says) => {
    const { code, stderr } = await kernspec(['run', '--impl', impl, '--format', 'none']);
    expect(stderr).toContain(says);
    expect(code).toBe(4);
  });
});

describe('5: nothing ran', () => {
  test('no scenario applies', async () => {
    const args = ['run', '--impl', FAILING, '--only', 'CSM', '--format', 'none'];
    const { code, stdout } = await kernspec(args);
    expect(stdout).toContain('no chosen scenario applies to this implementation');
    expect(code).toBe(5);
  });

  test('a selector that chooses nothing', async () => {
    const args = ['run', '--only', '@CSM-08 and @NTF-01', '--format', 'none'];
    const { code, stdout } = await kernspec(args);
    expect(stdout).toContain('no scenario was chosen');
    expect(code).toBe(5);
  });
});
