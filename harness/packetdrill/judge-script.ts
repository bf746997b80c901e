/** One script on the implementation of the session, and what is to be said of it. */
import type { Failure, ScenarioResult, Step, Verdict } from '../../reports/results.ts';
import { fingerprint } from '../collect.ts';
import { AdapterFault, GivenUp, ImplementationFailed, Inconclusive } from '../problems.ts';
import { notApplicable, type Session } from '../session.ts';
import type { ScriptEvent } from './ast.ts';
import { printEvent } from './print.ts';
import { Difference, placeText, Unsupported, type Lack } from './problems.ts';
import type { ReadScript } from './read-scripts.ts';
import { Recording } from './recording.ts';
import { ScriptRun } from './run-script.ts';

/** @throws GivenUp — nothing can be run on it any more. */
export async function judgeScript(read: ReadScript, session: Session): Promise<ScenarioResult> {
  if (session.hello === undefined) await session.begin();
  const { plan, lacks, file } = read;
  const reason = lacks.length > 0 ? lacksText(file, lacks) : inapplicable(read, session);
  if (plan === undefined || reason !== undefined) {
    return resultOf(read, { verdict: 'not-applicable', reason: reason ?? '' }, undefined);
  }
  const recording = new Recording();
  const run = new ScriptRun(session.ports, plan, recording);
  let error = await caught(async () => {
    await session.begin();
    await run.run();
  });
  const late = await caught(() => session.driver.end());
  error ??= late;
  if (error instanceof GivenUp) throw error;
  if (error instanceof Unsupported) {
    const ended = { verdict: 'not-applicable', reason: lacksText(file, [error.lack]) } as const;
    return resultOf(read, ended, undefined);
  }
  if (error === undefined) return resultOf(read, { verdict: 'pass' }, undefined);
  return failed(read, error, run, recording, session);
}

/** @returns what was thrown. */
async function caught(work: () => Promise<void>): Promise<unknown> {
  try {
    await work();
    return undefined;
  } catch (error) {
    return error;
  }
}

function lacksText(file: string, lacks: readonly Lack[]): string {
  return lacks
    .map(({ place, what }) => `${placeText(file, place)}: not supported: ${what}`)
    .join('\n');
}

function inapplicable({ plan, heading }: ReadScript, session: Session): string | undefined {
  const { profiles } = heading;
  const offers = (capability: string) => session.offers(capability);
  return notApplicable(
    { capabilities: [...(plan?.needs ?? [])], profiles },
    { offers, profile: session.profile },
  );
}

type Ended = Pick<ScenarioResult, 'verdict' | 'reason' | 'failure'>;

function resultOf(
  { file, heading, script }: ReadScript,
  ended: Ended,
  stopped: ScriptEvent | undefined,
): ScenarioResult {
  const { title, statements } = heading;
  return {
    key: file,
    feature: file,
    rule: title,
    name: title === '' ? file : title,
    line: stopped?.place.line ?? 1,
    statements: [...statements],
    property: false,
    ...ended,
    steps: stepsOf(script?.events ?? [], ended.verdict, stopped),
  };
}

function stepsOf(
  events: readonly ScriptEvent[],
  verdict: Verdict,
  stopped: ScriptEvent | undefined,
): Step[] {
  const place = stopped === undefined ? events.length : events.indexOf(stopped);
  return events.map((event, at): Step => {
    const { kind } = event.action;
    const checks =
      kind === 'code' || ('direction' in event.action && event.action.direction === 'out');
    const ran = at < place ? 'passed' : at === place ? 'failed' : 'not-run';
    return {
      keyword: checks ? 'Then' : 'When',
      text: printEvent(event),
      status: verdict === 'not-applicable' ? 'skipped' : ran,
    };
  });
}

function failed(
  read: ReadScript,
  error: unknown,
  run: ScriptRun,
  recording: Recording,
  session: Session,
): ScenarioResult {
  const kind = kindOf(error);
  const stopped = run.current;
  const step = stopped === undefined ? 'before the script' : printEvent(stopped);
  const message = error instanceof Error ? error.message : String(error);
  const line = stopped?.place.line ?? 1;
  const connection = session.driver.last;
  const network = recording.network(run.startNs);
  const log = connection?.log() ?? '';
  const failure: Failure = {
    kind,
    step,
    line,
    message: `${placeText(read.file, stopped?.place ?? { line: 1, column: 1 })}: ${message}`,
    ...(error instanceof Difference && { expected: error.expected, actual: error.actual }),
    exchange: (connection?.lastExchanges() ?? []).flatMap(({ request, reply }) => [
      `> ${request}`,
      ...(reply === undefined ? [] : [`< ${reply}`]),
    ]),
    ...(network !== undefined && { packets: [...network.packets], capture: network.capture }),
    ...(log !== '' && { stderr: log.slice(-4000) }),
    fingerprint: fingerprint(kind, `${read.file}\n${step}`, message),
    likelyBugs: [],
  };
  const verdict = VERDICTS[kind] ?? 'fail';
  const reason = verdict === 'inconclusive' ? { reason: failure.message } : {};
  return resultOf(read, { verdict, ...reason, failure }, stopped);
}

/** Where it is not the implementation's behaviour that is at fault. */
const VERDICTS: Readonly<Partial<Record<Failure['kind'], Verdict>>> = {
  scene: 'inconclusive',
  fault: 'error',
  suite: 'error',
};

function kindOf(error: unknown): Failure['kind'] {
  if (error instanceof ImplementationFailed) return error.kind;
  if (error instanceof AdapterFault) return 'fault';
  if (error instanceof Inconclusive) return 'scene';
  return error instanceof Difference ? 'difference' : 'suite';
}
