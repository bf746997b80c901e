/** Whatever an implementation does costs one scenario, is blamed on it, and leaves nothing behind. */
import { spawn } from 'node:child_process';
import { existsSync, mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { setTimeout as later } from 'node:timers/promises';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { readBook, run } from '../../harness/run.ts';
import { subprocess } from '../../harness/subprocess.ts';
import type { Failure, Results, ScenarioResult } from '../../reports/results.ts';

const CHAOS = path.resolve('test/chaos/chaos.mjs');
const book = readBook();
let state: string;

beforeEach(() => {
  state = mkdtempSync(path.join(tmpdir(), 'kernspec-chaos-'));
});

afterEach(async () => {
  const left = await stillRunning();
  rmSync(state, { recursive: true });
  expect(left).toEqual([]);
});

function pids(): number[] {
  return readFileSync(path.join(state, 'pids'), 'utf8').trim().split('\n').map(Number);
}

/** A process that was killed takes a moment to be gone. */
async function stillRunning(): Promise<number[]> {
  const isThere = (pid: number) => {
    try {
      process.kill(pid, 0);
    } catch {
      return false;
    }
    // One that nobody has waited for yet, or ever will, runs no more.
    const stat = readFileSync(`/proc/${pid}/stat`, 'utf8');
    return !/\) Z /.test(stat);
  };
  for (let attempt = 0; attempt < 100 && pids().some(isThere); attempt++) await later(20);
  return pids().filter(isThere);
}

const OPTIONS = {
  seed: 1,
  runs: 5,
  callTimeoutMs: 600,
  maxRestarts: 50,
  only: ['CSM-06'],
  parallel: 0,
};

function chaos(misdeed: string, ...flags: string[]): string {
  return [process.execPath, CHAOS, '--do', misdeed, '--state', state, ...flags].join(' ');
}

async function resultsOf(impl: string, options: object = {}): Promise<Results> {
  return (await run({ ...OPTIONS, impl, ...options }, book)).results;
}

function verdicts({ scenarios }: Results): string[] {
  return scenarios.map(({ verdict }) => verdict);
}

/** Rows of the outline make a call each, so the third call, or process, is the third scenario's. */
const BLAMED = 2;

function blamed({ scenarios }: Results): ScenarioResult {
  const wrong = scenarios.filter(
    ({ verdict }) => verdict !== 'pass' && verdict !== 'not-applicable',
  );
  expect(wrong.map(({ key }) => key)).toEqual([scenarios[BLAMED]?.key]);
  expect(scenarios.filter(({ verdict }) => verdict === 'pass').length).toBeGreaterThan(5);
  return wrong[0] as ScenarioResult;
}

const MODES = [
  { mode: 'with reset', flags: [] },
  { mode: 'in a fresh process each', flags: ['--no-reset', '--process', '3', '--call', '1'] },
] as const;

type Expected = [misdeed: string, kind: Failure['kind'], says: RegExp];

