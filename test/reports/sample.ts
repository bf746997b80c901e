/** Results as a run would make them: three areas, every verdict, and text that means harm. */
import {
  type Failure,
  type Figure,
  type Results,
  RESULTS_FORMAT,
  type FeatureResult,
  type RuleResult,
  type ScenarioResult,
  type StatementResult,
  type Verdict,
  VERDICTS,
} from '../../reports/results.ts';

/** Breaks out of element content, attributes, scripts, comments and CDATA, if anything lets it. */
export const HOSTILE = `"'><script>alert(1)</script><img src=x onerror=alert(2)>]]>--></style>&amp;\u202e\u001b[31m\u0000\ud800`;

const CHECKSUM = 'network/checksum.feature';
const NOTIFIER = 'kernel/notifier-chain.feature';
const BUFFER = 'network/sk-buff.feature';

type Step = ScenarioResult['steps'][number];

export function step(
  text: string,
  status: Step['status'] = 'passed',
  more: Partial<Step> = {},
): Step {
  const [keyword = 'Given', ...words] = text.split(' ');
  return { keyword, text: words.join(' '), status, ...more };
}

export function scenario(given: Partial<ScenarioResult> & { name: string }): ScenarioResult {
  const feature = given.feature ?? CHECKSUM;
  return {
    key: `${feature}: ${given.name}`,
    feature,
    rule: 'The checksum is the complement of the sum',
    line: 12,
    statements: ['CSM-10'],
    property: false,
    verdict: 'pass',
    steps: [
      step('Given a sum of 0x0001fffe'),
      step('When it is folded'),
      step('Then it is 0x0000'),
    ],
    ...given,
  };
}

export function failure(given: Partial<Failure> = {}): Failure {
  return {
    kind: 'difference',
    step: 'Then the sum is 0xddf2',
    line: 45,
    message: 'the sum of the region differs',
    exchange: [],
    fingerprint: '3f2a91c07d',
    likelyBugs: [],
    ...given,
  };
}

function rule(given: Partial<RuleResult> & { name: string; statements: string[] }): RuleResult {
  return {
    feature: CHECKSUM,
    line: 5,
    description: '',
    source: 'Linux 2.6.11, include/asm-i386/checksum.h',
    level: 'must',
    profiles: [],
    ...given,
  };
}

function statement(
  id: string,
  says: string,
  given: Partial<StatementResult> = {},
): StatementResult {
  const area = id.slice(0, 3);
  const areaTitle = TITLES[area] ?? area;
  return {
    id,
    area,
    areaTitle,
    kind: 'behaviour',
    says,
    status: 'pass',
    scenarios: 1,
    passed: 1,
    ...given,
  };
}

const TITLES: Readonly<Record<string, string>> = {
  CSM: 'Checksums',
  NTF: 'Notifier chains',
  SKB: 'Socket buffers',
};

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

const SUMS = 'The sum of a region is the one’s complement sum of its 16-bit words';
const STOPS = 'A function that answers with NOTIFY_STOP_MASK ends the call';

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

const SUM_TABLE = [
  ['octets', 'sum', 'remark'],
  ['00 01 f2 03 f4 f5 f6 f7', '0xddf2', 'the example of RFC 1071'],
  ['00 01 f2 03 f4 f5 f6', '0xdcfb', 'an odd number of octets: the last is padded'],
];

