/**
 * Lets what a test worker covered be seen: it is ended before it would write that by itself.
 *
 * Does something only where coverage is collected (NODE_V8_COVERAGE, which c8 sets). What is watched needs up
 * to twice as long. So processes that a test starts are watched only where their commands are what is tested,
 * and not what a dummy is asked over and over.
 */
import { stopCoverage, takeCoverage } from 'node:v8';
import { afterAll, expect } from 'vitest';

const { env } = process;
const PROCESSES_WATCHED = /\/test\/cli\/(?:commands|exit-codes)\.test\.ts$/;
const UNWATCHED = /\/test\/dummies\.test\.ts$/;

if (env['NODE_V8_COVERAGE'] !== undefined) {
  const file = expect.getState().testPath ?? '';
  if (!PROCESSES_WATCHED.test(file)) delete env['NODE_V8_COVERAGE'];
  if (UNWATCHED.test(file)) stopCoverage();
  else afterAll(() => takeCoverage());
}
