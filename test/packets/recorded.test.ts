/** Frames of real runs, read by Wireshark's dissector: those that the reference sends, and a failure's capture. */
import { readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { beforeAll, describe, expect, test } from 'vitest';
import { bytesOf } from '../../contract/octets.ts';
import { decode, pcapng, print } from '../../harness/packets/index.ts';
import { kernspec, temporaryFolder } from '../kernspec.ts';
import { Dissector } from './dissector.ts';

const HERE = import.meta.dirname;

let dissector: Dissector;

beforeAll(async () => {
  dissector = await Dissector.load();
});

const CHECKED = ['ip', 'tcp', 'udp', 'icmp', 'icmpv6'];

/**
 * A bad checksum, or a frame that breaks off; what is no DNS though it goes to port 53 is a
 * program's affair, and so is what is inside of SCTP and IPsec.
 */
const WRONG = [
  ...CHECKED.map((name) => `${name}.checksum.status == 0`),
  '(_ws.malformed && !(udp.port == 53 || sctp || ah || esp))',
].join(' || ');

interface Recorded {
  readonly direction: 'in' | 'out';
  readonly frame: string;
}

async function recorded(only: readonly string[]): Promise<Recorded[]> {
  const file = path.join(temporaryFolder(), 'frames');
  const run = await kernspec(
    [
      'run',
      ...['--impl', path.join(HERE, 'recording.mjs'), '--no-isolate', '--parallel', '1'],
      ...['--format', 'none', ...only.flatMap((what) => ['--only', what])],
    ],
    { env: { KERNSPEC_FRAMES: file } },
  );
  expect(run.code).toBe(0);
  const boots = readFileSync(file, 'utf8').split('\n');
  return boots.flatMap((line) => JSON.parse(line) as Recorded[]);
}

/** What scenarios have sent so on purpose: a program by a raw socket, or a router that has got it so. */
const ON_PURPOSE = [
  // A header that was changed where its options were read, quoted by the error about a later one.
  /^ICMP 10\.0\.0\.1 > 10\.0\.0\.2 parameter-problem pointer 28 .*quoting/,
  // An error about a source route that leaves half a stop quotes it.
  /^ICMP 10\.0\.0\.1 > 10\.0\.0\.2 parameter-problem pointer 22 .*quoting .*lsrr .* pointer 9\]/,
  // NAT amends a checksum, and one that was wrong stays so.
  /^UDP 192\.0\.2\.1:1000 > 192\.0\.2\.9:53 length 33 checksum bad ttl 63/,
];

test('what the reference sends is whole, and its checksums are good', async () => {
  const frames = await recorded(
    ['arp', 'fragmentation', 'icmp', 'ip-options', 'tcp-connect', 'tcp-output']
      .map((name) => `features/net/${name}.feature`)
      // Ports that are generated belong to programs which the dissector knows, and whose words are no octet long.
      .concat('features/lab/datagram-channel.feature', '@cap:nat and not @property'),
  );
  const sent = frames.filter(({ direction }) => direction === 'out');
  expect(sent.length).toBeGreaterThan(1000);
  const capture = pcapng({
    interfaces: [{ name: 'eth0' }],
    frames: sent.map(({ frame }, at) => ({
      interface: 'eth0',
      timeNs: at,
      frame: bytesOf(frame),
    })),
  });
  const wrong = dissector.indices(capture, WRONG).map((number) => {
    return print(decode(sent[number - 1]?.frame ?? ''));
  });
  expect(wrong.filter((text) => !ON_PURPOSE.some((known) => known.test(text)))).toEqual([]);
  expect(wrong.length).toBeGreaterThan(0);
  // It has looked at all there is.
  const [ip = 0, tcp = 0, udp = 0] = dissector.matched(
    capture,
    CHECKED.map((name) => `${name}.checksum.status == 1`),
  );
  expect(Math.min(ip, tcp, udp)).toBeGreaterThan(100);
});

describe('the capture of a scenario that fails in the lab', () => {
  let capture: Uint8Array;

  beforeAll(async () => {
    const out = temporaryFolder();
    const run = await kernspec([
      'run',
      ...['--impl', path.join(HERE, 'deaf.mjs'), '--no-isolate', '--parallel', '1'],
      ...['--out', out, '--format', 'json', '--only', '@SOC-01 and @cap:udp and not @property'],
    ]);
    expect(run.code).toBe(1);
    const folder = path.join(out, 'captures');
    const file = readdirSync(folder).find((name) => name.includes('There'));
    capture = readFileSync(path.join(folder, file ?? ''));
  });

  test.each([
    ['frame', 6],
    [WRONG, 0],
    ['frame.interface_name == "A:eth0" && frame.packet_flags_direction == 2', 2],
    ['frame.interface_name == "B:eth0" && frame.packet_flags_direction == 1', 2],
    ['arp', 4],
    ['udp.dstport == 2000', 2],
    ['frame.comment contains "the lab comes to rest" && udp', 2],
    ['frame.comment contains "alice sends 61 62 to 10.0.0.2:2000" && arp', 1],
  ])('%s', (filter, frames) => {
    expect(dissector.matched(capture, [filter])).toEqual([frames]);
  });
});
