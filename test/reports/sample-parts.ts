/** The parts of results, each with what nobody cares about filled in. */
import type {
  Failure,
  RuleResult,
  ScenarioResult,
  StatementResult,
} from '../../reports/results.ts';

/** Breaks out of element content, attributes, scripts, comments and CDATA, if anything lets it. */
export const HOSTILE = `"'><script>alert(1)</script><img src=x onerror=alert(2)>]]>--></style>&amp;\u202e\u001b[31m\u0000\ud800`;

export const CHECKSUM = 'network/checksum.feature';
export const NOTIFIER = 'kernel/notifier-chain.feature';
export const BUFFER = 'network/sk-buff.feature';

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

export function rule(
  given: Partial<RuleResult> & { name: string; statements: string[] },
): RuleResult {
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

export function statement(
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
