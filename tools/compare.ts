/**
 * Two implementations side by side: the same course of a connection on both, drawn at random, until they differ.
 *
 *     npm run compare -- --impl linux --profile linux-6 --cases 200 --seed 1
 *
 * What comes out is a course made as short as it can be, and both traces. Which of the two is right no tool can say.
 */
import { parseArgs } from 'node:util';
import fc from 'fast-check';
import { clientPorts } from '../harness/client.ts';
import { clockOf } from '../harness/clock.ts';
import { Driver } from '../harness/driver.ts';
import { loadImplementation } from '../harness/load.ts';
import { courses, trace, type Course } from './compare/tcp-scene.ts';

const { values } = parseArgs({
  options: {
    impl: { type: 'string' },
    with: { type: 'string', default: 'reference' },
    profile: { type: 'string', default: 'linux-6' },
    cases: { type: 'string', default: '100' },
    seed: { type: 'string', default: '1' },
  },
});

async function side(impl: string) {
  const connect = await loadImplementation(impl);
  const driver = new Driver(connect, {
    seed: 1,
    profile: values.profile,
    callTimeoutMs: 20_000,
    maxRestarts: 1_000_000,
  });
  const ports = clientPorts(driver.connection);
  const hello = await driver.begin();
  await driver.end();
  const virtual = clockOf(hello).kind === 'virtual';
  const run = async (course: Course): Promise<string[]> => {
    await driver.begin();
    try {
      return await trace(ports, course, virtual ? 0 : 3);
    } catch (error) {
      return [String(error)];
    } finally {
      await driver.end();
    }
  };
  return { run, virtual };
}

const one = await side(values.impl ?? 'linux');
const other = await side(values.with);
const differ = (a: readonly string[], b: readonly string[]) =>
  a.findIndex((line, at) => line !== b[at]);

const result = await fc.check(
  fc.asyncProperty(courses(one.virtual && other.virtual), async (course) => {
    const [a, b] = [await one.run(course), await other.run(course)];
    return a.length === b.length && differ(a, b) < 0;
  }),
  { numRuns: Number(values.cases), seed: Number(values.seed) },
);
if (result.counterexample !== null) {
  const [course] = result.counterexample;
  const [a, b] = [await one.run(course), await other.run(course)];
  const at = differ(a, b);
  console.log(`${course.passive ? 'passive' : 'active'}, isn ${course.isn}, mss ${course.mss}`);
  if (at < 0 && a.length === b.length) console.log('not the same when run again');
  for (const line of a.slice(0, at < 0 ? a.length : at)) console.log(`      ${line}`);
  if (at >= 0)
    for (const line of a.slice(at)) console.log(`${(values.impl ?? 'linux').padEnd(5)} ${line}`);
  for (const line of b.slice(at < 0 ? a.length : at)) console.log(`other ${line}`);
}
console.log(
  `${result.numRuns} courses, ${result.numShrinks} shrinks, ${result.failed ? 'they differ' : 'no difference'}`,
);
process.exit(0);
