/** Steps on sockets that are bound to an interface. */
import assert from 'node:assert/strict';
import { Then, When } from '@cucumber/cucumber';
import { portOf, socketOf } from './datagram.steps.ts';
import { stimulus } from './stimulus.ts';
import { succeeded, type SuiteWorld } from './world.ts';

const option = 'SO_BINDTODEVICE';

const bindTo = (world: SuiteWorld, task: string, value: string, privileged = true) =>
  portOf(world, task).setOption({ socket: socketOf(world, task), option, value, privileged });

stimulus(
  '{task} has bound the socket to {interface}',
  '{task} binds the socket to {interface}',
  (world: SuiteWorld, task: string, name: string) => bindTo(world, task, name),
);

When(
  '{task} binds the socket to {interface} without privilege',
  async function (this: SuiteWorld, task: string, name: string) {
    this.record(await bindTo(this, task, name, false));
  },
);

stimulus(
  '{task} has bound the socket to no interface any more',
  '{task} binds the socket to no interface any more',
  (world: SuiteWorld, task: string) => bindTo(world, task, ''),
);

Then(
  'the socket of {task} is bound to {interface}',
  async function (this: SuiteWorld, task: string, name: string) {
    const socket = socketOf(this, task);
    assert.equal(succeeded(await portOf(this, task).getOption({ socket, option })).value, name);
  },
);
