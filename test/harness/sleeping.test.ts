/** Calls that sleep: asked after by token, until they have come to something. */
import { describe, expect, it } from 'vitest';
import { ANSWER_KINDS, type Boot } from '../../contract/index.ts';
import { callChecked, type MaybeAsleep } from '../../harness/client.ts';
import { inProcess } from '../../harness/in-process.ts';
import type { Connection } from '../../harness/connection.ts';
import reference from '../../adapters/reference.ts';

const OPTIONS = { seed: 1, profile: 'notes', callTimeoutMs: 2000 };

const WAIT = { task: 'alice', queue: 'buffer' };

/** Answers each request with the next of the list. */
function answering(...answers: unknown[]): { connection: Connection; asked: unknown[] } {
  const asked: unknown[] = [];
  const call = (op: string, args: object) => {
    asked.push({ op, args });
    return Promise.resolve(answers.shift());
  };
  return { connection: { call } as unknown as Connection, asked };
}

function asleep(outcome: MaybeAsleep) {
  if ('asleep' in outcome) return outcome.asleep;
  throw new Error(`it does not sleep: ${JSON.stringify(outcome)}`);
}

describe('a call that sleeps', () => {
  const parked = { parked: { call: 'c1', waitsFor: 'room' } };

  it('is asked after with its token, and tells what it came to as often as asked', async () => {
    const { connection, asked } = answering(parked, parked, { errno: 'EINTR' });
    const call = asleep(await callChecked(connection, 'wait-queue.wait', WAIT));
    expect(call.waitsFor).toBe('room');
    expect(asleep(await call.poll()).waitsFor).toBe('room');
    expect(await call.poll()).toEqual({ errno: 'EINTR' });
    expect(await call.poll()).toEqual({ errno: 'EINTR' });
    expect(asked.slice(1)).toEqual(Array(2).fill({ op: 'poll', args: { call: 'c1' } }));
  });

  it.each([
    ['no token', { parked: {} }, /answer\.parked\.call: .*received undefined/],
    ['an empty token', { parked: { call: '' } }, /answer\.parked\.call: /],
    ['a member too many', { parked: { call: 'c1', since: 3 } }, /Unrecognized key: "since"/],
  ])('is refused with %s', async (_, answer, says) => {
    const { connection } = answering(answer);
    await expect(callChecked(connection, 'wait-queue.wait', WAIT)).rejects.toThrow(says);
  });

  it('is held to its own errnos when it is polled', async () => {
    const { connection } = answering(parked, { errno: 'EPIPE' });
    const call = asleep(await callChecked(connection, 'wait-queue.wait', WAIT));
    await expect(call.poll()).rejects.toThrow(/wait-queue\.wait is not valid: errno "EPIPE"/);
  });
});

describe('the reference', () => {
  const connect = () => inProcess(reference)(OPTIONS);
  const poll = async (connection: Connection, call: string) =>
    (await connection.call('poll', { call })) as Record<string, unknown>;

  it('answers a call once, and does not know its token afterwards', async () => {
    const connection = await connect();
    const { parked } = (await connection.call('wait-queue.wait', WAIT)) as {
      parked: { call: string };
    };
    await connection.call('wait-queue.wakeUp', { queue: 'buffer' });
    expect(await poll(connection, parked.call)).toEqual({ ok: {} });
    expect(Object.keys(await poll(connection, parked.call))).toEqual(['fault']);
    expect(Object.keys(await poll(connection, 'no-such'))).toEqual(['fault']);
  });

  it('says so when a task that sleeps makes another call', async () => {
    const connection = await connect();
    await connection.call('wait-queue.wait', WAIT);
    expect(await connection.call('wait-queue.wait', WAIT)).toEqual({
      fault: 'alice sleeps in another call',
    });
  });
});

describe('a module without poll', () => {
  it('answers it as unsupported', async () => {
    const boot: Boot = ({ profile }) => ({ name: 'mute', version: '1', profile, ports: {} });
    const connection = await inProcess(boot)(OPTIONS);
    const answer = (await connection.call('poll', { call: 'c1' })) as object;
    expect(ANSWER_KINDS.filter((kind) => kind in answer)).toEqual(['unsupported']);
  });
});
