/** Steps on protocols that size their packets themselves. A scenario speaks of the association made last. */
import assert from 'node:assert/strict';
import { defineParameterType, Given, Then, When } from '@cucumber/cucumber';
import type { ArgsOf, ipQueueXmit } from '../contract/index.ts';
import { collect } from './network-scene.ts';
import { stimulus } from './stimulus.ts';
import { notes, prepared, type SuiteWorld } from './world.ts';

type Methods = (typeof ipQueueXmit)['methods'];
type Setting = ArgsOf<Methods['set']>['option'];
type Opened = ArgsOf<Methods['open']>;

interface AssociationNotes {
  association: string;
  /** Whether the last segment asked for a route; undefined where it failed. */
  lookedUp?: boolean | undefined;
}

const associationNotes = notes<AssociationNotes>(() => ({ association: '' }));

async function open(world: SuiteWorld, association: Opened): Promise<void> {
  const made = prepared(await world.port('ip-queue-xmit').open(association));
  associationNotes(world).association = made.association;
}

Given(
  'an association of protocol {int} with {ipv4}',
  async function (this: SuiteWorld, protocol: number, to: string) {
    await open(this, { protocol, to });
  },
);

defineParameterType({
  name: 'stops',
  regexp: /\d+\.\d+\.\d+\.\d+(?:, \d+\.\d+\.\d+\.\d+)*/,
  transformer: (text: string): string[] => text.split(', '),
});

Given(
  'an association of protocol {int} with {ipv4} that goes loosely by {stops}',
  async function (this: SuiteWorld, protocol: number, to: string, stops: string[]) {
    await open(this, { protocol, to, sourceRoute: { strict: false, stops } });
  },
);

Given(
  'an association of protocol {int} with {ipv4} that goes strictly by {stops}',
  async function (this: SuiteWorld, protocol: number, to: string, stops: string[]) {
    await open(this, { protocol, to, sourceRoute: { strict: true, stops } });
  },
);

Given(
  'the association has set {socketOption} to {optionValue}',
  async function (this: SuiteWorld, option: string, value: number | string) {
    const { association } = associationNotes(this);
    const set = { association, option: option as Setting, value };
    prepared(await this.port('ip-queue-xmit').set(set));
  },
);

async function transmit(world: SuiteWorld, segment: string, mayFragment: boolean) {
  const noted = associationNotes(world);
  const { association } = noted;
  const sent = await world.port('ip-queue-xmit').transmit({ association, segment, mayFragment });
  await collect(world);
  noted.lookedUp = 'ok' in sent ? sent.ok.lookedUp : undefined;
  return sent;
}

stimulus(
  'the association has sent {octets}',
  'the association sends {octets}',
  (world: SuiteWorld, segment: string) => transmit(world, segment, false),
);

When(
  'the association sends {octets} that may be cut',
  async function (this: SuiteWorld, segment: string) {
    this.record(await transmit(this, segment, true));
  },
);

Then('a route was looked up', function (this: SuiteWorld) {
  assert.equal(associationNotes(this).lookedUp, true);
});

Then('no route was looked up', function (this: SuiteWorld) {
  assert.equal(associationNotes(this).lookedUp, false);
});
