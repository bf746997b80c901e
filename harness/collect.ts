/** From cucumber's messages to results. */
import { createHash } from 'node:crypto';
import type * as messages from '@cucumber/messages';
import type { Failure, Figure, ScenarioResult, Step, Verdict } from '../reports/results.ts';
import {
  FAILURE_DETAILS,
  FIGURE,
  NOT_APPLICABLE,
  TRIED,
  type FailureDetails,
} from './attachments.ts';
import type { SpecifiedScenario } from './specification.ts';

interface Running {
  readonly pickle: messages.Pickle;
  readonly testCase: messages.TestCase;
  readonly results: Map<string, messages.TestStepResult>;
  /** What each step tried in full, by the step. */
  readonly tried: Map<string, string>;
  reason: string | undefined;
  details: FailureDetails | undefined;
  readonly figures: Figure[];
}

/** A scenario that has been run. */
export interface Finished {
  readonly result: ScenarioResult;
  /** Of wall-clock time. */
  readonly seconds: number;
}

/** Lines of a message that differ from run to run or from machine to machine. */
const UNSTABLE = /\(.*?:\d+:\d+\)|at .*:\d+:\d+|skb\d+|0x[0-9a-f]{6,}/g;

export class Collector {
  readonly #planned: ReadonlyMap<string, SpecifiedScenario>;
  readonly #documents = new Map<string, messages.GherkinDocument>();
  readonly #pickles = new Map<string, messages.Pickle>();
  readonly #testCases = new Map<string, messages.TestCase>();
  readonly #running = new Map<string, Running>();
  #givenUp: string | undefined;

  constructor(planned: readonly SpecifiedScenario[]) {
    this.#planned = new Map(
      planned.map((scenario) => [`${scenario.feature}:${scenario.line}`, scenario]),
    );
  }

  /** Takes a message; returns the scenario that it finished, if it finished one. */
  take(envelope: messages.Envelope): Finished | undefined {
    if (envelope.gherkinDocument !== undefined) {
      this.#documents.set(envelope.gherkinDocument.uri ?? '', envelope.gherkinDocument);
    } else if (envelope.pickle !== undefined) {
      this.#pickles.set(envelope.pickle.id, envelope.pickle);
    } else if (envelope.testCase !== undefined) {
      this.#testCases.set(envelope.testCase.id, envelope.testCase);
    } else if (envelope.testCaseStarted !== undefined) {
      this.#start(envelope.testCaseStarted);
    } else if (envelope.attachment !== undefined) {
      this.#attach(envelope.attachment);
    } else if (envelope.testStepFinished !== undefined) {
      const { testCaseStartedId, testStepId, testStepResult } = envelope.testStepFinished;
      this.#running.get(testCaseStartedId)?.results.set(testStepId, testStepResult);
    } else if (envelope.testCaseFinished !== undefined) {
      return this.#finish(envelope.testCaseFinished.testCaseStartedId);
    }
    return undefined;
  }

  /** Why the implementation was given up, if it was. */
  get givenUp(): string | undefined {
    return this.#givenUp;
  }

  #start(started: messages.TestCaseStarted): void {
    const testCase = this.#testCases.get(started.testCaseId);
    const pickle = this.#pickles.get(testCase?.pickleId ?? '');
    if (testCase === undefined || pickle === undefined) return;
    const results = new Map<string, messages.TestStepResult>();
    this.#running.set(started.id, {
      pickle,
      testCase,
      results,
      tried: new Map(),
      reason: undefined,
      details: undefined,
      figures: [],
    });
  }

  #attach({ testCaseStartedId, testStepId, mediaType, body }: messages.Attachment): void {
    const running = this.#running.get(testCaseStartedId ?? '');
    if (running === undefined) return;
    if (mediaType === NOT_APPLICABLE) running.reason = body;
    if (mediaType === TRIED) running.tried.set(testStepId ?? '', body);
    if (mediaType === FIGURE) running.figures.push(JSON.parse(body) as Figure);
    if (mediaType === FAILURE_DETAILS) running.details ??= JSON.parse(body) as FailureDetails;
  }

  #finish(startedId: string): Finished | undefined {
    const running = this.#running.get(startedId);
    this.#running.delete(startedId);
    if (running === undefined) return undefined;
    const scenario = this.#planned.get(placeOf(running.pickle));
    if (scenario === undefined) return undefined;
    const bad = [...running.results].find(
      ([, { status }]) => status !== 'PASSED' && status !== 'SKIPPED',
    );
    if (bad?.[1].exception?.type === 'GivenUp') {
      this.#givenUp ??= bad[1].exception.message;
      return undefined;
    }
    const failure = bad && failureOf(running, bad[0], bad[1], this.#documents);
    const verdict = verdictOf(running, failure);
    const result = {
      ...base(scenario),
      verdict,
      ...(verdict === 'not-applicable' && { reason: running.reason ?? 'a step was skipped' }),
      ...(verdict === 'inconclusive' && { reason: failure?.message ?? '' }),
      ...(failure !== undefined && { failure }),
      steps: stepsOf(running),
      ...(running.figures.length > 0 && { figures: running.figures }),
    };
    const nanos = [...running.results.values()].reduce(
      (sum, { duration }) => sum + duration.seconds * 1e9 + duration.nanos,
      0,
    );
    return { result, seconds: nanos / 1e9 };
  }
}

