/** What is seen of one direction of a connection. */
import { expect, it } from 'vitest';
import { FlowWatch, type Seen } from '../../harness/lab/index.ts';
import { encodeHex, type TcpDraft } from '../../harness/packets/index.ts';

const [OWN, PEER] = ['10.0.0.1', '10.0.0.2'];
const ENDS = { host: 'A', address: OWN, port: 1000, peer: PEER, peerPort: 80 };
const ISN = 0xffff_fffe;
const SECOND = 1_000_000_000;

type Rest = Partial<TcpDraft> & Pick<TcpDraft, 'flags'>;

function seen(direction: 'in' | 'out', at: number, rest: Rest): Seen {
  const out = direction === 'out';
  const [sourcePort, destinationPort] = out ? [1000, 80] : [80, 1000];
  const payload = { kind: 'tcp', sourcePort, destinationPort, sequence: 0, data: '', ...rest };
  const [source, destination] = out ? [OWN, PEER] : [PEER, OWN];
  const frame = encodeHex({
    kind: 'ethernet',
    source: '02:00:00:00:00:01',
    destination: '02:00:00:00:00:02',
    payload: { kind: 'ipv4', source, destination, payload: payload as TcpDraft },
  });
  return { host: 'A', interface: 'eth0', direction, at, frame, remark: undefined };
}

/** Numbers of the stream, from 0. */
const place = (octets: number): number => (ISN + 1 + octets) >>> 0;

const leaves = (from: number, length: number, at = 0): Seen =>
  seen('out', at, { flags: ['ACK'], sequence: place(from), data: '61'.repeat(length) });

const comes = (acked: number, window: number, rest: Partial<TcpDraft> = {}): Seen =>
  seen('in', 0, { flags: ['ACK'], acknowledgment: place(acked), window, ...rest });

function begun(): FlowWatch {
  const flow = new FlowWatch(ENDS);
  const options = [{ kind: 'window-scale', shift: 2 }] as const;
  flow.see(seen('out', 0, { flags: ['SYN'], sequence: ISN, options: [...options] }));
  const answer = { acknowledgment: place(0), window: 100, options: [...options] };
  flow.see(seen('in', 0, { flags: ['SYN', 'ACK'], ...answer }));
  return flow;
}

it('holds what leaves against the window, which is scaled behind the handshake', () => {
  const flow = begun();
  flow.see(leaves(0, 100));
  expect(flow).toMatchObject({ sent: 100, edge: 100, mostBeyond: 0 });
  flow.see(comes(100, 30));
  expect(flow).toMatchObject({ acked: 100, edge: 220 });
  flow.see(leaves(100, 123));
  expect(flow).toMatchObject({ sent: 223, longest: 123, mostUnderWay: 123, mostBeyond: 3 });
});

it('passes over what a host throws away: a SYN that is none ends no scale', () => {
  const flow = begun();
  flow.see(comes(0, 5000, { flags: ['SYN', 'ACK'], checksum: 0x1234 }));
  flow.see(comes(0, 50));
  expect(flow.edge).toBe(200);
});

it('tells for how long the same has been tried, until more is acknowledged', () => {
  const flow = begun();
  flow.see(leaves(0, 10, 2 * SECOND));
  expect(flow.tryingNs).toBe(0);
  flow.see(leaves(0, 10, 5 * SECOND));
  flow.see(comes(0, 100));
  flow.see(leaves(0, 10, 12 * SECOND));
  expect(flow.tryingNs).toBe(10 * SECOND);
  flow.see(comes(10, 100));
  flow.see(seen('out', 20 * SECOND, { flags: ['FIN', 'ACK'], sequence: place(10) }));
  expect(flow.tryingNs).toBe(0);
  flow.see(seen('out', 23 * SECOND, { flags: ['FIN', 'ACK'], sequence: place(10) }));
  expect(flow.tryingNs).toBe(3 * SECOND);
});
