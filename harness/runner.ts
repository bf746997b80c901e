/** Runs scenarios in cucumber-js, in this process. */
import { createWriteStream, openSync } from 'node:fs';
import path from 'node:path';
import { Writable } from 'node:stream';
import { finished } from 'node:stream/promises';
import { runCucumber } from '@cucumber/cucumber/api';
import type { Envelope } from '@cucumber/messages';
import { folderToWrite, notWritten } from '../reports/folder.ts';
import { Collector, type Finished } from './collect.ts';
import { cucumberOptions, loadSteps } from './cucumber.ts';
import { UsageError } from './problems.ts';
import { ROOT } from './root.ts';
import { greet, session, type Greeted, type SessionParameters } from './session.ts';
import type { SpecifiedScenario } from './specification.ts';

/** Scenarios that are run in one go. */
export interface Portion {
  readonly planned: readonly SpecifiedScenario[];
  /** The same as cucumber selects them: features, where not all of one is planned with lines. */
  readonly paths: readonly string[];
  /** Where the message stream goes; undefined: nowhere. */
  readonly messages?: string;
  /** Leaves out what comes after the first scenario that does not pass. */
  readonly stopAtFailure?: boolean | undefined;
}

/** How a run ended. */
export interface Ended {
  /** Why it was ended from outside, if it was. */
  readonly cutShort?: string | undefined;
  /** Why the implementation was given up, if it was. */
  readonly givenUp?: string | undefined;
}

/**
 * Loads the steps and greets the implementation: without a handshake there is nothing to run.
 *
 * @throws CannotDrive — it cannot be loaded, started or greeted.
 */
export async function makeReady(parameters: SessionParameters): Promise<Greeted> {
  // A process takes as long to start as the steps to load, so neither waits for the other.
  const loading = loadSteps();
  const greeted = await greet(parameters).catch(async (error: unknown) => {
    await loading.catch(() => undefined);
    throw error;
  });
  await loading;
  return greeted;
}

/**
 * Runs them on the implementation that was greeted.
 *
 * @param ending - ends the run early when it resolves, to the reason.
 */
export async function runPortion(
  portion: Portion,
  heard: (finished: Finished) => void,
  ending?: Promise<string>,
): Promise<Ended> {
  if (portion.planned.length === 0) return {};
  const collector = new Collector(portion.planned);
  let [any, over] = [false, false];
  void ending?.then(() => {
    over = true;
  });
  const take = (envelope: Envelope) => {
    // What goes on after that, in whatever state it was left, is no result.
    if (over) return;
    const done = collector.take(envelope);
    if (done === undefined) return;
    any = true;
    heard(done);
    over ||= portion.stopAtFailure === true && stops(done);
  };
  const stream = messageStream(portion.messages);
  let stopped = false;
  const write = stream.write.bind(stream) as (...given: unknown[]) => boolean;
  // What cucumber still says of a run that was cut short is let go.
  stream.write = (...given: unknown[]) => stopped || write(...given);
  let broken: Error | undefined;
  stream.on('error', (error) => {
    broken ??= error;
  });
  const errors: string[] = [];
  const cucumber = inCucumber(portion, stream, errors, take);
  const cutShort = await (ending === undefined ? cucumber : Promise.race([cucumber, ending]));
  if (cutShort !== undefined) session().abandon();
  stopped = true;
  stream.end();
  await finished(stream).catch(() => undefined);
  if (broken !== undefined) throw notWritten(portion.messages ?? '', broken);
  if (cutShort === undefined && errors.length > 0 && !any) throw new UsageError(errors.join(''));
  return { cutShort, givenUp: collector.givenUp };
}

/** Whether cucumber leaves out what comes after it. */
function stops({ result: { verdict } }: Finished): boolean {
  return verdict !== 'pass' && verdict !== 'not-applicable';
}

async function inCucumber(
  { paths, messages, stopAtFailure }: Portion,
  stdout: Writable,
  errors: string[],
  take: (envelope: Envelope) => void,
): Promise<undefined> {
  await runCucumber(
    await cucumberOptions({
      paths,
      dryRun: false,
      messages: messages !== undefined,
      stopAtFailure,
    }),
    { cwd: ROOT, stdout, stderr: collecting(errors) },
    take,
  );
}

function messageStream(file: string | undefined): Writable {
  if (file === undefined) return new Writable({ write: (_chunk, _encoding, done) => done() });
  folderToWrite(path.dirname(file));
  try {
    return createWriteStream(file, { fd: openSync(file, 'w') });
  } catch (error) {
    throw notWritten(file, error);
  }
}

function collecting(lines: string[]): Writable {
  return new Writable({
    write(chunk: Buffer, _encoding, done) {
      lines.push(chunk.toString());
      done();
    },
  });
}
