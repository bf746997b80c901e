/** Whoever knows nothing of a kernel must score nothing: a statement that a dummy passes is too weak. */
import { afterEach, describe, expect, it } from 'vitest';
import { PROFILES, type Profile } from '../contract/index.ts';
import { readBook, runUndiagnosed, type RunOptions } from '../harness/run.ts';
import { statementResults } from '../harness/summarise.ts';
import type { Results } from '../reports/results.ts';

const book = readBook();

async function judged(
  impl: string,
  profile: Profile,
  seed: number,
  part: Partial<Pick<RunOptions, 'only' | 'shard'>> = {},
): Promise<Results> {
  const limits = { runs: 5, shrink: false, callTimeoutMs: 2000, maxRestarts: 50, parallel: 0 };
  const options = { impl, profile, seed, ...limits, only: [], ...part };
  return (await runUndiagnosed(options, book)).results;
}

const whole = new Map<string, Promise<Results>>();

/** A whole run as notes, which several tests look at. */
function judgedAsNotes(impl: string, seed: number): Promise<Results> {
  const key = `${impl} ${seed}`;
  const known = whole.get(key) ?? judged(impl, 'notes', seed);
  whole.set(key, known);
  return known;
}

/** What may differ from a run as notes: what applies to one of the two alone, and properties, which are told of the profile. */
function otherwiseThanNotes(profile: Profile): string {
  const [here, notes] = [`@profile:${profile}`, '@profile:notes'];
  return `${here} and not ${notes} or ${notes} and not ${here} or @property`;
}

/** What a whole run in the profile comes to: a dummy is booted anew for each scenario, and knows no profile. */
async function judgedAs(impl: string, profile: Profile, seed: number): Promise<Results> {
  const asNotes = await judgedAsNotes(impl, seed);
  if (profile === 'notes' || asNotes.cutShort !== undefined) return asNotes;
  const part = await judged(impl, profile, seed, { only: [otherwiseThanNotes(profile)] });
  const own = new Map(part.scenarios.map((scenario) => [scenario.key, scenario]));
  const scenarios = asNotes.scenarios.map((scenario) => own.get(scenario.key) ?? scenario);
  return { ...part, scenarios, statements: statementResults(book.catalogue, scenarios) };
}

function passedStatements({ statements }: Results): string[] {
  return statements.filter(({ status }) => status === 'pass').map(({ id }) => id);
}

/** Rules none of whose scenarios failed while some passed. */
function passedRules({ rules, scenarios }: Results): string[] {
  const verdicts = new Map(rules.map(({ feature, name }) => [`${feature}: ${name}`, new Set()]));
  for (const { feature, rule, verdict } of scenarios) {
    if (verdict !== 'not-applicable') verdicts.get(`${feature}: ${rule}`)?.add(verdict);
  }
  return [...verdicts].flatMap(([name, all]) => (all.size === 1 && all.has('pass') ? [name] : []));
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
    results = await judgedAs(impl, profile, 1);
  });

  it.each([1, 2])('by dummy-random with seed %i', async (seed) => {
    results = await judgedAs('dummy-random', profile, seed);
  });
});

describe('a dummy', () => {
  it('offers everything, so that nothing is left out for want of a capability', async () => {
    results = await judgedAsNotes('dummy-null', 1);
    const reasons = results.scenarios.map(({ reason = '' }) => reason);
    expect(reasons.filter((reason) => reason.includes('does not offer'))).toEqual([]);
  });

  it('is told of in words of ours: what assert draws differs between versions of Node', async () => {
    results = await judgedAsNotes('dummy-random', 1);
    const messages = results.scenarios.map(({ failure }) => failure?.message ?? '');
    expect(messages.filter((message) => message.includes('actual - expected'))).toEqual([]);
  });

  it('that is random does the same again from the same seed, whatever else is run', async () => {
    const part = await judged('dummy-random', 'notes', 1, { shard: '1/8' });
    results = await judgedAsNotes('dummy-random', 1);
    const again = new Map(part.scenarios.map((scenario) => [scenario.key, scenario]));
    expect(part.scenarios).toEqual(results.scenarios.filter(({ key }) => again.has(key)));
  });

  it('comes to the same in a profile, whether all is run or what may differ', async () => {
    const part = await judged('dummy-random', 'bsd-4.4', 1, { shard: '1/8' });
    results = await judgedAs('dummy-random', 'bsd-4.4', 1);
    const own = new Map(part.scenarios.map(({ key, verdict }) => [key, verdict]));
    const same = results.scenarios.filter(({ key }) => own.has(key));
    expect(same.map(({ key, verdict }) => [key, verdict])).toEqual([...own]);
  });
});
