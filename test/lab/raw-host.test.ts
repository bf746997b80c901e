import { describe, expect, it } from 'vitest';
import type { RawPorts, RawStep } from '../../contract/index.ts';
import { clientPorts } from '../../harness/client.ts';
import { Dumbbell } from '../../harness/experiment/dumbbell.ts';
import type { End } from '../../harness/experiment/end.ts';
import { tcpFrame } from '../../harness/experiment/sniffer.ts';
import { RawHost } from '../../harness/lab/raw-host.ts';
import { loadImplementation } from '../../harness/load.ts';

const PORT = 3001;
const OCTETS = 300_000;

/** What is seen of a transfer that loses some of its frames. */
async function transferred(ends: (end: End) => End) {
  const connect = await loadImplementation('reference');
  const boot = { profile: 'bsd-4.4', callTimeoutMs: 60_000 };
  const connections = [await connect({ ...boot, seed: 1 }), await connect({ ...boot, seed: 2 })];
  const [sender, receiver] = connections.map((each) =>
    ends({
      ports: clientPorts(() => each),
      raw: each.raw,
      together: false,
      calls: () => each.calls,
    }),
  ) as [End, End];
  const dumbbell = await Dumbbell.between(
    { sender, receiver },
    { seed: 1, buffers: 10, traced: true },
  );
  dumbbell.plan([{ port: PORT, octets: OCTETS, control: 'reno-1990', startNs: 1_000_000_000 }]);
  await dumbbell.run(60_000_000_000, () => dumbbell.flow(PORT)?.done === true);
  for (const each of connections) await each.close();
  const { endedAt, resent, timeouts, lost, window } = dumbbell.flow(PORT) ?? {};
  return { endedAt, resent, timeouts, lost, window, queue: dumbbell.sniffer.queue };
}

describe('frames as they are in memory', () => {
  it('make the same of a transfer as frames that are text', async () => {
    const raw = await transferred((end) => end);
    const text = await transferred(({ ports }) => ({ ports, together: false }));
    expect(raw.lost).toBeGreaterThan(0);
    expect(raw).toEqual(text);
  });

  it('make the same of it as hosts that live through several moments by themselves', async () => {
    const raw = await transferred((end) => end);
    const ahead = ({ ports, calls }: End) => ({ ports, calls, together: true });
    expect(await transferred(ahead)).toEqual(raw);
  });

  it('are read as text is', () => {
    const octets = Uint8Array.from({ length: 60 }, (_, at) => (at * 7) & 0xff);
    octets.set([0x08, 0x00, 0x45], 12);
    octets[23] = 6;
    expect(tcpFrame(octets)).toEqual(tcpFrame(Buffer.from(octets).toString('hex')));
  });
});

describe('a host whose frames are no text', () => {
  const hostThat = async (answer: unknown) => {
    const raw = { step: () => answer } as unknown as RawPorts;
    const network = { now: async () => ({ ok: { at: 5, next: null } }) };
    return RawHost.on('A', { network } as never, raw, 0);
  };
  const step = (frames: readonly unknown[], next: unknown = null) =>
    ({ ok: { frames, next } as RawStep }) as const;

  it('tells times as the lab counts them', async () => {
    const frame = Uint8Array.of(1);
    const host = await hostThat(step([{ interface: 'eth0', at: 7, frame }], 9));
    expect(host.step(2, [])).toEqual({
      frames: [{ interface: 'eth0', at: 2, frame }],
      next: 4,
    });
  });

  it.each([
    ['a frame of text', step([{ interface: 'eth0', at: 7, frame: 'aa' }]), /not one of octets/],
    ['a time that is none', step([], NaN), /NaN is no time/],
    ['an errno', { errno: 'ENODEV' }, /ENODEV/],
  ])('is refused %s', async (_, answer, problem) => {
    const host = await hostThat(answer);
    expect(() => host.step(0, [])).toThrow(problem);
  });
});
