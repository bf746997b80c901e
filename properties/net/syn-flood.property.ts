/** The arithmetic of SYN floods, and the order of the accept queue. */
import assert from 'node:assert/strict';
import fc from 'fast-check';
import type { TcpFlag, TcpSegment } from '../../harness/packets/index.ts';
import { session } from '../../harness/session.ts';
import { valueOf } from '../outcomes.ts';
import { property, type Context } from '../property.ts';
import { newHost, packetsIn, receivePacket, transmittedBy, type Host } from './host.ts';

const PORT = 80;

interface Numbers {
  readonly sequence: number;
  readonly acknowledgment?: number;
}

/** A client at the neighbour, by its port. */
async function sends(
  context: Context,
  host: Host,
  sourcePort: number,
  flags: readonly TcpFlag[],
  numbers: Numbers,
): Promise<TcpSegment[]> {
  await receivePacket(context, host, {
    kind: 'ipv4',
    source: host.neighbour,
    destination: host.address,
    payload: {
      kind: 'tcp',
      sourcePort,
      destinationPort: PORT,
      flags,
      window: 0xffff,
      data: '',
      ...numbers,
    },
  });
  const packets = packetsIn(await transmittedBy(context, host));
  return packets.map(({ payload }) => payload).filter((payload) => payload.kind === 'tcp');
}

async function listening(context: Context, host: Host, backlog: number): Promise<string> {
  const { tcp } = context.ports;
  const { socket } = valueOf(await tcp.open({}));
  valueOf(await tcp.bind({ socket, to: { address: host.address, port: PORT } }));
  valueOf(await tcp.listen({ socket, backlog }));
  return socket;
}

const takes = async (
  { ports }: Context,
  tunable: 'synackRetries' | 'synackTimeout' | 'somaxconn' | 'maxSynBacklog',
  value: number,
): Promise<boolean> => valueOf(await ports['tcp-tunables'].set({ tunable, value })).taken;

const MS = 1_000_000;

const flood = fc
  .record({
    timeoutMs: fc.integer({ min: 50, max: 5000 }),
    /** Milliseconds from each SYN to the next. */
    gaps: fc.array(fc.integer({ min: 0, max: 1500 }), { minLength: 1, maxLength: 40 }),
  })
  // A SYN and a timer at the same moment: which is first is nobody's business.
  .filter(({ timeoutMs, gaps }) =>
    gaps.every((_, from) => {
      let sum = 0;
      return gaps.slice(from).every((gap) => (sum += gap) !== timeoutMs);
    }),
  );

property(
  'as many requests wait as have come within the timeout',
  flood,
  async (context, { timeoutMs, gaps }) => {
    assert.ok(await takes(context, 'synackRetries', 0));
    assert.ok(await takes(context, 'synackTimeout', timeoutMs));
    await takes(context, 'somaxconn', 1000);
    await takes(context, 'maxSynBacklog', 1000);
    const host = await newHost(context);
    const socket = await listening(context, host, 1000);
    const { lateness = 0, tickMs = 0 } = session().hello?.clock ?? {};
    const latestMs = timeoutMs * (1 + lateness) + tickMs;
    const came: number[] = [];
    let now = valueOf(await context.ports.network.now({})).at;
    for (const [number, gap] of gaps.entries()) {
      now += gap * MS;
      valueOf(await context.ports.network.advance({ to: now }));
      await sends(context, host, 2000 + number, ['SYN'], { sequence: number });
      came.push(now);
      const within = (ms: number) => came.filter((at) => at > now - ms * MS).length;
      const { incomplete } = valueOf(await context.ports['tcp-queues'].read({ socket }));
      assert.ok(
        incomplete >= within(timeoutMs) && incomplete <= within(latestMs),
        `${incomplete} requests wait, ${within(timeoutMs)} have come within the timeout`,
      );
    }
    valueOf(await context.ports.tcp.close({ socket, task: 'server' }));
  },
  { alone: true },
);

/** Clients in the order of their SYNs, and in that in which they complete. */
const orders = fc.integer({ min: 1, max: 20 }).chain((clients) =>
  fc
    .shuffledSubarray(
      Array.from({ length: clients }, (_, number) => number),
      { minLength: 0, maxLength: clients },
    )
    .map((completed) => ({ clients, completed })),
);

property(
  'connections are accepted in the order in which they were completed',
  orders,
  async (context, { clients, completed }) => {
    await takes(context, 'somaxconn', 1000);
    const host = await newHost(context);
    const socket = await listening(context, host, 100);
    const isns: number[] = [];
    for (let client = 0; client < clients; client++) {
      const [answer] = await sends(context, host, 3000 + client, ['SYN'], { sequence: 7 });
      isns.push(answer?.sequence ?? assert.fail('a SYN is not answered'));
    }
    for (const client of completed) {
      const acknowledgment = ((isns[client] ?? 0) + 1) >>> 0;
      await sends(context, host, 3000 + client, ['ACK'], { sequence: 8, acknowledgment });
    }
    const accepted: number[] = [];
    for (const _ of completed) {
      const call = { socket, task: 'server', dontWait: true };
      accepted.push(valueOf(await context.ports.tcp.accept(call)).from.port - 3000);
    }
    assert.deepEqual(accepted, completed);
    const more = await context.ports.tcp.accept({ socket, task: 'server', dontWait: true });
    assert.ok('errno' in more && more.errno === 'EAGAIN', 'there is one more than was completed');
    valueOf(await context.ports.tcp.close({ socket, task: 'server' }));
  },
  { alone: true },
);
