/** Steps on sk_buff: the linear buffer. */
import assert from 'node:assert/strict';
import { Given, Then, When } from '@cucumber/cucumber';
import { MAX_OCTETS } from '../contract/index.ts';
import { allocate, bufferNotes, handleOf, layoutOf, named, put } from './buffers.ts';
import { stimulus } from './stimulus.ts';
import { prepared, succeeded, type SuiteWorld } from './world.ts';

// Allocation

stimulus(
  'a buffer of {int} octets',
  'a buffer of {int} octets is allocated',
  (world, size: number) => allocate(world, 'it', size),
);

Given(
  'a buffer {string} of {int} octets',
  async function (this: SuiteWorld, name: string, size: number) {
    prepared(await allocate(this, name, size));
  },
);

stimulus(
  "a driver's buffer for {int} octets",
  "a driver's buffer for {int} octets is allocated",
  async (world, size: number) => named(world, 'it', await world.port('sk-buff').devAlloc({ size })),
);

// Moving the pointers

stimulus(
  '{int} octets were reserved in {skb}',
  '{int} octets are reserved in {skb}',
  (world, length: number, name: string) =>
    world.port('sk-buff').reserve({ skb: handleOf(world, name), length }),
);

stimulus('{octets} was/were put into {skb}', '{octets} is/are put into {skb}', put);

/** The tailroom of a buffer that must have some, and not more than a call can fill. */
async function tailroom(world: SuiteWorld, name: string): Promise<number> {
  const layout = prepared(await world.port('sk-buff').layout({ skb: handleOf(world, name) }));
  const octets = layout.tailroom;
  assert.ok(octets > 0 && octets < MAX_OCTETS, `it has ${octets} octets of tailroom`);
  return octets;
}

stimulus('its whole tailroom was filled', 'its whole tailroom is filled', async (world) =>
  put(world, '5a'.repeat(await tailroom(world, 'it')), 'it'),
);

When('one octet more than its tailroom is put into it', async function (this: SuiteWorld) {
  this.record(await put(this, '5a'.repeat((await tailroom(this, 'it')) + 1), 'it'));
});

When(
  '{octets} is/are pushed in front of {skb}',
  async function (this: SuiteWorld, octets: string, name: string) {
    this.record(await this.port('sk-buff').push({ skb: handleOf(this, name), octets }));
  },
);

stimulus(
  '{int} octets were pulled from {skb}',
  '{int} octets are pulled from {skb}',
  (world, length: number, name: string) =>
    world.port('sk-buff').pull({ skb: handleOf(world, name), length }),
);

When(
  '{skb} is trimmed to {int} octets',
  async function (this: SuiteWorld, name: string, length: number) {
    this.record(await this.port('sk-buff').trim({ skb: handleOf(this, name), length }));
  },
);

When(
  '{octets} are written over {skb}',
  async function (this: SuiteWorld, octets: string, name: string) {
    const port = this.port('sk-buff');
    this.record(await port.write({ skb: handleOf(this, name), offset: 0, octets }));
  },
);

// Looking at it

Then(
  '{skbData} is at {int} and its (linear )tail at {int}',
  async function (this: SuiteWorld, name: string, data: number, tail: number) {
    const layout = await layoutOf(this, name);
    assert.deepEqual({ data: layout.data, tail: layout.tail }, { data, tail });
    // What data and tail say must be what len says, and all within head and end.
    assert.equal(layout.len - layout.dataLen, tail - data, 'len');
    assert.ok(layout.data >= 0 && layout.tail <= layout.end, 'within head and end');
  },
);

Then('its end is at {int} or beyond', async function (this: SuiteWorld, size: number) {
  const { end } = await layoutOf(this, 'it');
  assert.ok(end >= size, `its end is at ${end}`);
});

Then('its end has not moved', async function (this: SuiteWorld) {
  const { end } = await layoutOf(this, 'it');
  assert.equal(end, bufferNotes(this).firstLayouts.get('it')?.end);
});

async function contentsOf(world: SuiteWorld, name: string): Promise<string> {
  return succeeded(await world.port('sk-buff').contents({ skb: handleOf(world, name) })).octets;
}

Then('{skb} holds {octets}', async function (this: SuiteWorld, name: string, expected: string) {
  assert.equal(await contentsOf(this, name), expected);
});

Then('its contents are untouched', async function (this: SuiteWorld) {
  assert.equal(await contentsOf(this, 'it'), bufferNotes(this).put);
});

Then(
  '{skbMemory} from {int} on holds {octets}',
  async function (this: SuiteWorld, name: string, from: number, expected: string) {
    const range = { skb: handleOf(this, name), from, length: expected.length / 2 };
    assert.equal(succeeded(await this.port('sk-buff').memory(range)).octets, expected);
  },
);

Then('they were written at {int}', function (this: SuiteWorld, at: number) {
  assert.deepEqual(succeeded(this.last), { at });
});

Then('the new data is at {int}', function (this: SuiteWorld, at: number) {
  assert.deepEqual(succeeded(this.last), { at });
});

Then('nothing could be pulled', function (this: SuiteWorld) {
  assert.deepEqual(succeeded(this.last), { at: null });
});

Then(
  '{skb} has {int} octets of headroom',
  async function (this: SuiteWorld, name: string, octets: number) {
    assert.equal((await layoutOf(this, name)).headroom, octets);
  },
);

Then(
  '{skb} has at least {int} octets of headroom',
  async function (this: SuiteWorld, name: string, octets: number) {
    const { headroom } = await layoutOf(this, name);
    assert.ok(headroom >= octets, `it has ${headroom}`);
  },
);

Then(
  '{skb} has at least {int} octets of tailroom',
  async function (this: SuiteWorld, name: string, octets: number) {
    const layout = await layoutOf(this, name);
    assert.ok(layout.tailroom >= octets, `it has ${layout.tailroom}`);
  },
);

Then('at least {int} octets can be put into it', async function (this: SuiteWorld, octets: number) {
  succeeded(await put(this, '5a'.repeat(octets), 'it'));
});

Then('it has no tailroom', async function (this: SuiteWorld) {
  assert.equal((await layoutOf(this, 'it')).tailroom, 0);
});

Then('its tailroom has shrunk by {int} octets', async function (this: SuiteWorld, octets: number) {
  const before = bufferNotes(this).firstLayouts.get('it')?.tailroom ?? 0;
  assert.equal(before - (await layoutOf(this, 'it')).tailroom, octets);
});

Then('its data is at a multiple of 16', async function (this: SuiteWorld) {
  assert.equal((await layoutOf(this, 'it')).data % 16, 0);
});

Then('its data is at 2 short of a multiple of 16', async function (this: SuiteWorld) {
  assert.equal((await layoutOf(this, 'it')).data % 16, 14);
});
