/** Steps on sk_buff: the linear buffer, sharing, fragments, headers and fields. */
import assert from 'node:assert/strict';
import { type DataTable, Given, Then, When } from '@cucumber/cucumber';
import type { ArgsOf, ValueOf } from '../contract/port.ts';
import { MAX_OCTETS, type Outcome, type skBuff, type skBuffFields } from '../contract/index.ts';
import { hex } from './parameter-types.ts';
import { stimulus } from './stimulus.ts';
import { notes, prepared, succeeded, type AnyOutcome, type SuiteWorld } from './world.ts';

type Layout = ValueOf<(typeof skBuff)['methods']['layout']>;
type FieldName = ArgsOf<(typeof skBuffFields)['methods']['get']>['field'];
type Fields = ValueOf<(typeof skBuffFields)['methods']['fields']>['fields'];

const skbNotes = notes(() => ({
  handles: new Map<string, string>(),
  firstLayouts: new Map<string, Layout>(),
  put: '',
  fields: [] as Fields,
}));

/** The handle of a buffer that the scenario named. */
export function handleOf(world: SuiteWorld, name: string): string {
  return skbNotes(world).handles.get(name) ?? assert.fail(`the scenario has no buffer "${name}"`);
}

/** The name of a buffer; its handle if the scenario has none for it. */
export function nameOf(world: SuiteWorld, handle: string): string {
  for (const [name, other] of skbNotes(world).handles) if (other === handle) return name;
  return handle;
}

/** Gives a name to a buffer that a call has made. */
function named<O extends Outcome<{ skb: string }, 'ENOMEM'>>(
  world: SuiteWorld,
  name: string,
  outcome: O,
): O {
  if ('ok' in outcome) skbNotes(world).handles.set(name, outcome.ok.skb);
  return outcome;
}

async function layoutOf(world: SuiteWorld, name: string): Promise<Layout> {
  return succeeded(await world.port('sk-buff').layout({ skb: handleOf(world, name) }));
}

// Allocation

export async function allocate(world: SuiteWorld, name: string, size: number): Promise<AnyOutcome> {
  const outcome = named(world, name, await world.port('sk-buff').alloc({ size }));
  if ('ok' in outcome) skbNotes(world).firstLayouts.set(name, await layoutOf(world, name));
  return outcome;
}

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

async function put(world: SuiteWorld, octets: string, name: string) {
  skbNotes(world).put += octets;
  return world.port('sk-buff').put({ skb: handleOf(world, name), octets });
}

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
  assert.equal(end, skbNotes(this).firstLayouts.get('it')?.end);
});

async function contentsOf(world: SuiteWorld, name: string): Promise<string> {
  return succeeded(await world.port('sk-buff').contents({ skb: handleOf(world, name) })).octets;
}

Then('{skb} holds {octets}', async function (this: SuiteWorld, name: string, expected: string) {
  assert.equal(await contentsOf(this, name), expected);
});

Then('its contents are untouched', async function (this: SuiteWorld) {
  assert.equal(await contentsOf(this, 'it'), skbNotes(this).put);
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
  const before = skbNotes(this).firstLayouts.get('it')?.tailroom ?? 0;
  assert.equal(before - (await layoutOf(this, 'it')).tailroom, octets);
});

Then('its data is at a multiple of 16', async function (this: SuiteWorld) {
  assert.equal((await layoutOf(this, 'it')).data % 16, 0);
});

Then('its data is at 2 short of a multiple of 16', async function (this: SuiteWorld) {
  assert.equal((await layoutOf(this, 'it')).data % 16, 14);
});

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

// Header pointers

type Header = 'h' | 'nh' | 'mac';

stimulus(
  '{header} was set to {skbData}',
  '{header} is set to {skbData}',
  (world, header: Header, name: string) =>
    world.port('sk-buff-headers').mark({ skb: handleOf(world, name), header }),
);

async function assertHeaders(
  world: SuiteWorld,
  name: string,
  expected: Partial<Record<Header, number>>,
): Promise<void> {
  const skb = handleOf(world, name);
  const where = succeeded(await world.port('sk-buff-headers').where({ skb }));
  const asked = Object.keys(expected) as Header[];
  assert.deepEqual(Object.fromEntries(asked.map((header) => [header, where[header]])), expected);
}

Then(
  'mac is at {int}, nh at {int} and h at {int}',
  async function (this: SuiteWorld, mac: number, nh: number, h: number) {
    await assertHeaders(this, 'it', { mac, nh, h });
  },
);

Then('nh is at {int}', async function (this: SuiteWorld, nh: number) {
  await assertHeaders(this, 'it', { nh });
});

Then(
  'in {string} mac is at {int} and nh at {int}',
  async function (this: SuiteWorld, name: string, mac: number, nh: number) {
    await assertHeaders(this, name, { mac, nh });
  },
);

Then(
  'in {string} mac is at {int}, nh at {int} and h at {int}',
  async function (this: SuiteWorld, name: string, mac: number, nh: number, h: number) {
    await assertHeaders(this, name, { mac, nh, h });
  },
);

When(
  '{header} is read as {word}',
  async function (this: SuiteWorld, header: Header, member: string) {
    const args = { skb: handleOf(this, 'it'), header, as: member as 'raw' };
    this.record(await this.port('sk-buff-headers').view(args));
  },
);

