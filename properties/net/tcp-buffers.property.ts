/** Laws of streams, their buffers and their windows. */
import assert from 'node:assert/strict';
import fc from 'fast-check';
import { property, type Context } from '../property.ts';
import { MSS, streamOf, TcpPeer } from './tcp-peer.ts';

const MOST_WINDOW = 65_535;

/** A program writes; the peer acknowledges a part of what it has got, and offers a window. */
const move = fc.oneof(
  {
    weight: 2,
    arbitrary: fc.record({
      do: fc.constant('write' as const),
      octets: fc.integer({ min: 1, max: 6000 }),
    }),
  },
  {
    weight: 3,
    arbitrary: fc.record({
      do: fc.constant('ack' as const),
      /** Thousandths of what is under way. */
      part: fc.oneof(fc.constant(1000), fc.integer({ min: 0, max: 1000 })),
      window: fc.oneof(fc.constantFrom(0, 1, MSS - 1, MSS), fc.integer({ min: 0, max: 20_000 })),
    }),
  },
);

type Move = typeof move extends fc.Arbitrary<infer Each> ? Each : never;

const transfer = fc.record({
  buffer: fc.integer({ min: 2000, max: 12_000 }),
  window: fc.constantFrom(0, MSS, 3 * MSS, 20_000),
  moves: fc.array(move, { minLength: 1, maxLength: 25 }),
});

type Transfer = typeof transfer extends fc.Arbitrary<infer Each> ? Each : never;

/** What is known of a transfer after each move. All numbers are of octets in the stream, from 1. */
interface State {
  /** Behind what was written, sent, acknowledged, and offered. */
  written: number;
  sent: number;
  acked: number;
  edge: number;
  /** Most that the buffer holds. */
  room: number;
}

type Law = (peer: TcpPeer, state: Readonly<State>) => void | Promise<void>;

/** Makes the moves, looking after each whether the law holds. */
async function carryOut(context: Context, { buffer, window, moves }: Transfer, law: Law) {
  const peer = await TcpPeer.accepted(context, window, { sending: buffer });
  const room = await peer.bufferSize('SO_SNDBUF');
  const state: State = { written: 1, sent: 1, acked: 1, edge: 1 + window, room };
  for (const one of moves) {
    await make(peer, state, one);
    await take(peer, state);
    await law(peer, state);
  }
  return { peer, state };
}

async function make(peer: TcpPeer, state: State, one: Move): Promise<void> {
  if (one.do === 'write') {
    state.written += await peer.write(state.written, one.octets);
    return;
  }
  state.acked += Math.floor(((state.sent - state.acked) * one.part) / 1000);
  // A window that was offered is not taken back.
  state.edge = Math.max(state.edge, state.acked + one.window);
  await peer.send({ sequence: 1, ack: state.acked, window: state.edge - state.acked });
}

/** Takes what has come: nothing is left out. */
async function take(peer: TcpPeer, state: State): Promise<void> {
  for (const { begin, end } of await peer.received()) {
    assert.ok(begin <= state.sent, `octets from ${state.sent} to ${begin} are left out`);
    state.sent = Math.max(state.sent, end);
  }
}

/** Times that a sender without any timer may be let go on. */
const MOST_ROUNDS = 1000;

property(
  'what is written, in whatever pieces, arrives as one stream',
  transfer,
  async (context, input) => {
    const { peer, state } = await carryOut(context, input, () => undefined);
    for (let rounds = 0; state.acked < state.written; rounds++) {
      assert.ok(rounds < MOST_ROUNDS, `octet ${state.acked} of ${state.written} never comes`);
      state.acked = state.sent;
      await peer.send({ sequence: 1, ack: state.acked, window: MOST_WINDOW });
      await take(peer, state);
    }
    assert.equal(state.sent, state.written);
  },
  { alone: true },
);

property(
  'no octet leaves that the peer has not offered to take',
  transfer,
  async (context, input) => {
    await carryOut(context, input, (_, { sent, edge }) => {
      assert.ok(sent <= edge, `octet ${sent - 1} has left, and the window ends before ${edge}`);
    });
  },
  { alone: true },
);

