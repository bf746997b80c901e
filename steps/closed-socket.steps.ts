/** Steps on calls that name a stream socket which is closed. */
import { When } from '@cucumber/cucumber';
import assert from 'node:assert/strict';
import { closedOf } from './tcp-sockets.ts';
import type { AnyOutcome, SuiteWorld } from './world.ts';

type Call = (world: SuiteWorld, socket: string, task: string) => Promise<AnyOutcome>;

const TO = { address: '10.0.0.2', port: 80 };

const CALLS: Readonly<Record<string, Call>> = {
  bind: (world, socket) =>
    world.port('tcp').bind({ socket, to: { address: '10.0.0.1', port: 80 } }),
  listen: (world, socket) => world.port('tcp').listen({ socket, backlog: 5 }),
  accept: (world, socket, task) => world.port('tcp').accept({ socket, task, dontWait: true }),
  connect: (world, socket, task) =>
    world.port('tcp').connect({ socket, task, to: TO, dontWait: true }),
  send: (world, socket, task) => world.port('tcp').send({ socket, task, octets: '01' }),
  recv: (world, socket, task) =>
    world.port('tcp').receive({ socket, task, size: 1, dontWait: true }),
  shutdown: (world, socket) => world.port('tcp').shutdown({ socket, how: 'SHUT_RDWR' }),
  close: (world, socket, task) => world.port('tcp').close({ socket, task }),
  getsockname: (world, socket) => world.port('tcp').name({ socket }),
  getpeername: (world, socket) => world.port('tcp').peer({ socket }),
  setsockopt: (world, socket) =>
    world.port('tcp').setOption({ socket, option: 'SO_KEEPALIVE', value: 1 }),
  getsockopt: (world, socket) => world.port('tcp').getOption({ socket, option: 'SO_KEEPALIVE' }),
  sockatmark: (world, socket) => world.port('tcp').atMark({ socket }),
};

When(
  '{task} calls {word} on the socket that is closed',
  async function (this: SuiteWorld, task: string, name: string) {
    const call = CALLS[name] ?? assert.fail(`there is no call ${name} of a stream socket here`);
    this.record(await call(this, closedOf(this, task), task));
  },
);
