/** Laws of spin locks. */
import assert from 'node:assert/strict';
import fc from 'fast-check';
import type { ArgsOf, ValueOf } from '../../contract/port.ts';
import type { spinLock } from '../../contract/index.ts';
import { valueOf } from '../outcomes.ts';
import { property, type Context } from '../property.ts';
import { everyInterleaving } from '../schedules.ts';

type Run = (typeof spinLock)['methods']['run'];
type Action = ArgsOf<Run>['processors'][number][number];
type Ran = ValueOf<Run>;

const lock = (name: string): Action => ({ do: 'spin-lock', lock: name });
const unlock = (name: string): Action => ({ do: 'spin-unlock', lock: name });
const count: Action = { do: 'increment', counter: 'counter' };

/** Runs the programs and checks that nobody took a lock that another had, nor spun without need. */
async function run({ ports }: Context, processors: Action[][], schedule: number[]): Promise<Ran> {
  const ran = valueOf(await ports['spin-lock'].run({ processors, schedule }));
  const holders = new Map<string, number>();
  for (const { processor, action: at, result } of ran.steps) {
    const action = processors[processor]?.[at] ?? assert.fail(`${processor} has no action ${at}`);
    if (!('lock' in action)) continue;
    const holder = holders.get(action.lock);
    if (action.do === 'spin-unlock') holders.delete(action.lock);
    else if (result === 'done') {
      assert.equal(holder, undefined, `holder of ${action.lock} when ${processor} takes it`);
      holders.set(action.lock, processor);
    } else {
      assert.notEqual(
        holder,
        undefined,
        `holder of ${action.lock}, for which ${processor} ${result}`,
      );
    }
  }
  assert.deepEqual(ran.deadlock, []);
  return ran;
}

everyInterleaving(
  'every interleaving of two increments under a lock counts both',
  [6, 6],
  async (context, schedule) => {
    const program = [lock('lock'), count, unlock('lock')];
    const { counters } = await run(context, [program, program], schedule);
    assert.deepEqual(counters, { counter: 2 });
  },
);

everyInterleaving(
  'every interleaving of two processors that take two locks in one order comes to an end',
  [6, 6],
  async (context, schedule) => {
    const program = [lock('first'), lock('second'), count, unlock('second'), unlock('first')];
    const { counters } = await run(context, [program, program], schedule);
    assert.deepEqual(counters, { counter: 2 });
  },
);

/** Whether the machine has so many processors; two it has. */
async function has({ ports }: Context, count: number): Promise<boolean> {
  if (count <= 2) return true;
  const idle = Array.from({ length: count }, () => []);
  return 'ok' in (await ports['spin-lock'].run({ processors: idle, schedule: [] }));
}

/** A critical section that is waited for, or that is left out where the lock is busy. */
const section = fc.constantFrom<readonly Action[]>(
  [lock('lock'), count, unlock('lock')],
  [{ do: 'spin-trylock', lock: 'lock' }, count, { do: 'work' }, unlock('lock')],
  [{ do: 'work' }],
);

property(
  'random users of a lock never hold it together',
  fc.record({
    programs: fc.array(fc.array(section, { maxLength: 5 }), { minLength: 2, maxLength: 4 }),
    schedule: fc.array(fc.nat(3), { maxLength: 80 }),
  }),
  async (context, { programs, schedule }) => {
    const processors = programs.map((sections) => sections.flat());
    if (!(await has(context, processors.length))) return;
    const { steps, counters } = await run(context, processors, schedule);
    const counted = steps.filter(
      ({ processor, action, result }) =>
        result === 'done' && processors[processor]?.[action]?.do === 'increment',
    );
    assert.equal(counters['counter'] ?? 0, counted.length);
  },
);
