/** Pieces of datagrams that never become whole: what each costs, and what they leave behind. */
import { clientPorts } from '../harness/client.ts';
import { loadImplementation } from '../harness/load.ts';
import { encodeHex } from '../harness/packets/index.ts';
import { valueOf } from '../properties/outcomes.ts';
import { cpuSeconds } from './processor-time.ts';

export interface FloodMeasurement {
  /** Of processor time. */
  readonly microsEach: number;
  /** By which the heap has grown, in octets for each piece. */
  readonly leftEach: number;
}

const MAC = '02:00:00:00:00:00';

/** Octets of a piece, behind the IP header. */
const PIECE = 512;

function firstPiece(number: number): string {
  return encodeHex({
    kind: 'ethernet',
    source: '02:00:00:00:00:01',
    destination: MAC,
    payload: {
      kind: 'ipv4',
      source: `10.0.${number >> 16}.2`,
      destination: '10.0.255.1',
      identification: number & 0xffff,
      protocol: 17,
      moreFragments: true,
      payload: { kind: 'raw', octets: '61'.repeat(PIECE) },
    },
  });
}

/** A fresh host gets so many first pieces, and nothing else. */
export async function measureFlood(pieces: number): Promise<FloodMeasurement> {
  const frames = Array.from({ length: pieces }, (_, number) => firstPiece(number));
  const connect = await loadImplementation('reference');
  const connection = await connect({ seed: 1, profile: 'notes', callTimeoutMs: 60_000 });
  const { network } = clientPorts(() => connection);
  valueOf(await network.attach({ interface: 'eth0', mac: MAC, mtu: 1500 }));
  valueOf(await network.addAddress({ interface: 'eth0', address: '10.0.255.1', prefix: 16 }));
  const heapBefore = heap();
  const begun = cpuSeconds();
  for (const frame of frames) valueOf(await network.receive({ interface: 'eth0', frame }));
  const microsEach = ((cpuSeconds() - begun) * 1e6) / pieces;
  const leftEach = (heap() - heapBefore) / pieces;
  await connection.close();
  return { microsEach, leftEach };
}

/** Octets in use; exact where garbage can be collected first (node --expose-gc). */
function heap(): number {
  (globalThis as { gc?: () => void }).gc?.();
  const { heapUsed, arrayBuffers } = process.memoryUsage();
  return heapUsed + arrayBuffers;
}
