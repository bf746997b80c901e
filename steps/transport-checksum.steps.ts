/** Steps on transport checksums: segments on their way out and in. */
import assert from 'node:assert/strict';
import { type DataTable, Given, Then, When } from '@cucumber/cucumber';
import type { ValueOf } from '../contract/port.ts';
import type { transportChecksum } from '../contract/index.ts';
import { CHECK_OFFSET, withWord16At, word16At } from '../harness/ip-packet.ts';
import { Inconclusive } from '../harness/problems.ts';
import { amend, known } from './checksum.steps.ts';
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

const transportNotes = notes(() => ({
  segment: undefined as Segment | undefined,
  csumOf: undefined as string | undefined,
  sent: undefined as Sent | undefined,
  received: undefined as Received | undefined,
}));

Given(
  'a {transport} segment from {ipv4} to {ipv4}: {octets}',
  function (
    this: SuiteWorld,
    protocol: 'tcp' | 'udp',
    source: string,
    destination: string,
    segment: string,
  ) {
    transportNotes(this).segment = { protocol, source, destination, segment };
  },
);

/** Ports 1024 and 80, sequence number 1, acknowledgement 2, PSH and ACK, window 0x2000. */
const TCP_HEADER = '0400005000000001000000025018200000000000';

Given(
  'a TCP segment from {ipv4} to {ipv4} with {int} octets of data',
  function (this: SuiteWorld, source: string, destination: string, length: number) {
    const segment = TCP_HEADER + '61'.repeat(length);
    transportNotes(this).segment = { protocol: 'tcp', source, destination, segment };
  },
);

Given('its check field was set to {word16}', function (this: SuiteWorld, check: number) {
  setCheck(this, check);
});

function setCheck(world: SuiteWorld, check: number): void {
  const segment = known(transportNotes(world).segment, 'segment');
  const octets = withWord16At(segment.segment, CHECK_OFFSET[segment.protocol], check);
  transportNotes(world).segment = { ...segment, segment: octets };
}

Then('its check field holds {word16}', function (this: SuiteWorld, expected: number) {
  assert.equal(hex(known(transportNotes(this).sent, 'segment sent').check, 4), hex(expected, 4));
});

Given('csum holds the sum of {octets}', function (this: SuiteWorld, octets: string) {
  transportNotes(this).csumOf = octets;
});

Given('the device reports the sum of {octets}', function (this: SuiteWorld, octets: string) {
  transportNotes(this).csumOf = octets;
});

function send(world: SuiteWorld, hardware: boolean) {
  const { segment, csumOf } = transportNotes(world);
  return world.port('transport-checksum').send({
    ...known(segment, 'segment'),
    hardware,
    ...(csumOf !== undefined && { csumOf }),
  });
}

When('it is sent without help from the device', async function (this: SuiteWorld) {
  transportNotes(this).sent = succeeded(await send(this, false));
});

When('it is sent through a device that sums', async function (this: SuiteWorld) {
  transportNotes(this).sent = succeeded(await send(this, true));
});

Given('it was sent through a device that sums', async function (this: SuiteWorld) {
  const segment = known(transportNotes(this).segment, 'segment');
  const { wire } = prepared(await send(this, true));
  if (wire.length !== segment.segment.length) {
    throw new Inconclusive(`${segment.segment.length / 2} octets left as ${wire.length / 2}`);
  }
  transportNotes(this).segment = { ...segment, segment: wire };
});

Given(
  'its checksum was amended for the source {ipv4}',
  async function (this: SuiteWorld, to: string) {
    const segment = known(transportNotes(this).segment, 'segment');
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
  assert.equal(known(transportNotes(this).sent, 'segment sent').csumOffset, offset);
});

Then('it leaves with the checksum {word16}', function (this: SuiteWorld, expected: number) {
  const { protocol, segment } = known(transportNotes(this).segment, 'segment');
  const { wire } = known(transportNotes(this).sent, 'segment sent');
  assert.equal(wire.length, segment.length, 'hex digits on the wire');
  assert.equal(hex(word16At(wire, CHECK_OFFSET[protocol]), 4), hex(expected, 4));
});

Then('{int} octets were summed at send time', function (this: SuiteWorld, octets: number) {
  assert.equal(known(transportNotes(this).sent, 'segment sent').summed, octets);
});

Then('nothing was summed at send time', function (this: SuiteWorld) {
  assert.equal(known(transportNotes(this).sent, 'segment sent').summed, 0);
});

Then('these routines ran in order:', function (this: SuiteWorld, table: DataTable) {
  const expected = table.raw().map(([routine = '']) => routine);
  const { calls } = known(transportNotes(this).sent, 'segment sent');
  // A system may have more routines; these are the ones that the rule speaks of.
  assert.deepEqual(
    calls.filter((routine) => expected.includes(routine) || routine === 'csum_partial'),
    expected,
  );
});

async function arrive(world: SuiteWorld, state: string, source?: string, destination?: string) {
  const { segment, csumOf } = transportNotes(world);
  const received = await world.port('transport-checksum').receive({
    ...known(segment, 'segment'),
    ...(source !== undefined && { source }),
    ...(destination !== undefined && { destination }),
    ipSummed: state as 'CHECKSUM_NONE',
    ...(csumOf !== undefined && { csumOf }),
  });
  transportNotes(world).received = succeeded(received);
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
  const { accepted, errors } = known(transportNotes(this).received, 'segment received');
  assert.deepEqual({ accepted, errors }, { accepted: true, errors: 0 });
});

Then('it is dropped and counted', function (this: SuiteWorld) {
  const { accepted, errors } = known(transportNotes(this).received, 'segment received');
  assert.deepEqual({ accepted, errors }, { accepted: false, errors: 1 });
});

Then('{int} octets were summed in software', function (this: SuiteWorld, octets: number) {
  assert.equal(known(transportNotes(this).received, 'segment received').summed, octets);
});

Then('nothing was summed in software', function (this: SuiteWorld) {
  assert.equal(known(transportNotes(this).received, 'segment received').summed, 0);
});
