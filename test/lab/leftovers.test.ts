/** What the reference has left when all is over: no connection, no port, no timer, no memory. */
import { describe, expect, it } from 'vitest';
import { Interruptible } from '../../adapters/reference/interruptible.ts';
import { bootNet, networkPorts } from '../../adapters/reference/network.ts';
import { Sleepers } from '../../adapters/reference/sleeping.ts';
import { Sockets } from '../../adapters/reference/socket.ts';
import { Streams } from '../../adapters/reference/tcp.ts';
import { PROFILES, type Boot, type Profile } from '../../contract/index.ts';
import { clientPorts } from '../../harness/client.ts';
import { inProcess } from '../../harness/in-process.ts';
import {
  acceptStream,
  beginStream,
  joinInARow,
  Lab,
  StreamReader,
  StreamWriter,
  type StreamEnd,
} from '../../harness/lab/index.ts';
import { valueOf } from '../../properties/outcomes.ts';
import { nextAt } from '../../reference/net/clock.ts';
import type { Net } from '../../reference/net/net.ts';
import { TcpSock } from '../../reference/net/tcp/tcp-sock.ts';
import { tuples } from '../../reference/net/tcp/tuple-table.ts';

/** A host of which the test sees the inside. */
async function bootHost(name: string, profile: Profile, seed: number) {
  const net = bootNet({ profile, seed });
  const boot: Boot = () => {
    const sleepers = new Sleepers();
    const ports = networkPorts(
      new Streams(new Sockets(net, sleepers, new Interruptible(sleepers))),
    );
    const poll = (call: string) => sleepers.poll(call);
    return { name: 'reference', version: '0', profile, ports, poll };
  };
  const connection = await inProcess(boot)({ seed, profile, callTimeoutMs: 10_000 });
  return { net, host: { name, ports: clientPorts(() => connection), together: false } };
}

const leftIn = ({ tcp, clock, memory, wire }: Net) => ({
  connections: [...tuples(tcp.established)].length,
  listening: tcp.listening.size,
  ports: tcp.bound.size,
  established: tcp.counters.CurrEstab,
  timer: nextAt(clock),
  memory: memory.free,
  frames: wire.length,
});

const NOTHING = {
  connections: 0,
  listening: 0,
  ports: 0,
  established: 0,
  timer: null,
  memory: Infinity,
  frames: 0,
};

const BAD = { loss: 0.2, reordering: 0.2, duplication: 0.2, corruption: 0.1 };

/** What connections still hold of what was to be sent. */
const heldBy = ({ tcp }: Net) =>
  [...tuples(tcp.established)].map((one) =>
    one instanceof TcpSock
      ? { buffers: one.sendQueue.count, cost: one.wmemQueued, underWay: one.packetsOut }
      : NOTHING_HELD,
  );

const NOTHING_HELD = { buffers: 0, cost: 0, underWay: 0 };

describe.each(PROFILES)('in %s', (profile) => {
  it.each([
    ['over a good link', {}, [8192]],
    ['over a bad one', BAD, [8192]],
    ['over a bad one, a little at a time', BAD, [7, 30, 700]],
  ])('two hosts are as they were, %s', async (_, trouble, sizes) => {
    const [a, b] = [await bootHost('A', profile, 1), await bootHost('B', profile, 2)];
    const lab = new Lab({ seed: 1 });
    await joinInARow(lab, [a.host, b.host], [{ delayNs: 10_000_000 }], valueOf);
    const ends = [
      { ports: a.host.ports, task: 'client' },
      { ports: b.host.ports, task: 'server' },
    ] as const;
    const begun = await beginStream(...ends, { address: '10.0.0.2', port: 80 }, {}, valueOf);
    let server: StreamEnd | undefined;
    await lab.run({ when: async () => (server = await acceptStream(begun)) !== undefined });
    expect(server).toBeDefined();
    const { client } = begun;
    // Each write is a segment, so that several may be joined when they are sent again.
    const option = { socket: client.socket, option: 'TCP_NODELAY', value: 1 } as const;
    valueOf(await client.tcp.setOption(option));
    for (const end of ['A:eth0', 'B:eth0']) lab.alter(end, trouble);
    const programs = [
      new StreamWriter(client, 20_000, sizes),
      new StreamReader(server as StreamEnd),
    ] as const;
    await lab.run({
      when: async () => {
        for (const program of programs) if (!program.done) await program.goOn();
        for (const name of ['A', 'B']) await lab.gather(name);
        return programs.every(({ done }) => done);
      },
    });
    expect(await lab.run()).toBe('rest');
    expect([...heldBy(a.net), ...heldBy(b.net)]).toEqual([NOTHING_HELD, NOTHING_HELD]);
    for (const { tcp, socket, task } of [client, server as StreamEnd, begun.listening]) {
      await tcp.close({ socket, task });
    }
    expect(await lab.run()).toBe('rest');
    expect(leftIn(a.net)).toEqual(NOTHING);
    expect(leftIn(b.net)).toEqual(NOTHING);
  });
});
