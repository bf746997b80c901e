/** Faults that show when segments come that do not fit, or that lie. */
import type { Mutant } from '../mutant.ts';

const check = 'net/tcp/check-request';
const process = 'net/tcp/state-process';

export const TCP_BAD_SEGMENTS: readonly Mutant[] = [
  {
    id: 'tcp-option-of-no-length',
    statement: 'TCP-01',
    file: 'net/tcp/options',
    find: `if (size < 2 || at + size > options.length)
            break;`,
    replace: `if (at + size > options.length)
            break;
        if (size < 2) {
            at += 2;
            continue;
        }`,
    does: 'Reads on behind an option that has no length.',
  },
  {
    id: 'tcp-option-beyond-header',
    statement: 'TCP-01',
    file: 'net/tcp/options',
    find: `|| at + size > options.length`,
    replace: `|| false`,
    does: 'Reads an option that ends behind the header.',
  },
  {
    id: 'tcp-option-of-any-length',
    statement: 'TCP-01',
    file: 'net/tcp/options',
    find: `kind === MSS && size === 4 && syn`,
    replace: `kind === MSS && syn`,
    does: 'Takes an MSS from an option that is too short for one.',
  },
  {
    id: 'tcp-request-old-timestamp',
    statement: 'LSN-04',
    file: check,
    find: `if (old && (segment.flags & RST) === 0)`,
    replace: `if (false)`,
    does: 'Completes a handshake with a segment that is older than the SYN.',
  },
  {
    id: 'tcp-request-outside-unanswered',
    statement: 'LSN-04',
    file: check,
    find: `if ((flags & RST) === 0)
            sendRequestAck(sk, request);`,
    replace: ``,
    does: 'Says nothing to who is beyond the window of a request.',
  },
  {
    id: 'tcp-request-ends-silently',
    statement: 'LSN-04',
    file: check,
    find: `if ((segment.flags & SYN) !== 0 && (segment.flags & RST) === 0)`,
    replace: `if (false)`,
    does: 'Ends a request with a new SYN, and tells nobody.',
  },
  {
    id: 'tcp-window-counted-twice',
    statement: 'BUF-06',
    file: 'net/tcp/sequence-check',
    find: `(sk.rcvNxt + receiveWindow(sk)) | 0`,
    replace: `(sk.rcvNxt + 2 * receiveWindow(sk)) | 0`,
    does: 'Takes segments, resets among them, from as far beyond the window as it is wide.',
  },
  {
    id: 'tcp-beyond-window-taken',
    statement: 'BUF-06',
    file: 'net/tcp/data-queue',
    find: `if (beyond <= 0)`,
    replace: `if (true)`,
    does: 'Takes the octets of a segment that lie beyond the window.',
  },
  {
    id: 'tcp-window-made-smaller',
    statement: 'BUF-06',
    file: 'net/tcp/ack',
    find: `(seq === sk.sndWl1 && window > sk.sndWnd)`,
    replace: `seq === sk.sndWl1`,
    does: 'Takes a smaller window from a segment that says nothing new.',
  },
  {
    id: 'tcp-third-segment-unscaled',
    statement: 'BUF-06',
    file: process,
    find: `segment.window * 2 ** sk.sndWscale`,
    replace: `segment.window`,
    does: 'Does not scale the window of the third segment.',
  },
  {
    id: 'tcp-data-with-ack-of-fin',
    statement: 'TCP-01',
    file: process,
    find: `sk.linger2 < 0 || hasNewData(sk, segment)`,
    replace: `sk.linger2 < 0`,
    does: 'Drops octets that nobody can read, when they come with the ACK of its FIN.',
  },
  {
    id: 'tcp-data-behind-fin',
    statement: 'TCP-01',
    file: process,
    find: `if (before(segment.seq, sk.rcvNxt))`,
    replace: `if (true)`,
    does: 'Reads octets that come behind the FIN.',
  },
  {
    id: 'tcp-shut-down-data-taken',
    statement: 'TCP-01',
    file: process,
    find: `sk.receiveShutdown && hasNewData(sk, segment)`,
    replace: `false`,
    does: 'Takes octets for a program that has shut down both halves.',
  },
  {
    id: 'tcp-waiting-fin-lost',
    statement: 'TCP-01',
    file: 'net/tcp/data-queue',
    find: `        if ((first.flags & FIN) !== 0)
            tcpFin(sk);`,
    replace: ``,
    does: 'Forgets a FIN that came before the octets in front of it.',
  },
  {
    id: 'tcp-waiting-counted-twice',
    statement: 'BUF-09',
    file: 'net/tcp/data-queue',
    find: `    unlink(sk.outOfOrder, buffer);
    sk.rmemAlloc -= buffer.truesize;`,
    replace: `    unlink(sk.outOfOrder, buffer);`,
    does: 'Goes on counting octets that waited for others, when they have been read.',
  },
  {
    id: 'tcp-probes-never-answered',
    statement: 'FLW-03',
    file: 'net/tcp/ack',
    find: `sk.probesOut = 0;`,
    replace: ``,
    does: 'Gives up a peer whose window is closed, though it answers.',
  },
  {
    id: 'tcp-old-word-of-router',
    statement: 'TCP-03',
    file: 'net/tcp/ack',
    find: `sk.softError = null;`,
    replace: ``,
    does: 'Tells of what a router said before the peer was heard again.',
  },
  {
    id: 'tcp-urgent-for-ever',
    statement: 'SOC-14',
    file: 'net/tcp/ack',
    find: `sk.urgMode = false;`,
    replace: ``,
    does: 'Sends small segments at once for ever, when one octet was urgent.',
  },
  {
    id: 'tcp-any-stamp-is-newest',
    statement: 'TCP-01',
    file: 'net/tcp/timestamp',
    find: `|| after(seq, sk.rcvWup)`,
    replace: ``,
    does: 'Keeps the timestamp of a segment that came out of order.',
  },
  {
    id: 'tcp-overtaken-ack-answered',
    statement: 'TCP-01',
    file: 'net/tcp/timestamp',
    find: `return !disorderedAck(sk, segment, behind);`,
    replace: `return true;`,
    does: 'Answers a bare ACK that another has overtaken.',
  },
  {
    id: 'tcp-new-stamp-begins-nothing',
    statement: 'TCP-01',
    file: 'net/tcp/time-wait',
    find: `|| (stamp !== null && before(tw.tsRecent, stamp.tsval))`,
    replace: ``,
    does: 'Looks at the number alone of a SYN that comes in TIME_WAIT.',
  },
  {
    id: 'tcp-time-wait-any-reset',
    statement: 'TCP-01',
    file: 'net/tcp/time-wait',
    find: `!old && seq === tw.rcvNxt && (seq === endSeq || rst)`,
    replace: `!old && (seq === endSeq || rst)`,
    does: 'Ends TIME_WAIT with any reset, and does not answer what comes from outside the window.',
  },
  {
    id: 'tcp-orphan-ignores-reset',
    statement: 'TCP-01',
    file: 'net/tcp/time-wait',
    find: `    if ((flags & RST) !== 0) {
        deschedule(tw);
        return;
    }`,
    replace: ``,
    does: 'Waits for the FIN of a peer that has reset the connection.',
  },
  {
    id: 'tcp-orphan-resets-outside',
    statement: 'TCP-01',
    file: 'net/tcp/time-wait',
    find: `if (old || !inWindow(seq, endSeq, tw.rcvNxt, (tw.rcvNxt + tw.rcvWnd) | 0)) {`,
    replace: `if (old) {`,
    does: 'Ends a connection in FIN_WAIT_2 with octets from outside its window.',
  },
];
