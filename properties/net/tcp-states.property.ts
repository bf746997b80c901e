/** Whatever segment comes in whatever state: the connection is in a state that it may be in. */
import assert from 'node:assert/strict';
import fc from 'fast-check';
import { TCP_STATES } from '../../contract/vocabulary.ts';
import type { TcpFlag } from '../../harness/packets/index.ts';
import { property } from '../property.ts';
import { newHost } from './host.ts';
import { ServerPeer } from './tcp-server-peer.ts';
import { legalAfter } from './tcp-states.ts';

const FIRST_PORT = 1000;
/** States in which one segment comes. */
const SOME = { minLength: 1, maxLength: 4 };

/** The first sequence number of the peer: any, and those from which a stream soon begins anew. */
const isn = fc.oneof(
  fc.nat(0xffff_ffff),
  fc.integer({ min: -4, max: 2 }).map((near) => near >>> 0),
  fc.integer({ min: -3, max: 2 }).map((near) => (0x8000_0000 + near) >>> 0),
);

/** Around what is expected, and far from it on either side. */
const near = (...others: readonly number[]) =>
  fc.oneof(
    { weight: 3, arbitrary: fc.constant(0) },
    { weight: 3, arbitrary: fc.integer({ min: -3, max: 3 }) },
    { weight: 2, arbitrary: fc.constantFrom(...others) },
  );

const flags = fc
  .subarray(['SYN', 'FIN', 'RST', 'ACK', 'PSH', 'URG'] satisfies TcpFlag[])
  .chain((some) =>
    fc.boolean().map((ack): TcpFlag[] => (ack ? [...new Set([...some, 'ACK' as const])] : some)),
  );

const injected = fc.record({
  flags,
  sequence: near(-70_000, -1000, 1000, 70_000, 0x4000_0000, -0x4000_0000),
  ack: near(-70_000, -1000, 1000, 70_000, 0x4000_0000, -0x4000_0000),
  length: fc.constantFrom(0, 0, 1, 2, 10),
});

property(
  'whatever segment comes in whatever state, the connection is in one that RFC 9293 allows',
  fc.record({ isn, injected, states: fc.shuffledSubarray([...TCP_STATES], SOME) }),
  async (context, { isn: first, injected: segment, states }) => {
    const host = await newHost(context);
    for (const [number, state] of states.entries()) {
      const peer = new ServerPeer(context, host, FIRST_PORT + number, first);
      await peer.bringInto(state);
      assert.equal(await peer.state(), state, 'the state that the connection was brought into');
      const legal = legalAfter(state, segment, peer.window);
      await peer.inject(segment);
      const after = await peer.state();
      assert.ok(
        legal.has(after),
        `${state} becomes ${after}, and should become ${[...legal].join(' or ')}`,
      );
      await peer.close();
    }
  },
  { alone: true },
);