const SCENARIOS: ScenarioResult[] = [
  scenario({ name: 'A carry out of the first fold is added again' }),
  scenario({
    name: 'Swapping source and destination leaves it as it is',
    statements: ['CSM-07'],
    line: 19,
  }),
  scenario({
    name: 'Any changed octet of the pseudo-header changes the checksum',
    statements: ['CSM-07', 'CSM-10'],
    property: true,
    line: 24,
    steps: [],
  }),
  scenario({
    name: 'The fold of generated sums',
    statements: ['CSM-11'],
    verdict: 'not-run',
    line: 27,
    steps: [step('Given a generated sum', 'not-run')],
  }),
  scenario({ name: 'An empty region sums to zero', rule: SUMS, statements: ['CSM-08'], line: 36 }),
  scenario({
    name: 'An odd number of octets is padded with a zero',
    rule: SUMS,
    statements: ['CSM-08'],
    line: 42,
    verdict: 'fail',
    steps: [
      step('Given these regions:', 'passed', { table: SUM_TABLE }),
      step('When each region is summed'),
      step('Then the sums are those of the table', 'failed'),
      step('And no octet outside the region was read', 'skipped'),
    ],
    failure: failure({
      step: 'Then the sums are those of the table',
      message: '1 of 2 sums differs: the odd octet was padded on the wrong side',
      expected: 'region 1: 0xddf2\nregion 2: 0xdcfb\noverrun: none',
      actual: 'region 1: 0xddf2\nregion 2: 0xddf1\nregion 3: 0x0000\noverrun: none',
      exchange: [
        '> {"id":41,"call":"checksum.partial","args":{"octets":"0001f203f4f5f6","sum":0}}',
        '< {"id":41,"ok":{"sum":56817}}',
        '> {"id":42,"call":"checksum.partial","args":{"octets":"","sum":0}}',
        '< {"id":42,"ok":{"sum":0}}',
      ],
      stderr: 'mychk: summing 7 octets\nmychk: odd tail f6 → 0x00f6\n',
      likelyBugs: [
        {
          mutant: 'csum-odd-octet-low',
          does: 'An odd last octet is added as the low byte of its word',
          statement: 'CSM-08',
          likeness: 0.92,
        },
        {
          mutant: 'csum-odd-octet-lost',
          does: 'An odd last octet is left out',
          statement: 'CSM-08',
          likeness: 0.41,
        },
      ],
    }),
  }),
  scenario({
    name: 'Summing in two parts is summing at once',
    rule: SUMS,
    statements: ['CSM-08'],
    line: 58,
    property: true,
    verdict: 'fail',
    steps: [step('Then for all regions and places to cut, both sums are the same', 'failed')],
    failure: failure({
      step: 'Then for all regions and places to cut, both sums are the same',
      line: 59,
      message: 'property failed after 7 cases and 4 shrinks',
      expected: '0x0100',
      actual: '0x0001',
      counterexample: 'octets = 01, cut = 1\nreplay: kernspec run --seed 1 --path 6:0:0:1 @CSM-08',
      fingerprint: '77be01a2c4',
    }),
  }),
  scenario({
    feature: NOTIFIER,
    name: 'Equal priorities keep the order of registration',
    rule: 'A chain is called in descending order of priority',
    statements: ['NTF-01'],
    line: 11,
    steps: [
      step('Given “α”, “β” and “γ” are registered with priority 0'),
      step('When the event NETDEV_UP is announced', 'passed', {
        docString: 'event: NETDEV_UP\ndata: eth0 🐧',
      }),
      step('Then it is heard by α, β, γ'),
    ],
  }),
  scenario({
    feature: NOTIFIER,
    name: 'A block without a priority ranks as 0',
    rule: 'A chain is called in descending order of priority',
    statements: ['NTF-08'],
    line: 22,
    verdict: 'inconclusive',
    reason: 'the scene could not be set: register answered ENOMEM',
    steps: [
      step('Given a block without a priority', 'failed'),
      step('When an event is announced', 'skipped'),
    ],
  }),
  scenario({
    feature: NOTIFIER,
    name: `NOTIFY_BAD ends the call ${HOSTILE}`,
    rule: STOPS,
    statements: ['NTF-04'],
    line: 44,
    verdict: 'fail',
    steps: [
      step(`When ${HOSTILE}`),
      step('Then the result is NOTIFY_BAD', 'failed', {
        table: [['name', HOSTILE]],
        docString: HOSTILE,
      }),
    ],
    failure: failure({
      kind: 'crash',
      step: 'Then the result is NOTIFY_BAD',
      line: 48,
      message: `the process ended by SIGSEGV ${HOSTILE}`,
      expected: HOSTILE,
      actual: `${HOSTILE} twice`,
      counterexample: HOSTILE,
      exchange: [`> ${HOSTILE}`, `< ${HOSTILE}`],
      stderr: HOSTILE,
      fingerprint: 'c4d0e5f601',
      likelyBugs: [{ mutant: HOSTILE, does: HOSTILE, statement: HOSTILE, likeness: 0.5 }],
    }),
  }),
  scenario({
    feature: BUFFER,
    name: 'skb_put beyond the end is refused as a bug',
    rule: 'Pointers stay in order: head ≤ data ≤ tail ≤ end',
    statements: ['SKB-05'],
    line: 9,
    verdict: 'error',
    steps: [step('Given a buffer of 64 octets'), step('When 65 octets are put', 'failed')],
    failure: failure({
      kind: 'suite',
      step: 'When 65 octets are put',
      line: 11,
      message: 'TypeError: this.buffer is undefined',
      fingerprint: '0aa1b2c3d4',
    }),
  }),
  ...['stripped', 'pulled'].map((verb, place) =>
    scenario({
      feature: BUFFER,
      name: `A header is ${verb} without copying`,
      rule: 'Pointers stay in order: head ≤ data ≤ tail ≤ end',
      statements: ['SKB-09'],
      line: 20 + place,
      verdict: 'not-applicable',
      reason: 'mychk does not offer the capability "sk-buff"',
      steps: [step('Given a buffer of 64 octets', 'skipped')],
    }),
  ),
];

export function totalsOf(scenarios: readonly ScenarioResult[]): Results['totals'] {
  const count = (verdict: Verdict) => scenarios.filter((one) => one.verdict === verdict).length;
  return Object.fromEntries(
    VERDICTS.map((verdict) => [verdict, count(verdict)]),
  ) as Results['totals'];
}

/** The sample, with members replaced; totals always fit the scenarios. */
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
