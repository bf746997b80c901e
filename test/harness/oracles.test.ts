/** The suite's own arithmetic, against values worked out by hand or printed in the standards. */
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { octetsOf } from '../../contract/index.ts';
import {
  checkedParts,
  pseudoHeader,
  withBitTurned,
  withWord16At,
  word16At,
} from '../../harness/ip-packet.ts';
import { intrusion } from '../../harness/lock-steps.ts';
import { congruent, expectedChecksum, networkOrder } from '../../harness/sums.ts';

describe('the checksum', () => {
  it.each([
    // RFC 1071, section 3: 0001 F203 F4F5 F6F7 sum to 2DDF0, which folds to DDF2.
    ['the example of RFC 1071', '0001f203f4f5f6f7', 0xffff - 0xddf2],
    ['nothing', '', 0xffff],
    ['zeroes', '00000000', 0xffff],
    ['minus zero', 'ffff', 0],
    ['a word and its complement', '1234edcb', 0],
    ['an odd octet, which is the high one', '01', 0xfeff],
    ['a carry that makes another', 'ffff0001ffff', 0xfffe],
    // 4500 0073 0000 4000 4011 C0A8 0001 C0A8 00C7 sum to 2479C, which folds to 479E.
    ['an IPv4 header without its checksum', '45000073000040004011c0a80001c0a800c7', 0xb861],
    ['the same with it', '45000073000040004011b861c0a80001c0a800c7', 0],
  ])('of %s', (_, octets, checksum) => {
    expect(expectedChecksum(octets)).toBe(checksum);
  });

  it('with itself behind even data leaves zero', () => {
    fc.assert(
      fc.property(fc.array(fc.nat(0xffff), { maxLength: 60 }), (words) => {
        const data = octetsOf(words.flatMap((word) => [word >> 8, word]));
        const checksum = expectedChecksum(data);
        expect(expectedChecksum(data + octetsOf([checksum >> 8, checksum]))).toBe(0);
      }),
    );
  });

  it.each([
    [0n, 0],
    [0xffffn, 0xffff],
    [0x1_0000n, 1],
    [0x1_fffen, 0xffff],
    [0xffff_ffffn, 0xffff],
    [0x2_ddf0n, 0xddf2],
  ])('of the sum %i folds as by carries', (sum, folded) => {
    expect(congruent(sum)).toBe(folded);
  });

  it('is turned round where the machine is', () => {
    expect(networkOrder(0x1234, 'little')).toBe(0x3412);
    expect(networkOrder(0x1234, 'big')).toBe(0x1234);
  });
});

describe('an IPv4 packet', () => {
  const header = '4500001d0000400040110000c0a80001c0a800c7';
  const datagram = '0400003500090000ff';

  it('has a header, and behind the pseudo-header its transport part', () => {
    const { header: own, transport } = checkedParts(header + datagram);
    expect(own).toBe(header);
    expect(transport).toBe(`c0a80001c0a800c7${'0011'}${'0009'}${datagram}`);
  });

  it('of ICMP has no pseudo-header', () => {
    const icmp = header.replace('4011', '4001');
    expect(checkedParts(icmp + datagram).transport).toBe(datagram);
  });

  it.each([
    ['is of version 6', `6${header.slice(1)}${datagram}`, /no IPv4 packet/],
    ['has a header too short', `44${header.slice(2)}${datagram}`, /no IPv4 packet/],
    ['is shorter than it says', header, /20 octets where the header says 29/],
    ['is empty', '', /no IPv4 packet/],
  ])('is refused that %s', (_, packet, says) => {
    expect(() => checkedParts(packet)).toThrow(says);
  });

  it('has the pseudo-header of RFC 793', () => {
    expect(pseudoHeader('10.0.0.1', '192.168.1.255', 0x1234, 6)).toBe('0a000001c0a801ff00061234');
  });

  it('can be read and changed by words and bits', () => {
    expect(word16At('00112233', 1)).toBe(0x1122);
    expect(withWord16At('00112233', 1, 0xa)).toBe('00000a33');
    expect(withBitTurned('0000', 0)).toBe('8000');
    expect(withBitTurned('0000', 15)).toBe('0001');
  });
});

describe('an intrusion into a lock', () => {
  const steps = (...said: string[]) =>
    said.map((text) => ({ processor: Number(text[0]), step: text.slice(2) }));

  it.each([
    ['nothing happens', []],
    ['they take turns', ['0 lock', '0 read', '0 unlock', '1 lock', '1 link', '1 unlock']],
    ['one spins', ['0 lock', '1 spin', '0 link', '1 spin', '0 unlock', '1 lock', '1 unlock']],
  ])('there is none where %s', (_, said) => {
    expect(intrusion(steps(...said))).toBeUndefined();
  });

  it.each([
    [['0 lock', '1 read'], 'step 1: processor 1 did "read" while 0 held the lock'],
    [['0 lock', '1 lock'], 'step 1: processor 1 did "lock" while 0 held the lock'],
    [['0 lock', '1 unlock'], 'step 1: processor 1 did "unlock" while 0 held the lock'],
    [['0 read'], 'step 0: processor 0 did "read" without the lock'],
    [['0 lock', '0 unlock', '0 link'], 'step 2: processor 0 did "link" without the lock'],
    [['0 unlock', '1 read'], 'step 0: processor 0 did "unlock" without the lock'],
    [['0 lock', '0 lock'], 'step 1: processor 0 did "lock" and held it already'],
  ])('is found in %j', (said, words) => {
    expect(intrusion(steps(...said))).toBe(words);
  });
});
