/** What TCP costs: a bulk transfer through the lab, half-open requests, and connections that stand. */
import { clientPorts, type ClientPorts } from '../harness/client.ts';
import {
  acceptStream,
  beginStream,
  joinInARow,
  Lab,
  StreamReader,
  StreamWriter,
  type LinkOptions,
  type StreamEnd,
} from '../harness/lab/index.ts';
import { loadImplementation } from '../harness/load.ts';
import { encodeHex } from '../harness/packets/index.ts';
import { valueOf } from '../properties/outcomes.ts';
import { octetsInUse } from './memory.ts';
import { cpuSeconds } from './processor-time.ts';

export interface StreamMeasurement {
  readonly octets: number;
  /** Frames that were sent: data and ACKs. */
  readonly frames: number;
  /** Of processor time. */
  readonly seconds: number;
}

async function hosts(count: number): Promise<{ ports: ClientPorts; close: () => Promise<void> }[]> {
  const connect = await loadImplementation('reference');
  const options = { profile: 'notes', callTimeoutMs: 60_000 };
  const seeds = Array.from({ length: count }, (_, at) => at + 1);
  const connections = await Promise.all(seeds.map((seed) => connect({ ...options, seed })));
  return connections.map((each) => ({ ports: clientPorts(() => each), close: () => each.close() }));
}

/** One stream of so many octets from A to B. */
export async function measureStream(octets: number, link: LinkOptions): Promise<StreamMeasurement> {
  const [a, b] = (await hosts(2)) as [
    Awaited<ReturnType<typeof hosts>>[0],
    Awaited<ReturnType<typeof hosts>>[0],
  ];
  const reached = new Set(['A']);
  const lab = new Lab({
    seed: 1,
    seen: ({ direction, host }) => {
      if (direction === 'in') reached.add(host);
    },
  });
  const row = [
    { name: 'A', ports: a.ports, together: false },
    { name: 'B', ports: b.ports, together: false },
  ];
  await joinInARow(lab, row, [link], valueOf);
  const to = { address: '10.0.0.2', port: 80 };
  const buffers = { sending: 60_000, receiving: 60_000 };
  const ends = [
    { ports: a.ports, task: 'client' },
    { ports: b.ports, task: 'server' },
  ] as const;
  const begun = await beginStream(...ends, to, buffers, valueOf);
  let server: StreamEnd | undefined;
  await lab.run({ when: async () => (server = await acceptStream(begun)) !== undefined });
  if (server === undefined) throw new Error('the connection is not made');
  const writer = new StreamWriter(begun.client, octets);
  const reader = new StreamReader(server);
  const framesBefore = lab.sent;
  const before = cpuSeconds();
  reached.add('A');
  await lab.run({
    when: async () => {
      for (const [program, host] of [
        [reader, 'B'],
        [writer, 'A'],
      ] as const) {
        if (!reached.delete(host) || program.done) continue;
        const { moved } = program;
        await program.goOn();
        if (program.moved > moved || program.done) await lab.gather(host);
      }
      return reader.done;
    },
  });
  const seconds = cpuSeconds() - before;
  if (reader.moved !== octets) throw new Error(`${reader.moved} of ${octets} octets arrive`);
  for (const each of [a, b]) await each.close();
  return { octets, frames: lab.sent - framesBefore, seconds };
}

const MAC = '02:00:00:00:00:00';
const HOST = '10.0.255.1';
const PORT = 80;

interface Segment {
  readonly number: number;
  readonly flags: readonly ('SYN' | 'ACK')[];
  readonly sequence: number;
  readonly acknowledgment?: number;
}

/** A segment of a client: there are 64,000 ports, and as many hosts as are needed. */
function segment({ number, flags, sequence, acknowledgment }: Segment): string {
  return encodeHex({
    kind: 'ethernet',
    source: '02:00:00:00:00:01',
    destination: MAC,
    payload: {
      kind: 'ipv4',
      source: `10.0.0.${2 + Math.floor(number / 60_000)}`,
      destination: HOST,
      payload: {
        kind: 'tcp',
        sourcePort: 1024 + (number % 60_000),
        destinationPort: PORT,
        sequence,
        ...(acknowledgment !== undefined && { acknowledgment }),
        flags,
        window: 0xffff,
        data: '',
      },
    },
  });
}

