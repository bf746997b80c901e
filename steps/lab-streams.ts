/**
 * Streams through the lab, as fast as they go: what a connection carries in a round trip, and what keeps it
 * from carrying more.
 */
import assert from 'node:assert/strict';
import {
  acceptStream,
  beginStream,
  FlowWatch,
  StreamReader,
  StreamWriter,
  type Lab,
  type StreamBuffers,
  type StreamEnd,
} from '../harness/lab/index.ts';
import { Inconclusive } from '../harness/problems.ts';
import { labOf, watch } from './lab-scene.ts';
import { prepared, type SuiteWorld } from './world.ts';

const NS_PER_S = 1_000_000_000;

/** Round trips until every window is as large as it becomes, and those that are measured. */
const WARM_UP = 11;
const MEASURED = 5;

/** What was asked of a stream, and what it did. */
export interface Streamed {
  readonly buffers: StreamBuffers;
  /** Sizes that the sockets tell of their buffers. */
  readonly sending: number;
  readonly receiving: number;
  /** Octets read in a round trip, on the average. */
  readonly perRoundTrip: number;
  readonly perSecond: number;
  /** Octets in a segment. */
  readonly segment: number;
  /** Octets that the window would still have taken when all had left that could: least and most. */
  readonly leastWindowLeft: number;
  readonly mostWindowLeft: number;
  /** Octets that were written and had not left: least and most. */
  readonly leastUnsent: number;
  readonly mostUnsent: number;
}

export interface Streaming {
  readonly from: string;
  readonly to: string;
  readonly buffers: StreamBuffers;
  readonly roundTripNs: number;
}

const FIRST_PORT = 8000;
const ports = new WeakMap<Lab, number>();

/** Has one program write to another without end, and measures what arrives once it flows evenly. */
export async function stream(
  world: SuiteWorld,
  { from, to, buffers, roundTripNs }: Streaming,
): Promise<Streamed> {
  const lab = labOf(world);
  const port = ports.get(lab) ?? FIRST_PORT;
  ports.set(lab, port + 1);
  const flow = new FlowWatch({ ...endsOf(world, from), peer: SERVER, peerPort: port, port: 0 });
  // A program has something to do when something has come to its host, and at the beginning.
  const reached = new Set<string>();
  watch(world, (seen) => {
    flow.see(seen);
    if (seen.direction === 'in') reached.add(seen.host);
  });
  const { writer, reader, client, server } = await connected(world, { from, to, buffers, port });
  reached.add(world.hostOf(from));
  const pump = async (): Promise<boolean> => {
    for (const [program, host] of [
      [reader, world.hostOf(to)],
      [writer, world.hostOf(from)],
    ] as const) {
      if (reached.delete(host)) await goOn(lab, program, host);
    }
    return false;
  };
  await lab.run({ until: lab.now + WARM_UP * roundTripNs, when: pump });
  const sampled = newSample();
  const before = { read: reader.moved, at: lab.now };
  const sample = async () => {
    await pump();
    keepSample(sampled, flow, writer);
    return false;
  };
  await lab.run({ until: lab.now + MEASURED * roundTripNs, when: sample });
  const octets = reader.moved - before.read;
  return {
    buffers,
    sending: await sizeOf(client, 'SO_SNDBUF'),
    receiving: await sizeOf(server, 'SO_RCVBUF'),
    perRoundTrip: octets / MEASURED,
    perSecond: (octets * NS_PER_S) / (lab.now - before.at),
    segment: flow.longest,
    ...sampled,
  };
}

/** The left and the right end of the first link. */
const CLIENT = '10.0.0.1';
const SERVER = '10.0.0.2';

const endsOf = (world: SuiteWorld, program: string) => ({
  host: world.hostOf(program),
  address: CLIENT,
});

/** Round trips that a handshake takes at most, with the questions after the neighbours. */
const HANDSHAKE_NS = 10 * NS_PER_S;

async function connected(
  world: SuiteWorld,
  { from, to, buffers, port }: Omit<Streaming, 'roundTripNs'> & { readonly port: number },
) {
  const lab = labOf(world);
  const host = (task: string) => ({ task, ports: { tcp: world.port('tcp', task) } });
  const at = { address: SERVER, port };
  const begun = await beginStream(host(from), host(to), at, buffers, prepared);
  let server: StreamEnd | undefined;
  const accepts = async () => {
    server = await acceptStream(begun);
    return server !== undefined;
  };
  await lab.run({ until: lab.now + HANDSHAKE_NS, when: accepts });
  if (server === undefined) throw new Inconclusive('the connection is not made within 10 s');
  const { client } = begun;
  const [writer, reader] = [new StreamWriter(client, Infinity), new StreamReader(server)];
  return { client, server, writer, reader };
}

/** A program does what it can, and what its host has to send because of it goes on its way. */
async function goOn(lab: Lab, program: StreamReader | StreamWriter, host: string): Promise<void> {
  const before = program.moved;
  await program.goOn();
  if (program.moved > before) await lab.gather(host);
}

const newSample = () => ({
  leastWindowLeft: Infinity,
  mostWindowLeft: 0,
  leastUnsent: Infinity,
  mostUnsent: 0,
});

function keepSample(
  sample: ReturnType<typeof newSample>,
  { edge, sent }: FlowWatch,
  { moved }: StreamWriter,
): void {
  sample.leastWindowLeft = Math.min(sample.leastWindowLeft, edge - sent);
  sample.mostWindowLeft = Math.max(sample.mostWindowLeft, edge - sent);
  sample.leastUnsent = Math.min(sample.leastUnsent, moved - sent);
  sample.mostUnsent = Math.max(sample.mostUnsent, moved - sent);
}

async function sizeOf(
  { tcp, socket }: StreamEnd,
  option: 'SO_SNDBUF' | 'SO_RCVBUF',
): Promise<number> {
  const { value } = prepared(await tcp.getOption({ socket, option }));
  assert.equal(typeof value, 'number', `${option} is no number`);
  return value as number;
}
