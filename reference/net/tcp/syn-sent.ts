/**
 * The answer to our SYN.
 *
 * Source: RFC 9293, section 3.10.7.3; Linux 2.6.11, net/ipv4/tcp_input.c,
 * tcp_rcv_synsent_state_process().
 */
import { wakeSock } from '../sock.ts';
import { enterQuickack, scheduleAck } from './ack-policy.ts';
import { tcpAck } from './ack.ts';
import {
  ACK,
  ATO_MIN,
  DEFAULT_MSS,
  DELACK_MAX,
  MAX_WINDOW,
  RST,
  SYN,
  TIMESTAMPS_ALIGNED,
} from './constants.ts';
import { tcpSendAck, tcpSendSynack } from './control.ts';
import { tcpDataQueue } from './data-queue.ts';
import { initMetrics } from './establish.ts';
import { initializeRcvMss, syncMss } from './mss.ts';
import { parseOptions, type SegmentOptions } from './options.ts';
import { pathMtuOf } from './rebuild-header.ts';
import type { Segment } from './segment.ts';
import { between } from './seq.ts';
import { tcpReset } from './sequence-check.ts';
import { setState } from './set-state.ts';
import { timeStamp, type TcpSock } from './tcp-sock.ts';
import { resetDelackTimer } from './timer-control.ts';
import { storeTsRecent, timestampNow } from './timestamp.ts';
import { tcpUrg } from './urgent.ts';
import { dataSndCheck } from './output.ts';

/** @returns false where the answer is a reset. */
export function rcvSynSent(sk: TcpSock, segment: Segment): boolean {
  const { tunables } = sk.net.tcp;
  const options = parseOptions(segment, tunables);
  const { flags } = segment;
  if ((flags & ACK) !== 0) {
    if (segment.ack !== sk.sndNxt) return false;
    if (options.timestamps && options.tsecr !== 0 && !isOurStamp(sk, options)) return false;
    if ((flags & RST) !== 0) {
      tcpReset(sk);
      return true;
    }
    if ((flags & SYN) === 0) return true;
    complete(sk, segment, options);
    return true;
  }
  if ((flags & RST) !== 0) return true;
  if ((flags & SYN) !== 0) simultaneous(sk, segment, options);
  return true;
}

/** Whether it echoes a stamp that we have sent since. */
function isOurStamp({ net, retransStamp }: TcpSock, { tsecr }: SegmentOptions): boolean {
  if (net.profile === 'bsd-4.4') return true;
  return between(tsecr, retransStamp, timestampNow(net));
}

/** What both sides have said in their SYNs, they use. */
function agree(sk: TcpSock, options: SegmentOptions): void {
  // Who says nothing takes what every host has to.
  const mss = options.mss === 0 ? DEFAULT_MSS : options.mss;
  sk.mssClamp = sk.userMss > 0 ? Math.min(mss, sk.userMss) : mss;
  sk.windowScaling = options.wscale !== undefined;
  sk.sndWscale = options.wscale ?? 0;
  if (!sk.windowScaling) {
    sk.rcvWscale = 0;
    sk.windowClamp = Math.min(sk.windowClamp, MAX_WINDOW);
  }
  sk.timestamps = options.timestamps;
  sk.sawTimestamp = options.timestamps;
  if (!options.timestamps) return;
  sk.rcvTsval = options.tsval;
  sk.rcvTsecr = options.tsecr;
  sk.advmss -= TIMESTAMPS_ALIGNED;
  storeTsRecent(sk);
}

/** Our SYN is acknowledged, and here is the peer's. */
function complete(sk: TcpSock, segment: Segment, options: SegmentOptions): void {
  agree(sk, options);
  tcpAck(sk, segment);
  sk.irs = segment.seq;
  sk.rcvNxt = (segment.seq + 1) | 0;
  sk.rcvWup = sk.rcvNxt;
  sk.sndWnd = segment.window;
  sk.sndWl1 = segment.seq;
  sk.maxWindow = segment.window;
  syncMss(sk, pathMtuOf(sk));
  initializeRcvMss(sk);
  sk.copiedSeq = sk.rcvNxt;
  setState(sk, 'ESTABLISHED');
  initMetrics(sk);
  wakeSock(sk);
  if (sk.ack.pingpong || sk.deferAccept > 0 || isWrittenAtOnce(sk)) {
    waitForData(sk);
  } else {
    tcpSendAck(sk);
  }
  // A SYN may bring data, a FIN, and an urgent pointer.
  tcpUrg(sk, segment);
  takeRest(sk, segment);
  dataSndCheck(sk);
}

/** What stands behind the SYN, as a segment of its own; Linux has it sent again. */
function takeRest(sk: TcpSock, segment: Segment): void {
  if (sk.net.profile.startsWith('linux')) return;
  const rest = { ...segment, seq: (segment.seq + 1) | 0, flags: segment.flags & ~SYN };
  if (rest.seq === rest.endSeq) return;
  tcpDataQueue(sk, rest);
  tcpSendAck(sk);
}

/** Somebody waits to write: Linux has the ACK ride on the data, 4.4BSD sends it before. */
function isWrittenAtOnce({ net, writePending }: TcpSock): boolean {
  return net.profile !== 'bsd-4.4' && writePending > 0;
}

/** The ACK can ride on the data that the program is about to write. */
function waitForData(sk: TcpSock): void {
  scheduleAck(sk);
  sk.ack.lrcvtime = timeStamp(sk.net);
  sk.ack.ato = ATO_MIN;
  // Data that follow soon show that both write; what the peer sends before is acknowledged at once.
  enterQuickack(sk);
  resetDelackTimer(sk, sk.net.clock.now + DELACK_MAX * 1e6);
}

/** Both have sent a SYN, and neither has seen the other's. */
function simultaneous(sk: TcpSock, segment: Segment, options: SegmentOptions): void {
  setState(sk, 'SYN_RECEIVED');
  agree(sk, options);
  sk.irs = segment.seq;
  sk.rcvNxt = (segment.seq + 1) | 0;
  sk.rcvWup = sk.rcvNxt;
  sk.sndWnd = segment.window;
  sk.sndWl1 = segment.seq;
  sk.maxWindow = segment.window;
  syncMss(sk, pathMtuOf(sk));
  initializeRcvMss(sk);
  tcpSendSynack(sk);
}