property(
  'no more octets wait in the send buffer than it is long',
  transfer,
  async (context, input) => {
    // Linux begins a segment as long as there is any room, and then fills it.
    const beyond = context.profile.startsWith('linux') ? MSS : 0;
    await carryOut(context, input, (_, { written, acked, room }) => {
      const waiting = written - acked;
      assert.ok(waiting <= room + beyond, `${waiting} octets wait in a buffer of ${room}`);
    });
  },
  { alone: true },
);

property(
  'what waits in the send buffer is what was written and not acknowledged',
  transfer,
  async (context, input) => {
    await carryOut(context, input, async (peer, { written, acked, sent }) => {
      const { sending, unsent } = await peer.occupancy();
      assert.deepEqual(
        { sending, unsent },
        { sending: written - acked, unsent: written - sent },
        'octets that wait for an ACK, and that have not left',
      );
    });
  },
  { alone: true },
);

/** A piece of the peer's stream, and how much the program reads when it has come. */
const piece = fc.record({
  begin: fc.integer({ min: 1, max: 3500 }),
  length: fc.integer({ min: 1, max: 900 }),
  read: fc.integer({ min: 0, max: 1500 }),
});

property(
  'segments in any order, twice and overlapping, are read as one stream',
  fc.record({
    pieces: fc.array(piece, { maxLength: 15 }),
    length: fc.integer({ min: 1, max: 4000 }),
  }),
  async (context, { pieces, length }) => {
    const peer = await TcpPeer.accepted(context, MOST_WINDOW, {});
    const end = length + 1;
    let read = 1;
    const reads = async (size: number): Promise<void> => {
      const octets = await peer.read(size);
      const behind = read + octets.length / 2;
      assert.equal(octets, streamOf(read, behind), `what is read from ${read}`);
      read = behind;
    };
    const arrives = async (begin: number, behind: number): Promise<void> => {
      if (begin >= Math.min(behind, end)) return;
      const data = streamOf(begin, Math.min(behind, end));
      await peer.send({ flags: ['PSH', 'ACK'], sequence: begin, ack: 1, window: 0, data });
      await peer.received();
    };
    for (const { begin, length: octets, read: size } of pieces) {
      await arrives(begin, begin + octets);
      if (size > 0) await reads(size);
    }
    // What is missing comes at last.
    for (let begin = 1; begin < end; begin += MSS) await arrives(begin, begin + MSS);
    await reads(2 * length);
    assert.equal(read, end, 'octets that were read');
  },
  { alone: true },
);

property(
  'the window never takes back what it has offered, and finds room in the receive buffer',
  fc.record({
    buffer: fc.integer({ min: 1000, max: 30_000 }),
    moves: fc.array(
      fc.record({
        send: fc.integer({ min: 1, max: MSS }),
        read: fc.integer({ min: 0, max: 4000 }),
      }),
      {
        minLength: 1,
        maxLength: 30,
      },
    ),
  }),
  async (context, { buffer, moves }) => {
    const peer = await TcpPeer.accepted(context, MOST_WINDOW, { receiving: buffer });
    const room = await peer.bufferSize('SO_RCVBUF');
    let sent = 1;
    let edge = peer.acked + peer.window;
    for (const { send, read } of moves) {
      const length = Math.min(send, edge - sent);
      if (length > 0) {
        const data = streamOf(sent, sent + length);
        await peer.send({ flags: ['PSH', 'ACK'], sequence: sent, ack: 1, window: 0, data });
        sent += length;
      }
      if (read > 0) await peer.read(read);
      await peer.received();
      const offered = peer.acked + peer.window;
      assert.ok(offered >= edge, `the window ended at ${edge}, and now at ${offered}`);
      edge = offered;
      const { receiving } = await peer.occupancy();
      const promised = edge - sent + receiving;
      assert.ok(promised <= room, `${promised} octets wait or may come, into ${room}`);
    }
  },
  { alone: true },
);
