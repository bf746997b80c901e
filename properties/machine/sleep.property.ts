/** Laws of sleep and wake-up on the machine. */
import assert from 'node:assert/strict';
import type { Action, ArgsOf, machine } from '../../contract/index.ts';
import { valueOf } from '../outcomes.ts';
import { exhaustive } from '../property.ts';

type Scene = ArgsOf<(typeof machine)['methods']['run']>;

/** A call that waits for a device's word, and a device that gives it when asked to. */
function scene(after: number): Scene {
  return {
    processes: [{ name: 'shell', program: [{ do: 'call', number: 3 }] }],
    calls: [
      {
        name: 'read',
        number: 3,
        program: [
          { do: 'compute', steps: 4 },
          { do: 'sleep', on: 'buffer', until: { variable: 'ready', is: 1 } },
          { do: 'return', value: 512 },
        ],
      },
    ],
    lines: [
      {
        name: 'disk',
        program: [
          { do: 'set', register: 'r0', value: 1 },
          { do: 'store', register: 'r0', in: 'ready' },
          { do: 'wake', channel: 'buffer' },
        ],
      },
    ],
    arrivals: [{ line: 'disk', after }],
  };
}

exhaustive(
  'a call that looks before it sleeps never misses its event',
  () => Array.from({ length: 12 }, (_, after) => after),
  async ({ ports }, after) => {
    const { end, trace } = valueOf(await ports.machine.run(scene(after)));
    const returns = trace.filter(({ did }) => did === 'returns').map(({ what }) => what);
    assert.deepEqual({ end, returns }, { end: 'done', returns: ['512'] });
  },
);

/** Where nobody may sleep: the scene in which an action is done there. */
const FORBIDDEN: Readonly<Record<string, (action: Action) => Partial<Scene>>> = {
  'in a handler': (action) => ({
    lines: [{ name: 'disk', program: attempt(action) }],
    arrivals: [{ line: 'disk', after: 2 }],
  }),
  'in a handler that has interrupted nobody': (action) => ({
    processes: [],
    lines: [{ name: 'disk', program: attempt(action) }],
    arrivals: [{ line: 'disk', after: 2 }],
  }),
  'in a software interrupt': (action) => ({
    lines: [{ name: 'disk', program: [{ do: 'raise-softirq', softirq: 'NET_RX' }] }],
    softirqs: [{ name: 'NET_RX', program: attempt(action) }],
    arrivals: [{ line: 'disk', after: 2 }],
  }),
  'in a timer': (action) => ({
    lines: [{ name: 'disk', program: [{ do: 'set-timer', timer: 'tea', ticks: 1 }] }],
    timers: [{ name: 'tea', program: attempt(action) }],
    clock: { every: 3 },
    arrivals: [{ line: 'disk', after: 1 }],
  }),
  'with a spin lock': (action) => within([{ do: 'lock', lock: 'table' }], action),
  'with a spin lock, interrupts off': (action) =>
    within([{ do: 'lock', lock: 'table', guard: 'irq' }], action),
  'with a spin lock, bottom halves disabled': (action) =>
    within([{ do: 'lock', lock: 'table', guard: 'bh' }], action),
  'with two spin locks, of which one is given back': (action) =>
    within(
      [
        { do: 'lock', lock: 'table' },
        { do: 'lock', lock: 'index' },
        { do: 'unlock', lock: 'table' },
      ],
      action,
    ),
  'with bottom halves disabled': (action) => within([{ do: 'disable-bottom-halves' }], action),
  'with preemption disabled': (action) => within([{ do: 'disable-preemption' }], action),
};

/** Nothing there but a kernel of Linux has these. */
const NOT_ON_BSD = [
  'with a spin lock, interrupts off',
  'with a spin lock, bottom halves disabled',
  'with bottom halves disabled',
  'with preemption disabled',
];

const SLEEPS: readonly Action[] = [
  { do: 'sleep', on: 'buffer' },
  { do: 'sleep', on: 'buffer', interruptible: true },
  { do: 'down', semaphore: 'free' },
  { do: 'down', semaphore: 'taken' },
  { do: 'yield' },
  { do: 'wait' },
  { do: 'exit', status: 0 },
];

const attempt = (action: Action): Action[] => [
  { do: 'mark', what: 'before' },
  action,
  { do: 'mark', what: 'after' },
];

/** A system call that does an action behind others; its caller has a child to wait for. */
const within = (first: readonly Action[], action: Action): Partial<Scene> => ({
  calls: [
    {
      name: 'work',
      number: 1,
      program: [{ do: 'fork', process: 'child' }, ...first, ...attempt(action)],
    },
  ],
});

const SHELL: Scene = {
  processes: [
    {
      name: 'shell',
      program: [
        { do: 'call', number: 1 },
        { do: 'compute', steps: 9 },
      ],
    },
    { name: 'child', parent: 'shell', program: [{ do: 'compute', steps: 99 }] },
  ],
  calls: [{ name: 'work', number: 1, program: [{ do: 'compute', steps: 9 }] }],
  semaphores: { free: 1, taken: 0 },
};

exhaustive(
  'whatever may sleep is caught as a bug wherever that is forbidden',
  () => Object.keys(FORBIDDEN).flatMap((where) => SLEEPS.map((action) => ({ where, action }))),
  async ({ ports, profile }, { where, action }) => {
    if (profile === 'bsd-4.4' && NOT_ON_BSD.includes(where)) return;
    const scene = FORBIDDEN[where] ?? assert.fail(where);
    const { end, trace } = valueOf(await ports.machine.run({ ...SHELL, ...scene(action) }));
    const marks = trace.filter(({ did }) => did === 'marks').map(({ what }) => what);
    assert.deepEqual({ end, marks }, { end: 'bug', marks: ['before'] });
  },
);

exhaustive(
  'whatever may sleep may do so in a system call that holds nothing',
  () => SLEEPS,
  async ({ ports }, action) => {
    const { end, trace } = valueOf(await ports.machine.run({ ...SHELL, ...within([], action) }));
    assert.notEqual(end, 'bug');
    assert.ok(trace.some(({ did, what }) => did === 'marks' && what === 'before'));
  },
);
