/** Steps that are undefined or ambiguous, as the collector reports them. */
import { generateMessages } from '@cucumber/gherkin';
import {
  type AttachmentContentEncoding,
  IdGenerator,
  type Envelope,
  SourceMediaType,
  type TestStepResultStatus,
} from '@cucumber/messages';
import { expect, test } from 'vitest';
import { FIGURE, type Figure } from '../../harness/attachments.ts';
import { Collector } from '../../harness/collect.ts';
import { describeFeature } from '../../harness/specification.ts';

const FEATURE = `@cap:checksum
Feature: F

  @CSM-08 @must
  Rule: R
    Source: S

    Scenario: One step
      When a step that nobody knows
`;

/** Everything that a run of the feature would send, its one step ending as told. */
function envelopes(status: TestStepResultStatus, message?: string): Envelope[] {
  const options = {
    newId: IdGenerator.incrementing(),
    defaultDialect: 'en',
    includeSource: false,
    includeGherkinDocument: true,
    includePickles: true,
  };
  const parsed = generateMessages(
    FEATURE,
    'features/net/f.feature',
    SourceMediaType.TEXT_X_CUCUMBER_GHERKIN_PLAIN,
    options,
  );
  const pickle = parsed.find((envelope) => envelope.pickle !== undefined)?.pickle;
  if (pickle === undefined) throw new Error('no pickle');
  const time = { seconds: 0, nanos: 0 };
  const [step] = pickle.steps;
  return [
    ...parsed,
    {
      testCase: {
        id: 'tc',
        pickleId: pickle.id,
        testSteps: [{ id: 'ts', pickleStepId: step?.id ?? '' }],
      },
    },
    { testCaseStarted: { id: 'run', testCaseId: 'tc', attempt: 0, timestamp: time } },
    {
      testStepFinished: {
        testCaseStartedId: 'run',
        testStepId: 'ts',
        timestamp: time,
        testStepResult: { status, duration: time, ...(message !== undefined && { message }) },
      },
    },
    { testCaseFinished: { testCaseStartedId: 'run', timestamp: time, willBeRetried: false } },
  ];
}

function collected(...args: Parameters<typeof envelopes>) {
  return collectedFrom(envelopes(...args));
}

function collectedFrom(all: readonly Envelope[]) {
  const document = all.find(({ gherkinDocument }) => gherkinDocument)?.gherkinDocument;
  const pickles = all.flatMap(({ pickle }) => pickle ?? []);
  if (document === undefined) throw new Error('no document');
  const collector = new Collector(describeFeature(document, pickles, 'net/f.feature').scenarios);
  return all.flatMap((envelope) => collector.take(envelope)?.result ?? [])[0];
}

test('an undefined step is an error of the suite, with file and line', () => {
  const result = collected('UNDEFINED' as TestStepResultStatus);
  expect(result?.verdict).toBe('error');
  expect(result?.failure?.message).toBe(
    'features/net/f.feature:9: no step definition matches "a step that nobody knows"',
  );
});

test('an ambiguous step is one too, with its definitions', () => {
  const result = collected('AMBIGUOUS' as TestStepResultStatus, 'a.ts:1\nb.ts:2');
  expect(result?.verdict).toBe('error');
  expect(result?.failure?.message).toContain(
    'features/net/f.feature:9: several step definitions match',
  );
  expect(result?.failure?.message).toContain('b.ts:2');
});

test('a step that passes is a pass', () => {
  expect(collected('PASSED' as TestStepResultStatus)?.verdict).toBe('pass');
});

test('a figure that a step attaches is among the results', () => {
  const figure: Figure = {
    title: 'T',
    x: { label: 'x', unit: 's', values: [1, 2] },
    y: { label: 'y', unit: '1/s' },
    series: [{ label: 'a', values: [3, null] }],
    columns: [],
  };
  const attachment = {
    testCaseStartedId: 'run',
    testStepId: 'ts',
    mediaType: FIGURE,
    body: JSON.stringify(figure),
    contentEncoding: 'IDENTITY' as AttachmentContentEncoding,
  };
  const all = envelopes('PASSED' as TestStepResultStatus).flatMap((envelope): Envelope[] =>
    envelope.testCaseStarted === undefined ? [envelope] : [envelope, { attachment }],
  );
  expect(collectedFrom(all)?.figures).toEqual([figure]);
});
