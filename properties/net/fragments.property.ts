/** Laws of datagrams in pieces. */
import assert from 'node:assert/strict';
import fc from 'fast-check';
import { bytesOf, octetsOf } from '../../contract/index.ts';
import { expectedChecksum } from '../../harness/sums.ts';
import { decode, encode, type Ipv4Draft, type Ipv4Packet } from '../../harness/packets/index.ts';
import { valueOf } from '../outcomes.ts';
import { exhaustive, property, type Context } from '../property.ts';
import {
  boundSocket,
  frameOf,
  newHost,
  packetsIn,
  receiveFrame,
  receivePacket,
  transmittedBy,
  waitingAt,
  type Host,
} from './host.ts';

const PORT = 2000;
const UDP = 17;
const IP_HEADER = 20;
const UDP_HEADER = 8;

/** Octets at their place in the datagram, and whether more are said to follow. */
interface Piece {
  readonly offset: number;
  readonly octets: Uint8Array;
  readonly more: boolean;
}

function packetOf(host: Host, identification: number, piece: Piece): Ipv4Draft {
  return {
    kind: 'ipv4',
    source: host.neighbour,
    destination: host.address,
    identification,
    protocol: UDP,
    fragmentOffset: piece.offset,
    moreFragments: piece.more,
    payload: { kind: 'raw', octets: octetsOf(piece.octets) },
  };
}

/** UDP's header and data, as the neighbour sends them to the socket. */
function datagramOf(host: Host, data: Uint8Array, checksum?: number): Uint8Array {
  const packet = encode({
    kind: 'ipv4',
    source: host.neighbour,
    destination: host.address,
    payload: {
      kind: 'udp',
      sourcePort: 53,
      destinationPort: PORT,
      data: octetsOf(data),
      ...(checksum === undefined ? {} : { checksum }),
    },
  });
  return packet.subarray(IP_HEADER);
}

/** A datagram in one piece arrives. */
async function assertWorks(context: Context, host: Host, socket: string): Promise<void> {
  const whole = { offset: 0, octets: datagramOf(host, Uint8Array.of(1, 2, 3)), more: false };
  await receivePacket(context, host, packetOf(host, 1, whole));
  assert.deepEqual(await waitingAt(context, socket), ['010203']);
}

// What arrives

function cut(datagram: Uint8Array, boundaries: readonly number[]): Piece[] {
  const inside = boundaries.map((boundary) => 8 * boundary).filter((at) => at < datagram.length);
  const starts = [...new Set([0, ...inside])].toSorted((a, b) => a - b);
  return starts.map((offset, number) => {
    const end = starts[number + 1] ?? datagram.length;
    return { offset, octets: datagram.subarray(offset, end), more: end < datagram.length };
  });
}

property(
  'a datagram in pieces arrives when all are there, in whatever order, and as it was',
  fc.record({
    data: fc.uint8Array({ maxLength: 200 }),
    boundaries: fc.array(fc.integer({ min: 1, max: 26 }), { maxLength: 7 }),
    arrivals: fc.array(fc.nat(), { maxLength: 12 }),
    identification: fc.nat(0xffff),
    among: fc.constantFrom('nothing else', 'another protocol', 'another sender'),
  }),
  async (context, { data, boundaries, arrivals, identification, among }) => {
    const host = await newHost(context);
    const socket = await boundSocket(context, host.address, PORT);
    const pieces = cut(datagramOf(host, data), boundaries);
    const there = new Set<Piece>();
    const last = pieces.toSorted((a, b) => (a.octets[0] ?? 0) - (b.octets[0] ?? 0));
    for (const piece of [...arrivals.map((number) => pieces[number % pieces.length]), ...last]) {
      if (piece === undefined) continue;
      const packet = packetOf(host, identification, piece);
      const other = packetOf(host, identification, {
        ...piece,
        octets: piece.octets.map((o) => ~o),
      });
      if (among === 'another protocol')
        await receivePacket(context, host, { ...other, protocol: 99 });
      if (among === 'another sender') {
        await receivePacket(context, host, { ...other, source: host.otherNeighbour });
      }
      await receivePacket(context, host, packet);
      there.add(piece);
      const complete = there.size === pieces.length;
      if (complete) there.clear();
      const expected = complete ? [octetsOf(data)] : [];
      assert.deepEqual(await waitingAt(context, socket), expected);
    }
    valueOf(await context.ports.udp.close({ socket }));
  },
);

