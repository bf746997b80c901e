/** What each command shows, and how a run ends when it is interrupted. */
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { describe, expect, test } from 'vitest';
import { kernspec, start, temporaryFolder } from '../kernspec.ts';

interface ResultsFile {
  readonly cutShort?: string;
  readonly scenarios: readonly {
    readonly key: string;
    readonly verdict: string;
    readonly failure?: { readonly exchange: readonly string[] };
  }[];
}

const read = (folder: string) =>
  JSON.parse(readFileSync(path.join(folder, 'results.json'), 'utf8')) as ResultsFile;

describe('list', () => {
  test('areas with their counts', async () => {
    const { stdout } = await kernspec(['list']);
    expect(stdout).toMatch(
      /^CSM +Checksums +17 statements, 17 stated by \d+ rules in \d+ scenarios$/m,
    );
    expect(stdout).toMatch(/^VEG +Reno and Vegas +28 statements, 28 stated/m);
  });

  test('rules and scenarios, with ids', async () => {
    const rules = await kernspec(['list', 'rules', '--only', 'NTF-04']);
    expect(rules.stdout).toContain(
      "NTF-04  An answer with the stop bit ends the call at once and is the chain's",
    );
    const scenarios = await kernspec(['list', 'scenarios', '--only', 'NTF-05']);
    expect(scenarios.stdout).toContain(
      'kernel/notifier-chain-smp.feature: Taking turns step by step',
    );
  });

  test('capabilities with their methods', async () => {
    const { stdout } = await kernspec(['list', 'capabilities']);
    expect(stdout).toContain('checksum 1');
    expect(stdout).toContain('compute, update');
  });
});

describe('explain', () => {
  test('a statement: what it says, its rules, sources, scenarios and verdicts', async () => {
    const out = temporaryFolder();
    await kernspec(['run', '--only', 'NTF-04', '--out', out, '--format', 'json']);
    const results = path.join(out, 'results.json');
    const { stdout } = await kernspec(['explain', 'ntf-04', '--results', results]);
    expect(stdout).toContain('NTF-04  A result with NOTIFY_STOP_MASK ends the call at once');
    expect(stdout).toContain('Source: Linux 2.6.11, kernel/sys.c, notifier_call_chain()');
    expect(stdout).toContain('✓ The second of three ends the call  passed');
    expect(stdout).toContain('last verdicts: reference 0.1.0, profile notes, seed 1');
  });

  test('a statement that nothing states yet', async () => {
    const { stdout } = await kernspec(['explain', 'DYN-01'], { cwd: temporaryFolder() });
    expect(stdout).toContain('No rule states it yet.');
    expect(stdout).toContain('no results yet: kernspec run');
  });
});

describe('coverage', () => {
  test('what ran and passed, and what is stated by nothing', async () => {
    const out = temporaryFolder();
    await kernspec(['run', '--only', 'NTF', '--out', out, '--format', 'json']);
    const results = path.join(out, 'results.json');
    const { stdout, code } = await kernspec(['coverage', '--results', results, '--only', 'NTF']);
    expect(stdout).toMatch(/✓ NTF-01 +\d+\/\d+/);
    expect(stdout).toContain('○ NTF-06');
    expect(stdout).toMatch(
      /6 of 10 statements proved, 4 stated by no scenario that ran, 0 scenarios/,
    );
    expect(code).toBe(0);
    const strict = await kernspec(['coverage', '--results', results, '--only', 'NTF', '--strict']);
    expect(strict.code).toBe(1);
  });
});

describe('help', () => {
  test('holds the contract in brief', async () => {
    const { stdout, code } = await kernspec(['--help']);
    for (const part of [
      'hello',
      'reset',
      'bye',
      '"ok"',
      '"errno"',
      '"bug"',
      '"unsupported"',
      '"fault"',
    ]) {
      expect(stdout).toContain(part);
    }
    expect(code).toBe(0);
  });

  test('run --help has the exit codes', async () => {
    expect((await kernspec(['run', '--help'])).stdout).toContain('5  nothing ran');
  });
});

describe('output', () => {
  const one = ['run', '--only', 'CSM-17', '--format', 'none'];

  test('plain where NO_COLOR says so', async () => {
    const { stdout, stderr } = await kernspec(one, { env: { NO_COLOR: '1' } });
    expect(stdout + stderr).not.toContain('\u001b[');
    expect(stderr).toContain('5 of 5 run');
  });

  test('coloured where FORCE_COLOR says so', async () => {
    const { stdout } = await kernspec(one, { env: { NO_COLOR: '', FORCE_COLOR: '1' } });
    expect(stdout).toContain('\u001b[');
  });

  test('all reports by default', async () => {
    const out = temporaryFolder();
    await kernspec(['run', '--only', 'CSM-17', '--out', out]);
    for (const name of [
      'results.json',
      'junit.xml',
      'index.html',
      'summary.txt',
      'messages.ndjson',
    ]) {
      expect(existsSync(path.join(out, name)), name).toBe(true);
    }
  });
});

