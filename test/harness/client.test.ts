/** What goes out is checked before it leaves, what comes in before a step sees it. */
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { MAX_OCTETS } from '../../contract/index.ts';
import { callChecked } from '../../harness/client.ts';
import type { Connection, Read } from '../../harness/connection.ts';

let sent: unknown[] = [];

function answering(answer: unknown): Connection {
  sent = [];
  const call = (op: string, args: object, read: Read<unknown>) => {
    sent.push({ op, args });
    return Promise.resolve(answer).then(read);
  };
  return { call } as unknown as Connection;
}

describe('bad arguments are named and never sent', () => {
  it.each([
    ['an odd digit', 'checksum.compute', { octets: '012' }, /args\.octets: not an even number of/],
    ['upper case', 'checksum.compute', { octets: 'FF' }, /args\.octets: not an even number of/],
    ['no text', 'checksum.compute', { octets: 7 }, /args\.octets: .*expected string/],
    [
      'too many octets',
      'checksum.compute',
      { octets: '00'.repeat(MAX_OCTETS + 1) },
      /args\.octets: more than 262144 octets/,
    ],
    ['a member too few', 'checksum.compute', {}, /args\.octets: .*received undefined/],
    [
      'a member too many',
      'checksum.compute',
      { octets: '', speed: 1 },
      /args: Unrecognized key: "speed"/,
    ],
    ['a negative length', 'sk-buff.alloc', { size: -1 }, /args\.size: .*>=0/],
    ['no number', 'sk-buff.alloc', { size: NaN }, /args\.size: .*received NaN/],
    ['infinity', 'sk-buff.alloc', { size: Infinity }, /args\.size: /],
    ['a fraction', 'sk-buff.alloc', { size: 1.5 }, /args\.size: .*expected int/],
    ['33 bits', 'sk-buff.alloc', { size: 2 ** 32 }, /args\.size: .*<=4294967295/],
    [
      '17 bits',
      'checksum.update',
      { checksum: 0, before: 65536, after: 0 },
      /args\.before: .*<=65535/,
    ],
    [
      'no address',
      'csum.tcpudpMagic',
      { source: '10.0.0.256', destination: '10.0.0.1', length: 0, protocol: 6, sum: 0 },
      /args\.source: Invalid IPv4/,
    ],
    [
      'a bad name',
      'notifier-chain.unregister',
      { chain: 'Chain', name: 'a' },
      /args\.chain: not a name/,
    ],
  ])('%s', async (_, op, args, says) => {
    const call = callChecked(answering({ ok: {} }), op, args);
    await expect(call).rejects.toThrow(RangeError);
    await expect(call).rejects.toThrow(says);
    await expect(call).rejects.toThrow(`${op}: args`);
    expect(sent).toEqual([]);
  });

  it('a method that is not in the contract', async () => {
    const call = callChecked(answering({ ok: {} }), 'checksum.guess', {});
    await expect(call).rejects.toThrow('the contract has no method checksum.guess');
  });
});

describe('answers', () => {
  const answered = (answer: unknown, op = 'checksum.compute', args: object = { octets: '' }) =>
    callChecked(answering(answer), op, args);

  it('that are proper arrive as they are', async () => {
    expect(await answered({ ok: { checksum: 0xffff } })).toEqual({ ok: { checksum: 0xffff } });
    expect(await answered({ bug: 'over-run' })).toEqual({ bug: 'over-run' });
    const errno = { errno: 'ENOMEM' };
    expect(await answered(errno, 'sk-buff.alloc', { size: 1 })).toEqual(errno);
  });

  it.each([
    ['a value out of range', { ok: { checksum: 65536 } }, /ok\.checksum: .*<=65535/],
    ['a member too many', { ok: { checksum: 0, sum: 0 } }, /ok: Unrecognized key: "sum"/],
    ['no value', { ok: undefined }, /ok: .*received undefined/],
    ['two kinds', { ok: { checksum: 0 }, bug: '' }, /exactly one of ok, errno, bug, parked,/],
    ['no kind', {}, /exactly one of/],
    ['a kind of its own', { okay: {} }, /exactly one of/],
    ['an errno of another call', { errno: 'ENOENT' }, /errno "ENOENT" is none .*; it gives none/],
    ['an errno that is no text', { errno: 2 }, /errno 2 is none that this call gives/],
    ['nothing', null, /exactly one of/],
  ])('with %s are refused with a correct example', async (_, answer, says) => {
    await expect(answered(answer)).rejects.toMatchObject({ kind: 'invalid-answer' });
    await expect(answered(answer)).rejects.toThrow(says);
    await expect(answered(answer)).rejects.toThrow(/A valid one: \{"ok":\{"checksum":0\}\}$/);
  });

  it('whatever they are, are either one of the three outcomes or refused by name', async () => {
    await fc.assert(
      fc.asyncProperty(fc.anything(), async (answer) => {
        const outcome = await answered(answer).catch((error: Error) => error.name);
        if (typeof outcome === 'string') {
          expect(['ImplementationFailed', 'AdapterFault']).toContain(outcome);
        } else expect(Object.keys(outcome)).toHaveLength(1);
      }),
    );
  });
});
