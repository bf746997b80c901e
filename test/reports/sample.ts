/** Results as a run would make them: three areas, every verdict, and text that means harm. */
import {
  type FeatureResult,
  type Figure,
  type Results,
  RESULTS_FORMAT,
  type RuleResult,
  type ScenarioResult,
  type StatementResult,
  type Verdict,
  VERDICTS,
} from '../../reports/results.ts';
import { BUFFER, CHECKSUM, NOTIFIER, rule, scenario, statement } from './sample-parts.ts';
import { SCENARIOS, STOPS, SUMS } from './sample-scenarios.ts';

const NOT_COVERED = { status: 'not-covered', scenarios: 0, passed: 0 } as const;

const STATEMENTS: StatementResult[] = [
  statement(
    'CSM-07',
    'The TCP checksum covers a pseudo-header: source, destination, protocol, length.',
    {
      scenarios: 2,
      passed: 2,
    },
  ),
  statement('CSM-08', 'csum_partial sums a region.', { status: 'fail', scenarios: 3, passed: 1 }),
  statement('CSM-10', 'csum_fold folds to 16 bits and complements.', { scenarios: 2, passed: 2 }),
  statement('CSM-11', 'csum_tcpudp_magic is the fold of it.', { status: 'not-run', passed: 0 }),
  statement(
    'NTF-01',
    'Registration inserts by descending priority, after those of equal priority.',
  ),
  statement('NTF-04', 'A result with NOTIFY_STOP_MASK ends the call at once and is returned.', {
    status: 'fail',
    passed: 0,
  }),
  statement('NTF-08', 'A notifier block has a function, a link and a priority.', {
    kind: 'structure',
    status: 'inconclusive',
    passed: 0,
  }),
  statement('NTF-11', 'Chains are widely used and simplify code for asynchronous events.', {
    kind: 'context',
    ...NOT_COVERED,
  }),
  statement('SKB-05', 'head and end bound the buffer, data and tail bound the contents.', {
    status: 'error',
    passed: 0,
  }),
  statement('SKB-09', 'Headers are stripped by moving pointers only.', {
    status: 'not-applicable',
    scenarios: 2,
    passed: 0,
  }),
  statement('SKB-11', 'A flag tells that a buffer is a clone.', NOT_COVERED),
];

const FEATURES: FeatureResult[] = [
  { path: CHECKSUM, name: 'Checksum', description: 'Guards octets with sixteen bits.' },
  { path: NOTIFIER, name: 'Notifier chain', description: '' },
  { path: BUFFER, name: 'Sk buff', description: '' },
];

const RULES: RuleResult[] = [
  rule({
    name: 'The checksum is the complement of the sum',
    statements: ['CSM-07', 'CSM-10', 'CSM-11'],
  }),
  rule({
    name: SUMS,
    line: 30,
    statements: ['CSM-08'],
    source: 'RFC 1071 section 3; Linux 2.6.11, lib/checksum.c',
    description:
      'An odd octet at the end is padded with a zero octet on the right.\nThe zero is not sent.',
  }),
  rule({
    feature: NOTIFIER,
    name: 'A chain is called in descending order of priority',
    statements: ['NTF-01', 'NTF-08'],
    source: 'Linux 2.6.11, kernel/sys.c, notifier_chain_register()',
  }),
  rule({
    feature: NOTIFIER,
    name: STOPS,
    line: 40,
    level: 'should',
    profiles: ['linux-2.6.11', 'notes'],
    statements: ['NTF-04'],
    source: 'Linux 2.6.11, kernel/sys.c, notifier_call_chain()',
  }),
  rule({
    feature: BUFFER,
    name: 'Pointers stay in order: head ≤ data ≤ tail ≤ end',
    statements: ['SKB-05', 'SKB-09'],
    source: 'Linux 2.6.11, include/linux/skbuff.h',
  }),
];

export function totalsOf(scenarios: readonly ScenarioResult[]): Results['totals'] {
  const count = (verdict: Verdict) => scenarios.filter((one) => one.verdict === verdict).length;
  return Object.fromEntries(
    VERDICTS.map((verdict) => [verdict, count(verdict)]),
  ) as Results['totals'];
}

/** Two curves, one with a gap, and a column that is in the table only. */
export const FIGURE: Figure = {
  title: 'Sums against length',
  x: { label: 'length', unit: 'octets', values: [0, 500, 1000, 1500] },
  y: { label: 'sums', unit: '1/s' },
  series: [
    { label: 'by words', values: [90_000, 12_000, 6000, 4000] },
    { label: 'by octets', values: [90_000, null, 1500.5, 1000] },
  ],
  columns: [{ label: 'wrong', unit: '', values: [0, 0, 3, null] }],
};

/** The sample, its first scenario a case study. */
export function withFigure(figures: Figure[] = [FIGURE]): Results {
  const results = sample();
  const scenarios = results.scenarios.map((one, at) => (at === 0 ? { ...one, figures } : one));
  return { ...results, scenarios };
}

/** The sample, with members replaced; totals always fit the scenarios. */
export function sample(given: Partial<Results> = {}): Results {
  const scenarios = given.scenarios ?? SCENARIOS;
  return {
    format: RESULTS_FORMAT,
    suite: '0.1.0',
    implementation: {
      spec: './mychk --stdio',
      name: 'mychk',
      version: '0.3.1',
      profile: 'linux-2.6.11',
      capabilities: { 'notifier-chain': 1, checksum: 1 },
      pinned: { synackRetries: '5', reassemblyTimeout: '30 s' },
    },
    profile: 'notes',
    seed: 1,
    runs: 100,
    only: [],
    cutShort: 'interrupted by SIGINT',
    totals: totalsOf(scenarios),
    statements: STATEMENTS,
    features: FEATURES,
    rules: RULES,
    ...given,
    scenarios,
  };
}

/** A run in which everything passed. */
export function allPassed(): Results {
  const { cutShort: _, ...whole } = sample({
    scenarios: SCENARIOS.map(({ failure: _failure, reason: _reason, ...rest }) => ({
      ...rest,
      verdict: 'pass' as const,
      steps: rest.steps.map((one) => ({ ...one, status: 'passed' as const })),
    })),
    statements: STATEMENTS.map((one) => ({
      ...one,
      status: 'pass' as const,
      passed: one.scenarios,
    })),
  });
  return whole;
}

export function nothingSelected(): Results {
  const { cutShort: _, ...whole } = sample({ scenarios: [], rules: [], statements: [] });
  return whole;
}

export function nothingApplies(): Results {
  const { cutShort: _, ...whole } = sample({
    scenarios: SCENARIOS.map(({ failure: _, ...rest }) => ({
      ...rest,
      verdict: 'not-applicable' as const,
      reason: 'mychk offers no capability that this needs',
    })),
    statements: STATEMENTS.map((one) => ({ ...one, status: 'not-applicable' as const, passed: 0 })),
  });
  return whole;
}

/** Many scenarios, of which every tenth fails with tables, exchange and log. */
export function large(count: number): Results {
  const failing = SCENARIOS.find(({ verdict }) => verdict === 'fail');
  const scenarios = Array.from({ length: count }, (_, place) => {
    const name = `Scenario number ${place}`;
    if (place % 10 !== 0 || !failing?.failure) return scenario({ name });
    const fingerprint = `fingerprint-${place % 150}`;
    const key = `${failing.feature}: ${name}`;
    return { ...failing, name, key, failure: { ...failing.failure, fingerprint } };
  });
  return sample({ scenarios });
}
