/**
 * Lets what a test worker covered be seen: it is ended before it would write that by itself.
 *
 * Does something only where coverage is collected (NODE_V8_COVERAGE, which c8 sets).
 */
import { takeCoverage } from 'node:v8';
import { afterAll } from 'vitest';

afterAll(() => {
  if (process.env['NODE_V8_COVERAGE'] !== undefined) takeCoverage();
});
