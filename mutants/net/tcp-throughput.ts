/** Faults that make a stream slower or faster than its buffers say. */
import type { Mutant } from '../mutant.ts';

export const TCP_THROUGHPUT: readonly Mutant[] = [
  {
    id: 'tcp-half-of-receive-buffer',
    statement: 'BUF-08',
    alsoBreaks: ['BUF-11', 'BUF-06'],
    file: 'net/tcp/window',
    find: `let free = receiveSpace(sk);`,
    replace: `let free = receiveSpace(sk) >> 1;`,
    does: 'Offers half of the room in its receive buffer.',
  },
  {
    id: 'tcp-send-buffer-is-no-limit',
    statement: 'BUF-11',
    alsoBreaks: ['BUF-08', 'FLW-04', 'BUF-02', 'FLW-08', 'FLW-11', 'BUF-10', 'FLW-07', 'FLW-05'],
    file: 'net/tcp/send-room',
    find: `return Math.max(0, distance(sk.sndUna, sk.writeSeq) - controlOctets(sk));`,
    replace: `return Math.max(0, distance(sk.sndNxt, sk.writeSeq) - controlOctets(sk));`,
    does: 'Lets more be under way than the send buffer holds.',
  },
];