const IN_THE_CALL: Expected[] = [
  ['crash', 'crash', /it was ended by SIGSEGV instead of answering checksum\.update/],
  ['abort', 'crash', /it was ended by SIGABRT instead of answering checksum\.update/],
  ['exit-0', 'exit', /it exited with status 0 instead of answering checksum\.update/],
  ['exit-3', 'crash', /it exited with status 3 instead of answering checksum\.update/],
  ['hang', 'hang', /no answer to checksum\.update within 600 ms/],
  ['busy-loop', 'hang', /no answer to checksum\.update within 600 ms/],
  ['late', 'late', /the answer to checksum\.update came later than the limit of 600 ms/],
  ['garbage-line', 'garbage', /checksum\.update is not JSON: Segmentation fault \(core dumped\);/],
  ['blank-line', 'garbage', /checksum\.update is not JSON: /],
  ['no-object', 'garbage', /checksum\.update is no object: \[1\]; a reply looks like \{"id":\d+,/],
  ['json-null', 'garbage', /checksum\.update is no object: null/],
  ['two-members', 'invalid-answer', /checksum\.update is not valid: exactly one of ok, errno, /],
  ['unknown-member', 'invalid-answer', /checksum\.update is not valid: exactly one of ok, errno, /],
  ['no-member', 'invalid-answer', /A valid one: \{"ok":\{"checksum":0\}\}/],
  ['wrong-id', 'wrong-id', /checksum\.update has id \d+ where \d+ was asked/],
  ['missing-id', 'wrong-id', /checksum\.update has no id where \d+ was asked/],
  ['text-id', 'wrong-id', /checksum\.update has id "\d+" where \d+ was asked/],
  ['oversized-line', 'oversize', /checksum\.update is a line of more than 4194304 octets/],
  ['oversized-line-ended', 'oversize', /checksum\.update is a line of more than 4194304 octets/],
  ['stray-before', 'garbage', /checksum\.update is not JSON: booting \.\.\./],
  ['invalid-utf-8', 'garbage', /checksum\.update is not UTF-8/],
  ['not-a-number', 'garbage', /checksum\.update is not JSON: \{"id":\d+,"ok":\{"checksum":NaN\}\}/],
  ['infinity', 'garbage', /checksum\.update is not JSON/],
  ['infinite-number', 'invalid-answer', /checksum\.update is not valid: ok\.checksum: /],
  ['wrong-type', 'invalid-answer', /ok\.checksum: .*expected number, received string/],
  ['unknown-errno', 'invalid-answer', /errno "ENOENT" is none that this call gives; it gives none/],
  ['reason-no-text', 'invalid-answer', /checksum\.update is not valid: bug: .*text/],
  ['parked', 'invalid-answer', /checksum\.update is not valid: this call never sleeps/],
  [
    'unsupported',
    'unsupported',
    /checksum\.update is answered "unsupported".* capability is declared/,
  ],
  ['grandchild-then-crash', 'crash', /it was ended by SIGKILL instead of answering/],
  ['grandchild-then-exit', 'exit', /it exited with status 0 instead of answering/],
];

const AFTER_THE_ANSWER: Expected[] = [
  ['dies-after-answer', 'crash', /it exited with status 4 after its answer to checksum\.update/],
  ['stray-after', 'stray', /without being asked, after checksum\.update: and another thing/],
  ['two-answers', 'stray', /without being asked, after checksum\.update: \{"id":/],
];

describe.each(MODES)('$mode', ({ flags: [...flags] }) => {
  it.each(IN_THE_CALL)('%s is blamed on the call as %s', async (misdeed, kind, says) => {
    const results = await resultsOf(chaos(misdeed, ...flags));
    const { verdict, failure } = blamed(results);
    expect(verdict).toBe('fail');
    expect(failure?.kind).toBe(kind);
    expect(failure?.message).toMatch(says);
    expect(failure?.step).toMatch(/^the checksum 0x\w{4} is amended/);
    expect(failure?.line).toBeGreaterThan(80);
    const requests = failure?.exchange.filter((line) => line.startsWith('> ')) ?? [];
    expect(requests.at(-1)).toMatch(/^> \{"id":\d+,"op":"checksum\.update","args":/);
  });

  it.each(AFTER_THE_ANSWER)('%s is blamed on its scenario as %s', async (misdeed, kind, says) => {
    const results = await resultsOf(chaos(misdeed, ...flags));
    const { verdict, failure } = blamed(results);
    expect(verdict).toBe('fail');
    expect(failure?.kind).toBe(kind);
    expect(failure?.message).toMatch(says);
    expect(failure?.step).toBe('after the scenario');
    expect(failure?.exchange.join('\n')).toContain('"op":"checksum.update"');
  });
});

describe('an implementation may', () => {
  it.each(['nothing', 'many-small-writes', 'crlf', 'flooded-log', 'grandchild'])(
    '%s',
    async (misdeed) => {
      const results = await resultsOf(chaos(misdeed));
      expect(new Set(verdicts(results))).toEqual(new Set(['pass', 'not-applicable']));
    },
  );

  it.each(['stays-after-bye', 'ends-on-bye-without-a-word', 'ignores-signals'])(
    'do as %s does',
    async (habit) => {
      const results = await resultsOf(chaos(habit, '--no-reset'), { only: ['CSM-13'] });
      expect(new Set(verdicts(results))).toEqual(new Set(['pass']));
    },
  );
});

describe('the end of a scenario is part of it', () => {
  it('ends-after-answer, where it was to stay', async () => {
    const { failure } = blamed(await resultsOf(chaos('ends-after-answer')));
    expect(failure).toMatchObject({ kind: 'exit', step: 'after the scenario' });
    expect(failure?.message).toMatch(/status 0 after its answer to checksum\.update/);
  });

  it('ends-after-answer, where it was to go', async () => {
    const flags = ['--no-reset', '--process', '3', '--call', '1'];
    const results = await resultsOf(chaos('ends-after-answer', ...flags));
    expect(new Set(verdicts(results))).toEqual(new Set(['pass', 'not-applicable']));
  });

  it.each([
    ['ignores-bye', 'hang', /no answer to bye within 600 ms/],
    ['crashes-on-bye', 'crash', /it exited with status 5 after its answer to checksum\.\w+/],
  ] as const)('%s', async (habit, kind, says) => {
    const only = ['net/checksum.feature:97'];
    const { scenarios } = await resultsOf(chaos(habit, '--no-reset'), { only });
    expect(scenarios[0]?.failure).toMatchObject({ kind, step: 'after the scenario' });
    expect(scenarios[0]?.failure?.message).toMatch(says);
  });

  it.each([
    ['refuses-reset', 'invalid-answer', /declares reset and answers \{"fault":"not today"\}/],
    ['crashes-on-reset', 'crash', /it exited with status 5 after its answer to checksum\.\w+/],
  ] as const)('%s', async (habit, kind, says) => {
    const { scenarios } = await resultsOf(chaos(habit), { only: ['net/checksum.feature:97'] });
    expect(scenarios[0]?.failure).toMatchObject({ kind, step: 'after the scenario' });
    expect(scenarios[0]?.failure?.message).toMatch(says);
  });
});

describe('the report of a failure', () => {
  it.each(['exit-3', 'flooded-log-then-crash', 'log-then-garbage'])(
    'has the end of the log: %s',
    async (misdeed) => {
      const { failure } = blamed(await resultsOf(chaos(misdeed)));
      expect(failure?.stderr).toMatch(/the last words\n$/);
      expect(failure?.stderr?.length).toBeLessThanOrEqual(4000);
    },
  );

  it('shows the bad line as it came', async () => {
    const { failure } = blamed(await resultsOf(chaos('garbage-line')));
    expect(failure?.exchange.at(-1)).toBe('< Segmentation fault (core dumped)');
  });

  it('shows how an oversized line begins', async () => {
    const { failure } = blamed(await resultsOf(chaos('oversized-line')));
    expect(failure?.exchange.at(-1)).toMatch(/^< x{200}… \(\d+ octets so far\)$/);
  });

  it('tells a fault of the adapter from a failure of the kernel', async () => {
    const { verdict, failure } = blamed(await resultsOf(chaos('fault')));
    expect(verdict).toBe('error');
    expect(failure).toMatchObject({
      kind: 'fault',
      message: 'the adapter failed in checksum.update: the device is not open',
    });
  });

  it('has a fingerprint that stays the same', async () => {
    const first = blamed(await resultsOf(chaos('hang'))).failure?.fingerprint;
    rmSync(path.join(state, 'done'));
    expect(blamed(await resultsOf(chaos('hang'))).failure?.fingerprint).toBe(first);
  });
});

describe('a run that is killed', () => {
  it('has workers that leave nothing behind', async () => {
    const impl = chaos('hang', '--every', '--call', '1');
    const options = { ...OPTIONS, impl, only: ['CSM'], parallel: 2, callTimeoutMs: 60_000 };
    const module = JSON.stringify(path.resolve('dist/harness/run.js'));
    const script = `import { run } from ${module}; await run(${JSON.stringify(options)});`;
    const runner = spawn(process.execPath, ['--input-type=module', '-e', script]);
    const started = () => existsSync(path.join(state, 'pids')) && pids().length > 1;
    while (!started()) await later(50);
    await later(500);
    runner.kill('SIGKILL');
  });
});

describe('restarts are bounded', () => {
  it('one that always crashes is given up, and the rest is not run', async () => {
    const impl = chaos('crash', '--every', '--call', '1');
    const options = { only: ['net/checksum.feature'], maxRestarts: 3 };
    const { results, givenUp } = await run({ ...OPTIONS, impl, ...options }, book);
    expect(verdicts(results).slice(0, 5)).toEqual(['fail', 'fail', 'fail', 'fail', 'not-run']);
    expect(results.totals).toMatchObject({ fail: 4, pass: 0, error: 0 });
    expect(results.totals['not-run']).toBe(results.scenarios.length - 4);
    expect(results.cutShort).toBe('it died 4 times, more than the 3 allowed');
    expect(givenUp).toBe(results.cutShort);
    expect(pids()).toHaveLength(4);
  });

  it('one is given up at the same scenario, however many workers there are', async () => {
    const impl = chaos('crash', '--every', '--call', '1');
    const options = { impl, only: ['CSM', 'SKB-11'], maxRestarts: 3 };
    const alone = await run({ ...OPTIONS, ...options }, book);
    const divided = await run({ ...OPTIONS, ...options, parallel: 2 }, book);
    expect(divided.results).toEqual(alone.results);
    expect(divided.givenUp).toBe(alone.givenUp);
  });

  it('one that only answers badly is not given up for it', async () => {
    const impl = chaos('unsupported', '--every', '--call', '1');
    const options = { only: ['CSM-06', 'CSM-13'], maxRestarts: 0 };
    const results = await resultsOf(impl, options);
    expect(results.cutShort).toBeUndefined();
    expect(results.totals['not-run']).toBe(0);
  });
});

describe('one that cannot be greeted cannot be driven', () => {
  it.each([
    ['never-greets', /no answer to hello within 700 ms\nits log ends: waiting for the device/],
    ['dies-before-hello', /it exited with status 1 .* hello\nits log ends: no such device/],
    ['speaks-first', /the answer to hello is not JSON: Booting kernel 0\.1/],
    ['refuses-hello', /answer to hello is not valid: \{"fault":"the image is missing"\}/],
    ['wrong-protocol', /ok\.protocol: .*"kernspec\/1"/],
    ['invalid-capabilities', /ok\.capabilities\.checksum: .*expected number, received string/],
    ['listed-capabilities', /ok\.capabilities: .*expected record, received array/],
    ['hello-of-another-shape', /ok: .*expected object, received string/],
  ])('%s', async (habit, says) => {
    const greeted = resultsOf(chaos(habit), { startTimeoutMs: 700 });
    await expect(greeted).rejects.toMatchObject({ name: 'CannotDrive' });
    await expect(greeted).rejects.toThrow(/^".*chaos\.mjs --do .*" could not be greeted: /);
    await expect(greeted).rejects.toThrow(says);
  });

  it('a command that does not exist', async () => {
    await resultsOf(chaos('nothing'));
    const connect = subprocess(
      '/nonexistent/kernel',
      [],
    )({
      seed: 1,
      profile: 'notes',
      callTimeoutMs: 600,
    });
    await expect(connect).rejects.toMatchObject({ name: 'ImplementationFailed', kind: 'crash' });
    await expect(connect).rejects.toThrow(/could not be started: .*ENOENT/);
  });
});

describe('the pipe itself', () => {
  const options = { seed: 1, profile: 'notes', callTimeoutMs: 600 };
  const connected = (misdeed: string) =>
    subprocess(process.execPath, [CHAOS, '--do', misdeed, '--state', state])(options);

  it('one that never reads hangs, however much is asked', async () => {
    const connection = await connected('never-reads');
    const octets = '00'.repeat(262_144);
    await expect(connection.call('checksum.compute', { octets })).rejects.toMatchObject({
      kind: 'hang',
    });
    await connection.close();
  });

  it('carries the longest arguments', async () => {
    const connection = await connected('nothing');
    const answer = await connection.call('checksum.compute', { octets: '00'.repeat(262_144) });
    expect(answer).toEqual({ ok: { checksum: 0xffff } });
    await connection.close();
  });

  it('tells hanging from being held up itself', async () => {
    const connection = await connected('nothing');
    const answer = connection.call('checksum.compute', { octets: '' });
    const until = performance.now() + 1500;
    while (performance.now() < until);
    await expect(answer).resolves.toEqual({ ok: { checksum: 0xffff } });
    await connection.close();
  });

  it('carries calls that are made at once one after another', async () => {
    const connection = await connected('nothing');
    const call = (octets: string) => connection.call('checksum.compute', { octets });
    const calls = ['', '0001', 'ffff'].map(call);
    await expect(Promise.all(calls)).resolves.toHaveLength(3);
    await connection.close();
  });

  it('stays dead once it has died', async () => {
    const connection = await connected('crash');
    const call = () => connection.call('checksum.compute', { octets: '' });
    await call();
    await call();
    await expect(call()).rejects.toMatchObject({ kind: 'crash' });
    await expect(call()).rejects.toMatchObject({ kind: 'crash' });
    await expect(connection.finish()).rejects.toMatchObject({ kind: 'crash' });
    await connection.close();
  });

  it('can be closed while a call is pending', async () => {
    const connection = await connected('hang');
    const call = () => connection.call('checksum.compute', { octets: '' });
    await call();
    await call();
    const hanging = expect(call()).rejects.toMatchObject({ name: 'ImplementationFailed' });
    await connection.close();
    await hanging;
  });
});
