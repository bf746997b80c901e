/** Laws of sockets for routes: whoever changes the table, lookups find the longest prefix. */
import assert from 'node:assert/strict';
import fc from 'fast-check';
import {
  LINUX_NUMBERS,
  NETLINK_FLAGS,
  NETLINK_TYPES,
  netlinkMessages,
  netlinkRequest,
  ROUTE_TYPES,
  routeMessage,
  routeRequest,
} from '../../harness/routing-messages.ts';
import { valueOf } from '../outcomes.ts';
import { property, type Context } from '../property.ts';
import { newHost } from './host.ts';

/** Networks that lie in each other, and beside. */
const NETWORKS = [
  ['172.16.0.0', 12],
  ['172.16.0.0', 16],
  ['172.16.128.0', 17],
  ['172.16.1.0', 24],
  ['172.16.1.128', 25],
  ['172.17.0.0', 16],
  ['172.16.1.129', 32],
] as const;

const ADDRESSES = [
  '172.16.1.129',
  '172.16.1.1',
  '172.16.2.1',
  '172.16.200.1',
  '172.17.0.1',
  '172.30.0.1',
];

const call = fc.record({
  do: fc.constantFrom('add', 'add', 'delete', 'find', 'find'),
  network: fc.nat(NETWORKS.length - 1),
  address: fc.nat(ADDRESSES.length - 1),
  gateway: fc.nat(1),
});

/** A way to change and to ask: true where it was done, the gateway where one was found. */
interface Table {
  add(destination: string, prefix: number, gateway: string): Promise<boolean>;
  remove(destination: string, prefix: number): Promise<boolean>;
  find(address: string): Promise<string | null>;
}

const number = (address: string): number =>
  address.split('.').reduce((sum, octet) => sum * 256 + Number(octet), 0);

const holds = (destination: string, prefix: number, address: string): boolean =>
  Math.floor(number(address) / 2 ** (32 - prefix)) ===
  Math.floor(number(destination) / 2 ** (32 - prefix));

type Calls = readonly { do: string; network: number; address: number; gateway: number }[];

async function foundByLongestPrefix(
  table: Table,
  gateways: readonly [string, string],
  calls: Calls,
): Promise<void> {
  const known = new Map<number, string>();
  try {
    for (const { do: what, network, address, gateway } of calls) {
      const [destination, prefix] = NETWORKS[network] ?? assert.fail();
      const by = gateways[gateway] ?? assert.fail();
      if (what === 'add') {
        assert.equal(await table.add(destination, prefix, by), !known.has(network), 'added');
        if (!known.has(network)) known.set(network, by);
      } else if (what === 'delete') {
        assert.equal(await table.remove(destination, prefix), known.delete(network), 'deleted');
      } else {
        const asked = ADDRESSES[address] ?? assert.fail();
        const matching = [...known.keys()].filter((at) => {
          const [to, length] = NETWORKS[at] ?? assert.fail();
          return holds(to, length, asked);
        });
        const best = matching.sort((a, b) => (NETWORKS[b]?.[1] ?? 0) - (NETWORKS[a]?.[1] ?? 0))[0];
        const expected = best === undefined ? null : (known.get(best) ?? null);
        assert.equal(await table.find(asked), expected, `the way to ${asked}`);
      }
    }
  } finally {
    for (const at of known.keys()) {
      const [destination, prefix] = NETWORKS[at] ?? assert.fail();
      await table.remove(destination, prefix);
    }
  }
}

async function netlinkTable({
  ports: { netlink },
}: Context): Promise<Table & { close(): Promise<void> }> {
  const { socket } = valueOf(await netlink.open({ groups: [] }));
  let sequence = 0;
  const ask = async (
    type: keyof typeof NETLINK_TYPES,
    flags: number,
    route: { destination: string; prefix: number; gateway: string | null },
  ) => {
    sequence++;
    const request = {
      type: NETLINK_TYPES[type],
      flags: flags | NETLINK_FLAGS.REQUEST,
      sequence,
      route,
    };
    valueOf(await netlink.send({ socket, octets: netlinkRequest(request) }));
    const [answer, ...more] = netlinkMessages(valueOf(await netlink.receive({ socket })).octets);
    assert.equal(more.length, 0, 'one answer');
    assert.equal(answer?.sequence, sequence, 'whose answer it is');
    return answer;
  };
  const done = async (errno: string, ...request: Parameters<typeof ask>): Promise<boolean> => {
    const answer = await ask(...request);
    assert.ok(answer?.kind === 'error' && [0, LINUX_NUMBERS[errno]].includes(answer.errno));
    return answer.errno === 0;
  };
  const { CREATE, EXCL, ACK } = NETLINK_FLAGS;
  return {
    add: (destination, prefix, gateway) =>
      done('EEXIST', 'RTM_NEWROUTE', CREATE | EXCL | ACK, { destination, prefix, gateway }),
    remove: (destination, prefix) =>
      done('ESRCH', 'RTM_DELROUTE', ACK, { destination, prefix, gateway: null }),
    async find(destination) {
      const answer = await ask('RTM_GETROUTE', 0, { destination, prefix: 32, gateway: null });
      if (answer?.kind === 'route') return answer.route.gateway;
      assert.ok(answer?.kind === 'error' && answer.errno === LINUX_NUMBERS['ENETUNREACH']);
      return null;
    },
    close: async () => void valueOf(await netlink.close({ socket })),
  };
}

async function routeTable({ ports }: Context): Promise<Table & { close(): Promise<void> }> {
  const port = ports['route-socket'];
  const { socket } = valueOf(await port.open({ family: null }));
  let sequence = 0;
  const ask = async (
    type: keyof typeof ROUTE_TYPES,
    route: { destination: string; prefix: number | null; gateway: string | null },
    errno: string,
  ) => {
    const octets = routeRequest({ type: ROUTE_TYPES[type], sequence: ++sequence, route });
    const sent = await port.send({ socket, octets });
    if (!('ok' in sent)) assert.deepEqual(sent, { errno }, type);
    const message = routeMessage(valueOf(await port.receive({ socket })).octets);
    assert.equal(message.sequence, sequence, 'whose message it is');
    const done = message.flags.includes('DONE');
    assert.equal(done, 'ok' in sent, 'whether it was done');
    return { done, gateway: message.route.gateway };
  };
  return {
    add: async (destination, prefix, gateway) =>
      (await ask('RTM_ADD', { destination, prefix, gateway }, 'EEXIST')).done,
    remove: async (destination, prefix) =>
      (await ask('RTM_DELETE', { destination, prefix, gateway: null }, 'ESRCH')).done,
    async find(destination) {
      const route = { destination, prefix: null, gateway: null };
      const message = await ask('RTM_GET', route, 'ESRCH');
      return message.done ? message.gateway : null;
    },
    close: async () => void valueOf(await port.close({ socket })),
  };
}

for (const [name, open] of [
  ['routes of netlink are found by longest prefix', netlinkTable],
  ['routes of a route socket are found by longest prefix', routeTable],
] as const) {
  property(
    name,
    fc.array(call, { maxLength: 30 }),
    async (context, calls) => {
      const { neighbour, otherNeighbour } = await newHost(context);
      const table = await open(context);
      await foundByLongestPrefix(table, [neighbour, otherNeighbour], calls);
      await table.close();
    },
    { alone: true },
  );
}