async function listening(backlog: number) {
  const [host] = (await hosts(1)) as [Awaited<ReturnType<typeof hosts>>[0]];
  const { network, tcp, 'tcp-tunables': tunables } = host.ports;
  valueOf(await network.attach({ interface: 'eth0', mac: MAC, mtu: 1500 }));
  valueOf(await network.addAddress({ interface: 'eth0', address: HOST, prefix: 16 }));
  for (const tunable of ['somaxconn', 'maxSynBacklog'] as const) {
    valueOf(await tunables.set({ tunable, value: backlog }));
  }
  valueOf(await tunables.set({ tunable: 'synCookies', value: 0 }));
  const { socket } = valueOf(await tcp.open({}));
  valueOf(await tcp.bind({ socket, to: { address: HOST, port: PORT } }));
  valueOf(await tcp.listen({ socket, backlog }));
  for (let client = 0; client * 60_000 < backlog; client++) {
    await answerArp(host.ports, `10.0.0.${2 + client}`);
  }
  return { ...host, socket };
}

/** The host learns where a client is, by being asked. */
async function answerArp({ network }: ClientPorts, client: string): Promise<void> {
  const frame = encodeHex({
    kind: 'ethernet',
    source: '02:00:00:00:00:01',
    destination: 'ff:ff:ff:ff:ff:ff',
    payload: {
      kind: 'arp',
      operation: 'request',
      senderHardware: '02:00:00:00:00:01',
      senderProtocol: client,
      targetHardware: '00:00:00:00:00:00',
      targetProtocol: HOST,
    },
  });
  valueOf(await network.receive({ interface: 'eth0', frame }));
  await network.transmitted({});
}

/** Frames after which the host is asked what it has sent. */
const AT_ONCE = 500;

export interface HalfOpenMeasurement {
  /** Of processor time for each SYN. */
  readonly micros: number;
  /** Memory that the kernel has got for each request. */
  readonly kernelOctets: number;
  /** Memory that this process has come to use for each request. */
  readonly processOctets: number;
}

/** So many requests come to wait. */
export async function measureHalfOpen(count: number): Promise<HalfOpenMeasurement> {
  const { ports, close, socket } = await listening(count);
  let seconds = 0;
  const before = octetsInUse();
  for (let from = 0; from < count; from += AT_ONCE) {
    const frames = Array.from({ length: Math.min(AT_ONCE, count - from) }, (_, at) =>
      segment({ number: from + at, flags: ['SYN'], sequence: from + at }),
    );
    const begun = cpuSeconds();
    for (const frame of frames) valueOf(await ports.network.receive({ interface: 'eth0', frame }));
    seconds += cpuSeconds() - begun;
    await ports.network.transmitted({});
  }
  const processOctets = Math.max(0, octetsInUse() - before) / count;
  const { incomplete, octets } = valueOf(await ports['tcp-queues'].read({ socket }));
  if (incomplete !== count) throw new Error(`${incomplete} of ${count} requests wait`);
  await close();
  return { micros: (seconds * 1e6) / count, kernelOctets: octets / count, processOctets };
}

export interface StandingMeasurement {
  /** For each handshake with its accept. */
  readonly microsEach: number;
  /** For a segment of an octet to one of them. */
  readonly microsSegment: number;
}

/** So many connections are made and accepted, and then an octet comes on each. */
export async function measureStanding(count: number): Promise<StandingMeasurement> {
  const { ports, close, socket } = await listening(count);
  const { network, tcp } = ports;
  const isns: number[] = [];
  const begun = cpuSeconds();
  for (let number = 0; number < count; number++) {
    const syn = segment({ number, flags: ['SYN'], sequence: 0 });
    valueOf(await network.receive({ interface: 'eth0', frame: syn }));
    const { frames } = valueOf(await network.transmitted({}));
    const isn = parseInt(frames[0]?.frame.slice(2 * (34 + 4), 2 * (34 + 8)) ?? '', 16);
    isns.push(isn);
    const ack = segment({ number, flags: ['ACK'], sequence: 1, acknowledgment: (isn + 1) >>> 0 });
    valueOf(await network.receive({ interface: 'eth0', frame: ack }));
    valueOf(await tcp.accept({ socket, task: 'server', dontWait: true }));
  }
  const microsEach = ((cpuSeconds() - begun) * 1e6) / count;
  const acks = isns.map((isn, number) =>
    segment({ number, flags: ['ACK'], sequence: 1, acknowledgment: (isn + 1) >>> 0 }),
  );
  const then = cpuSeconds();
  for (const frame of acks) valueOf(await network.receive({ interface: 'eth0', frame }));
  const microsSegment = ((cpuSeconds() - then) * 1e6) / count;
  await close();
  return { microsEach, microsSegment };
}