/** A piece of a datagram with some of what is before and behind it, or anything. */
const stretched = fc.record({
  before: fc.nat(2).map((words) => 8 * words),
  behind: fc.oneof(fc.constant(0), fc.nat(20)),
  fill: fc.integer({ min: 1, max: 255 }),
});

const anyPiece = fc.record({
  offset: fc.oneof(fc.nat(12), fc.constantFrom(8184, 8190)).map((words) => 8 * words),
  length: fc.nat(60),
  fill: fc.integer({ min: 1, max: 255 }),
  more: fc.boolean(),
});

property(
  'whatever pieces come, an octet that is delivered came at its place',
  fc.record({
    length: fc.integer({ min: 16, max: 120 }),
    boundaries: fc.array(fc.integer({ min: 1, max: 14 }), { maxLength: 4 }),
    stretches: fc.array(stretched, { minLength: 5, maxLength: 5 }),
    strays: fc.array(anyPiece, { maxLength: 2 }),
    turns: fc.array(fc.nat(), { minLength: 7, maxLength: 7 }),
  }),
  async (context, { length, boundaries, stretches, strays, turns }) => {
    const host = await newHost(context);
    const socket = await boundSocket(context, host.address, PORT);
    // Without a checksum, so that nothing but the pieces' places is in the way.
    const datagram = datagramOf(host, new Uint8Array(length - UDP_HEADER), 0);
    const overlapping = cut(datagram, boundaries).map(({ offset, octets, more }, at) => {
      const { before, behind, fill } = stretches[at] as (typeof stretches)[number];
      const start = Math.max(0, offset - before);
      const end = offset + octets.length + (more ? behind : 0);
      return { offset: start, length: end - start, fill, more };
    });
    const pieces = [...overlapping, ...strays]
      .map((piece, at) => ({ piece, turn: turns[at] ?? 0 }))
      .toSorted((a, b) => a.turn - b.turn);
    const came = new Set<string>();
    for (const { piece } of pieces) {
      const { offset, fill, more } = piece;
      const octets = new Uint8Array(piece.length).fill(fill);
      if (offset === 0) octets.set(datagram.subarray(0, Math.min(UDP_HEADER, piece.length)));
      for (const [at, octet] of octets.entries()) came.add(`${octet} at ${offset + at}`);
      await receivePacket(context, host, packetOf(host, 7, { offset, octets, more }));
    }
    for (const delivered of await waitingAt(context, socket)) {
      for (const [at, octet] of bytesOf(delivered).entries()) {
        const delivery = `${octet} at ${at + UDP_HEADER}`;
        assert.ok(came.has(delivery), `delivered is ${delivery}, which never came`);
      }
    }
    await assertWorks(context, host, socket);
    valueOf(await context.ports.udp.close({ socket }));
  },
);

// What is sent

/** Puts pieces together by their offsets alone. */
function assembled(pieces: readonly Ipv4Packet[]): Uint8Array {
  const octetsIn = (piece: Ipv4Packet) => encode(piece).subarray(IP_HEADER);
  const whole = new Uint8Array(
    pieces.reduce((sum, { totalLength }) => sum + totalLength - IP_HEADER, 0),
  );
  for (const piece of pieces) whole.set(octetsIn(piece), piece.fragmentOffset);
  return whole;
}

