/**
 * Trying every way that a machine can go.
 *
 * The machine says at each of its steps what could have happened instead, and runs again along any
 * path that it is given; so all its behaviours are visited, each exactly once, without the suite
 * knowing of what steps the machine is made.
 */
import assert from 'node:assert/strict';

export interface Way<Turn> {
  readonly steps: readonly { readonly turn: Turn; readonly others: readonly Turn[] }[];
}

/** More ways than this are more than a small program has. */
const MOST = 50_000;

/** Every run, each along another path. @throws AssertionError — the machine does not keep to its path. */
export async function* everyWay<Turn, Run extends Way<Turn>>(
  run: (schedule: Turn[]) => Promise<Run>,
): AsyncGenerator<Run> {
  const open: Turn[][] = [[]];
  for (let tried = 1; open.length > 0; tried++) {
    assert.ok(tried <= MOST, `the machine has more than ${MOST} ways to go`);
    const path = open.pop() ?? [];
    const way = await run(path);
    const taken = way.steps.map(({ turn }) => turn);
    assert.deepEqual(taken.slice(0, path.length), path, 'the turns that were asked for');
    for (const [at, { others }] of way.steps.entries()) {
      // What lies before the end of the path has been seen to when the path was made.
      if (at < path.length) continue;
      for (const other of others) open.push([...taken.slice(0, at), other]);
    }
    yield way;
  }
}
