/** Steps on sk_buff: references, clones, copies and page fragments. */
import assert from 'node:assert/strict';
import { Given, Then, When } from '@cucumber/cucumber';
import { handleOf, layoutOf, named } from './buffers.ts';
import { stimulus } from './stimulus.ts';
import { prepared, succeeded, type SuiteWorld } from './world.ts';

// Sharing

stimulus(
  'another reference to {skb} was taken',
  'another reference to {skb} is taken',
  (world, name: string) => world.port('sk-buff-sharing').get({ skb: handleOf(world, name) }),
);

stimulus('{skb} was freed', '{skb} is freed', (world, name: string) =>
  world.port('sk-buff-sharing').free({ skb: handleOf(world, name) }),
);

for (const [way, method] of [
  ['cloned', 'clone'],
  ['copied', 'copy'],
] as const) {
  stimulus(
    `{string} was ${way} as {string}`,
    `{string} is ${way} as {string}`,
    async (world, from: string, to: string) =>
      named(world, to, await world.port('sk-buff-sharing')[method]({ skb: handleOf(world, from) })),
  );
}

for (const [way, method] of [
  ['unshared', 'unshare'],
  ['share-checked', 'shareCheck'],
] as const) {
  When(
    `{string} is ${way} as {string}`,
    async function (this: SuiteWorld, from: string, to: string) {
      const port = this.port('sk-buff-sharing');
      this.record(named(this, to, await port[method]({ skb: handleOf(this, from) })));
    },
  );
}

stimulus(
  '{string} with {int} octets of headroom was made as {string}',
  '{string} with {int} octets of headroom is made as {string}',
  async (world, from: string, headroom: number, to: string) => {
    const port = world.port('sk-buff-sharing');
    return named(world, to, await port.reallocHeadroom({ skb: handleOf(world, from), headroom }));
  },
);

When(
  '{int} octets of headroom are made sure of in {skb}',
  async function (this: SuiteWorld, headroom: number, name: string) {
    const port = this.port('sk-buff-sharing');
    succeeded(this.record(await port.cow({ skb: handleOf(this, name), headroom })));
  },
);

When(
  '{skb} is expanded by {int} octets in front and {int} behind',
  async function (this: SuiteWorld, name: string, headroom: number, tailroomAdded: number) {
    const args = { skb: handleOf(this, name), headroom, tailroom: tailroomAdded };
    this.record(await this.port('sk-buff-sharing').expandHead(args));
  },
);

async function stateOf(world: SuiteWorld, name: string) {
  return succeeded(await world.port('sk-buff-sharing').state({ skb: handleOf(world, name) }));
}

Then(
  /^(it|"[a-z]+") is (a|not a) clone, and (\d+) descriptors use its data$/,
  async function (this: SuiteWorld, buffer: string, is: string, descriptors: string) {
    const { cloned, dataref } = await stateOf(this, buffer.replaceAll('"', ''));
    assert.deepEqual({ cloned, dataref }, { cloned: is === 'a', dataref: Number(descriptors) });
  },
);

Then('{skb} is shared', async function (this: SuiteWorld, name: string) {
  assert.equal((await stateOf(this, name)).shared, true);
});

Then('{skb} is not shared', async function (this: SuiteWorld, name: string) {
  assert.equal((await stateOf(this, name)).shared, false);
});

function freed(world: SuiteWorld, descriptorFreed: boolean, dataFreed: boolean): void {
  assert.deepEqual(succeeded(world.last), { descriptorFreed, dataFreed });
}

Then('its descriptor is freed and its data with it', function (this: SuiteWorld) {
  freed(this, true, true);
});

Then('its descriptor is freed and its data are not', function (this: SuiteWorld) {
  freed(this, true, false);
});

Then('neither its descriptor nor its data are freed', function (this: SuiteWorld) {
  freed(this, false, false);
});

Then(
  '{string} and {string} are the same descriptor',
  function (this: SuiteWorld, one: string, other: string) {
    assert.equal(handleOf(this, one), handleOf(this, other));
  },
);

// Page fragments

stimulus(
  'a page fragment of {octets} was added to {skb}',
  'a page fragment of {octets} is added to {skb}',
  (world, octets: string, name: string) =>
    world.port('sk-buff-paged').addFragment({ skb: handleOf(world, name), octets }),
);

Given(
  '{int} page fragments of {octets} were added to {skb}',
  async function (this: SuiteWorld, count: number, octets: string, name: string) {
    const [port, skb] = [this.port('sk-buff-paged'), handleOf(this, name)];
    for (let added = 0; added < count; added++) prepared(await port.addFragment({ skb, octets }));
  },
);

async function assertPaged(world: SuiteWorld, name: string, octets: number): Promise<void> {
  assert.equal((await layoutOf(world, name)).dataLen, octets);
}

Then('{int} of its octets are in fragments', async function (this: SuiteWorld, octets: number) {
  await assertPaged(this, 'it', octets);
});

Then(
  '{int} octets of {string} are in fragments',
  async function (this: SuiteWorld, octets: number, name: string) {
    await assertPaged(this, name, octets);
  },
);

When('{int} octets of it are asked for', async function (this: SuiteWorld, length: number) {
  this.record(await this.port('sk-buff-paged').mayPull({ skb: handleOf(this, 'it'), length }));
});

Then('they may be pulled', function (this: SuiteWorld) {
  assert.deepEqual(succeeded(this.last), { may: true });
});

Then('they may not be pulled', function (this: SuiteWorld) {
  assert.deepEqual(succeeded(this.last), { may: false });
});

When('{skb} is made linear', async function (this: SuiteWorld, name: string) {
  const port = this.port('sk-buff-paged');
  succeeded(this.record(await port.linearize({ skb: handleOf(this, name) })));
});

When(
  'the linear part of {string} is copied as {string}',
  async function (this: SuiteWorld, from: string, to: string) {
    const port = this.port('sk-buff-paged');
    succeeded(named(this, to, await port.copyLinearPart({ skb: handleOf(this, from) })));
  },
);
