/** Steps on notifier chains, one after another and on several processors. */
import assert from 'node:assert/strict';
import { type DataTable, Given, Then, When } from '@cucumber/cucumber';
import type { ArgsOf, ValueOf } from '../contract/port.ts';
import type { notifierChain, notifierChainSmp } from '../contract/index.ts';
import { intrusion } from '../harness/lock-steps.ts';
import { answerName, hex } from './parameter-types.ts';
import { stimulus } from './stimulus.ts';
import { notes, prepared, succeeded, type SuiteWorld } from './world.ts';

type Block = ArgsOf<(typeof notifierChain)['methods']['register']>['block'];
type Announcement = ValueOf<(typeof notifierChain)['methods']['call']>;
type Together = ValueOf<(typeof notifierChainSmp)['methods']['registerTogether']>;

const CHAIN = 'netdev';
const OTHER_CHAIN = 'inetaddr';

const NOTIFY_OK = 1;

/** Any event and data do where a scenario does not name them. */
const EVENT = { event: 1, data: 'eth0' } as const;

const chainNotes = notes(() => ({
  blocks: new Map<string, Block>(),
  announcement: undefined as Announcement | undefined,
  processors: [] as Block[][],
  together: undefined as Together | undefined,
}));

function announcement(world: SuiteWorld): Announcement {
  return chainNotes(world).announcement ?? assert.fail('no event has been announced');
}

async function register(world: SuiteWorld, block: Block): Promise<void> {
  chainNotes(world).blocks.set(block.name, block);
  prepared(await world.port('notifier-chain').register({ chain: CHAIN, block }));
}

/** A block from a row of a table; an empty priority is one that was not given. */
function blockOf(row: Record<string, string>): Block {
  const name = row['notifier'] ?? assert.fail('the table needs a "notifier" column');
  const priority = row['priority'] ?? assert.fail('the table needs a "priority" column');
  return { name, answer: NOTIFY_OK, ...(priority !== '' && { priority: Number(priority) }) };
}

Given('notifiers registered in this order:', async function (this: SuiteWorld, table: DataTable) {
  for (const row of table.hashes()) await register(this, blockOf(row));
});

Given(
  'notifiers low, middle and high of priority -1, 0 and 1 registered in the order {names}',
  async function (this: SuiteWorld, order: readonly string[]) {
    const priorities: Record<string, number> = { low: -1, middle: 0, high: 1 };
    for (const name of order) {
      await register(this, { name, priority: priorities[name] ?? 0, answer: NOTIFY_OK });
    }
  },
);

Given(
  'a notifier {string} of priority {int} that answers {answer}',
  async function (this: SuiteWorld, name: string, priority: number, answer: number) {
    await register(this, { name, priority, answer });
  },
);

Given(
  'a notifier {string} of priority {int} whose callback registers {string} of priority {int}',
  async function (
    this: SuiteWorld,
    name: string,
    priority: number,
    newcomer: string,
    newPriority: number,
  ) {
    const block = { name: newcomer, priority: newPriority, answer: NOTIFY_OK };
    const actions: Block['actions'] = [{ do: 'register', block }];
    await register(this, { name, priority, answer: NOTIFY_OK, actions });
  },
);

Given(
  'a notifier {string} of priority {int} whose callback unregisters {string}',
  async function (this: SuiteWorld, name: string, priority: number, leaver: string) {
    const actions: Block['actions'] = [{ do: 'unregister', name: leaver }];
    await register(this, { name, priority, answer: NOTIFY_OK, actions });
  },
);

When('{string} is registered again', async function (this: SuiteWorld, name: string) {
  const block = chainNotes(this).blocks.get(name) ?? assert.fail(`there is no "${name}" yet`);
  this.record(await this.port('notifier-chain').register({ chain: CHAIN, block }));
});

stimulus(
  '{string} was unregistered',
  '{string} is unregistered',
  (world: SuiteWorld, name: string) =>
    world.port('notifier-chain').unregister({ chain: CHAIN, name }),
);

async function announce(world: SuiteWorld, chain: string, event: number, data: string) {
  const outcome = world.record(await world.port('notifier-chain').call({ chain, event, data }));
  chainNotes(world).announcement = 'ok' in outcome ? outcome.ok : undefined;
}

Given('an event was announced', async function (this: SuiteWorld) {
  prepared(await this.port('notifier-chain').call({ chain: CHAIN, ...EVENT }));
});

When('an event is announced', async function (this: SuiteWorld) {
  await announce(this, CHAIN, EVENT.event, EVENT.data);
});

When('an event is announced on another chain', async function (this: SuiteWorld) {
  await announce(this, OTHER_CHAIN, EVENT.event, EVENT.data);
});

When(
  'event {word32} about {string} is announced',
  async function (this: SuiteWorld, event: number, data: string) {
    await announce(this, CHAIN, event, data);
  },
);

Then('it is heard by {names}', function (this: SuiteWorld, names: readonly string[]) {
  assert.deepEqual(
    announcement(this).heard.map(({ name }) => name),
    names,
  );
});

Then(
  'each of them was handed event {word32} about {string}',
  function (this: SuiteWorld, event: number, data: string) {
    for (const heard of announcement(this).heard) {
      assert.deepEqual(
        { event: hex(heard.event, 8), data: heard.data },
        { event: hex(event, 8), data },
        `what ${heard.name} was handed`,
      );
    }
  },
);

Then('the chain answers {answer}', function (this: SuiteWorld, expected: number) {
  assert.equal(answerName(announcement(this).result), answerName(expected));
});

// Several processors

Given('two processors that register on one chain:', function (this: SuiteWorld, table: DataTable) {
  const processors: Block[][] = [[], []];
  for (const row of table.hashes()) processors[Number(row['processor'])]?.push(blockOf(row));
  chainNotes(this).processors = processors;
});

async function registerTogether(world: SuiteWorld, schedule: number[]): Promise<void> {
  const { processors } = chainNotes(world);
  const port = world.port('notifier-chain-smp');
  chainNotes(world).together = succeeded(
    await port.registerTogether({ chain: CHAIN, processors, schedule }),
  );
}

When('they take turns step by step', async function (this: SuiteWorld) {
  await registerTogether(this, []);
});

When(
  'processor 0 takes {int} steps, processor 1 takes {int}, and then they take turns',
  async function (this: SuiteWorld, first: number, second: number) {
    const schedule = [...Array<number>(first).fill(0), ...Array<number>(second).fill(1)];
    await registerTogether(this, schedule);
  },
);

function together(world: SuiteWorld): Together {
  return chainNotes(world).together ?? assert.fail('the processors have not run');
}

Then(
  'all the notifiers are on the chain, in the order of their priorities',
  function (this: SuiteWorld) {
    const blocks = chainNotes(this).processors.flat();
    const { order } = together(this);
    assert.deepEqual([...order].sort(), blocks.map(({ name }) => name).sort());
    const priorities = order.map((name) => blocks.find((b) => b.name === name)?.priority ?? 0);
    assert.deepEqual(
      priorities,
      [...priorities].sort((a, b) => b - a),
    );
  },
);

Then('no processor was inside while the other held the lock', function (this: SuiteWorld) {
  assert.equal(intrusion(together(this).steps), undefined);
});

Then('processor 1 had to spin', function (this: SuiteWorld) {
  const spins = together(this).steps.filter(
    ({ processor, step }) => processor === 1 && step === 'spin',
  );
  assert.ok(spins.length > 0, 'processor 1 never met a held lock');
});
