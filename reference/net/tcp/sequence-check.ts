/**
 * The first steps with a segment of a synchronized connection: timestamp, window, RST, SYN.
 *
 * Source: RFC 9293, section 3.10.7.4, first to fourth; RFC 5961, sections 3 and 4; Linux 2.6.11,
 * net/ipv4/tcp_input.c, tcp_sequence(), tcp_reset(), tcp_send_dupack().
 */
import { enter } from '../../kernel/ftrace.ts';
import { enterQuickack } from './ack-policy.ts';
import { mayAnswer, sendChallengeAck } from './challenge-ack.ts';
import { ACK, RST, SYN } from './constants.ts';
import { tcpSendAck } from './control.ts';
import type { Segment } from './segment.ts';
import { after, before } from './seq.ts';
import { tcpDone } from './set-state.ts';
import type { TcpSock } from './tcp-sock.ts';
import { pawsDiscard, readTimestamps } from './timestamp.ts';
import { receiveWindow } from './window.ts';

/** Whether it goes on; if not, whether it was dropped or is answered by a reset. */
export type Checked = 'accepted' | 'discarded' | 'reset';

/** Some of it is in the window. @kernel tcp_sequence */
function inSequence(sk: TcpSock, { seq, endSeq }: Segment): boolean {
  return !before(endSeq, sk.rcvWup) && !after(seq, (sk.rcvNxt + receiveWindow(sk)) | 0);
}

/** Says where we are, to who has lost track. @kernel tcp_send_dupack */
function sendDupack(sk: TcpSock, segment: Segment): void {
  if (!mayAnswer(sk, segment)) return;
  const { seq, endSeq } = segment;
  if (seq !== endSeq && before(seq, sk.rcvNxt)) enterQuickack(sk);
  tcpSendAck(sk);
}

/** Linux 6 does not even look where such a segment lies. */
export function saysNothing({ net }: TcpSock, { flags }: Segment): boolean {
  return net.profile === 'linux-6' && (flags & (ACK | RST | SYN)) === 0;
}

export function acceptableSegment(sk: TcpSock, segment: Segment): Checked {
  readTimestamps(sk, segment);
  const rst = (segment.flags & RST) !== 0;
  if (pawsDiscard(sk, segment) && !rst) {
    sendDupack(sk, segment);
    return 'discarded';
  }
  if (!inSequence(sk, segment)) {
    if (!rst) sendDupack(sk, segment);
    return 'discarded';
  }
  if (rst) {
    if (!isExactReset(sk, segment)) sendChallengeAck(sk);
    else tcpReset(sk);
    return 'discarded';
  }
  if ((segment.flags & SYN) !== 0 && !before(segment.seq, sk.rcvNxt)) return synInWindow(sk);
  return 'accepted';
}

/** Since RFC 5961 a reset has to hit the very number; another one in the window is asked about. */
function isExactReset(sk: TcpSock, { seq }: Segment): boolean {
  return sk.net.profile !== 'linux-6' || seq === sk.rcvNxt;
}

/** A SYN where none can be: the peer has begun anew, or somebody guesses. */
function synInWindow(sk: TcpSock): Checked {
  if (sk.net.profile === 'linux-6') {
    sendChallengeAck(sk);
    return 'discarded';
  }
  tcpReset(sk);
  return 'reset';
}

/** The peer has reset the connection. @kernel tcp_reset */
export function tcpReset(sk: TcpSock): void {
  enter('tcp_reset');
  if (sk.state === 'SYN_SENT') sk.error = 'ECONNREFUSED';
  else if (sk.state === 'CLOSE_WAIT') sk.error = 'EPIPE';
  else sk.error = 'ECONNRESET';
  tcpDone(sk);
}
