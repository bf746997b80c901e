/** Steps on checksums: any implementation's, the kernel's routines, and transport segments. */
import assert from 'node:assert/strict';
import { type DataTable, Given, Then, When } from '@cucumber/cucumber';
import type { ValueOf } from '../contract/port.ts';
import type { transportChecksum } from '../contract/index.ts';
import { NOT_APPLICABLE } from '../harness/attachments.ts';
import {
  CHECK_OFFSET,
  checkedParts,
  withBitTurned,
  withWord16At,
  word16At,
} from '../harness/ip-packet.ts';
import { Inconclusive } from '../harness/problems.ts';
import { networkOrder } from '../harness/sums.ts';
import { hex } from './parameter-types.ts';
import { notes, prepared, succeeded, type SuiteWorld } from './world.ts';

type Sent = ValueOf<(typeof transportChecksum)['methods']['send']>;
type Received = ValueOf<(typeof transportChecksum)['methods']['receive']>;

interface Segment {
  readonly protocol: 'tcp' | 'udp';
  readonly source: string;
  readonly destination: string;
  readonly segment: string;
}

const checksumNotes = notes(() => ({
  checksum: undefined as number | undefined,
  sum: undefined as number | undefined,
  fold: undefined as number | undefined,
  byRoutine: new Map<string, number>(),
  magic: undefined as { checksum: number; pseudo: PseudoHeader } | undefined,
  packet: '',
  verified: '',
  segment: undefined as Segment | undefined,
  csumOf: undefined as string | undefined,
  sent: undefined as Sent | undefined,
  received: undefined as Received | undefined,
}));

function known<Value>(value: Value | undefined, what: string): Value {
  return value ?? assert.fail(`the scenario has no ${what} yet`);
}

// Any implementation's checksum

async function checksumOf(world: SuiteWorld, octets: string): Promise<number> {
  return succeeded(await world.port('checksum').compute({ octets })).checksum;
}

When('the checksum of {octets} is computed', async function (this: SuiteWorld, octets: string) {
  checksumNotes(this).checksum = await checksumOf(this, octets);
});

async function amend(world: SuiteWorld, checksum: number, before: number, after: number) {
  const port = world.port('checksum');
  return succeeded(await port.update({ checksum, before, after })).checksum;
}

When(
  'the checksum {word16} is amended for a word that changed from {word16} to {word16}',
  async function (this: SuiteWorld, checksum: number, before: number, after: number) {
    checksumNotes(this).checksum = await amend(this, checksum, before, after);
  },
);

When(
  'that checksum is amended for a word that changed from {word16} to {word16}',
  async function (this: SuiteWorld, before: number, after: number) {
    const checksum = known(checksumNotes(this).checksum, 'checksum');
    checksumNotes(this).checksum = await amend(this, checksum, before, after);
  },
);

Then('the checksum is {word16}', function (this: SuiteWorld, expected: number) {
  const checksum = known(checksumNotes(this).checksum, 'checksum');
  assert.equal(hex(checksum, 4), hex(expected, 4));
});

Given('the packet {octets}', function (this: SuiteWorld, packet: string) {
  checksumNotes(this).packet = packet;
});

When('its IPv4 header is verified', function (this: SuiteWorld) {
  checksumNotes(this).verified = checkedParts(checksumNotes(this).packet).header;
});

When('its transport checksum is verified', function (this: SuiteWorld) {
  checksumNotes(this).verified = checkedParts(checksumNotes(this).packet).transport;
});

When('{octets} is verified', function (this: SuiteWorld, octets: string) {
  checksumNotes(this).verified = octets;
});

/** Data with their checksum in them sum to all ones, so their own checksum is zero. */
async function isIntact(world: SuiteWorld, octets: string): Promise<boolean> {
  return (await checksumOf(world, octets)) === 0;
}

Then('it is found intact', async function (this: SuiteWorld) {
  assert.ok(await isIntact(this, checksumNotes(this).verified), 'it is found corrupt');
});

