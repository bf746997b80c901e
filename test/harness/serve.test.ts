/** The other side of the pipe: a module behind lines of JSON. */
import { PassThrough } from 'node:stream';
import { text } from 'node:stream/consumers';
import { describe, expect, it } from 'vitest';
import type { Boot } from '../../contract/index.ts';
import { serve } from '../../harness/serve.ts';

const HELLO = {
  id: 1,
  op: 'hello',
  args: { protocols: ['kernspec/1'], suite: '0', profile: 'bsd-4.4', seed: 7 },
};
const compute = (id: number, octets = '') => ({ id, op: 'checksum.compute', args: { octets } });
const ok = (id: number, checksum: number) => ({ id, ok: { checksum } });

let booted: unknown[] = [];
let shutDown = 0;

/** Counts its calls, and takes the longer the earlier they come. */
const boot = ((options: object) => {
  booted.push(options);
  let calls = 0;
  return {
    name: 'module',
    version: '2',
    profile: 'bsd-4.4',
    ports: {
      checksum: {
        compute: async ({ octets }: { octets: string }) => {
          if (octets === 'ff') throw new Error('no such device');
          calls += 1;
          const answer = { ok: { checksum: calls } };
          await new Promise((resolve) => setTimeout(resolve, 10 - calls));
          return octets === 'ee' ? undefined : answer;
        },
      },
      csum: undefined,
    },
    shutdown: () => {
      shutDown += 1;
      return Promise.resolve();
    },
  };
}) as unknown as Boot;

async function served(...chunks: (string | Buffer)[]): Promise<unknown[]> {
  [booted, shutDown] = [[], 0];
  const [input, output] = [new PassThrough(), new PassThrough()];
  const serving = serve(boot, input, output).finally(() => output.end());
  for (const chunk of chunks) input.write(chunk);
  input.end();
  const [lines] = await Promise.all([text(output), serving]);
  return lines
    .split('\n')
    .slice(0, -1)
    .map((line) => JSON.parse(line) as unknown);
}

const line = (request: unknown) => `${JSON.stringify(request)}\n`;
const asked = (...requests: unknown[]) => served(requests.map(line).join(''));

