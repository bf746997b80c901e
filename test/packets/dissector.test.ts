/** Generated frames read by Wireshark's dissector, and captures of ours opened by it. */
import fc from 'fast-check';
import { beforeAll, describe, expect, test } from 'vitest';
import {
  type CapturedFrame,
  complete,
  encode,
  type EthernetDraft,
  pcapng,
} from '../../harness/packets/index.ts';
import * as some from './arbitraries.ts';
import { Dissector } from './dissector.ts';
import { fieldsOf } from './fields.ts';

let dissector: Dissector;

beforeAll(async () => {
  dissector = await Dissector.load();
});

const CHECKED = ['ip', 'tcp', 'udp', 'icmp', 'icmpv6'];

const status = (number: number) => CHECKED.map((name) => `${name}.checksum.status == ${number}`);

function captureOf(frames: readonly EthernetDraft[]): Uint8Array {
  return pcapng({
    interfaces: [{ name: 'eth0' }],
    frames: frames.map((frame, at) => ({
      interface: 'eth0',
      timeNs: at,
      frame: encode(frame),
    })),
  });
}

/** Frames with a header or a message that has the checksum, whatever an error message quotes. */
function carrying(frames: readonly EthernetDraft[], name: string): number {
  const kind = name === 'ip' ? 'ipv4' : name;
  return frames.filter(({ payload }) => {
    const inside = 'payload' in payload ? payload.payload.kind : undefined;
    return payload.kind === kind || inside === kind;
  }).length;
}

test('thousands of frames have good checksums and nothing malformed', () => {
  const frames = fc.sample(some.frame, { ...some.SEEDED, numRuns: 3000 });
  const capture = captureOf(frames);
  const bad = dissector.matched(capture, [...status(0), '_ws.malformed']);
  expect(bad).toEqual([0, 0, 0, 0, 0, 0]);
  const good = dissector.matched(capture, status(1));
  for (const [at, name] of CHECKED.entries()) {
    const carried = carrying(frames, name);
    expect(carried).toBeGreaterThan(150);
    // A dissector also checks what an error message quotes, where that is whole.
    expect(good[at]).toBeGreaterThanOrEqual(carried);
  }
});

test('the dissector would notice a bad one', () => {
  const frames = fc.sample(some.frame, { ...some.SEEDED, numRuns: 300 });
  const spoilt = frames.flatMap((frame): EthernetDraft[] => {
    const { payload } = complete(frame);
    if (payload.kind !== 'ipv4' || payload.payload.kind !== 'udp') return [];
    const checksum = (payload.payload.checksum ?? 0) ^ 0x5555 || 0xaaaa;
    return [{ ...frame, payload: { ...payload, payload: { ...payload.payload, checksum } } }];
  });
  expect(spoilt.length).toBeGreaterThan(20);
  expect(dissector.matched(captureOf(spoilt), ['udp.checksum.status == 0'])).toEqual([
    spoilt.length,
  ]);
});

/** Numbers are written in several ways, flags as words. */
function plain(value: string): string {
  if (value === 'True' || value === 'False') return String(Number(value === 'True'));
  return /^0x[0-9a-f]+$/.test(value) ? String(Number(value)) : value;
}

test('every field has the value that the dissector sees', () => {
  const frames = fc.sample(some.frame, { ...some.SEEDED, seed: 7, numRuns: 500 });
  const dissected = dissector.dissect(captureOf(frames), frames.length);
  let compared = 0;
  for (const [at, frame] of frames.entries()) {
    const ours = new Map<string, string[]>();
    for (const [name, value] of fieldsOf(complete(frame))) {
      ours.set(name, [...(ours.get(name) ?? []), String(value)]);
    }
    const theirs = [...ours.keys()].map((name) => {
      const values = dissected[at]?.fields.get(name) ?? [];
      return [name, values.map((value) => plain(value))] as const;
    });
    compared += ours.size;
    expect({ frame: at, ...Object.fromEntries(theirs) }).toEqual({
      frame: at,
      ...Object.fromEntries(ours),
    });
  }
  expect(compared).toBeGreaterThan(9000);
});

describe('a capture of two interfaces', () => {
  const frame = encode(fc.sample(some.frame, { ...some.SEEDED, numRuns: 1 })[0] as EthernetDraft);
  const raw = encode(fc.sample(some.ipv4Whole, { ...some.SEEDED, numRuns: 1 })[0] as never);
  const frames: readonly CapturedFrame[] = [
    { interface: 'client eth0', timeNs: 0, frame, direction: 'out' },
    { interface: 'tun0', timeNs: 1_000_000_001, frame: raw, comment: 'länger als die Leitung' },
    { interface: 'client eth0', timeNs: 2n ** 61n + 1n, frame, direction: 'in', comment: 'lost' },
  ];
  const capture = pcapng({
    interfaces: [{ name: 'client eth0' }, { name: 'tun0', link: 'ip' }],
    frames,
  });

  test.each([
    ['frame.interface_name == "client eth0"', 2],
    ['frame.interface_name == "tun0"', 1],
    ['frame.packet_flags_direction == 1', 1],
    ['frame.packet_flags_direction == 2', 1],
    ['frame.comment == "lost"', 1],
    ['frame.comment == "länger als die Leitung"', 1],
    ['frame.time_epoch == 0.000000000', 1],
    ['frame.time_epoch == 1.000000001', 1],
    ['frame.time_epoch == 2305843009.213693953', 1],
    ['eth', 2],
    ['ip && !eth', 1],
  ])('%s', (filter, frames) => {
    expect(dissector.matched(capture, [filter])).toEqual([frames]);
  });

  test('a frame of an interface that is not there', () => {
    expect(() => pcapng({ interfaces: [], frames })).toThrow('no interface "client eth0"');
  });
});