/** Path below features/ and line, as the specification has them. */
function placeOf({ uri, location }: messages.Pickle): string {
  return `${featureOf(uri)}:${location?.line}`;
}

function featureOf(uri: string): string {
  return uri.replaceAll('\\', '/').replace(/^.*?features\//, '');
}

export function base(scenario: SpecifiedScenario) {
  const { key, feature, rule, name, line, statements, property } = scenario;
  return { key, feature, rule, name, line, statements: [...statements], property };
}

function verdictOf(running: Running, failure: Failure | undefined): Verdict {
  if (failure === undefined) {
    const skipped = [...running.results.values()].some(({ status }) => status === 'SKIPPED');
    return skipped || running.reason !== undefined ? 'not-applicable' : 'pass';
  }
  if (failure.kind === 'scene') return 'inconclusive';
  if (failure.kind === 'fault' || failure.kind === 'suite') return 'error';
  return 'fail';
}

const KEYWORDS: Readonly<Record<string, string>> = {
  Context: 'Given',
  Action: 'When',
  Outcome: 'Then',
};

function stepsOf({ pickle, testCase, results, tried }: Running): Step[] {
  let previous = '';
  return pickle.steps.map((step): Step => {
    const testStep = testCase.testSteps.find(({ pickleStepId }) => pickleStepId === step.id);
    const status = results.get(testStep?.id ?? '')?.status;
    const triedHere = tried.get(testStep?.id ?? '');
    const word = KEYWORDS[step.type ?? ''] ?? '';
    const keyword = word === '' || word === previous ? 'And' : word;
    if (word !== '') previous = word;
    const table = step.argument?.dataTable?.rows.map(({ cells }) =>
      cells.map(({ value }) => value),
    );
    return {
      keyword,
      text: step.text,
      ...(table !== undefined && { table }),
      ...(step.argument?.docString && { docString: step.argument.docString.content }),
      ...(triedHere !== undefined && { tried: triedHere }),
      status: statusWord(status),
    };
  });
}

function statusWord(status: messages.TestStepResultStatus | undefined): Step['status'] {
  if (status === undefined) return 'not-run';
  if (status === 'PASSED') return 'passed';
  return status === 'SKIPPED' ? 'skipped' : 'failed';
}

function failureOf(
  { pickle, testCase, details }: Running,
  testStepId: string,
  result: messages.TestStepResult,
  documents: ReadonlyMap<string, messages.GherkinDocument>,
): Failure {
  const testStep = testCase.testSteps.find(({ id }) => id === testStepId);
  const step = pickle.steps.find(({ id }) => id === testStep?.pickleStepId);
  const line = lineOf(documents.get(pickle.uri), step?.astNodeIds[0]);
  const text = step?.text ?? hookName(testCase, testStepId);
  const where = `features/${featureOf(pickle.uri)}:${line}`;
  const kind = details?.kind ?? 'suite';
  const message = details?.message ?? undefinedOrAmbiguous(result, text, where);
  return {
    kind,
    step: text,
    line,
    message,
    ...(details?.expected !== undefined && { expected: details.expected }),
    ...(details?.actual !== undefined && { actual: details.actual }),
    ...(details?.counterexample !== undefined && { counterexample: details.counterexample }),
    exchange: [...(details?.exchange ?? [])],
    ...(details?.network && {
      packets: [...details.network.packets],
      capture: details.network.capture,
    }),
    ...(details?.log && { stderr: details.log.slice(-4000) }),
    fingerprint: fingerprint(kind, text, details?.counterexample === undefined ? message : ''),
    likelyBugs: [],
  };
}

function hookName({ testSteps }: messages.TestCase, testStepId: string): string {
  const firstStep = testSteps.findIndex(({ pickleStepId }) => pickleStepId !== undefined);
  const before = testSteps.findIndex(({ id }) => id === testStepId) < firstStep;
  return before ? 'before the scenario' : 'after the scenario';
}

function undefinedOrAmbiguous(
  result: messages.TestStepResult,
  text: string,
  where: string,
): string {
  if (result.status === 'UNDEFINED') return `${where}: no step definition matches "${text}"`;
  if (result.status === 'AMBIGUOUS') {
    return `${where}: several step definitions match "${text}":\n${result.message ?? ''}`;
  }
  return result.exception?.message ?? result.message ?? `the step ended as ${result.status}`;
}

function lineOf(
  document: messages.GherkinDocument | undefined,
  nodeId: string | undefined,
): number {
  for (const child of document?.feature?.children ?? []) {
    for (const { background, scenario } of child.rule?.children ?? []) {
      const steps = [...(background?.steps ?? []), ...(scenario?.steps ?? [])];
      const found = steps.find(({ id }) => id === nodeId);
      if (found !== undefined) return found.location.line;
    }
  }
  return 0;
}

/** Twelve hex digits that stay the same as long as the same step fails in the same way. */
export function fingerprint(kind: string, step: string, message: string): string {
  const stable = `${kind}\n${step}\n${message.replaceAll(UNSTABLE, '')}`;
  return createHash('sha256').update(stable).digest('hex').slice(0, 12);
}