Then('it is found corrupt', async function (this: SuiteWorld) {
  assert.ok(!(await isIntact(this, checksumNotes(this).verified)), 'it is found intact');
});

Then('it is found corrupt after any single-bit error', async function (this: SuiteWorld) {
  const { verified } = checksumNotes(this);
  for (let bit = 0; bit < verified.length * 4; bit++) {
    const intact = await isIntact(this, withBitTurned(verified, bit));
    assert.ok(!intact, `with bit ${bit} turned over it is found intact`);
  }
});

// The kernel's routines

async function partial(world: SuiteWorld, octets: string, sum: number): Promise<number> {
  return succeeded(await world.port('csum').partial({ octets, sum })).sum;
}

/** The checksum that a sum stands for, in network order. */
async function folded(world: SuiteWorld, sum: number): Promise<number> {
  const port = world.port('csum');
  const { byteOrder } = prepared(await port.machine({}));
  return networkOrder(succeeded(await port.fold({ sum })).checksum, byteOrder);
}

When('csum_partial sums {octets}', async function (this: SuiteWorld, octets: string) {
  checksumNotes(this).sum = await partial(this, octets, 0);
});

When(
  'csum_partial sums {octets} and goes on with {octets}',
  async function (this: SuiteWorld, octets: string, more: string) {
    checksumNotes(this).sum = await partial(this, more, await partial(this, octets, 0));
  },
);

When(
  'csum_block_add joins the sums of {octets} and, at offset {int}, {octets}',
  async function (this: SuiteWorld, octets: string, offset: number, next: string) {
    const sum = await partial(this, octets, 0);
    const addend = await partial(this, next, 0);
    const joined = await this.port('csum').blockAdd({ sum, addend, offset });
    checksumNotes(this).sum = succeeded(joined).sum;
  },
);

Then('the sum folds to the checksum {word16}', async function (this: SuiteWorld, expected: number) {
  const sum = known(checksumNotes(this).sum, 'sum');
  assert.equal(hex(await folded(this, sum), 4), hex(expected, 4));
});

When('csum_fold folds {word32}', async function (this: SuiteWorld, sum: number) {
  checksumNotes(this).fold = succeeded(await this.port('csum').fold({ sum })).checksum;
});

Then('the fold is {word16}', function (this: SuiteWorld, expected: number) {
  assert.equal(hex(known(checksumNotes(this).fold, 'fold'), 4), hex(expected, 4));
});

Given('the machine is little-endian', async function (this: SuiteWorld) {
  const { byteOrder } = prepared(await this.port('csum').machine({}));
  if (byteOrder === 'little') return undefined;
  this.attach('the rule holds on little-endian machines', NOT_APPLICABLE);
  return 'skipped';
});

interface PseudoHeader {
  readonly source: string;
  readonly destination: string;
  readonly length: number;
  readonly protocol: number;
}

When(
  'csum_tcpudp_nofold adds {ipv4} to {ipv4}, length {int}, protocol {int} to the sum {word32}',
  async function (
    this: SuiteWorld,
    source: string,
    destination: string,
    length: number,
    protocol: number,
    sum: number,
  ) {
    const pseudo = { source, destination, length, protocol, sum };
    checksumNotes(this).sum = succeeded(await this.port('csum').tcpudpNofold(pseudo)).sum;
  },
);

Then('the sum is {word32}', function (this: SuiteWorld, expected: number) {
  assert.equal(hex(known(checksumNotes(this).sum, 'sum'), 8), hex(expected, 8));
});

When(
  'csum_tcpudp_magic is computed from {ipv4} to {ipv4}, length {int}, protocol {int}',
  async function (
    this: SuiteWorld,
    source: string,
    destination: string,
    length: number,
    protocol: number,
  ) {
    const port = this.port('csum');
    const pseudo = { source, destination, length, protocol };
    const { byteOrder } = prepared(await port.machine({}));
    const { checksum } = succeeded(await port.tcpudpMagic({ ...pseudo, sum: 0 }));
    checksumNotes(this).magic = { checksum, pseudo };
    checksumNotes(this).checksum = networkOrder(checksum, byteOrder);
  },
);

