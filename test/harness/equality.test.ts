/** However the work is divided, and wherever the implementation runs, the results are the same bytes. */
import { beforeAll, describe, expect, it } from 'vitest';
import { readBook, run, type RunOptions } from '../../harness/run.ts';
import type { Results } from '../../reports/results.ts';
import { resultsText } from '../../reports/json.ts';

const book = readBook();

async function resultsOf(options: Partial<RunOptions> = {}): Promise<Results> {
  const { results } = await run(
    {
      impl: 'reference',
      seed: 1,
      runs: 5,
      callTimeoutMs: 5000,
      maxRestarts: 50,
      only: [],
      parallel: 0,
      ...options,
    },
    book,
  );
  return results;
}

/** Of each kind of port one: pure, with a clock, with calls that sleep, with scripts. */
const KINDS = ['NTF', 'CLK', 'SYN', 'kernel/pipe.feature'];

/** Those, hosts with sockets, and several hosts. "npm run same" compares whole runs. */
const MORE_KINDS = [...KINDS, 'CON', 'FRG', 'lab/datagram-channel.feature'];

describe('results.json has the same bytes', () => {
  let once: string;
  beforeAll(async () => {
    once = resultsText(await resultsOf({ only: MORE_KINDS }));
  });

  it('from one process and from two workers', async () => {
    expect(resultsText(await resultsOf({ only: MORE_KINDS, parallel: 2 }))).toBe(once);
  });

  it('from a module in process and from behind a pipe', async () => {
    expect(resultsText(await resultsOf({ only: MORE_KINDS, isolate: true }))).toBe(once);
  });

  it('from two runs with one seed, where much fails', async () => {
    const options = { impl: 'dummy-random', seed: 3, only: KINDS };
    expect(resultsText(await resultsOf(options))).toBe(resultsText(await resultsOf(options)));
  });

  it('from one process and from two workers, where much fails', async () => {
    const options = { impl: 'dummy-null', only: KINDS };
    const parallel = await resultsOf({ ...options, parallel: 2 });
    expect(resultsText(parallel)).toBe(resultsText(await resultsOf(options)));
  });
});

describe('shards', () => {
  it('have the scenarios of the whole between them, and nothing twice', async () => {
    const only = ['CSM', 'NTF'];
    const whole = await resultsOf({ only });
    const shards = [
      await resultsOf({ only, shard: '1/2' }),
      await resultsOf({ only, shard: '2/2' }),
    ];
    const merged = new Map(shards.flatMap(({ scenarios }) => scenarios.map((s) => [s.key, s])));
    expect(shards.reduce((sum, { scenarios }) => sum + scenarios.length, 0)).toBe(merged.size);
    expect(whole.scenarios.map(({ key }) => merged.get(key))).toEqual(whole.scenarios);
    expect(shards.map(({ shard }) => shard)).toEqual(['1/2', '2/2']);
  });
});

describe('a run that is interrupted', () => {
  it('keeps what was finished and says why it ended', async () => {
    const controller = new AbortController();
    let finished = 0;
    const progress = {
      started: () => undefined,
      finished: () => {
        finished += 1;
        if (finished === 10) controller.abort('the user ended it');
      },
    };
    const results = await resultsOf({ signal: controller.signal, progress });
    expect(results.cutShort).toBe('the user ended it');
    expect(results.totals).toMatchObject({ fail: 0, error: 0 });
    const over = results.scenarios.filter(({ verdict }) => verdict !== 'not-run');
    expect(over).toHaveLength(finished);
    expect(results.totals['not-run']).toBeGreaterThan(300);
    // What goes on in the background must not get into the next run.
    expect((await resultsOf({ only: ['CSM-06'] })).totals).toMatchObject({ fail: 0, error: 0 });
  });
});
