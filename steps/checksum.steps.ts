/** Steps on checksums: any implementation's, and the kernel's routines. */
import assert from 'node:assert/strict';
import { Given, Then, When } from '@cucumber/cucumber';
import { NOT_APPLICABLE } from '../harness/attachments.ts';
import { checkedParts, withBitTurned } from '../harness/ip-packet.ts';
import { networkOrder } from '../harness/sums.ts';
import { hex } from './parameter-types.ts';
import { notes, prepared, succeeded, type SuiteWorld } from './world.ts';

const checksumNotes = notes(() => ({
  checksum: undefined as number | undefined,
  sum: undefined as number | undefined,
  fold: undefined as number | undefined,
  byRoutine: new Map<string, number>(),
  magic: undefined as { checksum: number; pseudo: PseudoHeader } | undefined,
  packet: '',
  verified: '',
}));

/** A note that an earlier step must have made. */
export function known<Value>(value: Value | undefined, what: string): Value {
  return value ?? assert.fail(`the scenario has no ${what} yet`);
}

// Any implementation's checksum

async function checksumOf(world: SuiteWorld, octets: string): Promise<number> {
  return succeeded(await world.port('checksum').compute({ octets })).checksum;
}

When('the checksum of {octets} is computed', async function (this: SuiteWorld, octets: string) {
  checksumNotes(this).checksum = await checksumOf(this, octets);
});

/** The checksum after a word under it changed. */
export async function amend(world: SuiteWorld, checksum: number, before: number, after: number) {
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
