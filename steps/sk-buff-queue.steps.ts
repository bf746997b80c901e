/** Steps on lists of buffers. */
import assert from 'node:assert/strict';
import { Given, Then, When } from '@cucumber/cucumber';
import type { ArgsOf, ValueOf } from '../contract/port.ts';
import type { skBuffQueueSmp } from '../contract/index.ts';
import { intrusion } from '../harness/lock-steps.ts';
import { allocate, handleOf, nameOf } from './buffers.ts';
import { notes, prepared, succeeded, type SuiteWorld } from './world.ts';

type Together = ValueOf<(typeof skBuffQueueSmp)['methods']['useTogether']>;
type Action = ArgsOf<(typeof skBuffQueueSmp)['methods']['useTogether']>['processors'][0][0];

const QUEUE = 'receive';
const OTHER_QUEUE = 'write';

const queueNotes = notes(() => ({ together: undefined as Together | undefined }));

Given(
  /^buffers ("[a-z]"(?:(?:, | and )"[a-z]")*)$/,
  async function (this: SuiteWorld, list: string) {
    for (const [, name = ''] of list.matchAll(/"([a-z])"/g))
      prepared(await allocate(this, name, 64));
  },
);

// One user

for (const [place, method] of [
  ['tail', 'queueTail'],
  ['head', 'queueHead'],
] as const) {
  When(`{string} is queued at the ${place}`, async function (this: SuiteWorld, name: string) {
    const args = { queue: QUEUE, skb: handleOf(this, name) };
    this.record(await this.port('sk-buff-queue')[method](args));
  });
}

When(
  '{string} is queued at the tail of another queue',
  async function (this: SuiteWorld, name: string) {
    const args = { queue: OTHER_QUEUE, skb: handleOf(this, name) };
    this.record(await this.port('sk-buff-queue').queueTail(args));
  },
);

When(
  '{string} is inserted before {string}',
  async function (this: SuiteWorld, name: string, neighbour: string) {
    const args = { before: handleOf(this, neighbour), skb: handleOf(this, name) };
    this.record(await this.port('sk-buff-queue').insert(args));
  },
);

When(
  '{string} is appended behind {string}',
  async function (this: SuiteWorld, name: string, neighbour: string) {
    const args = { after: handleOf(this, neighbour), skb: handleOf(this, name) };
    this.record(await this.port('sk-buff-queue').append(args));
  },
);

When('{string} is unlinked', async function (this: SuiteWorld, name: string) {
  this.record(await this.port('sk-buff-queue').unlink({ skb: handleOf(this, name) }));
});

When('the queue is purged', async function (this: SuiteWorld) {
  succeeded(this.record(await this.port('sk-buff-queue').purge({ queue: QUEUE })));
});

/** The ways to look at an end of the queue. */
const LOOK = {
  'first is dequeued': 'dequeue',
  'last is dequeued': 'dequeueTail',
  'first is peeked at': 'peek',
  'last is peeked at': 'peekTail',
} as const;

for (const [text, method] of Object.entries(LOOK)) {
  When(`the ${text}`, async function (this: SuiteWorld) {
    this.record(await this.port('sk-buff-queue')[method]({ queue: QUEUE }));
  });
}

Then('it is {string}', function (this: SuiteWorld, name: string) {
  const { skb } = succeeded(this.last) as { skb: string | null };
  assert.equal(skb === null ? 'none' : nameOf(this, skb), name);
});

Then('there is none', function (this: SuiteWorld) {
  assert.deepEqual(succeeded(this.last), { skb: null });
});

/** What a queue holds, by its count and by its links both ways. */
async function walked(world: SuiteWorld, queue: string) {
  const { qlen, forward, backward } = succeeded(await world.port('sk-buff-queue').walk({ queue }));
  const names = (handles: readonly string[]) => handles.map((handle) => nameOf(world, handle));
  return { qlen, forward: names(forward), backward: names(backward) };
}

