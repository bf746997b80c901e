/** Laws of notifier chains. */
import assert from 'node:assert/strict';
import fc from 'fast-check';
import { intrusion } from '../../harness/lock-steps.ts';
import { valueOf } from '../outcomes.ts';
import { property, type Context } from '../property.ts';
import { everyInterleaving } from '../schedules.ts';

const NOTIFY_DONE = 0;
const NOTIFY_OK = 1;
const NOTIFY_STOP_MASK = 0x8000;

interface Block {
  readonly name: string;
  readonly priority: number;
  readonly answer: number;
}

/** Few priorities, so that equals are common; and now and then the ends of the range. */
const priority = fc.oneof(
  { weight: 5, arbitrary: fc.integer({ min: -2, max: 2 }) },
  { weight: 1, arbitrary: fc.constantFrom(-0x8000_0000, 0x7fff_ffff) },
);

const blocks = (answer: fc.Arbitrary<number>) =>
  fc
    .array(fc.record({ priority, answer }), { maxLength: 12 })
    .map((list) => list.map((block, at): Block => ({ ...block, name: `block-${at}` })));

/** What a chain must be: stable, so that equals stay in their order. */
const sorted = (list: readonly Block[]) => list.toSorted((a, b) => b.priority - a.priority);

async function registered({ ports, freshName }: Context, list: readonly Block[]): Promise<string> {
  const chain = freshName();
  for (const block of list) valueOf(await ports['notifier-chain'].register({ chain, block }));
  return chain;
}

async function announce({ ports }: Context, chain: string) {
  const port = ports['notifier-chain'];
  const { result, heard } = valueOf(await port.call({ chain, event: 7, data: 'eth0' }));
  assert.ok(heard.every(({ event, data }) => event === 7 && data === 'eth0'));
  return { result, heard: heard.map(({ name }) => name) };
}

property(
  'any order of registrations gives the stable sort',
  blocks(fc.constant(NOTIFY_OK)),
  async (context, list) => {
    const { heard } = await announce(context, await registered(context, list));
    assert.deepEqual(
      heard,
      sorted(list).map(({ name }) => name),
    );
  },
);

const anyAnswer = fc.oneof(
  { weight: 4, arbitrary: fc.constantFrom(NOTIFY_DONE, NOTIFY_OK, 0x7fff, 0x1_0000) },
  { weight: 1, arbitrary: fc.constantFrom(0x8000, 0x8001, 0x8002, 0xffff_ffff) },
);

property('a call ends at the first stop bit', blocks(anyAnswer), async (context, list) => {
  const order = sorted(list);
  const stop = order.findIndex(({ answer }) => (answer & NOTIFY_STOP_MASK) !== 0);
  const heard = stop < 0 ? order : order.slice(0, stop + 1);
  assert.deepEqual(await announce(context, await registered(context, list)), {
    result: heard.at(-1)?.answer ?? NOTIFY_DONE,
    heard: heard.map(({ name }) => name),
  });
});

/** Register (a number is its priority) or unregister (by place in the list of all names). */
const operation = fc.oneof(
  fc.record({ do: fc.constant('register' as const), priority }),
  fc.record({ do: fc.constant('unregister' as const), which: fc.nat(12) }),
);

property(
  'chains behave like a model list',
  fc.array(operation, { maxLength: 24 }),
  async (context, operations) => {
    const port = context.ports['notifier-chain'];
    const chain = context.freshName();
    let model: Block[] = [];
    let names = 0;
    for (const step of operations) {
      if (step.do === 'register') {
        const block = { name: `block-${names++}`, priority: step.priority, answer: NOTIFY_OK };
        valueOf(await port.register({ chain, block }));
        model = sorted([...model, block]);
      } else {
        const name = `block-${step.which}`;
        const known = model.some((block) => block.name === name);
        const expected = known ? { ok: {} } : { errno: 'ENOENT' };
        assert.deepEqual(await port.unregister({ chain, name }), expected);
        model = model.filter((block) => block.name !== name);
      }
    }
    assert.deepEqual(
      (await announce(context, chain)).heard,
      model.map(({ name }) => name),
    );
  },
);

async function registerTogether(
  { ports, freshName }: Context,
  processors: Block[][],
  schedule: number[],
): Promise<void> {
  const chain = freshName();
  const port = ports['notifier-chain-smp'];
  const { order, steps } = valueOf(await port.registerTogether({ chain, processors, schedule }));
  const all = processors.flat();
  assert.deepEqual(order.toSorted(), all.map(({ name }) => name).toSorted(), 'blocks on the chain');
  const priorities = order.map((name) => all.find((block) => block.name === name)?.priority ?? 0);
  assert.deepEqual(
    priorities,
    priorities.toSorted((a, b) => b - a),
    'priorities along the chain',
  );
  assert.equal(intrusion(steps), undefined);
}

const one = (name: string, rank: number): Block => ({ name, priority: rank, answer: NOTIFY_OK });

everyInterleaving(
  'every interleaving of two registrations keeps both',
  [5, 5],
  (context, schedule) =>
    registerTogether(context, [[one('alpha', 1)], [one('bravo', 2)]], schedule),
);

property(
  'random interleavings of many registrations keep all',
  fc.record({
    priorities: fc.array(fc.array(priority, { maxLength: 4 }), { minLength: 2, maxLength: 4 }),
    schedule: fc.array(fc.nat(3), { maxLength: 80 }),
  }),
  async (context, { priorities, schedule }) => {
    const processors = priorities.map((list, processor) =>
      list.map((rank, at) => one(`block-${processor}-${at}`, rank)),
    );
    const valid = schedule.filter((processor) => processor < processors.length);
    await registerTogether(context, processors, valid);
  },
);