describe('a failure over a pipe', () => {
  test('tells the talk of its own scenario only, whatever ran before it', async () => {
    const impl = path.join(import.meta.dirname, 'first-answer.mjs');
    const talks = async (...only: string[]) => {
      const out = temporaryFolder();
      const args = ['run', '--impl', impl, ...only, '--out', out, '--format', 'json'];
      await kernspec(args);
      return new Map(
        read(out)
          .scenarios.filter(({ verdict }) => verdict === 'fail')
          .map(({ key, failure }) => [key, failure?.exchange]),
      );
    };
    const whole = await talks('--only', 'NTF-03');
    const shard = await talks('--only', 'NTF-03', '--shard', '2/2');
    expect(shard.size).toBeGreaterThan(0);
    for (const [key, exchange] of shard) expect(exchange).toEqual(whole.get(key));
    const texts = [...shard.values()].flatMap((lines) => lines ?? []);
    expect(texts.join('')).not.toContain('\n');
    expect(texts.join('')).not.toContain('"op":"reset"');
  });

  test('of a property is told of its smallest case', async () => {
    const out = temporaryFolder();
    const impl = path.join(import.meta.dirname, 'first-answer.mjs');
    await kernspec(['run', '--impl', impl, '--only', 'NTF-03', '--out', out, '--format', 'json']);
    const results = path.join(out, 'results.json');
    const { stdout } = await kernspec(['explain', 'NTF-03', '--results', results]);
    expect(stdout).toMatch(
      /smallest +\[\{"priority":0,.*"name":"block-0"\},\{.*"name":"block-1"\}\]/,
    );
    const registered = stdout.match(/"op":"notifier-chain.register".*"name":"block-\d"/g);
    expect(registered?.map((line) => line.slice(-9))).toEqual(['"block-0"', '"block-1"']);
  });
});

describe('an interrupted run', () => {
  const slow = path.join(import.meta.dirname, 'slow.mjs');

  test.each([
    ['SIGINT', 130],
    ['SIGTERM', 143],
  ] as const)('keeps what was finished, by %s', async (signal, exit) => {
    const out = temporaryFolder();
    const { child, ended, output } = start([
      ...['run', '--impl', slow, '--only', 'net/checksum.feature', '--out', out],
    ]);
    while (!output().includes(' run')) await new Promise((resolve) => setTimeout(resolve, 20));
    child.kill(signal);
    const { code, stdout } = await ended;
    expect(code).toBe(exit);
    expect(stdout).toContain(`interrupted by ${signal}`);
    const { cutShort, scenarios } = read(out);
    expect(cutShort).toBe(`interrupted by ${signal}`);
    const verdicts = new Set(scenarios.map(({ verdict }) => verdict));
    expect(verdicts).toContain('pass');
    expect(verdicts).toContain('not-run');
  });
});

describe('an interrupted run of what never waits', () => {
  test('hears of the signal amid its work', async () => {
    const out = temporaryFolder();
    const { child, ended, output } = start([
      ...['run', '--only', 'SKB', '--runs', '2000', '--parallel', '0', '--out', out],
    ]);
    while (!output().includes(' run')) await new Promise((resolve) => setTimeout(resolve, 20));
    child.kill('SIGINT');
    const { code } = await ended;
    expect(code).toBe(130);
    const { cutShort, scenarios } = read(out);
    expect(cutShort).toBe('interrupted by SIGINT');
    expect(scenarios.some(({ verdict }) => verdict === 'not-run')).toBe(true);
    expect(() => linesOf(path.join(out, 'messages.ndjson'))).not.toThrow();
  });
});

const linesOf = (file: string): unknown[] =>
  readFileSync(file, 'utf8')
    .trimEnd()
    .split('\n')
    .map((line) => JSON.parse(line) as unknown);

test('two runs into one folder leave each report whole', async () => {
  const out = temporaryFolder();
  const run = (area: string) => kernspec(['run', '--only', area, '--out', out]);
  const ended = await Promise.all([run('CSM'), run('NTF')]);
  expect(ended.map(({ code }) => code)).toEqual([0, 0]);
  const runs = linesOf(path.join(out, 'messages.ndjson'));
  expect(runs.filter((line) => Object.hasOwn(line as object, 'testRunStarted'))).toHaveLength(1);
  const reports = ['index.html', 'junit.xml', 'messages.ndjson', 'results.json', 'summary.txt'];
  expect(readdirSync(out).sort()).toEqual(reports);
});

test('results are the same bytes with colours and without', async () => {
  const failing = path.join(import.meta.dirname, 'first-answer.mjs');
  const run = async (env: NodeJS.ProcessEnv) => {
    const out = temporaryFolder();
    const args = ['--impl', failing, '--only', 'NTF', '--format', 'json', '--out', out];
    expect((await kernspec(['run', ...args], { env })).code).toBe(1);
    return readFileSync(path.join(out, 'results.json'), 'utf8');
  };
  // Node warns of two that contradict each other, though the one be empty.
  expect(await run({ NO_COLOR: undefined, FORCE_COLOR: '1' })).toBe(await run({}));
});

describe('determinism', () => {
  const results = async (...more: string[]) => {
    const out = temporaryFolder();
    const args = [
      'run',
      '--only',
      'NTF',
      '--only',
      'CSM',
      '--out',
      out,
      '--format',
      'json',
      '--runs',
      '20',
    ];
    await kernspec([...args, ...more]);
    return readFileSync(path.join(out, 'results.json'), 'utf8');
  };

  test('two runs, and two workers, give the same bytes', async () => {
    const once = await results();
    expect(await results()).toBe(once);
    expect(await results('--parallel', '2')).toBe(once);
  });

  test('shards joined are the whole', async () => {
    const known = path.join(temporaryFolder(), 'known.yaml');
    const shards = [];
    for (const shard of ['1/3', '2/3', '3/3']) {
      const out = temporaryFolder();
      await kernspec(['run', '--only', 'NTF', '--out', out, '--format', 'json', '--shard', shard]);
      shards.push('--results', path.join(out, 'results.json'));
    }
    const { code, stdout } = await kernspec(['gate', 'write', '--baseline', known, ...shards]);
    expect(stdout).toContain('0 known failures');
    expect(code).toBe(0);
    const check = await kernspec(['gate', 'check', '--baseline', known, ...shards]);
    expect(check.code).toBe(0);
  });
});