property(
  'a datagram that is sent goes in pieces that fit and make up the whole',
  fc
    .oneof(fc.integer({ min: 68, max: 9000 }), fc.constantFrom(68, 69, 75, 76, 296, 576, 1500))
    .chain((mtu) => {
      const length = fc.nat(Math.min(9000, 8 * mtu));
      return fc.record({ mtu: fc.constant(mtu), length, first: fc.nat(250), part: length });
    }),
  async (context, { mtu, length, first, part }) => {
    const host = await newHost(context, mtu);
    const socket = await boundSocket(context, host.address, PORT);
    const octets = octetsOf(Uint8Array.from({ length }, (_, at) => (first + at) % 251));
    const to = { address: host.neighbour, port: 53 };
    const call = { socket, task: 'writer', to, dontWait: true };
    // What is sent in two calls may go in pieces cut elsewhere; 4.4BSD has no such calls.
    const parted = context.profile === 'bsd-4.4' ? 0 : 2 * Math.min(part, length);
    if (parted > 0) {
      valueOf(
        await context.ports.udp.send({ ...call, octets: octets.slice(0, parted), more: true }),
      );
    }
    valueOf(await context.ports.udp.send({ ...call, octets: octets.slice(parted) }));
    const pieces = packetsIn(await transmittedBy(context, host));
    for (const [number, piece] of pieces.entries()) {
      const { totalLength, headerLength, checksumRight, problem, moreFragments } = piece;
      assert.deepEqual({ problem, checksumRight }, { problem: undefined, checksumRight: true });
      assert.ok(totalLength <= mtu, `a piece of ${totalLength} octets`);
      const isLast = number === pieces.length - 1;
      assert.equal(moreFragments, !isLast, `MF of piece ${number + 1} of ${pieces.length}`);
      assert.ok(isLast || (totalLength - headerLength) % 8 === 0, 'a piece in the middle');
    }
    assert.equal(new Set(pieces.map(({ identification }) => identification)).size, 1);
    const whole = assembled(pieces);
    const { payload } = decode(
      encode({
        kind: 'ipv4',
        source: host.address,
        destination: host.neighbour,
        protocol: UDP,
        payload: { kind: 'raw', octets: octetsOf(whole) },
      }),
      'ip',
    ) as Ipv4Packet;
    assert.ok(payload.kind === 'udp', 'it is no datagram');
    assert.equal(payload.data, octets);
    assert.equal(payload.checksumRight, true, 'the checksum of the datagram');
    valueOf(await context.ports.udp.close({ socket }));
  },
  { alone: true },
);

// Memory

const KIB = 1024;
/** The longest that Ethernet's header leaves room for. */
const MTU = 65_521;
/** Hex digits of Ethernet's header. */
const LINK = 28;
/** Octets of a piece of the flood. */
const PIECE = 32 * KIB;

/** Octets of pieces that are kept at most. */
const KEPT = 256 * KIB;

/** A tenth more than may be kept. */
const FLOOD = Math.ceil((1.1 * KEPT) / PIECE);

/** The same frame as a piece of another datagram; much faster than to make it anew. */
function withIdentification(frame: string, identification: number): string {
  const header = frame.slice(LINK, LINK + 2 * IP_HEADER);
  const hex = (word: number) => word.toString(16).padStart(4, '0');
  const changed = header.slice(0, 8) + hex(identification) + header.slice(12);
  const zeroed = `${changed.slice(0, 20)}0000${changed.slice(24)}`;
  const checked = changed.slice(0, 20) + hex(expectedChecksum(zeroed)) + changed.slice(24);
  return frame.slice(0, LINK) + checked + frame.slice(LINK + 2 * IP_HEADER);
}

exhaustive(
  'a flood of pieces pushes out old ones and takes no more memory than it may',
  () => ['first pieces', 'last pieces'] as const,
  async (context, which) => {
    const host = await newHost(context, MTU);
    const socket = await boundSocket(context, host.address, PORT);
    // The other piece of each is small.
    const inFront = which === 'first pieces';
    const datagram = datagramOf(host, new Uint8Array(PIECE));
    const pieces = cut(datagram, [inFront ? PIECE / 8 : 1]);
    if (!inFront) pieces.reverse();
    const [early, late] = pieces.map((piece) => frameOf(host, packetOf(host, 0, piece)));
    const flood = FLOOD;
    const receive = (id: number, frame = '') =>
      receiveFrame(context, host, withIdentification(frame, id));
    const came = async () => (await waitingAt(context, socket, 0)).length;
    for (let id = 0; id <= flood; id++) await receive(id, early);
    await receive(flood, late);
    assert.equal(await came(), 1, 'the datagram after the flood');
    let kept = 0;
    for (let id = flood - 1; id >= 0; id--) {
      await receive(id, late);
      const isKept = (await came()) === 1;
      assert.ok(!isKept || kept === flood - 1 - id, 'one is kept that is older than a lost one');
      if (isKept) kept += 1;
    }
    assert.ok(kept > 0, 'nothing of the flood is left');
    const octets = kept * (pieces[0]?.octets.length ?? 0);
    assert.ok(octets <= KEPT, `${octets} octets were kept`);
    valueOf(await context.ports.udp.close({ socket }));
  },
  'floods',
);
