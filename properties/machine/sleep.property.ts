/** Laws of sleep and wake-up on the machine. */
import assert from 'node:assert/strict';
import type { ArgsOf, machine } from '../../contract/index.ts';
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
