/** Faults of the fields and of the control block. */
import type { Mutant } from '../mutant.ts';

const fields = 'net/sk-buff-fields';

const controlBlock = 'net/control-block';

const END_SEQUENCE = `return (seq + syn + fin + dataLength) >>> 0;`;

export const SK_BUFF_FIELDS: readonly Mutant[] = [
  {
    id: 'field-in-two-categories',
    statement: 'SKB-01',
    file: fields,
    find: `feature: ['nfmark',`,
    replace: `feature: ['security', 'nfmark',`,
    does: 'Lists security as a general field and as one of a feature.',
  },
  {
    id: 'field-sk-is-general',
    statement: 'SKB-01',
    file: fields,
    find: `    socket: ['sk'],
    general: [`,
    replace: `    socket: [],
    general: [
        'sk',`,
    does: 'Has the owning socket among the general fields.',
  },
  {
    id: 'field-list-missing',
    statement: 'SKB-01',
    file: fields,
    find: `        'list',`,
    replace: ``,
    does: 'Has no field that names the list a buffer is on.',
  },
  {
    id: 'end-seq-without-syn',
    statement: 'SKB-13',
    file: controlBlock,
    find: END_SEQUENCE,
    replace: `return (seq + fin + dataLength) >>> 0;`,
    does: 'Does not count SYN in end_seq.',
  },
  {
    id: 'end-seq-without-fin',
    statement: 'SKB-13',
    file: controlBlock,
    find: END_SEQUENCE,
    replace: `return (seq + syn + dataLength) >>> 0;`,
    does: 'Does not count FIN in end_seq.',
  },
  {
    id: 'end-seq-without-data',
    statement: 'SKB-13',
    file: controlBlock,
    find: END_SEQUENCE,
    replace: `return (seq + syn + fin) >>> 0;`,
    does: 'Does not count the data in end_seq.',
  },
  {
    id: 'end-seq-syn-or-fin',
    statement: 'SKB-13',
    file: controlBlock,
    find: END_SEQUENCE,
    replace: `return (seq + (syn | fin) + dataLength) >>> 0;`,
    does: 'Counts one for SYN and FIN together.',
  },
  {
    id: 'end-seq-of-last-octet',
    statement: 'SKB-13',
    file: controlBlock,
    find: END_SEQUENCE,
    replace: `return (seq + Math.max(0, syn + fin + dataLength - 1)) >>> 0;`,
    does: 'Takes end_seq for the number of the last octet, not for the one behind it.',
  },
  {
    id: 'end-seq-counts-rst',
    statement: 'SKB-13',
    file: controlBlock,
    find: `const SYN = 0x02;`,
    replace: `const SYN = 0x04;`,
    does: 'Counts RST in end_seq in place of SYN.',
  },
  {
    id: 'end-seq-counts-options',
    statement: 'SKB-13',
    file: controlBlock,
    find: `segment.length - headerLength`,
    replace: `segment.length - TCP_HEADER_MIN`,
    does: 'Counts TCP options as data.',
  },
  {
    id: 'flags-from-wrong-octet',
    statement: 'SKB-13',
    file: controlBlock,
    find: `const flags = octetAt(segment, 13);`,
    replace: `const flags = octetAt(segment, 12);`,
    does: "Takes the octet with the data offset for TCP's flags.",
  },
  {
    id: 'seq-in-host-order',
    statement: 'SKB-13',
    file: controlBlock,
    find: `const seq = be32(segment, 4);`,
    replace: `const seq = new DataView(segment.buffer, segment.byteOffset).getUint32(4, true);`,
    does: 'Does not turn the sequence number from network to host order.',
  },
  {
    id: 'tcp-header-length-unchecked',
    statement: 'SKB-13',
    file: controlBlock,
    find: `bugOn(segment.length < headerLength, `,
    replace: `bugOn(false, `,
    does: 'Believes a TCP header that says it is longer than the segment.',
  },
  {
    id: 'cb-without-bound',
    statement: 'SKB-13',
    file: controlBlock,
    find: `    bugOn(octets.length > CB_SIZE, \`\${octets.length} octets into a control block of \${CB_SIZE}\`);
    octetsFor(skb).set(octets);`,
    replace: `    octetsFor(skb).set(octets.subarray(0, CB_SIZE));`,
    does: 'Drops what is written past the end of the control block without a word.',
  },
  {
    id: 'cb-write-clears-nothing',
    statement: 'SKB-13',
    file: controlBlock,
    find: `    octetsFor(skb).set(octets);`,
    replace: `    for (const [at, octet] of octets.entries())
        octetsFor(skb)[at] ||= octet;`,
    does: 'Lets a layer write only where the one before left zeroes.',
  },
  {
    id: 'ip-clears-the-whole-cb',
    statement: 'SKB-13',
    file: controlBlock,
    find: `skb.cb?.fill(0, 0, IP_OPTIONS_SIZE);`,
    replace: `skb.cb?.fill(0);`,
    does: "Clears TCP's numbers too when IP writes its options into the control block.",
  },
];