async function assertHolds(world: SuiteWorld, queue: string, names: readonly string[]) {
  assert.deepEqual(await walked(world, queue), {
    qlen: names.length,
    forward: names,
    backward: names.toReversed(),
  });
}

Given('{names} was/were queued', async function (this: SuiteWorld, names: readonly string[]) {
  const port = this.port('sk-buff-queue');
  for (const name of names) {
    prepared(await port.queueTail({ queue: QUEUE, skb: handleOf(this, name) }));
  }
});

Then('the queue holds {names}', async function (this: SuiteWorld, names: readonly string[]) {
  await assertHolds(this, QUEUE, names);
});

Then('the other queue holds {names}', async function (this: SuiteWorld, names: readonly string[]) {
  await assertHolds(this, OTHER_QUEUE, names);
});

Then('the queue is empty', async function (this: SuiteWorld) {
  await assertHolds(this, QUEUE, []);
});

async function assertOn(world: SuiteWorld, name: string, queue: string | null): Promise<void> {
  const skb = handleOf(world, name);
  assert.deepEqual(succeeded(await world.port('sk-buff-queue').listOf({ skb })), { queue });
}

Then('{string} is on no list', async function (this: SuiteWorld, name: string) {
  await assertOn(this, name, null);
});

Then('{string} is on the other queue', async function (this: SuiteWorld, name: string) {
  await assertOn(this, name, OTHER_QUEUE);
});

// Several users

async function useTogether(world: SuiteWorld, processors: Action[][], schedule: number[]) {
  const port = world.port('sk-buff-queue-smp');
  const outcome = await port.useTogether({ queue: QUEUE, processors, schedule });
  queueNotes(world).together = succeeded(outcome);
}

function queueing(world: SuiteWorld, names: readonly string[]): Action[] {
  return names.map((name) => ({ do: 'queue-tail', skb: handleOf(world, name) }));
}

When(
  'processor 0 queues {names} and processor 1 queues {names}, taking turns step by step',
  async function (this: SuiteWorld, first: readonly string[], second: readonly string[]) {
    await useTogether(this, [queueing(this, first), queueing(this, second)], []);
  },
);

When(
  'processor 0 queues {names} and processor 1 queues {names}, processor 0 taking {int} steps before processor 1 takes {int}',
  async function (
    this: SuiteWorld,
    first: readonly string[],
    second: readonly string[],
    before: number,
    then: number,
  ) {
    const schedule = [...Array<number>(before).fill(0), ...Array<number>(then).fill(1)];
    await useTogether(this, [queueing(this, first), queueing(this, second)], schedule);
  },
);

When('both processors dequeue one, taking turns step by step', async function (this: SuiteWorld) {
  await useTogether(this, [[{ do: 'dequeue' }], [{ do: 'dequeue' }]], []);
});

function together(world: SuiteWorld): Together {
  return queueNotes(world).together ?? assert.fail('the processors have not run');
}

Then('each has got one of a and b', function (this: SuiteWorld) {
  const got = together(this).taken.map((handles) =>
    handles.map((handle) => (handle === null ? 'none' : nameOf(this, handle))),
  );
  assert.deepEqual(got.flat().sort(), ['a', 'b']);
  assert.deepEqual(
    got.map(({ length }) => length),
    [1, 1],
  );
});

Then('the queue holds a, b, c and d in some order', async function (this: SuiteWorld) {
  const { qlen, forward, backward } = await walked(this, QUEUE);
  assert.deepEqual([...forward].sort(), ['a', 'b', 'c', 'd']);
  assert.deepEqual({ qlen, backward }, { qlen: 4, backward: forward.toReversed() });
});

Then('no user of the queue was inside while another held the lock', function (this: SuiteWorld) {
  assert.equal(intrusion(together(this).steps), undefined);
});

Then('user 1 of the queue had to spin', function (this: SuiteWorld) {
  const spun = together(this).steps.some(
    ({ processor, step }) => processor === 1 && step === 'spin',
  );
  assert.ok(spun, 'processor 1 never met a held lock');
});