Then('it reads:', function (this: SuiteWorld, table: DataTable) {
  const { fields } = succeeded(this.last) as { fields: Record<string, number | string> };
  const expected = table.hashes().map(({ field = '', value = '' }) => [field, value]);
  const actual = expected.map(([field = '']) => [field, String(fields[field])]);
  assert.deepEqual(actual, expected);
});

// Fields

When('the fields are listed', async function (this: SuiteWorld) {
  skbNotes(this).fields = succeeded(await this.port('sk-buff-fields').fields({})).fields;
});

Then('each is in exactly one category', function (this: SuiteWorld) {
  const names = skbNotes(this).fields.map(({ name }) => name);
  assert.ok(names.length > 0, 'there are no fields');
  assert.deepEqual(
    names.filter((name, at) => names.indexOf(name) !== at),
    [],
  );
});

Then(
  /^these are (layout|socket|general|feature) fields: (.+)$/,
  function (this: SuiteWorld, category: string, names: string) {
    for (const name of names.split(', ')) {
      const field = skbNotes(this).fields.find((other) => other.name === name);
      assert.equal(field?.category ?? 'missing', category, name);
    }
  },
);

/** Devices are named; every other field is a number. */
function fieldValue(text: string): number | string {
  return /^\d+$/.test(text) ? Number(text) : text;
}

stimulus(
  '{field} of {string} was set to {word}',
  '{field} of {string} is set to {word}',
  (world, field: FieldName, name: string, value: string) =>
    world
      .port('sk-buff-fields')
      .set({ skb: handleOf(world, name), field, value: fieldValue(value) }),
);

Then(
  '{field} of {string} is {word}',
  async function (this: SuiteWorld, field: FieldName, name: string, expected: string) {
    const outcome = await this.port('sk-buff-fields').get({ skb: handleOf(this, name), field });
    assert.equal(succeeded(outcome).value, fieldValue(expected));
  },
);

// The control block

const FLAGS: Readonly<Record<string, number>> = {
  none: 0,
  FIN: 0x01,
  SYN: 0x02,
  RST: 0x04,
  PSH: 0x08,
  ACK: 0x10,
  URG: 0x20,
};

/** A TCP segment, ports 1024 and 80, with its options filled up with NOPs. */
function tcpSegment(seq: number, flags: string, options: number, data: number): string {
  const bits = flags.split(' ').reduce((all, flag) => all | (FLAGS[flag] ?? 0), 0);
  const octet = (value: number) => value.toString(16).padStart(2, '0');
  const doff = octet(((20 + options) / 4) << 4);
  const header = `04000050${seq.toString(16).padStart(8, '0')}00000002${doff}${octet(bits)}200000000000`;
  return header + '01'.repeat(options) + '61'.repeat(data);
}

async function putSegment(world: SuiteWorld, segment: string): Promise<void> {
  prepared(await put(world, segment, 'it'));
}

Given(
  /^a TCP segment with sequence number (\d+), flags ([A-Z ]+|none) and (\d+) octets of data was put into it$/,
  async function (this: SuiteWorld, seq: string, flags: string, data: string) {
    await putSegment(this, tcpSegment(Number(seq), flags, 0, Number(data)));
  },
);

Given(
  /^a TCP segment with sequence number (\d+), flags ([A-Z ]+), (\d+) octets of options and (\d+) octets of data was put into it$/,
  async function (this: SuiteWorld, seq: string, flags: string, options: string, data: string) {
    await putSegment(this, tcpSegment(Number(seq), flags, Number(options), Number(data)));
  },
);

stimulus('TCP received it', 'TCP receives it', (world) =>
  world.port('sk-buff-fields').tcpReceive({ skb: handleOf(world, 'it') }),
);

When('IP uses its control block', async function (this: SuiteWorld) {
  const port = this.port('sk-buff-fields');
  this.record(await port.ipControlBlock({ skb: handleOf(this, 'it') }));
});

async function tcpControlBlock(world: SuiteWorld) {
  const port = world.port('sk-buff-fields');
  return succeeded(await port.tcpControlBlock({ skb: handleOf(world, 'it') }));
}

Then(
  "TCP's control block says seq {int}, end_seq {int}",
  async function (this: SuiteWorld, seq: number, endSeq: number) {
    const block = await tcpControlBlock(this);
    assert.deepEqual({ seq: block.seq, endSeq: block.endSeq }, { seq, endSeq });
  },
);

Then("TCP's control block has the flags {octet}", async function (this: SuiteWorld, flags: number) {
  assert.equal(hex((await tcpControlBlock(this)).flags, 2), hex(flags, 2));
});

async function controlBlock(world: SuiteWorld, name: string) {
  const port = world.port('sk-buff-fields');
  return succeeded(await port.get({ skb: handleOf(world, name), field: 'cb' })).value;
}

stimulus(
  '{octets} were written into {skbControlBlock}',
  '{octets} are written into {skbControlBlock}',
  (world, value: string, name: string) =>
    world.port('sk-buff-fields').set({ skb: handleOf(world, name), field: 'cb', value }),
);

Then(
  '{skbControlBlock} holds {octets}',
  async function (this: SuiteWorld, name: string, expected: string) {
    assert.equal(await controlBlock(this, name), expected);
  },
);

Then('its control block is not all zero', async function (this: SuiteWorld) {
  assert.match(String(await controlBlock(this, 'it')), /[^0]/);
});
