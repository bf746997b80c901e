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

/** Runs that are asked for at once: over a pipe they share a line. */
const AT_ONCE = 32;

/** Every run, each along another path. @throws AssertionError — the machine does not keep to its path. */
export async function* everyWay<Turn extends object, Run extends Way<Turn>>(
  run: (schedule: Turn[]) => Promise<Run>,
): AsyncGenerator<Run> {
  const open: Turn[][] = [[]];
  for (let tried = 0; open.length > 0;) {
    const paths = open.splice(-AT_ONCE);
    tried += paths.length;
    assert.ok(tried <= MOST, `the machine has more than ${MOST} ways to go`);
    const ways = await Promise.all(paths.map(run));
    for (const [place, way] of ways.entries()) {
      open.push(...branches(way, paths[place] ?? []));
      yield way;
    }
  }
}

/** Paths that leave a run behind the path that it was given: what lies before has been seen to. */
function branches<Turn extends object>({ steps }: Way<Turn>, path: readonly Turn[]): Turn[][] {
  const taken = steps.map(({ turn }) => turn);
  // To compare them in depth takes as long as the run, so that is done but where they differ.
  if (!path.every((turn, at) => same(turn, taken[at]))) {
    assert.deepEqual(taken.slice(0, path.length), path, 'the turns that were asked for');
  }
  return steps
    .slice(path.length)
    .flatMap(({ others }, behind) =>
      others.map((other) => [...taken.slice(0, path.length + behind), other]),
    );
}

/** Whether two turns have the same members; one that holds more than plain values is not the same. */
function same(one: object, other: object | undefined): boolean {
  if (other === undefined) return false;
  const members = Object.entries(one);
  const values = other as Readonly<Record<string, unknown>>;
  return (
    members.length === Object.keys(other).length &&
    members.every(([name, value]) => values[name] === value)
  );
}
