/** Steps on how the address of a sender is written to a program's memory. */
import assert from 'node:assert/strict';
import { Then, When } from '@cucumber/cucumber';
import { bytesOf } from '../contract/index.ts';
import { socketOf } from './datagram.steps.ts';
import { succeeded, type SuiteWorld } from './world.ts';

const UNTOUCHED = 0xa5;

interface Received {
  readonly octets: string;
  readonly memory: string;
  readonly fromLength: number;
}

const received = (world: SuiteWorld): Received => succeeded(world.last) as Received;

When(
  '{task} receives a datagram with a fromlen of {int}',
  async function (this: SuiteWorld, task: string, fromLength: number) {
    const call = { socket: socketOf(this, task), task, size: 100, fromLength };
    this.record(await this.port('address-length').receive(call));
  },
);

/** No octet of the address of these scenarios is as the memory was before. */
Then(
  'the first {int} octets of the address are written, and none behind',
  function (this: SuiteWorld, count: number) {
    const memory = bytesOf(received(this).memory);
    const touched = memory.findLastIndex((octet) => octet !== UNTOUCHED) + 1;
    assert.equal(touched, count);
    assert.ok(memory.subarray(0, count).every((octet) => octet !== UNTOUCHED));
  },
);

Then('the datagram is {octets}', function (this: SuiteWorld, octets: string) {
  assert.equal(received(this).octets, octets);
});

Then(
  'the port in memory is {int} and the address is {ipv4}',
  function (this: SuiteWorld, port: number, address: string) {
    const memory = bytesOf(received(this).memory);
    assert.equal(((memory[2] ?? 0) << 8) | (memory[3] ?? 0), port);
    assert.equal(memory.subarray(4, 8).join('.'), address);
  },
);

Then('fromlen is {int}', function (this: SuiteWorld, length: number) {
  assert.equal(received(this).fromLength, length);
});
