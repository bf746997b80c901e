/** Faults of when data are acknowledged. */
import type { Mutant } from '../mutant.ts';

export const TCP_ACKS: readonly Mutant[] = [
  {
    id: 'tcp-closed-gap-acked-late',
    statement: 'TXP-09',
    file: 'net/tcp/data-queue',
    find: `sk.ack.pingpong = false;`,
    replace: `;`,
    does: 'Has the ACK of what closes a gap wait for data that it could ride on.',
  },
  {
    id: 'tcp-closed-gap-acked-late-bsd',
    statement: 'TXP-09',
    profile: 'bsd-4.4',
    file: 'net/tcp/data-queue',
    find: `if (sk.net.profile === 'bsd-4.4')
            enterQuickack(sk);`,
    replace: ``,
    does: 'Has the ACK of what closes a gap wait for the next tick.',
  },
  {
    id: 'tcp-read-leaves-ack',
    statement: 'TXP-09',
    file: 'net/tcp/recvmsg',
    find: `return copied > 0 && ack.pushed && !ack.pingpong && sk.rmemAlloc === 0;`,
    replace: `return false;`,
    does: 'Has a peer that waits for us wait for the ACK as well, though all has been read.',
  },
  {
    id: 'tcp-read-leaves-ack-of-segment',
    statement: 'TXP-09',
    alsoBreaks: ['BUF-08', 'BUF-11'],
    file: 'net/tcp/recvmsg',
    find: `if (distance(sk.rcvWup, sk.rcvNxt) > ack.rcvMss)
        return true;`,
    replace: ``,
    does: 'Does not acknowledge more than a segment when reading has made room for it.',
  },
  {
    id: 'tcp-peer-segment-just-whole',
    statement: 'TXP-09',
    file: 'net/tcp/ack-policy',
    find: `withHeader >= 536 + TCP_HEADER`,
    replace: `withHeader > 536 + TCP_HEADER`,
    does: 'Takes a segment of 536 octets for less than a whole one.',
  },
  {
    id: 'tcp-peer-segment-once',
    statement: 'TXP-09',
    file: 'net/tcp/ack-policy',
    find: `if (octets === last)`,
    replace: `if (true)`,
    does: 'Takes the peer to send shorter segments from the first one on that is shorter.',
  },
  {
    id: 'tcp-window-opens-for-all',
    statement: 'BUF-09',
    profile: 'linux-2.6.11',
    file: 'net/tcp/ack-policy',
    find: `return 2 * sk.ack.rcvMss;`,
    replace: `return 2 * sk.advmss;`,
    does: 'Opens the window as far for segments that cost more than they bring.',
  },
  {
    id: 'tcp-gap-no-reason-to-hurry',
    statement: 'TXP-09',
    file: 'net/tcp/data-queue',
    find: `function outOfOrder(sk, buffer) {
    enterQuickack(sk);`,
    replace: `function outOfOrder(sk, buffer) {`,
    does: 'Goes on delaying ACKs behind a gap.',
  },
  {
    id: 'tcp-quick-acks-leave-a-long-wait',
    statement: 'TXP-09',
    file: 'net/tcp/transmit',
    find: `if (ack.quick === 0)
            ack.ato = 40;`,
    replace: ``,
    does: 'Does not wait for less when the last of the quick ACKs has left.',
  },
  {
    id: 'tcp-defer-accept-client-answers-at-once',
    statement: 'TXP-09',
    alsoBreaks: ['CON-01'],
    file: 'net/tcp/syn-sent',
    find: `sk.ack.pingpong || sk.deferAccept > 0 ||`,
    replace: `sk.ack.pingpong ||`,
    does: 'Answers a SYN-ACK at once though the program has said that it writes first.',
  },
  {
    id: 'tcp-handshake-ack-not-dated',
    statement: 'TXP-09',
    file: 'net/tcp/syn-sent',
    find: `sk.ack.lrcvtime = timeStamp(sk.net);`,
    replace: `;`,
    does: 'Does not see that data follow the handshake at once.',
  },
  {
    id: 'tcp-handshake-ack-is-a-dialogue',
    statement: 'TXP-09',
    alsoBreaks: ['CON-01'],
    file: 'net/tcp/syn-sent',
    find: `enterQuickack(sk);
    resetDelackTimer`,
    replace: `enterQuickack(sk);
    sk.ack.pingpong = true;
    resetDelackTimer`,
    does: 'Has what the peer writes first wait for data that may never come.',
  },
];
