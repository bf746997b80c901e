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
    file: 'net/tcp/recvmsg',
    find: `if (distance(sk.rcvWup, sk.rcvNxt) > ack.rcvMss)
        return true;`,
    replace: ``,
    does: 'Does not acknowledge more than a segment when reading has made room for it.',
  },
];
