/** Steps on the window that is offered to a peer, which sends as much as it may. */
import assert from 'node:assert/strict';
import { Given, Then, When } from '@cucumber/cucumber';
import { passTime } from './network-scene.ts';
import { occupancyOf } from './tcp-buffers.steps.ts';
import { nextSegment, peerOf, peerSends, shown, type Peer } from './tcp-scene.ts';
import { assertReceived, receiveStream, streamOf } from './tcp-sockets.ts';
import { notes, succeeded, type SuiteWorld } from './world.ts';

/** Octets in a segment of such a peer, unless the window is smaller. */
const SEGMENT = 1000;
/** In a second every ACK that was delayed has come. */
const DELAYED_ACK_NS = 1_000_000_000;
/** How often that is looked for where the clock is real. */
const LOOKS = 20;

/** No window lets a peer send more to a program that does not read. */
const MOST_OCTETS = 400_000;

/** What the peer has sent: the number behind it; and the most that was promised and kept at a time. */
const flow = notes(() => ({ next: 1, most: 0, window: 0, edge: 0 }));

/** Looks at the ACKs that have come. @returns whether there were any. */
async function look(world: SuiteWorld, peer: Peer, task: string): Promise<boolean> {
  const noted = flow(world);
  let any = false;
  for (let got = await nextSegment(world, peer); got; got = await nextSegment(world, peer)) {
    any = true;
    const edge = peer.acked + peer.offered;
    assert.ok(
      edge >= noted.edge,
      `the window shrinks: ${shown(got)}, and it ended at ${noted.edge}`,
    );
    noted.edge = edge;
    noted.window = Math.max(noted.window, peer.offered);
    const { receiving } = await occupancyOf(world, task);
    // What has come since the ACK was sent is not in its window any more.
    noted.most = Math.max(noted.most, edge - noted.next + receiving);
  }
  return any;
}

/** Sends as long as the window and the octets last. @returns octets sent. */
async function sendAsAllowed(
  world: SuiteWorld,
  peer: Peer,
  task: string,
  most = Infinity,
): Promise<number> {
  const noted = flow(world);
  noted.edge = Math.max(noted.edge, peer.acked + peer.offered);
  let sent = 0;
  for (;;) {
    const length = Math.min(SEGMENT, noted.edge - noted.next, most - sent);
    if (length > 0) {
      await sendOctets(world, peer, length);
      sent += length;
      assert.ok(sent <= MOST_OCTETS, 'the window never closes');
      await look(world, peer, task);
    } else {
      // Whose window is closed and who has acknowledged all has nothing left to say.
      const closed = length <= 0 && peer.acked === noted.next;
      if (closed || !(await hear(world, peer, task)) || sent >= most) return sent;
    }
  }
}

/** Whether an ACK comes in the time that it may be delayed; of a real clock no more is waited out than that takes. */
async function hear(world: SuiteWorld, peer: Peer, task: string): Promise<boolean> {
  const atOnce = world.clock.kind === 'real' ? DELAYED_ACK_NS / LOOKS : DELAYED_ACK_NS;
  for (let passed = 0; passed < DELAYED_ACK_NS; passed += atOnce) {
    await passTime(world, atOnce);
    if (await look(world, peer, task)) return true;
  }
  return false;
}

async function sendOctets(world: SuiteWorld, peer: Peer, length: number): Promise<void> {
  const noted = flow(world);
  const { next } = noted;
  noted.next += length;
  await peerSends(world, peer, `P. ${next}:${noted.next}(${length}) ack 1`);
}

When(
  '{peer} sends {task} as much as it may',
  async function (this: SuiteWorld, number: number, task: string) {
    await sendAsAllowed(this, peerOf(this, number), task);
  },
);

Given(
  '{peer} has sent {task} as much as it may',
  async function (this: SuiteWorld, number: number, task: string) {
    await sendAsAllowed(this, peerOf(this, number), task);
  },
);

When(
  '{peer} sends {int} octet(s) more than it may',
  async function (this: SuiteWorld, number: number, octets: number) {
    const { next } = flow(this);
    const sentence = `P. ${next}:${next + octets}(${octets}) ack 1`;
    await peerSends(this, peerOf(this, number), sentence);
  },
);

/** The program reads only when the peer has to stop. */
When(
  '{peer} sends {int} octets to {task}, who reads up to {int} whenever the window is used up',
  async function (this: SuiteWorld, number: number, octets: number, task: string, size: number) {
    const peer = peerOf(this, number);
    for (let sent = 0, read = 0; read < octets;) {
      sent += await sendAsAllowed(this, peer, task, octets - sent);
      const { receiving } = await occupancyOf(this, task);
      assert.ok(receiving > 0, `${sent} octets were sent, and ${task} has nothing to read`);
      await receiveStream(this, task, size, { dontWait: true });
      await assertReceived(this, task, Math.min(size, receiving));
      read += Math.min(size, receiving);
      await look(this, peer, task);
    }
  },
);

Then(
  'all {int} octets have reached {task}',
  async function (this: SuiteWorld, octets: number, task: string) {
    assert.equal(flow(this).next, octets + 1);
    assert.equal((await occupancyOf(this, task)).receiving, 0);
  },
);

Then(
  '{peer} is offered a window of {int}',
  async function (this: SuiteWorld, number: number, window: number) {
    const peer = peerOf(this, number);
    while ((await nextSegment(this, peer)) !== undefined);
    assert.equal(peer.offered, window);
  },
);

Then(
  '{peer} is offered a window of {int} at most',
  async function (this: SuiteWorld, number: number, window: number) {
    const peer = peerOf(this, number);
    while ((await nextSegment(this, peer)) !== undefined);
    assert.ok(peer.offered > 0 && peer.offered <= window, `a window of ${peer.offered}`);
  },
);

Then(
  '{peer} is told at once of a window of {int}',
  async function (this: SuiteWorld, number: number, window: number) {
    const peer = peerOf(this, number);
    assert.ok(await nextSegment(this, peer), `${peer.name} gets nothing`);
    assert.deepEqual(
      { acked: peer.acked, window: peer.offered },
      { acked: flow(this).next, window },
    );
  },
);

Then('{peer} is offered a window again', async function (this: SuiteWorld, number: number) {
  const peer = peerOf(this, number);
  assert.ok(await nextSegment(this, peer), `${peer.name} gets nothing`);
  assert.ok(peer.offered > 0, 'the window is still closed');
});

async function bufferSize(world: SuiteWorld, task: string): Promise<number> {
  const option = { socket: streamOf(world, task), option: 'SO_RCVBUF' } as const;
  return Number(succeeded(await world.port('tcp').getOption(option)).value);
}

Then(
  'the window, with what waited, was never more than the receive buffer of {task}',
  async function (this: SuiteWorld, task: string) {
    const size = await bufferSize(this, task);
    const { most } = flow(this);
    assert.ok(most > 0 && most <= size, `${most} octets waited or might have come, into ${size}`);
  },
);

Then(
  'the window was never more than three quarters of the receive buffer of {task}',
  async function (this: SuiteWorld, task: string) {
    const size = await bufferSize(this, task);
    const { window } = flow(this);
    assert.ok(
      window > 0 && 4 * window <= 3 * size,
      `a window of ${window} and a buffer of ${size}`,
    );
  },
);

Then(
  'about as many octets wait for {task} as the receive buffer holds',
  async function (this: SuiteWorld, task: string) {
    const { receiving } = await occupancyOf(this, task);
    const size = await bufferSize(this, task);
    assert.ok(receiving >= size / 4 && receiving <= size, `${receiving} of ${size} octets`);
  },
);
