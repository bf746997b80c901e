/** The suite's own receiver of fragments. */
import { expect, test } from 'vitest';
import { decode, encode, type Ipv4Packet, packetOf } from '../../harness/packets/index.ts';
import { putTogether } from '../../harness/reassembly.ts';

const packet = (sentence: string): Ipv4Packet =>
  decode(encode(packetOf(sentence)), 'ip') as Ipv4Packet;

const FIRST = 'IP 10.0.0.1 > 10.0.0.2 proto 99 id 7 offset 0 MF data 6161616161616161';
const LAST = 'IP 10.0.0.1 > 10.0.0.2 proto 99 id 7 offset 8 data 6262';
const DATA = '61616161616161616262';

const dataOf = (sentences: readonly string[]): string[] =>
  putTogether(sentences.map(packet)).map(({ payload }) =>
    payload.kind === 'raw' ? payload.octets : payload.kind,
  );

test('puts pieces together in any order, and passes on what is whole', () => {
  const whole = 'IP 10.0.0.1 > 10.0.0.2 proto 99 id 7 data 64';
  expect(dataOf([FIRST, LAST])).toEqual([DATA]);
  expect(dataOf([LAST, whole, FIRST, FIRST])).toEqual(['64', DATA]);
});

test.each([
  ['identification', LAST.replace('id 7', 'id 8')],
  ['source', LAST.replace('10.0.0.1', '10.0.0.3')],
  ['protocol', LAST.replace('proto 99', 'proto 98')],
])('keeps pieces of another %s apart', (_, other) => {
  expect(dataOf([FIRST, other])).toEqual([]);
});

test('mixes what it cannot tell apart, the later octets on top', () => {
  expect(dataOf([FIRST.replaceAll('61', '63'), FIRST, LAST])).toEqual([DATA]);
});
