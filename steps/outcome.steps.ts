/** What any call can come to. */
import assert from 'node:assert/strict';
import { Then } from '@cucumber/cucumber';
import type { Errno } from '../contract/index.ts';
import { described, succeeded, type SuiteWorld } from './world.ts';

Then('the call fails with {errno}', function (this: SuiteWorld, errno: Errno) {
  assert.deepEqual(this.last, { errno }, `the call ${described(this.last)}, not with ${errno}`);
});

Then('the call succeeds', function (this: SuiteWorld) {
  succeeded(this.last);
});

Then('the call is caught as a bug', function (this: SuiteWorld) {
  assert.ok(
    'bug' in this.last,
    `the call ${described(this.last)}; the kernel should refuse it as a bug`,
  );
});
