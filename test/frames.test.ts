/** Packets that the features take for granted, read by Wireshark's dissector: a third opinion. */
import { readFileSync } from 'node:fs';
import path from 'node:path';
import { beforeAll, expect, test } from 'vitest';
import { bytesOf } from '../contract/octets.ts';
import { pcapng } from '../harness/packets/index.ts';
import { ROOT } from './kernspec.ts';
import { Dissector } from './packets/dissector.ts';

/** The packets of the rows that begin with "4500": hex in groups, as features write it. */
function packetsOf(feature: string): Uint8Array[] {
  const text = readFileSync(path.join(ROOT, 'features', feature), 'utf8');
  const rows = [...text.matchAll(/^\s*\|[^|]*\|\s*(4500[0-9A-F ]+?)\s*\|$/gm)];
  return rows.map(([, octets = '']) => bytesOf(octets.replaceAll(' ', '')));
}

let dissector: Dissector;

beforeAll(async () => {
  dissector = await Dissector.load();
});

function matched(packets: readonly Uint8Array[], filter: string): number | undefined {
  const frames = packets.map((frame, timeNs) => ({ interface: 'tun0', timeNs, frame }));
  const capture = pcapng({ interfaces: [{ name: 'tun0', link: 'ip' }], frames });
  return dissector.matched(capture, [filter])[0];
}

const GOOD_STATUS = 1;

const good = (protocol: string) => `${protocol}.checksum.status == ${GOOD_STATUS}`;

test('every packet of the checksum feature is whole and has good checksums', () => {
  const packets = packetsOf('net/checksum.feature');
  expect(packets.length).toBeGreaterThanOrEqual(6);
  expect(matched(packets, good('ip'))).toBe(packets.length);
  expect(matched(packets, `${good('tcp')} || ${good('udp')} || ${good('icmp')}`)).toBe(
    packets.length,
  );
  expect(matched(packets, '_ws.malformed')).toBe(0);
});

test('the dissector would notice a bad one', () => {
  const [first = new Uint8Array()] = packetsOf('net/checksum.feature');
  const damaged = first.with(first.length - 1, (first.at(-1) ?? 0) ^ 1);
  expect(matched([damaged], good('icmp'))).toBe(0);
});
