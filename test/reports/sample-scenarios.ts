/** Scenarios of the sample: every verdict, and text that means harm. */
import type { ScenarioResult } from '../../reports/results.ts';
import { BUFFER, failure, HOSTILE, NOTIFIER, scenario, step } from './sample-parts.ts';

export const SUMS = 'The sum of a region is the one’s complement sum of its 16-bit words';
export const STOPS = 'A function that answers with NOTIFY_STOP_MASK ends the call';

const SUM_TABLE = [
  ['octets', 'sum', 'remark'],
  ['00 01 f2 03 f4 f5 f6 f7', '0xddf2', 'the example of RFC 1071'],
  ['00 01 f2 03 f4 f5 f6', '0xdcfb', 'an odd number of octets: the last is padded'],
];

export const SCENARIOS: ScenarioResult[] = [
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
