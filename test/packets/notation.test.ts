/** Sentences about packets: read, written, compared and sent. */
import { readFileSync } from 'node:fs';
import path from 'node:path';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import {
  complete,
  decode,
  encode,
  matches,
  NotationError,
  type PacketDraft,
  packetOf,
  parse,
  print,
  problemsOf,
} from '../../harness/packets/index.ts';
import { ROOT } from '../kernspec.ts';
import * as some from './arbitraries.ts';

/** Each is what is printed of the packet that is made from it. */
const SENTENCES = [
  'ARP who-has 10.0.0.2 tell 10.0.0.1',
  'ARP who-has 10.0.0.2 tell 10.0.0.1 sha 02:00:00:00:00:01',
  'ARP 10.0.0.2 is-at 02:00:00:00:00:02 tell 10.0.0.1 tha 02:00:00:00:00:01',
  'ARP op 8 10.0.0.2 > 10.0.0.1',
  'IP 10.0.0.1 > 10.0.0.2 UDP id 7 offset 1480 MF length 500 ttl 63 tos 0x10 DF options [rr 3]',
  'IP 10.0.0.1 > 10.0.0.2 proto 89 length 0',
  'IP 10.0.0.1 > 10.0.0.2 proto 89 length 8 checksum bad',
  'UDP 10.0.0.1:1024 > 10.0.0.2:53 length 12',
  'UDP 10.0.0.1:1024 > 10.0.0.2:53 length 12 checksum none ttl 1 DF ipid 65535 ip-checksum bad',
  'UDP 10.0.0.1:1024 > 10.0.0.2:53 length 0 options [lsrr 10.0.0.3 10.0.0.4, nop]',
  'UDP 10.0.0.1:1024 > 10.0.0.2:53 length 0 options [ts 2 @5000, ra 0]',
  'UDP 10.0.0.1:1024 > 10.0.0.2:53 length 0 options [ts-addr 2 10.0.0.3@5000 overflow 1]',
  'UDP 10.0.0.1:1024 > 10.0.0.2:53 length 0 options [ts-prespec 1 10.0.0.3@0]',
  'UDP 10.0.0.1:1024 > 10.0.0.2:53 length 0 options [unknown 94 0102]',
  'UDP [2001:db8::1]:1024 > [2001:db8::2]:53 length 12 hlim 3 class 0x10 flow 0x12345',
  'TCP 10.0.0.1:1024 > 10.0.0.2:80 S 0:0(0) win 5840 <mss 1460,nop,wscale 0>',
  'TCP 10.0.0.1:1024 > 10.0.0.2:80 P. 4294967295:99(100) ack 7 win 0 <nop,nop,TS val 1 ecr 2>',
  'TCP 10.0.0.1:1024 > 10.0.0.2:80 . 1:1(0) ack 7 win 9 <nop,nop,sack 1001:2001 3001:4001>',
  'TCP 10.0.0.1:1024 > 10.0.0.2:80 - 1:1(0) win 9 <sackOK,unknown 254 aa>',
  'TCP 10.0.0.1:1024 > 10.0.0.2:80 .UEW 1:6(5) ack 7 win 9 urg 5 checksum bad',
  'TCP [2001:db8::1]:1024 > [2001:db8::2]:80 R 1:1(0) win 0',
  'ICMP 10.0.0.1 > 10.0.0.2 echo request id 1 seq 2 length 56',
  'ICMP 10.0.0.1 > 10.0.0.2 echo reply id 1 seq 2 length 0 checksum bad ipid 4',
  'ICMP 10.0.0.9 > 10.0.0.1 unreachable port quoting (UDP 10.0.0.1:1024 > 10.0.0.2:53 length 12)',
  'ICMP 10.0.0.9 > 10.0.0.1 unreachable fragmentation-needed mtu 576 quoting ' +
    '(TCP 10.0.0.1:1024 > 10.0.0.2:80 seq 17 DF)',
  'ICMP 10.0.0.9 > 10.0.0.1 time-exceeded ttl quoting ' +
    '(ICMP 10.0.0.1 > 10.0.0.2 echo request id 1 seq 2 length 56 ttl 1)',
  'ICMP 10.0.0.9 > 10.0.0.1 time-exceeded reassembly quoting ' +
    '(IP 10.0.0.1 > 10.0.0.2 UDP id 7 MF length 1480)',
  'ICMP 10.0.0.9 > 10.0.0.1 parameter-problem pointer 20 quoting ' +
    '(UDP 10.0.0.1:1 > 10.0.0.2:2 length 0)',
  'ICMP 10.0.0.9 > 10.0.0.1 redirect host gateway 10.0.0.8 quoting ' +
    '(UDP 10.0.0.1:1 > 10.0.0.2:2 length 0)',
  'ICMP 10.0.0.9 > 10.0.0.1 source-quench quoting (UDP 10.0.0.1:1 > 10.0.0.2:2 length 0)',
  'ICMP 10.0.0.9 > 10.0.0.1 type 13 length 16',
  'IP6 2001:db8::1 > 2001:db8::2 UDP id 7 offset 1448 no-MF length 500',
  'ICMP6 2001:db8::1 > 2001:db8::2 echo request id 1 seq 2 length 56',
  'ICMP6 2001:db8::9 > 2001:db8::1 packet-too-big mtu 1280 quoting ' +
    '(UDP [2001:db8::1]:1024 > [2001:db8::2]:53 length 1452)',
  'ICMP6 2001:db8::9 > 2001:db8::1 unreachable no-route quoting ' +
    '(UDP [2001:db8::1]:1 > [2001:db8::2]:2 length 0)',
  'ICMP6 fe80::1 > ff02::1:ff00:2 neighbour-solicitation target fe80::2 ' +
    'source-link 02:00:00:00:00:01 hlim 255',
  'ICMP6 fe80::2 > fe80::1 neighbour-advertisement target fe80::2 router solicited override ' +
    'target-link 02:00:00:00:00:02 hlim 255',
  'RAW length 3',
];

