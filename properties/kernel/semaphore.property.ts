/** Laws of semaphores. */
import assert from 'node:assert/strict';
import fc from 'fast-check';
import type { MaybeAsleep } from '../../harness/client.ts';
import { valueOf } from '../outcomes.ts';
import { property } from '../property.ts';

/** A call: of down by a new task, or of what another one does. The number picks a waiter. */
const call = fc.oneof(
  { weight: 3, arbitrary: fc.record({ do: fc.constantFrom('down', 'downInterruptible') }) },
  { weight: 3, arbitrary: fc.record({ do: fc.constant('up' as const) }) },
  { weight: 1, arbitrary: fc.record({ do: fc.constant('downTrylock' as const) }) },
  { weight: 2, arbitrary: fc.record({ do: fc.constant('signal' as const), which: fc.nat(5) }) },
);

interface Waiting {
  readonly task: string;
  readonly interruptible: boolean;
  readonly outcome: MaybeAsleep;
}

/** What a call has come to by now. */
async function now(outcome: MaybeAsleep): Promise<MaybeAsleep> {
  return 'asleep' in outcome ? outcome.asleep.poll() : outcome;
}

property(
  'a semaphore behaves like a count and a queue',
  fc.record({ count: fc.nat(3), calls: fc.array(call, { maxLength: 24 }) }),
  async ({ ports, freshName }, { count, calls }) => {
    const port = ports.semaphore;
    const semaphore = freshName();
    valueOf(await port.init({ semaphore, count }));
    let left = count;
    let queue: Waiting[] = [];
    for (const each of calls) {
      switch (each.do) {
        case 'down':
        case 'downInterruptible': {
          const task = freshName();
          const outcome = await port[each.do]({ semaphore, task });
          const waits = left === 0;
          assert.equal('asleep' in outcome, waits, `whether ${each.do} sleeps`);
          if (waits) queue.push({ task, interruptible: each.do !== 'down', outcome });
          else left--;
          break;
        }
        case 'up': {
          valueOf(await port.up({ semaphore }));
          const [first, ...others] = queue;
          if (first === undefined) left++;
          else assert.deepEqual(await now(first.outcome), { ok: {} }, `what ${first.task} gets`);
          queue = others;
          break;
        }
        case 'downTrylock': {
          const { result } = valueOf(await port.downTrylock({ semaphore }));
          assert.equal(result, left > 0 ? 0 : 1, 'what down_trylock answers');
          left = Math.max(0, left - 1);
          break;
        }
        case 'signal': {
          const waiter = queue[each.which];
          if (waiter === undefined) break;
          valueOf(await port.signal({ task: waiter.task }));
          if (!waiter.interruptible) break;
          assert.deepEqual(await now(waiter.outcome), { errno: 'EINTR' });
          queue = queue.filter((other) => other !== waiter);
          break;
        }
      }
      assert.deepEqual(valueOf(await port.count({ semaphore })), { count: left });
      for (const { task, outcome } of queue) {
        assert.ok('asleep' in (await now(outcome)), `${task} sleeps`);
      }
    }
  },
);
