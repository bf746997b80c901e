/** A module in this process: what it throws or never settles is a failure with a name. */
import { describe, expect, it } from 'vitest';
import type { Boot } from '../../contract/index.ts';
import { callChecked } from '../../harness/client.ts';
import { inProcess } from '../../harness/in-process.ts';

const OPTIONS = { seed: 1, profile: 'notes', callTimeoutMs: 50, startTimeoutMs: 50 };

type Compute = (args: { octets: string }) => unknown;

function connected(compute: Compute, others: object = {}) {
  const boot = () => ({
    name: 'module',
    version: '1',
    profile: 'notes',
    ports: { checksum: { compute } },
    ...others,
  });
  return inProcess(boot as unknown as Boot)(OPTIONS);
}

const compute = async (with_: Compute, others?: object) =>
  callChecked(await connected(with_, others), 'checksum.compute', { octets: '' });

const never = () => new Promise<never>(() => undefined);

describe('a call in process', () => {
  it('that never settles is a hang', async () => {
    await expect(compute(never)).rejects.toMatchObject({
      kind: 'hang',
      message: 'no answer to checksum.compute within 50 ms',
    });
  });

  it('that never settles is noticed in time, however long a start may take', async () => {
    const ports = { checksum: { compute: never } };
    const boot = () => ({ name: 'module', version: '1', ports });
    const connection = await inProcess(boot as unknown as Boot)({
      ...OPTIONS,
      startTimeoutMs: 60_000,
    });
    const begun = performance.now();
    await expect(connection.call('checksum.compute', {})).rejects.toMatchObject({ kind: 'hang' });
    expect(performance.now() - begun).toBeLessThan(5_000);
  });

  it.each([
    ['rejects', () => Promise.reject(new TypeError('no such buffer'))],
    [
      'throws before it gives a promise',
      () => {
        throw new TypeError('no such buffer');
      },
    ],
  ])('that %s is a crash', async (_, bad) => {
    await expect(compute(bad)).rejects.toMatchObject({ kind: 'crash' });
    await expect(compute(bad)).rejects.toThrow(
      /^checksum\.compute threw an exception: TypeError: no such buffer\n\s+at /,
    );
  });

  it.each([
    ['nothing', undefined],
    ['a text', 'ok'],
    ['a list', [{ ok: {} }]],
    ['a number too big for JSON', { ok: { checksum: 10n } }],
    [
      'itself',
      (() => {
        const own: Record<string, unknown> = {};
        own['ok'] = own;
        return own;
      })(),
    ],
  ])('that answers %s is answered badly, and can be reported', async (_, answer) => {
    const connection = await connected(() => Promise.resolve(answer));
    const call = callChecked(connection, 'checksum.compute', { octets: '' });
    await expect(call).rejects.toMatchObject({ kind: 'invalid-answer' });
    expect(connection.lastExchanges()).toHaveLength(1);
  });

  it('to a port or method that is not there is unsupported', async () => {
    const connection = await connected(() => ({ ok: { checksum: 0 } }));
    expect(await connection.call('checksum.update', {})).toEqual({
      unsupported: 'checksum.update',
    });
    expect(await connection.call('routes.add', {})).toEqual({ unsupported: 'routes.add' });
    expect(await connection.call('nonsense', {})).toEqual({ unsupported: 'nonsense' });
  });

  it('cannot change what the suite holds in its hands', async () => {
    const args = { octets: '0102' };
    const connection = await connected((given) => {
      given.octets = 'changed';
      return Promise.resolve({ ok: { checksum: 1 } });
    });
    await callChecked(connection, 'checksum.compute', args);
    expect(args).toEqual({ octets: '0102' });
  });
});

describe('the life of a module', () => {
  it('is not to go on after a crash', async () => {
    const connection = await connected(() => {
      throw new Error('oops');
    });
    await expect(connection.call('checksum.compute', {})).rejects.toThrow('oops');
    await expect(connection.call('checksum.compute', {})).rejects.toThrow('oops');
    await expect(connection.finish()).rejects.toMatchObject({ kind: 'crash' });
    await connection.close();
  });

  it.each([
    [
      'throws',
      () => {
        throw new Error('no memory');
      },
      'crash',
      /^boot threw an exception: Error: no memory/,
    ],
    ['rejects', () => Promise.reject(new Error('no memory')), 'crash', /^boot threw an exception/],
    ['never settles', never, 'hang', /^no answer to boot within 50 ms/],
  ] as const)('does not begin when boot %s', async (_, boot, kind, says) => {
    const connecting = inProcess(boot)(OPTIONS);
    await expect(connecting).rejects.toMatchObject({ kind });
    await expect(connecting).rejects.toThrow(says);
  });

  it.each([
    [
      'throws',
      () => {
        throw new Error('stuck');
      },
      'crash',
    ],
    ['never settles', never, 'hang'],
  ] as const)('ends badly when shutdown %s', async (_, shutdown, kind) => {
    const connection = await connected(never, { shutdown });
    await expect(connection.finish()).rejects.toMatchObject({ kind });
    await connection.close();
  });

  it('declares the ports that are there, what the contract does not know too: doctor says so', async () => {
    const { hello } = await inProcess(() => ({
      name: 'module',
      version: '1',
      profile: 'bsd-4.4',
      ports: { checksum: {}, csum: undefined, telepathy: {} } as object,
    }))(OPTIONS);
    expect(hello.capabilities).toEqual({ checksum: 1, telepathy: 1 });
    expect(hello.profile).toBe('bsd-4.4');
  });
});
