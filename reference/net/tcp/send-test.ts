/**
 * Whether a buffer may be sent now.
 *
 * Source: Linux 2.6.11, include/net/tcp.h, tcp_snd_test(), tcp_nagle_check(), tcp_minshall_check();
 * RFC 896; 4.4BSD, netinet/tcp_output.c.
 */
import { enter } from '../../kernel/ftrace.ts';
import type { TcpBuffer } from './buffers.ts';
import { FIN } from './constants.ts';
import { after, before } from './seq.ts';
import type { TcpSock } from './tcp-sock.ts';

/** What the caller knows: more is to come, nothing has to wait, or neither. @kernel TCP_NAGLE_CORK … */
export type Nagle = 'off' | 'cork' | 'push' | 'on';

/** As the socket's options have it. */
export function nagleOf({ corkOn, nodelay }: TcpSock): Nagle {
  if (corkOn) return 'cork';
  return nodelay ? 'off' : 'on';
}

/** A small segment that the peer has not acknowledged. @kernel tcp_minshall_check */
function minshallCheck({ sndSml, sndUna, sndNxt }: TcpSock): boolean {
  return after(sndSml, sndUna) && !after(sndSml, sndNxt);
}

/** Whether a small segment has to wait. @kernel tcp_nagle_check */
function nagleCheck(sk: TcpSock, buffer: TcpBuffer, mss: number, nagle: Nagle): boolean {
  if (buffer.length >= mss || (buffer.flags & FIN) !== 0) return false;
  if (nagle === 'cork') return true;
  if (nagle === 'off' || sk.packetsOut === 0) return false;
  if (sk.net.profile !== 'bsd-4.4') return minshallCheck(sk);
  // Classic: while anything is outstanding; but half of the peer's window is worth a segment.
  return buffer.length < sk.maxWindow / 2;
}

/**
 * Three tests: Nagle's, the congestion window, the peer's window.
 *
 * @kernel tcp_snd_test
 */
export function tcpSndTest(sk: TcpSock, buffer: TcpBuffer, mss: number, nagle: Nagle): boolean {
  enter('tcp_snd_test');
  const again = before(buffer.seq, sk.sndMax);
  if (nagle !== 'push' && !sk.urgMode && !again && nagleCheck(sk, buffer, mss, nagle)) return false;
  const fin = (buffer.flags & FIN) !== 0;
  // 4.4BSD looks at no window for an end alone.
  if (fin && buffer.length === 0 && sk.net.profile === 'bsd-4.4') return true;
  if (!fin && !sk.congestion.mayTransmit(sk, Math.min(buffer.length, mss))) return false;
  const end = buffer.length > mss ? (buffer.seq + mss) | 0 : buffer.endSeq;
  return !after(end, (sk.sndUna + sk.sndWnd) | 0);
}
