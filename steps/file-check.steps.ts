/** Steps on the consistency of the file system. */
import assert from 'node:assert/strict';
import { Then, When } from '@cucumber/cucumber';
import { succeeded, type SuiteWorld } from './world.ts';

When('the file system is checked', async function (this: SuiteWorld) {
  this.record(await this.port('file-system-check').check({}));
});

Then(
  '{int} file(s) and {int} directory/directories are found, and nothing wrong',
  function (this: SuiteWorld, files: number, directories: number) {
    assert.deepEqual(succeeded(this.last), { files, directories, problems: [] });
  },
);