describe('serving', () => {
  it('begins with hello, and says what is offered', async () => {
    const [hello] = await asked(HELLO);
    expect(hello).toEqual({
      id: 1,
      ok: {
        protocol: 'kernspec/1',
        name: 'module',
        version: '2',
        profile: 'bsd-4.4',
        capabilities: { checksum: 1 },
        reset: true,
        batch: true,
      },
    });
    expect(booted).toMatchObject([{ seed: 7, profile: 'bsd-4.4' }]);
  });

  it.each([compute(1), { id: 1, op: 'reset', args: { seed: 1 } }])(
    'requires hello first: %j',
    async (request) => {
      const answer = await asked(request);
      expect(answer).toEqual([{ id: 1, fault: 'the first request must be hello' }]);
      expect(booted).toEqual([]);
    },
  );

  it.each([
    [{ ...HELLO, args: {} }, /^args\.protocols: .*args\.seed: /],
    [
      { ...HELLO, args: { ...HELLO.args, protocols: ['kernspec/9'] } },
      /^only kernspec\/1 is spoken/,
    ],
    [{ ...HELLO, args: { ...HELLO.args, profile: 'plan-9' } }, /^args\.profile: /],
  ])('refuses a bad hello', async (hello, says) => {
    expect(await asked(hello)).toMatchObject([{ fault: expect.stringMatching(says) as string }]);
  });

  it('answers in order, however long each takes', async () => {
    const answers = await asked(HELLO, compute(2), compute(3), compute(4));
    expect(answers.slice(1)).toEqual([ok(2, 1), ok(3, 2), ok(4, 3)]);
  });

  it('reads lines however they are cut', async () => {
    const octets = Buffer.from(
      line(HELLO) + line({ ...compute(2), note: 'é∞' }) + line(compute(3)),
    );
    const answers = await served(...Array.from(octets, (octet) => Buffer.of(octet)));
    expect(answers.slice(1)).toEqual([ok(2, 1), ok(3, 2)]);
  });

  it('reads lines that end as on Windows, and a last one that does not end', async () => {
    const answers = await served(line(HELLO).replace('\n', '\r\n'), JSON.stringify(compute(2)));
    expect(answers.slice(1)).toEqual([ok(2, 1)]);
  });

  it('answers many calls in a batch', async () => {
    const calls = [compute(0), { op: 'checksum.guess', args: {} }, compute(0)].map(
      ({ op, args }) => ({ op, args }),
    );
    const [, answer] = await asked(HELLO, { id: 2, op: 'batch', args: { calls } });
    expect(answer).toEqual({
      id: 2,
      ok: {
        answers: [
          { ok: { checksum: 1 } },
          { unsupported: 'checksum.guess' },
          { ok: { checksum: 2 } },
        ],
      },
    });
  });

  it('boots anew at reset', async () => {
    const reset = { id: 3, op: 'reset', args: { seed: 9 } };
    const answers = await asked(HELLO, compute(2), reset, compute(4));
    expect(answers.slice(1)).toEqual([ok(2, 1), { id: 3, ok: {} }, ok(4, 1)]);
    expect(booted).toMatchObject([{ seed: 7 }, { seed: 9, profile: 'bsd-4.4' }]);
    expect(shutDown).toBe(1);
  });

  it.each([
    [
      'an unknown port',
      { id: 2, op: 'telepathy.send', args: {} },
      { unsupported: 'telepathy.send' },
    ],
    [
      'an unknown method',
      { id: 2, op: 'checksum.guess', args: {} },
      { unsupported: 'checksum.guess' },
    ],
    [
      'an inherited name',
      { id: 2, op: 'checksum.toString', args: {} },
      { unsupported: 'checksum.toString' },
    ],
    [
      'a port that it has not',
      { id: 2, op: 'csum.machine', args: {} },
      { unsupported: 'csum.machine' },
    ],
    [
      'bad arguments',
      compute(2, 'abc'),
      { fault: expect.stringContaining('args.octets: not an even') as string },
    ],
    [
      'no arguments',
      { id: 2, op: 'checksum.compute' },
      { fault: expect.stringContaining('args: ') as string },
    ],
    ['no op', { id: 2 }, { fault: expect.stringContaining('not a request: op: ') as string }],
    [
      'an op that is no text',
      { id: 2, op: 5 },
      { fault: expect.stringContaining('not a request: op: ') as string },
    ],
    [
      'poll without a token',
      { id: 2, op: 'poll', args: {} },
      { fault: expect.stringContaining('args.call: ') as string },
    ],
    [
      'poll where nothing sleeps',
      { id: 2, op: 'poll', args: { call: 'c1' } },
      { unsupported: 'poll' },
    ],
    [
      'an empty batch',
      { id: 2, op: 'batch', args: { calls: [] } },
      { fault: expect.stringContaining('args.calls: ') as string },
    ],
  ])('answers %s', async (_, request, answer) => {
    expect((await asked(HELLO, request))[1]).toEqual({ id: 2, ...answer });
  });

  it.each([
    ['not JSON', 'not JSON'],
    ['', 'not JSON'],
    ['{"id":2,"op":"checksum.compute","args":{"octets":NaN}}', 'not JSON'],
    ['null', 'id: '],
    ['[]', 'id: '],
    ['5', 'id: '],
    ['{"id":1e400,"op":"bye"}', 'id: '],
    ['{"id":"2","op":"bye"}', 'id: '],
  ])('answers a line that is no request: "%s"', async (bad, why) => {
    const fault = expect.stringContaining(`not a request: ${why}`) as string;
    expect(await served(`${bad}\n`)).toEqual([{ fault }]);
  });

  it('ends at bye, and answers nothing after it', async () => {
    const answers = await asked(HELLO, { id: 2, op: 'bye', args: {} }, compute(3));
    expect(answers.slice(1)).toEqual([{ id: 2, ok: {} }]);
    expect(shutDown).toBe(1);
  });

  it('ends with what the module throws, for its state is unknown', async () => {
    await expect(asked(HELLO, compute(2, 'ff'))).rejects.toThrow('no such device');
  });

  it('hands on an answer that is none, for the suite to refuse', async () => {
    expect((await asked(HELLO, compute(2, 'ee')))[1]).toEqual({ id: 2 });
  });
});
