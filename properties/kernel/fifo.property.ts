/** Laws of FIFOs. */
import assert from 'node:assert/strict';
import fc from 'fast-check';
import type { ClientPorts } from '../../harness/client.ts';
import { valueOf } from '../outcomes.ts';
import { property } from '../property.ts';

type Opened = Awaited<ReturnType<ClientPorts['fifo']['open']>>;

const TASKS = 5;

/** A task opens so if it has not opened yet, closes if it has, and is left alone while it sleeps. */
const turn = fc.record({
  task: fc.nat(TASKS - 1),
  mode: fc.constantFrom('O_RDONLY' as const, 'O_WRONLY' as const, 'O_RDWR' as const),
  nonblock: fc.boolean(),
});

/** What the model knows of an end. */
interface End {
  readonly mode: 'O_RDONLY' | 'O_WRONLY' | 'O_RDWR';
  sleeps: boolean;
  call: Opened;
}

property(
  'a FIFO joins its openers',
  fc.array(turn, { maxLength: 30 }),
  async ({ ports: { fifo }, freshName }, turns) => {
    const name = freshName();
    valueOf(await fifo.make({ name }));
    const ends = new Map<number, End>();
    const anyIn = (...modes: string[]) =>
      [...ends.values()].some(({ mode }) => modes.includes(mode));
    const wakePartners = (mode: string): void => {
      for (const end of ends.values()) if (end.mode !== mode) end.sleeps = false;
    };

    for (const { task, mode, nonblock } of turns) {
      const own = ends.get(task);
      if (own?.sleeps === true) continue;
      if (own !== undefined) {
        ends.delete(task);
        valueOf(await fifo.close({ end: valueOf(own.call).end }));
        continue;
      }
      const partners =
        mode === 'O_RDWR' || anyIn('O_RDWR', mode === 'O_RDONLY' ? 'O_WRONLY' : 'O_RDONLY');
      const call = await fifo.open({ name, task: `${name}-${task}`, mode, nonblock });
      if (mode === 'O_WRONLY' && nonblock && !partners) {
        assert.deepEqual(call, { errno: 'ENXIO' });
        continue;
      }
      ends.set(task, { mode, sleeps: !partners && !nonblock, call });
      wakePartners(mode);
      for (const [other, end] of ends) {
        if ('asleep' in end.call) end.call = await end.call.asleep.poll();
        assert.equal('asleep' in end.call, end.sleeps, `whether task ${other} sleeps`);
      }
    }
  },
);
