/** Steps on sk_buff: header pointers, fields and the control block. */
import assert from 'node:assert/strict';
import { type DataTable, Given, Then, When } from '@cucumber/cucumber';
import type { ArgsOf, ValueOf } from '../contract/port.ts';
import type { skBuffFields } from '../contract/index.ts';
import { handleOf, put } from './buffers.ts';
import { hex } from './parameter-types.ts';
import { stimulus } from './stimulus.ts';
import { notes, prepared, succeeded, type SuiteWorld } from './world.ts';

type FieldName = ArgsOf<(typeof skBuffFields)['methods']['get']>['field'];
type Fields = ValueOf<(typeof skBuffFields)['methods']['fields']>['fields'];

const fieldNotes = notes(() => ({ fields: [] as Fields }));

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
  fieldNotes(this).fields = succeeded(await this.port('sk-buff-fields').fields({})).fields;
});

Then('each is in exactly one category', function (this: SuiteWorld) {
  const names = fieldNotes(this).fields.map(({ name }) => name);
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
      const field = fieldNotes(this).fields.find((other) => other.name === name);
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
