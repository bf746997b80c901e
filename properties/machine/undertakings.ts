/** Small programs whose outcome can be told by hand. */
import type { Action } from '../../contract/index.ts';
import type { Context } from '../property.ts';
import { add, call, compute, look, mark, set, undisturbed, type Scene } from './scenes.ts';

export interface Undertaking {
  readonly name: string;
  readonly scene: (context: Context) => Scene;
  /** Of one processor, if nothing interrupts it. */
  readonly steps: number;
  /** What the processes do, in order. */
  readonly story: readonly string[];
  /** What shell finds when it looks at last. */
  readonly registers: readonly [number, number, number, number];
  readonly memory: Readonly<Record<string, number>>;
}

const shell = (...program: Action[]): Scene => ({ processes: [{ name: 'shell', program }] });

export const UNDERTAKINGS: readonly Undertaking[] = [
  {
    name: 'arithmetic',
    scene: () => shell(set('r0', 7), add('r0', 5), set('r1', -1), add('r1', -1), mark('a'), look),
    steps: 6,
    story: ['shell marks a', 'shell exits 0'],
    registers: [12, -2, 0, 0],
    memory: {},
  },
  {
    name: 'user memory',
    scene: () =>
      shell(
        { do: 'poke', address: 0x1000, value: 5 },
        set('r2', 3),
        { do: 'peek', address: 0x1000, register: 'r2' },
        add('r2', 1),
        look,
      ),
    steps: 5,
    story: ['shell exits 0'],
    registers: [0, 0, 6, 0],
    memory: {},
  },
  {
    name: 'two calls that count',
    scene: () => ({
      ...shell(set('r0', 1), call(3), call(3), look),
      calls: [
        {
          name: 'count',
          number: 3,
          program: [
            { do: 'load', register: 'r0', from: 'total' },
            add('r0', 3),
            { do: 'store', register: 'r0', in: 'total' },
            { do: 'return', value: 9 },
          ],
        },
      ],
    }),
    steps: 12,
    story: [
      'shell calls count',
      'shell returns 9',
      'shell calls count',
      'shell returns 9',
      'shell exits 0',
    ],
    registers: [1, 0, 0, 0],
    memory: { total: 6 },
  },
  {
    name: 'a call that is not to be disturbed',
    scene: (context) => ({
      ...shell(set('r3', 2), call(1), look),
      calls: [{ name: 'hold', number: 1, program: undisturbed(context, [mark('in'), compute(2)]) }],
    }),
    steps: 8,
    story: ['shell calls hold', 'shell marks in', 'shell returns 0', 'shell exits 0'],
    registers: [0, 0, 0, 2],
    memory: {},
  },
  {
    name: 'a call that sleeps for its own device',
    scene: () => ({
      ...shell(set('r1', 4), call(2), look),
      calls: [
        {
          name: 'read',
          number: 2,
          program: [
            { do: 'start', line: 'disk', steps: 2 },
            { do: 'sleep', on: 'buffer', until: { variable: 'ready', is: 1 } },
            { do: 'return', value: 512 },
          ],
        },
      ],
      lines: [
        {
          name: 'disk',
          program: [
            { do: 'atomic-add', to: 'ready', value: 1 },
            { do: 'wake', channel: 'buffer' },
          ],
        },
      ],
    }),
    steps: 10,
    story: ['shell calls read', 'shell returns 512', 'shell exits 0'],
    registers: [0, 4, 0, 0],
    memory: { ready: 1 },
  },
  {
    name: 'an exception that is handled',
    scene: () => ({
      processes: [
        {
          name: 'shell',
          program: [
            set('r0', 7),
            { do: 'float-divide', reportedAfter: 1 },
            mark('a'),
            mark('b'),
            look,
          ],
          handlers: [{ signal: 'SIGFPE', program: [set('r0', 97), mark('fpe')] }],
        },
      ],
    }),
    steps: 7,
    story: [
      'shell marks a',
      'shell traps coprocessor-error',
      'shell handles SIGFPE',
      'shell marks fpe',
      'shell resumes',
      'shell marks b',
      'shell exits 0',
    ],
    registers: [7, 0, 0, 0],
    memory: {},
  },
  {
    name: 'a parent and its child',
    scene: () => ({
      processes: [
        { name: 'shell', program: [set('r2', 1), call(1), call(2), look] },
        { name: 'cc', parent: 'shell', program: [set('r2', 2), mark('child')] },
      ],
      calls: [
        { name: 'spawn', number: 1, program: [{ do: 'fork', process: 'cc' }] },
        { name: 'wait', number: 2, program: [{ do: 'wait' }] },
      ],
    }),
    steps: 9,
    story: [
      'shell calls spawn',
      'shell returns 0',
      'shell calls wait',
      'cc marks child',
      'cc exits 0',
      'shell returns 0',
      'shell exits 0',
    ],
    registers: [0, 0, 1, 0],
    memory: {},
  },
];