/** What is wrong stands behind the sentence. */
const withoutRemark = (printed: string) => printed.replace(/ -- .*/, '');

describe('a sentence', () => {
  test.each(SENTENCES)('%s', (sentence) => {
    const packet = packetOf(sentence);
    expect(withoutRemark(print(packet))).toBe(sentence);
    expect(matches(sentence, packet)).toEqual([]);
    const wrong = /bad/.test(sentence) ? 1 : 0;
    expect(problemsOf(packet).length).toBeGreaterThanOrEqual(wrong);
  });

  test('with Ethernet addresses', () => {
    const sentence =
      'ETH 02:00:00:00:00:01 > ff:ff:ff:ff:ff:ff ARP who-has 10.0.0.2 tell 10.0.0.1 ' +
      'sha 02:00:00:00:00:01';
    const frame = packetOf(sentence);
    expect(frame.kind).toBe('ethernet');
    expect(print(frame, { link: true })).toBe(sentence);
    expect(print(frame)).toBe(sentence.replace(/^ETH \S+ > \S+ /, ''));
    expect(matches('ETH * > ff:ff:ff:ff:ff:ff ARP who-has 10.0.0.2 tell *', frame)).toEqual([]);
  });

  test('may leave to others what it takes to send it', () => {
    const link = { source: '02:00:00:00:00:01', destination: '02:00:00:00:00:02' };
    const frame = packetOf('UDP *:9 > 10.0.0.2:9', { source: '10.0.0.1', link, ttl: 2 });
    expect(print(frame, { link: true })).toBe(
      'ETH 02:00:00:00:00:01 > 02:00:00:00:00:02 UDP 10.0.0.1:9 > 10.0.0.2:9 length 0 ttl 2',
    );
    expect(() => packetOf('UDP *:9 > 10.0.0.2:9')).toThrow('a packet to send needs a source');
  });

  test.each([
    ['UDP 10.0.0.1:1 > 10.0.0.2:2 hlim 3', 'there is no hop limit, expected 3'],
    ['ICMP 10.0.0.1 > 10.0.0.2 echo request mtu 3', 'there is no mtu, expected 3'],
    ['IP 10.0.0.1 > 10.0.0.2 length 8 total 20', 'length is 0, expected 8'],
    ['UDP 10.0.0.1:1 > 2001:db8::1', 'an IPv6 address in brackets'],
    ['UDP 10.0.0.1:1 > [2001:db8::1]:1', 'no IPv4 address: "2001:db8::1"'],
    ['IP 10.0.0.1 > 10.0.0.2 length 65516', '65536 does not fit'],
    ['IP 10.0.0.1 > 10.0.0.2 options [rr 9, ra]', '64 octets do not fit a header of 60'],
  ])('of which there is no packet: %s', (sentence, problem) => {
    expect(() => packetOf(sentence)).toThrow(problem);
  });

  test('names data by its octets', () => {
    expect(packetOf('UDP 10.0.0.1:1 > 10.0.0.2:2 data 0aff')).toMatchObject({
      payload: { data: '0aff', length: 10 },
    });
    expect(() => packetOf('UDP 10.0.0.1:1 > 10.0.0.2:2 data 0aff length 3')).toThrow(RangeError);
  });
});

