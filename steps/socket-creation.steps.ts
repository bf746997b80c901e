/** Steps on which sockets a system makes. */
import assert from 'node:assert/strict';
import { defineParameterType, Then, When } from '@cucumber/cucumber';
import { described, type SuiteWorld } from './world.ts';

const TYPES = ['SOCK_STREAM', 'SOCK_DGRAM', 'SOCK_RAW', 'SOCK_SEQPACKET'] as const;
const DOMAINS = ['AF_INET', 'AF_UNIX', 'AF_NETLINK', 'AF_ROUTE', 'AF_UNKNOWN'] as const;

type Type = (typeof TYPES)[number];
type Domain = (typeof DOMAINS)[number];

defineParameterType({
  name: 'socketType',
  regexp: new RegExp(TYPES.join('|')),
  transformer: (name): Type => name as Type,
});

defineParameterType({
  name: 'domain',
  regexp: new RegExp(DOMAINS.join('|')),
  transformer: (name): Domain => name as Domain,
});

async function create(
  world: SuiteWorld,
  socket: { domain: Domain; type: Type; protocol: number; privileged: boolean },
): Promise<void> {
  world.record(await world.port('socket-creation').create(socket));
}

When(
  'a socket of {domain}, {socketType}, {int} is made',
  async function (this: SuiteWorld, domain: Domain, type: Type, protocol: number) {
    await create(this, { domain, type, protocol, privileged: true });
  },
);

When(
  'a socket of {domain}, {socketType}, {int} is made without privilege',
  async function (this: SuiteWorld, domain: Domain, type: Type, protocol: number) {
    await create(this, { domain, type, protocol, privileged: false });
  },
);

Then('its protocol is {int}', function (this: SuiteWorld, protocol: number) {
  assert.deepEqual(this.last, { ok: { protocol } }, `the call ${described(this.last)}`);
});
