/** Laws of who has the processor, over random scenes. */
import assert from 'node:assert/strict';
import fc from 'fast-check';
import type { Action, ArgsOf, machine } from '../../contract/index.ts';
import { misplaced, mostInKernel, occupancies, type Ended } from '../../harness/machine-trace.ts';
import { valueOf } from '../outcomes.ts';
import { property, type Context } from '../property.ts';
import { everyInterleaving } from '../schedules.ts';

type Scene = ArgsOf<(typeof machine)['methods']['run']>;

const CHANNELS = ['buffer', 'key', 'input'];

const channel = fc.constantFrom(...CHANNELS);
const compute = fc.integer({ min: 1, max: 9 }).map((steps): Action => ({ do: 'compute', steps }));

const inKernel = fc.oneof(
  { weight: 3, arbitrary: compute },
  { weight: 2, arbitrary: channel.map((on): Action => ({ do: 'sleep', on })) },
  { weight: 1, arbitrary: channel.map((name): Action => ({ do: 'wake', channel: name })) },
);

const inUserMode = fc.oneof(
  compute,
  fc.integer({ min: 1, max: 3 }).map((number): Action => ({ do: 'call', number })),
);

/** The last thing that a call does, so that its end is seen whoever runs then. */
const LAST: Action = { do: 'mark', what: 'last' };

const scene: fc.Arbitrary<Scene> = fc
  .record({
    programs: fc.array(
      fc.record({ priority: fc.nat(2), program: fc.array(inUserMode, { maxLength: 4 }) }),
      { minLength: 1, maxLength: 4 },
    ),
    calls: fc.array(fc.array(inKernel, { maxLength: 4 }), { minLength: 3, maxLength: 3 }),
    arrivals: fc.array(fc.record({ line: channel, after: fc.nat(120) }), { maxLength: 12 }),
    every: fc.integer({ min: 3, max: 9 }),
    quantum: fc.integer({ min: 1, max: 3 }),
  })
  .map(({ programs, calls, arrivals, every, quantum }) => ({
    processes: programs.map((process, at) => ({ name: `process-${at}`, ...process })),
    calls: calls.map((program, at) => ({
      name: `call-${at}`,
      number: at + 1,
      program: [...program, LAST],
    })),
    lines: CHANNELS.map((name) => ({ name, program: [{ do: 'wake' as const, channel: name }] })),
    arrivals,
    clock: { every, quantum },
  }));

const run = async ({ ports }: Context, given: Scene) => valueOf(await ports.machine.run(given));

const names = ({ processes = [] }: Scene) => processes.map(({ name }) => name);

/** Every process has ended, or else waits for a wake-up that does not come. */
function accountedFor(given: Scene, { trace, end, waits }: Ended): void {
  const ended = trace.filter(({ did }) => did === 'exits').map(({ who }) => who);
  const left = names(given).filter((name) => !ended.includes(name));
  assert.deepEqual(waits.map(({ who }) => who).toSorted(), left);
  assert.equal(end, left.length === 0 ? 'done' : 'asleep');
}

property('a processor runs one process at a time', scene, async (context, given) => {
  const ended = await run(context, given);
  accountedFor(given, ended);
  assert.equal(misplaced(ended.trace, names(given)), undefined);
  assert.ok(mostInKernel(ended.trace).running <= 1);
});

property('no switch falls into a call that does not sleep', scene, async (context, given) => {
  const ended = await run(context, given);
  accountedFor(given, ended);
  let inCall: string | undefined;
  const asleep = new Set<string>();
  for (const { who, did, processor, step } of ended.trace) {
    if (did === 'runs') {
      assert.equal(inCall, undefined, `processor ${processor}, step ${step}: ${who} runs`);
      if (asleep.delete(who)) inCall = who;
    }
    if (did === 'calls') inCall = who;
    if (did === 'sleeps') asleep.add(who);
    if (did === 'sleeps' || did === 'marks') inCall = undefined;
  }
});

property('every tick is charged once, to whoever it finds', scene, async (context, given) => {
  const { trace, usage, idle, ticks } = await run(context, given);
  const found = new Map<string, number>();
  for (const { event, current } of occupancies(trace)) {
    if (event.did !== 'interrupts' || event.who !== 'clock') continue;
    const who = current.get(event.processor) ?? 'idle';
    found.set(who, (found.get(who) ?? 0) + 1);
  }
  const charged = usage.map(({ process, user, system }) => ({ process, ticks: user + system }));
  assert.deepEqual(
    charged,
    names(given).map((process) => ({ process, ticks: found.get(process) ?? 0 })),
  );
  assert.equal(idle, found.get('idle') ?? 0);
  assert.equal(
    charged.reduce((sum, one) => sum + one.ticks, idle),
    ticks,
  );
});

/** Two that wait for a word of memory, and one that stores it and wakes them. */
function waiters(schedule: number[]): Scene {
  const calling = (number: number): Action[] => [{ do: 'call', number }];
  return {
    processors: 2,
    processes: [
      { name: 'alice', program: calling(1) },
      { name: 'bob', program: calling(1) },
      { name: 'carol', program: calling(2) },
    ],
    calls: [
      {
        name: 'get',
        number: 1,
        program: [{ do: 'sleep', on: 'input', until: { variable: 'ready', is: 1 } }, LAST],
      },
      {
        name: 'put',
        number: 2,
        program: [
          { do: 'set', register: 'r0', value: 1 },
          { do: 'store', register: 'r0', in: 'ready' },
          { do: 'wake', channel: 'input' },
        ],
      },
    ],
    schedule,
  };
}

everyInterleaving(
  'no more processes run than processors, in every interleaving',
  [6, 6],
  async ({ ports }, schedule) => {
    const given = waiters(schedule);
    const { trace, end } = valueOf(await ports['machine-smp'].run(given));
    assert.equal(misplaced(trace, names(given)), undefined);
    assert.ok(mostInKernel(trace).running <= 2);
    assert.equal(trace.filter(({ did }) => did === 'marks').length, 2);
    assert.equal(end, 'done');
  },
);