test('every example of the page about sentences is one', () => {
  const page = readFileSync(path.join(ROOT, 'docs', 'packets.md'), 'utf8');
  const [, examples = ''] = /```\n([^`]*)```/.exec(page) ?? [];
  const lines = examples.trim().split('\n');
  expect(lines.length).toBeGreaterThan(5);
  for (const line of lines) expect(matches(line, packetOf(line))).toEqual([]);
});

describe('any packet', () => {
  const anything: fc.Arbitrary<PacketDraft> = fc.oneof(some.frame, some.ipv4Whole, some.ipv6Whole);

  test('matches what is printed of it', () => {
    const check = (draft: PacketDraft) => {
      const packet = complete(draft);
      expect(matches(print(packet, { link: true }), packet)).toEqual([]);
    };
    fc.assert(fc.property(anything, check), { ...some.SEEDED, numRuns: 2000 });
  });

  test('is made again, as far as it was printed', () => {
    const check = (draft: PacketDraft) => {
      const printed = print(complete(draft), { link: true });
      expect(withoutRemark(print(packetOf(printed, { quotedOctets: 200 }), { link: true }))).toBe(
        withoutRemark(printed),
      );
    };
    fc.assert(fc.property(anything, check), { ...some.SEEDED, numRuns: 1000 });
  });

  test('matches what is printed of it when it is damaged', () => {
    const damage = fc.array(fc.tuple(fc.nat(60), fc.nat(255)), { minLength: 1, maxLength: 3 });
    const check = (
      draft: PacketDraft,
      changes: readonly (readonly [number, number])[],
      cut: number,
    ) => {
      const bytes = encode(draft);
      for (const [at, octet] of changes) if (at < bytes.length) bytes[at] = octet;
      const link = draft.kind === 'ethernet' ? 'ethernet' : 'ip';
      const packet = decode(bytes.subarray(0, bytes.length - Math.max(0, cut - 20)), link);
      expect(matches(print(packet, { link: true }), packet)).toEqual([]);
    };
    const property = fc.property(anything, damage, fc.nat(60), check);
    fc.assert(property, { ...some.SEEDED, numRuns: 3000 });
  });
});

describe('differences are told in words', () => {
  const udp = packetOf('UDP 10.0.0.1:1024 > 10.0.0.2:53 length 12 ttl 64');
  const syn = packetOf('TCP 10.0.0.1:1024 > 10.0.0.2:80 S 0:0(0) win 5840 <mss 1460,nop,wscale 0>');
  const error = packetOf(
    'ICMP 10.0.0.9 > 10.0.0.1 unreachable port quoting (TCP 10.0.0.1:1 > 10.0.0.2:2 S)',
  );

  test.each<[string, typeof udp, string[]]>([
    ['UDP 10.0.0.1:1024 > 10.0.0.2:53', udp, []],
    ['UDP *:* > 10.0.0.2:53 ttl 63', udp, ['ttl is 64, expected 63']],
    [
      'UDP 10.0.0.1:1024 > 10.0.0.3:53 DF',
      udp,
      ['destination is 10.0.0.2, expected 10.0.0.3', 'DF is not set'],
    ],
    ['UDP 10.0.0.1:1024 > 10.0.0.2:53 tos 0x10', udp, ['tos is 0x0, expected 0x10']],
    ['UDP *:* > *:* checksum none', udp, ['checksum is good, expected none']],
    ['IP 10.0.0.1 > 10.0.0.2 UDP length 20', udp, []],
    ['IP 10.0.0.1 > 10.0.0.2 TCP', udp, ['protocol is UDP, expected TCP']],
    [
      'ARP who-has 10.0.0.2 tell 10.0.0.1',
      udp,
      ['it is "UDP 10.0.0.1:1024 > 10.0.0.2:53 length 12", expected ARP'],
    ],
    ['TCP *:* > *:* S. 1:1(0)', syn, ['flags is S, expected S.', 'sequence is 0, expected 1']],
    ['TCP *:* > *:* <mss 1460,...>', syn, []],
    ['TCP *:* > *:* <mss,nop,wscale>', syn, []],
    [
      'TCP *:* > *:* <...,wscale 1>',
      syn,
      ['tcp options is <mss 1460,nop,wscale 0>, expected <...,wscale 1>'],
    ],
    [
      'TCP *:* > *:* <mss 1460,wscale 0,eol>',
      packetOf('TCP 10.0.0.1:1 > 10.0.0.2:2 S <mss 1460,wscale 0>'),
      [],
    ],
    ['ICMP * > * unreachable host', error, ['code is port, expected host']],
    ['ICMP * > * unreachable code 3 quotes 28', error, []],
    [
      'ICMP * > * unreachable quoting (TCP *:* > *:3)',
      error,
      ['in the quoted packet: destination port is 2, expected 3'],
    ],
    [
      'ICMP * > * unreachable quoting (TCP *:* > *:* S)',
      error,
      ['in the quoted packet: there is no flags, expected S'],
    ],
    [
      'ICMP * > * echo reply seq 1',
      error,
      ['message is unreachable, expected echo reply', 'there is no seq, expected 1'],
    ],
  ])('%s', (pattern, packet, differences) => {
    expect(matches(pattern, packet)).toEqual(differences);
  });
});

describe('what is no sentence is refused with its place', () => {
  test.each([
    ['', 1, 'expected a keyword'],
    ['UPD 10.0.0.1:1 > 10.0.0.2:2', 1, 'did you mean "UDP"?'],
    ['UDP 10.0.0.1 > 10.0.0.2:2', 14, 'expected a colon and a port'],
    ['UDP 10.0.0.1:1 > 10.0.0.256:2', 18, 'expected an IPv4 address'],
    ['UDP 10.0.0.1:70000 > 10.0.0.2:2', 14, '70000 is more than 65535'],
    ['UDP 10.0.0.1:1 > 10.0.0.2:2 lenght 3', 29, 'did you mean "length"?'],
    ['UDP 10.0.0.1:1 > 10.0.0.2:2 length', 35, 'expected a number behind "length"'],
    ['UDP 10.0.0.1:1 > 10.0.0.2:2 ttl 1 ttl 2', 35, 'it said already what the ttl is'],
    ['IP 10.0.0.1 > 10.0.0.2 offset 7', 32, 'offset 7 is no multiple of 8'],
    ['IP 10.0.0.1 > 10.0.0.2 options [rr]', 35, 'expected a number of slots'],
    ['TCP 10.0.0.1:1 > 10.0.0.2:2 S 0:1(0)', 33, '0 octets from 0 end at 0, not 1'],
    ['TCP 10.0.0.1:1 > 10.0.0.2:2 S <mss 1460', 40, 'expected a comma or >'],
    ['ICMP 10.0.0.1 > 10.0.0.2 unreachabel port', 26, 'did you mean "unreachable"?'],
    ['ICMP 10.0.0.1 > 10.0.0.2 unreachable quoting (UDP 1', 51, 'expected an IPv4 address'],
    ['ICMP6 10.0.0.1 > fe80::2', 7, 'expected an IPv6 address'],
  ])('%s', (sentence, column, what) => {
    const caught = (() => {
      try {
        return parse(sentence);
      } catch (error) {
        return error;
      }
    })();
    expect(caught).toBeInstanceOf(NotationError);
    expect((caught as NotationError).message).toContain(what);
    expect((caught as NotationError).column).toBe(column);
    expect((caught as NotationError).message).toContain('the form is: ');
  });

  test('whatever the characters', () => {
    const check = (text: string) => {
      try {
        parse(text);
      } catch (error) {
        expect(error).toBeInstanceOf(NotationError);
      }
    };
    const words = SENTENCES.flatMap((sentence) => sentence.split(' '));
    const shuffled = fc.array(fc.constantFrom(...words), { maxLength: 12 });
    const text = fc.oneof(
      fc.string(),
      shuffled.map((all) => all.join(' ')),
      fc
        .tuple(fc.constantFrom(...SENTENCES), fc.nat(80), fc.string({ maxLength: 3 }))
        .map(([sentence, at, more]) => sentence.slice(0, at) + more + sentence.slice(at + 1)),
    );
    fc.assert(fc.property(text, check), { ...some.SEEDED, numRuns: 5000 });
  });
});
