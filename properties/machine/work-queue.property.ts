/** Laws of the work queues between the halves. */
import assert from 'node:assert/strict';
import fc from 'fast-check';
import type { Action } from '../../contract/index.ts';
import { property, type Context } from '../property.ts';
import { call, compute, mark, run, story, undisturbed, type Scene } from './scenes.ts';

interface Reader {
  /** Steps before it asks. */
  readonly thinks: number;
  readonly priority: number;
}

interface Drawn {
  readonly readers: readonly Reader[];
  /** In which order their devices report. */
  readonly order: readonly number[];
  /** The handler completes requests itself, or leaves it to a software interrupt. */
  readonly inHandler: boolean;
}

const NAMES = ['alpha', 'bravo', 'charlie', 'delta', 'echo'] as const;

const drawn: fc.Arbitrary<Drawn> = fc
  .array(fc.record({ thinks: fc.integer({ min: 1, max: 20 }), priority: fc.nat(2) }), {
    minLength: 1,
    maxLength: NAMES.length,
  })
  .chain((readers) =>
    fc.record({
      readers: fc.constant(readers),
      order: fc.shuffledSubarray([...readers.keys()], { minLength: readers.length }),
      inHandler: fc.boolean(),
    }),
  );

/** Longer than it takes until everybody has asked, so that no two interrupts come together. */
const APART = 300;

const COMPLETE: Action[] = [
  { do: 'dequeue', queue: 'requests' },
  { do: 'set', register: 'r0', value: 1 },
  { do: 'store', register: 'r0', in: 'it' },
  { do: 'wake', channel: 'it' },
];

function sceneOf(context: Context, { readers, order, inHandler }: Drawn): Scene {
  const read = (item: string, at: number): Action[] => [
    ...undisturbed(context, [
      { do: 'enqueue', queue: 'requests', item },
      { do: 'start', line: 'disk', steps: APART * (order.indexOf(at) + 1) },
    ]),
    { do: 'sleep', on: item, until: { variable: item, is: 1 } },
    { do: 'return', value: at },
  ];
  const names = NAMES.slice(0, readers.length);
  return {
    processes: [
      ...readers.map(({ thinks, priority }, at) => ({
        name: NAMES[at] ?? 'none',
        priority,
        program: [compute(thinks), call(at), mark('back')],
      })),
      { name: 'make', program: [compute(700)] },
    ],
    calls: names.map((item, at) => ({ name: item, number: at, program: read(item, at) })),
    lines: [
      {
        name: 'disk',
        program: inHandler ? COMPLETE : [{ do: 'raise-softirq', softirq: 'SCSI' }],
      },
    ],
    softirqs: [{ name: 'SCSI', program: COMPLETE }],
  };
}

property(
  'every request is completed exactly once, in the order of the queue',
  drawn,
  async (context, input) => {
    const ended = await run(context, sceneOf(context, input));
    const completes = input.inHandler ? 'disk' : 'SCSI';
    // Each call bears the name of its process and of its request.
    const asked = story(ended, 'calls').map((line) => line.split(' ')[0] ?? '');
    assert.deepEqual(asked.toSorted(), NAMES.slice(0, input.readers.length), 'who has asked');
    assert.deepEqual(
      story(ended, 'takes', 'wakes'),
      asked.flatMap((name) => [`${completes} takes ${name}`, `${completes} wakes ${name}`]),
    );
    assert.deepEqual(
      story(ended, 'returns').toSorted(),
      asked.toSorted().map((name) => `${name} returns ${NAMES.indexOf(name as 'alpha')}`),
    );
    assert.equal(story(ended, 'marks').length, asked.length);
    assert.deepEqual(ended.queues, { requests: [] });
    assert.equal(ended.end, 'done');
  },
);