Then('it equals the fold of csum_tcpudp_nofold', async function (this: SuiteWorld) {
  const port = this.port('csum');
  const { checksum, pseudo } = known(checksumNotes(this).magic, 'checksum');
  const { sum } = succeeded(await port.tcpudpNofold({ ...pseudo, sum: 0 }));
  assert.equal(hex(checksum, 4), hex(succeeded(await port.fold({ sum })).checksum, 4));
});

When(
  "{octets} are summed by each of the machine's routines",
  async function (this: SuiteWorld, octets: string) {
    const port = this.port('csum');
    const { routines } = prepared(await port.machine({}));
    if (routines.length < 2) {
      this.attach('it has a single summing routine', NOT_APPLICABLE);
      return 'skipped';
    }
    for (const routine of routines) {
      const { sum } = succeeded(await port.partial({ octets, sum: 0, routine }));
      checksumNotes(this).byRoutine.set(routine, await folded(this, sum));
    }
    return undefined;
  },
);

Then('all of them give the checksum {word16}', function (this: SuiteWorld, expected: number) {
  for (const [routine, checksum] of checksumNotes(this).byRoutine) {
    assert.equal(hex(checksum, 4), hex(expected, 4), `routine ${routine}`);
  }
});

// Transport segments

Given(
  'a {transport} segment from {ipv4} to {ipv4}: {octets}',
  function (
    this: SuiteWorld,
    protocol: 'tcp' | 'udp',
    source: string,
    destination: string,
    segment: string,
  ) {
    checksumNotes(this).segment = { protocol, source, destination, segment };
  },
);

/** Ports 1024 and 80, sequence number 1, acknowledgement 2, PSH and ACK, window 0x2000. */
const TCP_HEADER = '0400005000000001000000025018200000000000';

Given(
  'a TCP segment from {ipv4} to {ipv4} with {int} octets of data',
  function (this: SuiteWorld, source: string, destination: string, length: number) {
    const segment = TCP_HEADER + '61'.repeat(length);
    checksumNotes(this).segment = { protocol: 'tcp', source, destination, segment };
  },
);

Given('its check field was set to {word16}', function (this: SuiteWorld, check: number) {
  setCheck(this, check);
});

function setCheck(world: SuiteWorld, check: number): void {
  const segment = known(checksumNotes(world).segment, 'segment');
  const octets = withWord16At(segment.segment, CHECK_OFFSET[segment.protocol], check);
  checksumNotes(world).segment = { ...segment, segment: octets };
}

Then('its check field holds {word16}', function (this: SuiteWorld, expected: number) {
  assert.equal(hex(known(checksumNotes(this).sent, 'segment sent').check, 4), hex(expected, 4));
});

Given('csum holds the sum of {octets}', function (this: SuiteWorld, octets: string) {
  checksumNotes(this).csumOf = octets;
});

Given('the device reports the sum of {octets}', function (this: SuiteWorld, octets: string) {
  checksumNotes(this).csumOf = octets;
});

function send(world: SuiteWorld, hardware: boolean) {
  const { segment, csumOf } = checksumNotes(world);
  return world.port('transport-checksum').send({
    ...known(segment, 'segment'),
    hardware,
    ...(csumOf !== undefined && { csumOf }),
  });
}

When('it is sent without help from the device', async function (this: SuiteWorld) {
  checksumNotes(this).sent = succeeded(await send(this, false));
});

When('it is sent through a device that sums', async function (this: SuiteWorld) {
  checksumNotes(this).sent = succeeded(await send(this, true));
});

