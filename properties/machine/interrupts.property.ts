/** What interrupts do to whom they interrupt: nothing. */
import assert from 'node:assert/strict';
import type { Action } from '../../contract/index.ts';
import { exhaustive, type Context } from '../property.ts';
import { run, set, story, type Ended, type Part } from './scenes.ts';
import { UNDERTAKINGS, type Undertaking } from './undertakings.ts';

/** Writes all over the registers, and has a software interrupt do it again. */
const clobber = (value: number, counts: string): Action[] => [
  set('r0', value),
  set('r1', value),
  set('r2', value),
  set('r3', value),
  { do: 'atomic-add', to: counts, value: 1 },
];

const CARD: Part<'lines'> = {
  name: 'card',
  level: 'splnet',
  program: [...clobber(99, 'served'), { do: 'raise-softirq', softirq: 'NET_RX' }],
};
const CONSOLE: Part<'lines'> = {
  name: 'console',
  level: 'splclock',
  program: clobber(96, 'answered'),
};

const DONE_BY_PROCESSES = [
  'marks',
  'calls',
  'returns',
  'traps',
  'handles',
  'resumes',
  'exits',
  'is killed',
] as const;

async function interruptedAt(context: Context, [name, stack, arrivals]: Place): Promise<void> {
  const undertaking = UNDERTAKINGS.find((other) => other.name === name) ?? assert.fail(name);
  const scene = undertaking.scene(context);
  const ended = await run(context, {
    ...scene,
    interruptStack: stack,
    lines: [...(scene.lines ?? []), CARD, CONSOLE],
    softirqs: [{ name: 'NET_RX', program: clobber(98, 'later') }],
    arrivals: [...arrivals],
  });
  if (arrivals.length === 0) assert.deepEqual(ended.steps, [undertaking.steps], 'steps');
  const raised = (line: string) => arrivals.filter((arrival) => arrival.line === line).length;
  const counted = { served: raised('card'), later: raised('card'), answered: raised('console') };
  const of = Object.entries(counted).filter(([, count]) => count > 0);
  assert.deepEqual(ended.memory, { ...undertaking.memory, ...Object.fromEntries(of) });
  assert.deepEqual(story(ended, ...DONE_BY_PROCESSES), undertaking.story);
  assert.equal(ended.end, 'done');
  assertUndisturbed(ended, undertaking);
}

function assertUndisturbed({ trace }: Ended, { registers: [r0, r1, r2, r3] }: Undertaking): void {
  const looks = trace.filter(({ did }) => did === 'sees').map(({ state }) => state);
  const { mode, depth, level, interrupts, preemptCount, registers } =
    looks[0] ?? assert.fail('shell has not looked');
  assert.deepEqual(
    { mode, depth, level, interrupts, preemptCount, registers },
    {
      mode: 'user',
      depth: 0,
      level: 'spl0',
      interrupts: true,
      preemptCount: 0,
      registers: { r0, r1, r2, r3 },
    },
  );
}

type Place = readonly [
  name: string,
  stack: 'process' | 'system',
  arrivals: readonly Part<'arrivals'>[],
];

const upTo = (last: number): number[] => Array.from({ length: last + 1 }, (_, at) => at);

/** One interrupt, and none, over both stacks. */
const places = UNDERTAKINGS.flatMap(({ name, steps }) =>
  (['process', 'system'] as const).flatMap((stack): Place[] => [
    [name, stack, []],
    ...upTo(steps).map((after): Place => [name, stack, [{ line: 'card', after }]]),
  ]),
);

/** Two that may come on top of each other. */
const pairs = UNDERTAKINGS.flatMap(({ name, steps }) =>
  upTo(steps).flatMap((card) =>
    upTo(steps).map((other): Place => {
      const arrivals = [
        { line: 'card', after: card },
        { line: 'console', after: other },
      ];
      return [name, 'system', arrivals];
    }),
  ),
);

exhaustive(
  'an interrupt at any step changes nothing for whom it interrupts',
  () => places,
  interruptedAt,
);

exhaustive(
  'two interrupts at any steps change nothing for whom they interrupt',
  () => pairs,
  interruptedAt,
);
