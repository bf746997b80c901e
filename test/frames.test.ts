/** Packets that the features take for granted, read by Wireshark's dissector: a third opinion. */
import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import path from 'node:path';
import { beforeAll, expect, test } from 'vitest';
import { bytesOf } from '../contract/octets.ts';
import { ROOT } from './kernspec.ts';

/** As much of the dissector as is used here. */
interface Wiregasm {
  init(): void;
  setPref(module: string, name: string, value: string): void;
  FS: { writeFile(file: string, data: Uint8Array): void; mkdir(folder: string): void };
  DissectSession: new (file: string) => {
    load(): { code: number };
    getFrames(filter: string, skip: number, limit: number): { matched: number };
  };
}

const DIST = path.join(ROOT, 'node_modules', '@goodtools', 'wiregasm', 'dist');
const RAW_IP = 101;

/** The packets of the rows that begin with "4500": hex in groups, as features write it. */
function packetsOf(feature: string): Uint8Array[] {
  const text = readFileSync(path.join(ROOT, 'features', feature), 'utf8');
  const rows = [...text.matchAll(/^\s*\|[^|]*\|\s*(4500[0-9A-F ]+?)\s*\|$/gm)];
  return rows.map(([, octets = '']) => bytesOf(octets.replaceAll(' ', '')));
}

/** A capture file in the classic format, little-endian. */
function pcap(packets: readonly Uint8Array[]): Uint8Array {
  const header = Buffer.alloc(24);
  header.writeUInt32LE(0xa1b2c3d4, 0);
  header.writeUInt16LE(2, 4);
  header.writeUInt16LE(4, 6);
  header.writeUInt32LE(65_535, 16);
  header.writeUInt32LE(RAW_IP, 20);
  const records = packets.flatMap((packet) => {
    const record = Buffer.alloc(16);
    record.writeUInt32LE(packet.length, 8);
    record.writeUInt32LE(packet.length, 12);
    return [record, Buffer.from(packet)];
  });
  return Buffer.concat([header, ...records]);
}

const GOOD_STATUS = 1;

let dissector: Wiregasm;

beforeAll(async () => {
  const load = createRequire(import.meta.url)(path.join(DIST, 'wiregasm.js')) as (options: {
    locateFile: (file: string) => string;
    print: () => void;
    printErr: () => void;
  }) => Promise<Wiregasm>;
  const silent = () => undefined;
  dissector = await load({
    locateFile: (file) => path.join(DIST, file),
    print: silent,
    printErr: silent,
  });
  dissector.init();
  for (const protocol of ['ip', 'tcp', 'udp'])
    dissector.setPref(protocol, 'check_checksum', 'TRUE');
});

function matched(packets: readonly Uint8Array[], filter: string): number {
  const file = '/frames.pcap';
  dissector.FS.writeFile(file, pcap(packets));
  const session = new dissector.DissectSession(file);
  session.load();
  return session.getFrames(filter, 0, 1000).matched;
}

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