Given('it was sent through a device that sums', async function (this: SuiteWorld) {
  const segment = known(checksumNotes(this).segment, 'segment');
  const { wire } = prepared(await send(this, true));
  if (wire.length !== segment.segment.length) {
    throw new Inconclusive(`${segment.segment.length / 2} octets left as ${wire.length / 2}`);
  }
  checksumNotes(this).segment = { ...segment, segment: wire };
});

Given(
  'its checksum was amended for the source {ipv4}',
  async function (this: SuiteWorld, to: string) {
    const segment = known(checksumNotes(this).segment, 'segment');
    const words = (address: string) => {
      const [a = 0, b = 0, c = 0, d = 0] = address.split('.').map(Number);
      return [a * 256 + b, c * 256 + d];
    };
    const offset = CHECK_OFFSET[segment.protocol];
    let check = word16At(segment.segment, offset);
    for (const [at, before] of words(segment.source).entries()) {
      check = await amend(this, check, before, words(to)[at] ?? 0);
    }
    setCheck(this, check);
  },
);

Then('csum holds the offset {int}', function (this: SuiteWorld, offset: number) {
  assert.equal(known(checksumNotes(this).sent, 'segment sent').csumOffset, offset);
});

Then('it leaves with the checksum {word16}', function (this: SuiteWorld, expected: number) {
  const { protocol, segment } = known(checksumNotes(this).segment, 'segment');
  const { wire } = known(checksumNotes(this).sent, 'segment sent');
  assert.equal(wire.length, segment.length, 'hex digits on the wire');
  assert.equal(hex(word16At(wire, CHECK_OFFSET[protocol]), 4), hex(expected, 4));
});

Then('{int} octets were summed at send time', function (this: SuiteWorld, octets: number) {
  assert.equal(known(checksumNotes(this).sent, 'segment sent').summed, octets);
});

Then('nothing was summed at send time', function (this: SuiteWorld) {
  assert.equal(known(checksumNotes(this).sent, 'segment sent').summed, 0);
});

Then('these routines ran in order:', function (this: SuiteWorld, table: DataTable) {
  const expected = table.raw().map(([routine = '']) => routine);
  const { calls } = known(checksumNotes(this).sent, 'segment sent');
  // A system may have more routines; these are the ones that the rule speaks of.
  assert.deepEqual(
    calls.filter((routine) => expected.includes(routine) || routine === 'csum_partial'),
    expected,
  );
});

async function arrive(world: SuiteWorld, state: string, source?: string, destination?: string) {
  const { segment, csumOf } = checksumNotes(world);
  const received = await world.port('transport-checksum').receive({
    ...known(segment, 'segment'),
    ...(source !== undefined && { source }),
    ...(destination !== undefined && { destination }),
    ipSummed: state as 'CHECKSUM_NONE',
    ...(csumOf !== undefined && { csumOf }),
  });
  checksumNotes(world).received = succeeded(received);
}

When(/^it arrives as (CHECKSUM_\w+)$/, async function (this: SuiteWorld, state: string) {
  await arrive(this, state);
});

When(
  /^it arrives as (CHECKSUM_\w+) from (\S+) to (\S+)$/,
  async function (this: SuiteWorld, state: string, source: string, destination: string) {
    await arrive(this, state, source, destination);
  },
);

Then('it is accepted', function (this: SuiteWorld) {
  const { accepted, errors } = known(checksumNotes(this).received, 'segment received');
  assert.deepEqual({ accepted, errors }, { accepted: true, errors: 0 });
});

Then('it is dropped and counted', function (this: SuiteWorld) {
  const { accepted, errors } = known(checksumNotes(this).received, 'segment received');
  assert.deepEqual({ accepted, errors }, { accepted: false, errors: 1 });
});

Then('{int} octets were summed in software', function (this: SuiteWorld, octets: number) {
  assert.equal(known(checksumNotes(this).received, 'segment received').summed, octets);
});

Then('nothing was summed in software', function (this: SuiteWorld) {
  assert.equal(known(checksumNotes(this).received, 'segment received').summed, 0);
});
