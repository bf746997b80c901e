/** A host that says that something is due and never does it ends its scenario, not the patience of who waits. */
import { expect, it } from 'vitest';
import { run } from '../../harness/run.ts';

it('what stays due when its time has come is said, and soon', async () => {
  const options = { seed: 1, runs: 5, callTimeoutMs: 2000, maxRestarts: 50, parallel: 0 };
  const only = ['net/arp.feature'];
  // It has a timer that is due at 0 ns for ever.
  const { results } = await run({ ...options, impl: 'dummy-echo', only });
  const messages = results.scenarios.flatMap(({ failure }) => failure?.message ?? []);
  expect(messages).toContainEqual(
    expect.stringContaining('what is due at 0 ns stays due when that is reached'),
  );
});
