import { expect, test } from 'vitest';
import { whyNot } from '../../reports/not-applicable.ts';
import type { ScenarioResult } from '../../reports/results.ts';

const told = (...reasons: string[]) =>
  whyNot(reasons.map((reason) => ({ reason }) as ScenarioResult));

test('what is lacking is counted by what the others build on', () => {
  expect(
    told(
      'it does not offer network, tcp',
      'it does not offer machine',
      'it does not offer network, udp, tcp',
      'the rule holds in profile linux-6',
    ),
  ).toEqual([
    { count: 3, why: 'it does not offer network (2), machine (1)' },
    { count: 1, why: 'the rule holds in profile linux-6' },
  ]);
});

test('profiles are the same in whatever order they are named', () => {
  expect(
    told(
      'the rule holds in profile linux-6, bsd-4.4',
      'the rule holds in profile bsd-4.4, linux-6',
    ),
  ).toEqual([{ count: 2, why: 'the rule holds in profile bsd-4.4 or linux-6' }]);
});

test('what is seldom lacking is not named', () => {
  const names = Array.from({ length: 10 }, (_, at) => `it does not offer part-${at}`);
  expect(told(...names, 'it would wait for 20 s')).toEqual([
    {
      count: 10,
      why: `it does not offer ${names
        .slice(0, 8)
        .map((name) => `${name.slice('it does not offer '.length)} (1)`)
        .join(', ')}, and 2 more`,
    },
    { count: 1, why: 'it would wait for 20 s' },
  ]);
});
