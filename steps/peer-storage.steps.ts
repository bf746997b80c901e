/** Steps on how many other hosts a host keeps in mind. */
import assert from 'node:assert/strict';
import { Given, Then } from '@cucumber/cucumber';
import { prepared, succeeded, type SuiteWorld } from './world.ts';

Given(
  'there is storage for {int} destination(s)',
  async function (this: SuiteWorld, threshold: number) {
    prepared(await this.port('peer-storage').set({ threshold }));
    const { threshold: set } = succeeded(await this.port('peer-storage').read({}));
    assert.equal(set, threshold);
  },
);

Then(
  'the counts of {int} destination(s) are kept',
  async function (this: SuiteWorld, count: number) {
    assert.equal(succeeded(await this.port('peer-storage').read({})).hosts, count);
  },
);

Then('the storage is for {int} destinations', async function (this: SuiteWorld, count: number) {
  assert.equal(succeeded(await this.port('peer-storage').read({})).threshold, count);
});
