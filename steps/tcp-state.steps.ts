/** Steps on what the host keeps of its connections: states, queues, counters, settings, options. */
import assert from 'node:assert/strict';
import { Given, Then } from '@cucumber/cucumber';
import type { TcpCounter, TcpOption, TcpState, TcpTunable } from '../contract/index.ts';
import { collect } from './network-scene.ts';
import { stimulus } from './stimulus.ts';
import { listeningOf, streamOf } from './tcp-sockets.ts';
import { peerOf } from './tcp-scene.ts';
import { notHad, setTunables, type OrSkipped } from './tcp-tunable.ts';
import { succeeded, type SuiteWorld } from './world.ts';

Then(
  'the connection of {task} is in {tcpState}',
  async function (this: SuiteWorld, task: string, state: TcpState) {
    const socket = streamOf(this, task);
    assert.equal(succeeded(await this.port('tcp-info').read({ socket })).state, state);
  },
);

async function stateWith(world: SuiteWorld, number: number): Promise<TcpState | undefined> {
  const { at, host } = peerOf(world, number);
  const { connections } = succeeded(await world.port('tcp-info').connections({}));
  return connections.find(
    ({ peer, local }) =>
      peer.address === at.address &&
      peer.port === at.port &&
      (host === undefined || local.port === host.port),
  )?.state;
}

Then(
  'the host has a connection with {peer} in {tcpState}',
  async function (this: SuiteWorld, number: number, state: TcpState) {
    assert.equal(await stateWith(this, number), state);
  },
);

Then('the host has no connection with {peer}', async function (this: SuiteWorld, number: number) {
  assert.equal(await stateWith(this, number), undefined);
});

Then(
  '{int} request(s) and {int} connection(s) wait for {task}',
  async function (this: SuiteWorld, requests: number, connections: number, task: string) {
    const queues = await this.port('tcp-queues').read({ socket: listeningOf(this, task) });
    const { incomplete, complete } = succeeded(queues);
    assert.deepEqual({ incomplete, complete }, { incomplete: requests, complete: connections });
  },
);

Then(
  'the stream socket of {task} is on a port of its own',
  async function (this: SuiteWorld, task: string) {
    const name = succeeded(await this.port('tcp').name({ socket: streamOf(this, task) }));
    assert.notEqual(name.port, 0);
  },
);

Then(
  'the backlog of {task} is {int}',
  async function (this: SuiteWorld, task: string, backlog: number) {
    const queues = await this.port('tcp-queues').read({ socket: listeningOf(this, task) });
    assert.equal(succeeded(queues).backlog, backlog);
  },
);

Then(
  '{tcpCounter} of TCP is {int}',
  async function (this: SuiteWorld, counter: TcpCounter, count: number) {
    assert.equal(succeeded(await this.port('tcp-mib').read({})).counters[counter], count);
  },
);

Given(
  '{tcpTunable} is {tunableValue}',
  function (this: SuiteWorld, tunable: TcpTunable, value: number | string) {
    return setTunables(this, { [tunable]: value });
  },
);

stimulus(
  '{task} has set the stream option {tcpOption} to {optionValue}',
  '{task} sets the stream option {tcpOption} to {optionValue}',
  async (world: SuiteWorld, task: string, option: TcpOption, value: number | string) => {
    const socket = streamOf(world, task);
    const outcome = await world.port('tcp').setOption({ socket, option, value });
    await collect(world);
    return outcome;
  },
);

Then(
  'the stream option {tcpOption} of {task} is {optionValue}',
  async function (this: SuiteWorld, option: TcpOption, task: string, value: number | string) {
    const socket = streamOf(this, task);
    const got = succeeded(await this.port('tcp').getOption({ socket, option }));
    assert.equal(got.value, value);
  },
);

Then(
  'the signals of {task} are {tcpSignals}',
  async function (this: SuiteWorld, task: string, signals: readonly string[]): Promise<OrSkipped> {
    const raised = await this.port('tcp').signals({ task });
    if ('errno' in raised && raised.errno === 'EOPNOTSUPP') return notHad(this, 'signals');
    assert.deepEqual(succeeded(raised).signals, signals);
    return undefined;
  },
);
