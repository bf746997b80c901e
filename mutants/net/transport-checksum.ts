/** Faults of the transport checksums and of what is left to the device. */
import type { Mutant } from '../mutant.ts';

const file = 'net/transport-checksum';

const SOFTWARE_SUM = `const sum = csumPartial(segment.subarray(0, tcpHeaderLength(segment)), skb.csum);`;

const SOFTWARE_FIELD = `putBe16(segment, TCP_CHECK_OFFSET, swab16(tcpV4Check(skb.len, ends, sum)));`;

const HARDWARE_FIELD = `swab16(~tcpV4Check(skb.len, ends, 0) & 0xffff)`;

const TCP_PSEUDO = `csumTcpudpMagic({ source, destination, length, protocol: IPPROTO_TCP }, sum)`;

const UDP_NON_ZERO = `return check === 0 ? 0xffff : check;`;

const TCP_UNNECESSARY = `if (skb.ipSummed === CHECKSUM_UNNECESSARY)
        return true;`;

const TCP_HARDWARE = `if (tcpV4Check(skb.len, ends, skb.csum) === 0)
            return true;`;

export const TRANSPORT_CHECKSUM: readonly Mutant[] = [
  {
    id: 'tx-field-not-swapped',
    statement: 'CSM-12',
    alsoBreaks: ['CSM-07', 'CSM-16'],
    file,
    find: SOFTWARE_FIELD,
    replace: `putBe16(segment, TCP_CHECK_OFFSET, tcpV4Check(skb.len, ends, sum));`,
    does: 'Stores the checksum of a TCP segment in host order.',
  },
  {
    id: 'tx-hw-field-complemented',
    statement: 'CSM-12',
    alsoBreaks: ['CSM-05', 'CSM-07', 'CSM-16'],
    file,
    find: HARDWARE_FIELD,
    replace: `swab16(tcpV4Check(skb.len, ends, 0))`,
    does: "Leaves the complement of the pseudo-header's sum in the field for the device, not the sum.",
  },
  {
    id: 'tx-hw-field-left-zero',
    statement: 'CSM-12',
    alsoBreaks: ['CSM-05', 'CSM-07', 'CSM-16', 'CSM-15', 'CSM-06'],
    file,
    find: `putBe16(segment, TCP_CHECK_OFFSET, ${HARDWARE_FIELD});`,
    replace: `putBe16(segment, TCP_CHECK_OFFSET, 0);`,
    does: 'Leaves the field zero for the device, so the checksum lacks the pseudo-header.',
  },
  {
    id: 'tx-hw-ignored',
    statement: 'CSM-12',
    alsoBreaks: ['CSM-05', 'CSM-15'],
    file,
    find: `    const segment = skbLinear(skb);
    if (skb.ipSummed === CHECKSUM_HW) {
        putBe16`,
    replace: `    const segment = skbLinear(skb);
    if (skb.ipSummed === CHECKSUM_HW) {
        skb.csum = csumPartial(segment.subarray(tcpHeaderLength(segment)), 0);
        skb.ipSummed = CHECKSUM_NONE;
    }
    if (skb.ipSummed === CHECKSUM_HW) {
        putBe16`,
    does: 'Computes the whole checksum in software although the device would.',
  },
  {
    id: 'udp-zero-sent-as-zero',
    statement: 'CSM-12',
    alsoBreaks: ['CSM-07', 'CSM-16'],
    file,
    find: UDP_NON_ZERO,
    replace: `return check;`,
    does: 'Sends a UDP checksum that comes to zero as zero, which says that there is none.',
  },
  {
    id: 'udp-complemented-zero-only',
    statement: 'CSM-12',
    alsoBreaks: ['CSM-05', 'CSM-07', 'CSM-16'],
    file,
    find: UDP_NON_ZERO,
    replace: `return 0xffff;`,
    does: 'Sends every UDP checksum as all ones.',
  },
  {
    id: 'tx-csum-offset-from-ip-header',
    statement: 'CSM-05',
    alsoBreaks: ['CSM-06', 'CSM-07', 'CSM-12', 'CSM-16'],
    file,
    find: `skb.csum = TCP_CHECK_OFFSET;`,
    replace: `skb.csum = 20 + TCP_CHECK_OFFSET;`,
    does: "Counts the field's offset from the IP header, where the device counts from TCP's.",
  },
  {
    id: 'tx-csum-offset-missing',
    statement: 'CSM-05',
    alsoBreaks: ['CSM-07', 'CSM-12', 'CSM-16'],
    file,
    find: `skb.csum = UDP_CHECK_OFFSET;`,
    replace: ``,
    does: 'Does not tell the device where the check field of a UDP datagram is.',
  },
  {
    id: 'tx-udp-offset-of-length',
    statement: 'CSM-05',
    alsoBreaks: ['CSM-01', 'CSM-02', 'CSM-03', 'CSM-07', 'CSM-12', 'CSM-16'],
    file,
    find: `export const UDP_CHECK_OFFSET = 6;`,
    replace: `export const UDP_CHECK_OFFSET = 4;`,
    does: "Takes UDP's length field for its check field.",
  },
  {
    id: 'tx-pseudo-length-of-header',
    statement: 'CSM-07',
    alsoBreaks: ['CSM-01', 'CSM-02', 'CSM-03', 'CSM-05', 'CSM-12', 'CSM-16'],
    file,
    find: TCP_PSEUDO,
    replace: `csumTcpudpMagic({ source, destination, length: TCP_HEADER_MIN, protocol: IPPROTO_TCP }, sum)`,
    does: 'Puts the length of the TCP header into the pseudo-header, not that of the segment.',
  },
  {
    id: 'tx-pseudo-of-wrong-protocol',
    statement: 'CSM-07',
    alsoBreaks: ['CSM-01', 'CSM-02', 'CSM-03', 'CSM-05', 'CSM-06', 'CSM-12', 'CSM-16'],
    file,
    find: TCP_PSEUDO,
    replace: `csumTcpudpMagic({ source, destination, length, protocol: IPPROTO_UDP }, sum)`,
    does: "Uses UDP's protocol number in TCP's pseudo-header.",
  },
  {
    id: 'tx-ends-left-out-of-pseudo',
    statement: 'CSM-07',
    alsoBreaks: ['CSM-01', 'CSM-02', 'CSM-03', 'CSM-05', 'CSM-06', 'CSM-12', 'CSM-15', 'CSM-16'],
    file,
    find: TCP_PSEUDO,
    replace: `csumFold(sum)`,
    does: 'Computes the TCP checksum without a pseudo-header.',
  },
  {
    id: 'tx-pseudo-header-first',
    statement: 'CSM-15',
    file,
    find: `${SOFTWARE_SUM}
    ${SOFTWARE_FIELD}`,
    replace: `const pseudo = csumTcpudpNofold({ ...ends, length: skb.len, protocol: IPPROTO_TCP }, skb.csum);
    const header = segment.subarray(0, tcpHeaderLength(segment));
    putBe16(segment, TCP_CHECK_OFFSET, swab16(csumFold(csumPartial(header, pseudo))));`,
    does: 'Adds the pseudo-header first and the header on top of it: the right checksum by other routines.',
  },
  {
    id: 'tx-payload-summed-again',
    statement: 'CSM-16',
    alsoBreaks: ['CSM-12'],
    file,
    find: SOFTWARE_SUM,
    replace: `const sum = csumPartial(segment, 0);`,
    does: "Sums the whole segment at send time and does not use the payload's sum in csum.",
  },
  {
    id: 'tx-payload-sum-forgotten',
    statement: 'CSM-16',
    alsoBreaks: ['CSM-07', 'CSM-12'],
    file,
    find: SOFTWARE_SUM,
    replace: `const sum = csumPartial(segment.subarray(0, tcpHeaderLength(segment)), 0);`,
    does: "Sums the header and forgets to add the payload's sum.",
  },
  {
    id: 'tx-options-not-summed',
    statement: 'CSM-16',
    alsoBreaks: ['CSM-07', 'CSM-12'],
    file,
    find: SOFTWARE_SUM,
    replace: `const sum = csumPartial(segment.subarray(0, TCP_HEADER_MIN), skb.csum);`,
    does: 'Sums 20 octets of header, whatever its length, so options are left out.',
  },
  {
    id: 'rx-any-help-is-believed',
    statement: 'CSM-01',
    alsoBreaks: ['CSM-03', 'CSM-07', 'CSM-12', 'CSM-16'],
    file,
    find: TCP_UNNECESSARY,
    replace: `if (skb.ipSummed !== CHECKSUM_NONE)
        return true;`,
    does: 'Takes CHECKSUM_HW for CHECKSUM_UNNECESSARY.',
  },
  {
    id: 'rx-hw-pseudo-not-compared',
    statement: 'CSM-03',
    alsoBreaks: ['CSM-01', 'CSM-07', 'CSM-12', 'CSM-16'],
    file,
    find: TCP_HARDWARE,
    replace: `tcpV4Check(skb.len, ends, skb.csum);
        return true;`,
    does: "Adds the pseudo-header to the device's sum and does not look at the result.",
  },
  {
    id: 'rx-hw-without-pseudo',
    statement: 'CSM-03',
    alsoBreaks: ['CSM-01'],
    file,
    find: TCP_HARDWARE,
    replace: `if (csumFold(skb.csum) === 0)
            return true;`,
    does: "Takes the device's sum of a TCP segment for complete, without the pseudo-header.",
  },
  {
    id: 'rx-hw-udp-without-pseudo',
    statement: 'CSM-03',
    alsoBreaks: ['CSM-01'],
    file,
    find: `if (csumTcpudpMagic(pseudo, skb.csum) === 0)`,
    replace: `if (csumFold(skb.csum) === 0)`,
    does: "Takes the device's sum of a UDP datagram for complete, without the pseudo-header.",
  },
  {
    id: 'rx-hw-without-second-look',
    statement: 'CSM-03',
    alsoBreaks: ['CSM-01'],
    file,
    find: TCP_HARDWARE,
    replace: `return tcpV4Check(skb.len, ends, skb.csum) === 0;`,
    does: 'Drops a segment that the device summed wrongly, without verifying it in software.',
  },
  {
    id: 'rx-hw-sum-not-used',
    statement: 'CSM-03',
    alsoBreaks: ['CSM-01'],
    file,
    find: `function tcpV4ChecksumInit(skb, ends) {`,
    replace: `function tcpV4ChecksumInit(skb, ends) {
    skb.ipSummed = CHECKSUM_NONE;`,
    does: 'Sums a TCP segment again although the device has summed it.',
  },
  {
    id: 'rx-unnecessary-verified',
    statement: 'CSM-04',
    alsoBreaks: ['CSM-01', 'CSM-07', 'CSM-12', 'CSM-16'],
    file,
    find: TCP_UNNECESSARY,
    replace: ``,
    does: 'Verifies in software what the device has already vouched for.',
  },
  {
    id: 'rx-none-is-believed',
    statement: 'CSM-02',
    alsoBreaks: ['CSM-01', 'CSM-06', 'CSM-07', 'CSM-12', 'CSM-16'],
    file,
    find: TCP_UNNECESSARY,
    replace: `if (skb.ipSummed !== CHECKSUM_HW)
        return true;`,
    does: 'Accepts a TCP segment that nobody has verified.',
  },
  {
    id: 'rx-bad-not-counted',
    statement: 'CSM-02',
    alsoBreaks: ['CSM-01', 'CSM-03', 'CSM-06', 'CSM-07'],
    file,
    find: `mib.inErrors += 1;`,
    replace: `mib.inErrors += 0;`,
    does: 'Drops a bad segment without counting it.',
  },
  {
    id: 'rx-long-never-verified',
    statement: 'CSM-02',
    alsoBreaks: ['CSM-01', 'CSM-07', 'CSM-12', 'CSM-16'],
    file,
    find: `return tcpV4ChecksumInit(skb, ends) && checksumComplete(skb);`,
    replace: `return tcpV4ChecksumInit(skb, ends);`,
    does: 'Puts off verifying a long TCP segment and then never does.',
  },
  {
    id: 'rx-long-pseudo-complemented',
    statement: 'CSM-02',
    alsoBreaks: ['CSM-01', 'CSM-07', 'CSM-12', 'CSM-16'],
    file,
    find: `skb.csum = ~tcpV4Check(skb.len, ends, 0) & 0xffff;`,
    replace: `skb.csum = tcpV4Check(skb.len, ends, 0);`,
    does: "Keeps the complement of the pseudo-header's sum for a long segment, so good ones are dropped.",
  },
  {
    id: 'rx-udp-zero-verified',
    statement: 'CSM-02',
    alsoBreaks: ['CSM-01'],
    file,
    find: `    if (check === 0) {`,
    replace: `    if (false) {`,
    does: 'Verifies a UDP datagram whose checksum field says that there is none.',
  },
  {
    id: 'rx-tcp-zero-believed',
    statement: 'CSM-02',
    alsoBreaks: ['CSM-01'],
    file,
    find: TCP_UNNECESSARY,
    replace: `if (skb.ipSummed === CHECKSUM_UNNECESSARY || be16(segment, TCP_CHECK_OFFSET) === 0)
        return true;`,
    does: 'Takes a TCP checksum of zero for none, as only UDP does.',
  },
  {
    id: 'rx-udp-padding-counted',
    statement: 'CSM-02',
    alsoBreaks: ['CSM-01', 'CSM-03'],
    file,
    find: `    trimPadding(skb, length);`,
    replace: ``,
    does: 'Counts the padding that the link added to a short frame as part of the UDP datagram.',
  },
];
