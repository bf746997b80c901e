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

/** The frames of each boot, in order. */
async function recorded(only: readonly string[]): Promise<Recorded[][]> {
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
  return boots.map((line) => JSON.parse(line) as Recorded[]);
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

const isOnPurpose = (text: string) => ON_PURPOSE.some((known) => known.test(text));

const captureOf = (sent: readonly Recorded[]) =>
  pcapng({
    interfaces: [{ name: 'eth0' }],
    frames: sent.map(({ frame }, at) => ({
      interface: 'eth0',
      timeNs: at,
      frame: bytesOf(frame),
    })),
  });

/** In words, what the dissector finds wrong. */
const wrongOf = (sent: readonly Recorded[], capture = captureOf(sent)) =>
  dissector.indices(capture, WRONG).map((number) => {
    return print(decode(sent[number - 1]?.frame ?? ''));
  });

async function sentBy(only: readonly string[]): Promise<Recorded[]> {
  return (await recorded(only)).flat().filter(({ direction }) => direction === 'out');
}

test('what the reference sends is whole, and its checksums are good', async () => {
  const sent = await sentBy(
    ['arp', 'fragmentation', 'icmp', 'ip-options', 'tcp-connect', 'tcp-output']
      .map((name) => `features/net/${name}.feature`)
      // Ports that are generated belong to programs which the dissector knows, and whose words are no octet long.
      .concat('features/lab/datagram-channel.feature', '@cap:nat and not @property'),
  );
  expect(sent.length).toBeGreaterThan(1000);
  const capture = captureOf(sent);
  const wrong = wrongOf(sent, capture);
  expect(wrong.filter((text) => !isOnPurpose(text))).toEqual([]);
  expect(wrong.length).toBeGreaterThan(0);
  // It has looked at all there is.
  const [ip = 0, tcp = 0, udp = 0] = dissector.matched(
    capture,
    CHECKED.map((name) => `${name}.checksum.status == 1`),
  );
  expect(Math.min(ip, tcp, udp)).toBeGreaterThan(100);
});

/** What a program's word on a port that is generated comes to; the datagram itself is in order. */
const NO_WORD_OF_A_PROGRAM = /^UDP \S+ > \S+ length \d+(?: ttl \d+)?(?: DF)?$/;

/** What more than the usual scenarios have sent so on purpose. */
const RARELY_ON_PURPOSE = [
  // A program has made the header of IP itself, or sends octets of any kind by a raw socket of UDP.
  /^UDP 10\.0\.0\.1:53 > 10\.0\.0\.2:7 length 3 checksum bad ipid 99/,
  /^UDP 10\.0\.0\.1:17664 > 10\.0\.0\.2:31 /,
];

/** What a frame has behind the header of IP, in hex digits. */
function behindIp(frame: string): string {
  const header = 2 * 14;
  return frame.slice(header + 8 * Number.parseInt(frame.charAt(header + 1), 16));
}

/** A router passes on what has come to it damaged, octet for octet; whatever else is wrong is its own doing. */
function withoutPassedOn(boot: readonly Recorded[]): Recorded[] {
  const came = new Set<string>();
  return boot.filter(({ direction, frame }) => {
    if (direction === 'in') came.add(behindIp(frame));
    return direction === 'out' && !came.has(behindIp(frame));
  });
}

const AT_ONCE = 10_000;

/** Takes some minutes: KERNSPEC_TEST_ALL_FRAMES=1. */
test.skipIf(process.env['KERNSPEC_TEST_ALL_FRAMES'] !== '1')(
  'so is what it sends in every scenario with a network',
  async () => {
    const sent = (await recorded(['@cap:network'])).flatMap(withoutPassedOn);
    expect(sent.length).toBeGreaterThan(AT_ONCE);
    const wrong: string[] = [];
    for (let at = 0; at < sent.length; at += AT_ONCE) {
      wrong.push(...wrongOf(sent.slice(at, at + AT_ONCE)));
    }
    const known = [...ON_PURPOSE, ...RARELY_ON_PURPOSE, NO_WORD_OF_A_PROGRAM];
    expect(wrong.filter((text) => !known.some((form) => form.test(text)))).toEqual([]);
  },
  1_200_000,
);

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
