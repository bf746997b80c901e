/** Whoever knows nothing of a kernel must score nothing: a statement that a dummy passes is too weak. */
import { afterEach, describe, expect, it } from 'vitest';
import { PROFILES, type Profile } from '../contract/index.ts';
import { readBook, run } from '../harness/run.ts';
import type { Results } from '../reports/results.ts';

const book = readBook();

async function judged(impl: string, profile: Profile, seed: number): Promise<Results> {
  const options = { runs: 5, shrink: false, callTimeoutMs: 2000, maxRestarts: 50 };
  return (await run({ impl, profile, seed, ...options, only: [], parallel: 0 }, book)).results;
}

function passedStatements({ statements }: Results): string[] {
  return statements.filter(({ status }) => status === 'pass').map(({ id }) => id);
}

/** Rules none of whose scenarios failed while some passed. */
function passedRules({ rules, scenarios }: Results): string[] {
  const passed = rules.filter((rule) => {
    const own = scenarios.filter((s) => s.feature === rule.feature && s.rule === rule.name);
    const verdicts = new Set(own.map(({ verdict }) => verdict));
    verdicts.delete('not-applicable');
    return verdicts.size === 1 && verdicts.has('pass');
  });
  return passed.map(({ feature, name }) => `${feature}: ${name}`);
}

let results: Results;

/** Nor may a bad implementation be taken for a fault of the suite. */
function errors(): string[] {
  return results.scenarios.flatMap(({ key, verdict, failure }) =>
    verdict === 'error' ? [`${key}: ${failure?.message}`] : [],
  );
}

afterEach(() => {
  expect(results.cutShort).toBeUndefined();
  expect(results.scenarios.length).toBeGreaterThan(300);
  expect(passedStatements(results)).toEqual([]);
  expect(passedRules(results)).toEqual([]);
  expect(errors()).toEqual([]);
});

describe.each(PROFILES)('in profile %s no statement is scored', (profile) => {
  it.each(['dummy-null', 'dummy-echo', 'dummy-error'])('by %s', async (impl) => {
    results = await judged(impl, profile, 1);
  });

  it.each([1, 2])('by dummy-random with seed %i', async (seed) => {
    results = await judged('dummy-random', profile, seed);
  });
});

describe('a dummy', () => {
  it('offers everything, so that nothing is left out for want of a capability', async () => {
    results = await judged('dummy-null', 'notes', 1);
    const reasons = results.scenarios.map(({ reason = '' }) => reason);
    expect(reasons.filter((reason) => reason.includes('does not offer'))).toEqual([]);
  });

  it('that is random does the same again from the same seed', async () => {
    results = await judged('dummy-random', 'notes', 7);
    expect(await judged('dummy-random', 'notes', 7)).toEqual(results);
  });
});
