/**
 * Two implementations side by side: the same course of a connection on both, drawn at random, until they part.
 *
 *     npm run compare -- --impl linux-uml --with reference --profile linux-6 --cases 200 --seed 1
 *
 * Printed is a course made as short as it can be, with what both did. Which of them is right no tool can say. Exits
 * with 1 when they part.
 */
import { parseArgs } from 'node:util';
import fc from 'fast-check';
import { PROFILES } from '../contract/implementation.ts';
import { clientPorts } from '../harness/client.ts';
import { clockOf } from '../harness/clock.ts';
import { Driver } from '../harness/driver.ts';
import { loadImplementation } from '../harness/load.ts';
import { CannotDrive, UsageError } from '../harness/problems.ts';
import { courses, trace, type Course } from './compare/tcp-scene.ts';

/** Wall-clock bound for one call. */
const CALL_TIMEOUT_MS = 20_000;
/** A real clock is given so long after each action, in milliseconds. */
const SETTLE_MS = 3;

interface Side {
  readonly name: string;
  readonly virtual: boolean;
  /** What could be seen of the course, a line each. */
  readonly run: (course: Course) => Promise<string[]>;
}

/** @throws CannotDrive — it cannot be loaded, started or greeted. */
async function sideOf(name: string, profile: string): Promise<Side> {
  const driver = new Driver(await loadImplementation(name), {
    seed: 1,
    profile,
    callTimeoutMs: CALL_TIMEOUT_MS,
    maxRestarts: Number.MAX_SAFE_INTEGER,
  });
  const ports = clientPorts(driver.connection);
  const virtual = clockOf(await driver.begin()).kind === 'virtual';
  await driver.end();
  const run = async (course: Course): Promise<string[]> => {
    await driver.begin();
    try {
      return await trace(ports, course, virtual ? 0 : SETTLE_MS);
    } catch (error) {
      return [String(error)];
    } finally {
      await driver.end().catch(() => undefined);
    }
  };
  return { name, virtual, run };
}

/** The first line in which they differ; -1 where they do not. */
function parting(one: readonly string[], other: readonly string[]): number {
  const length = Math.max(one.length, other.length);
  return Array.from({ length }).findIndex((_, at) => one[at] !== other[at]);
}

async function shown(course: Course, sides: readonly [Side, Side]): Promise<string> {
  const [one, other] = [await sides[0].run(course), await sides[1].run(course)];
  const at = parting(one, other);
  const width = Math.max(...sides.map(({ name }) => name.length));
  const lines = (name: string, some: readonly string[]) =>
    some.map((line) => `${name.padEnd(width)}  ${line}`);
  return [
    `${course.passive ? 'the peer begins' : 'the host begins'}; isn ${course.isn}, mss ${course.mss}`,
    ...lines('', at < 0 ? one : one.slice(0, at)),
    ...(at < 0
      ? ['and nothing else, when run again: time is real, or something is left to chance']
      : []),
    ...lines(sides[0].name, at < 0 ? [] : one.slice(at)),
    ...lines(sides[1].name, at < 0 ? [] : other.slice(at)),
  ].join('\n');
}

/** @throws UsageError — a number or a profile makes no sense. */
function settings() {
  const { values } = parseArgs({
    options: {
      impl: { type: 'string', default: 'linux' },
      with: { type: 'string', default: 'reference' },
      profile: { type: 'string', default: 'linux-6' },
      cases: { type: 'string', default: '100' },
      seed: { type: 'string', default: '1' },
    },
  });
  const { impl, with: other, profile, cases, seed } = values;
  if (!PROFILES.some((known) => known === profile)) {
    throw new UsageError(`--profile ${profile}: must be one of ${PROFILES.join(', ')}`);
  }
  for (const [option, text] of Object.entries({ cases, seed })) {
    if (!/^\d{1,9}$/.test(text))
      throw new UsageError(`--${option} ${text}: must be a whole number`);
  }
  return { names: [impl, other] as const, profile, cases: Number(cases), seed: Number(seed) };
}

async function compare(): Promise<number> {
  const { names, profile, cases, seed } = settings();
  const sides = [await sideOf(names[0], profile), await sideOf(names[1], profile)] as const;
  const [one, other] = sides;
  const alike = async (course: Course) =>
    parting(await one.run(course), await other.run(course)) < 0;
  const property = fc.asyncProperty(courses(one.virtual && other.virtual), alike);
  const { counterexample, numRuns, failed } = await fc.check(property, { numRuns: cases, seed });
  if (counterexample !== null) console.log(await shown(counterexample[0], sides));
  console.log(`${numRuns} courses: ${failed ? 'the last parts them' : 'no difference'}`);
  return Number(failed);
}

try {
  process.exit(await compare());
} catch (error) {
  if (!(error instanceof UsageError || error instanceof CannotDrive || error instanceof TypeError))
    throw error;
  console.error(error.message);
  process.exit(2);
}
