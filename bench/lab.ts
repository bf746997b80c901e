/** What the lab costs: datagrams from host to host, and their pieces. */
import { clientPorts, type ClientPorts } from '../harness/client.ts';
import { joinInARow, Lab, type LinkOptions } from '../harness/lab/index.ts';
import { loadImplementation } from '../harness/load.ts';
import { valueOf } from '../properties/outcomes.ts';
import { cpuSeconds } from './processor-time.ts';

export interface LabMeasurement {
  /** Datagrams that arrived. */
  readonly datagrams: number;
  /** Frames that were sent, each over one link. */
  readonly frames: number;
  /** Of processor time. */
  readonly seconds: number;
}

const to = { address: '10.0.0.2', port: 2000 };

/** Datagrams that are on their way at once: not more than a socket's buffer holds. */
const atOnce = (octets: number) => Math.max(1, Math.min(16, Math.floor(32_000 / (octets + 500))));

/** Sends datagrams of so many octets from A to B, and reads them there. */
export async function measureLab(
  count: number,
  octets: number,
  link: LinkOptions,
): Promise<LabMeasurement> {
  const connect = await loadImplementation('reference');
  const options = { profile: 'notes', callTimeoutMs: 60_000 };
  const connections = await Promise.all([1, 2].map((seed) => connect({ ...options, seed })));
  const [a, b] = connections.map((each) => clientPorts(() => each)) as [ClientPorts, ClientPorts];
  const lab = new Lab({ seed: 1 });
  const hosts = [
    { name: 'A', ports: a, together: false },
    { name: 'B', ports: b, together: false },
  ];
  await joinInARow(lab, hosts, [link], valueOf);
  const sender = valueOf(await a.udp.open({})).socket;
  const receiver = valueOf(await b.udp.open({})).socket;
  valueOf(await b.udp.bind({ socket: receiver, to }));
  const message = { socket: sender, task: 'sender', octets: '61'.repeat(octets), to };
  const reading = { socket: receiver, task: 'receiver', size: 65_535, dontWait: true };
  // The first makes the hosts known to each other.
  valueOf(await a.udp.send({ ...message, octets: '' }));
  await lab.run();
  let datagrams = 0;
  const framesBefore = lab.sent;
  const begun = cpuSeconds();
  while (datagrams < count) {
    for (let sent = 0; sent < atOnce(octets); sent++) valueOf(await a.udp.send(message));
    const before = datagrams;
    await lab.run();
    while ('ok' in (await b.udp.receive(reading))) datagrams++;
    if (datagrams === before) throw new Error('no datagram arrives any more');
  }
  const seconds = cpuSeconds() - begun;
  for (const each of connections) await each.close();
  return { datagrams, frames: lab.sent - framesBefore, seconds };
}
