/**
 * Lets what a test worker covered be seen: it is ended before it would write that by itself.
 *
 * Does something only where coverage is collected (NODE_V8_COVERAGE, which c8 sets). A process that a test
 * starts needs twice as long when it is watched, so it is only where its commands are what is tested.
 */
import { takeCoverage } from 'node:v8';
import { afterAll, expect } from 'vitest';

const { env } = process;
const WATCHED = /\/test\/cli\/(?:commands|exit-codes)\.test\.ts$/;

if (env['NODE_V8_COVERAGE'] !== undefined) {
  if (!WATCHED.test(expect.getState().testPath ?? '')) delete env['NODE_V8_COVERAGE'];
  afterAll(() => takeCoverage());
}
