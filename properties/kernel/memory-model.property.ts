/** Laws of memory that processors share. */
import assert from 'node:assert/strict';
import fc from 'fast-check';
import type { ArgsOf } from '../../contract/port.ts';
import type { memoryModel } from '../../contract/index.ts';
import { valueOf } from '../outcomes.ts';
import { property, type Context } from '../property.ts';
import { interleavings } from '../../harness/interleavings.ts';

type RunArgs = ArgsOf<(typeof memoryModel)['methods']['run']>;
type Action = RunArgs['processors'][number][number];
type Turn = RunArgs['schedule'][number];

const variable = fc.constantFrom('x', 'y');

/** Now and then a turn that is not possible, which is skipped. */
const turn: fc.Arbitrary<Turn> = fc.oneof(
  fc.record({ processor: fc.nat(1), does: fc.constant('next' as const) }),
  fc.record({ processor: fc.nat(1), does: fc.constantFrom('drain', 'invalidate'), variable }),
);

const schedule = fc.array(turn, { maxLength: 24 });

async function run({ ports }: Context, processors: Action[][], turns: Turn[]) {
  const args = { initially: {}, perCpu: {}, processors, schedule: turns };
  return valueOf(await ports['memory-model'].run(args));
}

const addition = fc.record({
  do: fc.constant('atomic-add' as const),
  variable: fc.constant('sum'),
  value: fc.oneof(fc.integer({ min: -3, max: 3 }), fc.constantFrom(-0x8000_0000, 0x7fff_ffff)),
});

/** Accesses to other variables, which must not matter. */
const distraction: fc.Arbitrary<Action> = fc.oneof(
  fc.record({ do: fc.constant('store' as const), variable, value: fc.record({ plus: fc.nat(9) }) }),
  fc.record({ do: fc.constant('load' as const), variable, register: fc.constant('r0') }),
  fc.record({
    do: fc.constant('barrier' as const),
    barrier: fc.constantFrom('smp_mb', 'smp_rmb', 'smp_wmb'),
  }),
);

property(
  'atomic additions add up in random orders',
  fc.record({
    processors: fc.array(fc.array(fc.oneof(addition, distraction), { maxLength: 8 }), {
      minLength: 2,
      maxLength: 2,
    }),
    schedule,
  }),
  async (context, { processors, schedule: turns }) => {
    const all = processors.flat();
    const added = all.flatMap((action) => (action.do === 'atomic-add' ? [action.value] : []));
    const { memory } = await run(context, processors, turns);
    assert.equal(
      memory['sum'] ?? 0,
      added.reduce((sum, value) => (sum + value) | 0, 0),
    );
  },
);

/** A store of a number that no other access stores, or a load into a register of its own. */
type Access =
  | { readonly store: number; readonly variable: string }
  | { readonly load: string; readonly variable: string };

function numbered(programs: readonly (readonly { stores: boolean; variable: string }[])[]) {
  let count = 0;
  return programs.map((program) =>
    program.map(({ stores, variable: name }): Access => {
      count++;
      return stores ? { store: count, variable: name } : { load: `r${count}`, variable: name };
    }),
  );
}

/** What the loads of a run found, as text. */
function found(registers: readonly Readonly<Record<string, number>>[]): string {
  const all = registers.flatMap((own) => Object.entries(own));
  return all
    .toSorted(([a], [b]) => a.localeCompare(b))
    .map(([name, value]) => `${name}=${value}`)
    .join(' ');
}

/** What the loads find when the accesses are made one after another, in each order there is. */
function sequentially(programs: readonly (readonly Access[])[]): Set<string> {
  const results = new Set<string>();
  for (const order of interleavings(programs.map(({ length }) => length))) {
    const memory = new Map<string, number>();
    const registers: Record<string, number> = {};
    const next = programs.map((program) => program.values());
    for (const processor of order) {
      const access = next[processor]?.next().value;
      if (access === undefined) continue;
      if ('store' in access) memory.set(access.variable, access.store);
      else registers[access.load] = memory.get(access.variable) ?? 0;
    }
    results.add(found([registers]));
  }
  return results;
}

function withBarriers(program: readonly Access[]): Action[] {
  return program.flatMap((access): Action[] => [
    'store' in access
      ? { do: 'store', variable: access.variable, value: { plus: access.store } }
      : { do: 'load', variable: access.variable, register: access.load },
    { do: 'barrier', barrier: 'smp_mb' },
  ]);
}

property(
  'programs full of barriers are sequentially consistent',
  fc.record({
    programs: fc.array(fc.array(fc.record({ stores: fc.boolean(), variable }), { maxLength: 4 }), {
      minLength: 2,
      maxLength: 2,
    }),
    schedules: fc.array(schedule, { minLength: 8, maxLength: 8 }),
  }),
  async (context, { programs, schedules }) => {
    const accesses = numbered(programs);
    const expected = sequentially(accesses);
    for (const turns of schedules) {
      const { registers } = await run(context, accesses.map(withBarriers), turns);
      const result = found(registers);
      assert.ok(expected.has(result), `the loads find ${result}, which no single order explains`);
    }
  },
);
