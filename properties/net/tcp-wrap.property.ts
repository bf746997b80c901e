/** Sequence numbers that begin anew, and turn their sign, at any place of a stream. */
import assert from 'node:assert/strict';
import fc from 'fast-check';
import { property } from '../property.ts';
import { MSS, streamOf, TcpPeer } from './tcp-peer.ts';

const MOST_WINDOW = 65_535;
const LONGEST = 3000;

/** So that the numbers begin anew, or turn their sign, at the SYN, behind the last octet, or between. */
const isn = fc
  .tuple(fc.constantFrom(2 ** 32, 2 ** 31), fc.integer({ min: -2, max: LONGEST + 2 }))
  .map(([turn, before]) => (turn - before) >>> 0);

property(
  'a stream arrives wherever in it the sequence numbers of the host begin anew',
  fc.record({ isn, length: fc.integer({ min: 1, max: LONGEST }) }),
  async (context, { isn: hostIsn, length }) => {
    const peer = await TcpPeer.accepted(context, MOST_WINDOW, { hostIsn });
    let [written, acked] = [1, 1];
    for (let rounds = 0; acked <= length; rounds++) {
      assert.ok(rounds <= length, `octet ${acked} of ${length} never comes`);
      if (written <= length) written += await peer.write(written, length + 1 - written);
      for (const { begin, end } of await peer.received()) {
        assert.equal(begin, acked, 'where a segment begins');
        acked = end;
      }
      await peer.send({ sequence: 1, ack: acked, window: MOST_WINDOW });
    }
    // An ACK of what was never sent acknowledges nothing, on either side of the turn.
    await peer.send({ sequence: 1, ack: acked + 1, window: MOST_WINDOW });
    assert.equal((await peer.occupancy()).sending, 0, 'octets that wait for an ACK');
  },
  { alone: true },
);

property(
  'a stream arrives both ways wherever in it the sequence numbers of the peer begin anew',
  fc.record({
    isn,
    length: fc.integer({ min: 1, max: LONGEST }),
    piece: fc.integer({ min: 100, max: MSS }),
    /** The second of two pieces comes first. */
    swapped: fc.boolean(),
  }),
  async (context, { isn: first, length, piece, swapped }) => {
    const peer = await TcpPeer.accepted(context, MOST_WINDOW, { isn: first });
    const begins = Array.from({ length: Math.ceil(length / piece) }, (_, at) => 1 + at * piece);
    const order = swapped ? begins.map((_, at) => begins[at ^ 1] ?? begins[at] ?? 1) : begins;
    for (const begin of order) {
      const data = streamOf(begin, Math.min(begin + piece, length + 1));
      await peer.send({ flags: ['PSH', 'ACK'], sequence: begin, ack: 1, window: 0, data });
    }
    assert.equal(await peer.read(2 * LONGEST), streamOf(1, length + 1), 'what is read');
    await peer.received();
    await peer.send({ sequence: length + 1, ack: 1, window: MOST_WINDOW });
    // Each segment of the host acknowledges what has come; its own octets are checked as they come.
    assert.equal(await peer.write(1, MSS), MSS, 'octets taken');
    const got = await peer.received();
    assert.deepEqual(got, [{ begin: 1, end: 1 + MSS }], 'octets of the host');
    assert.equal(peer.acked, length + 1, 'what the host has acknowledged');
  },
  { alone: true },
);
