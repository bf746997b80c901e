/** Faults of urgent data, and of the order of a stream. */
import type { Mutant } from '../mutant.ts';

export const TCP_URGENT: readonly Mutant[] = [
  {
    id: 'tcp-urgent-pointer-at-octet',
    statement: 'SOC-14',
    file: 'net/tcp/transmit',
    find: `putBe16(bytes, 18, urgent);`,
    replace: `putBe16(bytes, 18, urgent - 1);`,
    does: 'Has the urgent pointer lead to the urgent octet, not behind it.',
  },
  {
    id: 'tcp-urgent-octet-among-others',
    statement: 'SOC-14',
    file: 'net/tcp/recvmsg',
    find: `if (mark === 0 && !sk.oobInline) {`,
    replace: `if (false) {`,
    does: 'Gives the urgent octet with the others though the program does not want it in line.',
  },
  {
    id: 'tcp-urgent-octet-read-twice',
    statement: 'SOC-14',
    file: 'net/tcp/recvmsg',
    find: `sk.urgState = 'read';`,
    replace: `;`,
    does: 'Gives the urgent octet as often as it is asked for.',
  },
  {
    id: 'tcp-long-write-begins-anew',
    statement: 'SOC-06',
    alsoBreaks: [
      'TXP-04',
      'BUF-10',
      'FLW-03',
      'FLW-05',
      'FLW-06',
      'FLW-08',
      'FLW-10',
      'FLW-13',
      'FLW-04',
      'FLW-07',
      'FLW-09',
      'TCP-02',
      'TXP-03',
      'TXP-05',
    ],
    file: 'net/tcp/sendmsg',
    find: `octets.subarray(copied, reach)`,
    replace: `octets.subarray(0, octets.length - copied)`,
    does: 'Takes the first octets of a long write for each of its segments.',
  },
];
