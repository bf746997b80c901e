/**
 * A stream socket: what TCP keeps of a connection.
 *
 * Source: Linux 2.6.11, include/linux/tcp.h, struct tcp_opt; 4.4BSD, netinet/tcp_var.h, struct tcpcb.
 */
import type { CongestionControl, Errno, TcpState } from '../../../contract/index.ts';
import type { Task } from '../../kernel/task.ts';
import type { WaitQueue } from '../../kernel/wait-queue.ts';
import type { SendPage } from '../ip-append.ts';
import type { Net } from '../net.ts';
import type { Dst } from '../route.ts';
import type { NetDevice } from '../net-device.ts';
import type { SkBuff } from '../sk-buff.ts';
import { wakeSock, type Cork, type PmtuDisc, type Sock } from '../sock.ts';
import type { AfSpecific } from './af-specific.ts';
import { newQueue, type BufferQueue, type TcpBuffer } from './buffers.ts';
import type { CongestionOps } from './congestion.ts';
import { DEFAULT_MSS, NO_THRESHOLD } from './constants.ts';
import type { Listening } from './listen.ts';
import type { Segment } from './segment.ts';
import type { LazyTimer } from './timer.ts';
import type { Tupled } from './tuple-table.ts';

/** How much of a connection's life the socket layer has seen. @kernel SS_UNCONNECTED … */
export type SocketState = 'unconnected' | 'connecting' | 'connected' | 'disconnecting';

/** When the next ACK goes. Times in milliseconds. @kernel tp->ack */
export interface AckState {
  /** One is owed. @kernel TCP_ACK_SCHED */
  scheduled: boolean;
  /** The peer has sent small segments: it waits for us. @kernel TCP_ACK_PUSHED */
  pushed: boolean;
  /** ACKs that go at once. */
  quick: number;
  /** Data go both ways, so that ACKs can ride on them. */
  pingpong: boolean;
  /** How long one waits at most. */
  ato: number;
  /** When data came last. */
  lrcvtime: number;
  lastSegSize: number;
  /** The peer's usual segment. */
  rcvMss: number;
}

/** Round-trip time, in milliseconds or in ticks of 500, as the system counts. */
export interface RttState {
  /** Eight times the mean; 0 before the first sample. */
  srtt: number;
  /** Four times the mean deviation, and the greatest of it in this round trip. */
  mdev: number;
  mdevMax: number;
  rttvar: number;
  rttSeq: number;
  /** A segment that 4.4BSD times: since when, in ticks, and what acknowledges it. */
  timedSince: number | null;
  timedSeq: number;
  /** Milliseconds, with back-off. */
  rto: number;
  /** Doublings since. */
  backoff: number;
}

/** @kernel TCP_CA_Open … */
export type CaState = 'Open' | 'Disorder' | 'CWR' | 'Recovery' | 'Loss';

export interface Timers {
  readonly retransmit: LazyTimer;
  readonly probe: LazyTimer;
  readonly delack: LazyTimer;
  /** Keepalive, and the wait of a socket without a program for the peer's FIN. */
  readonly keepalive: LazyTimer;
}

export class TcpSock implements Sock, Tupled {
  readonly net: Net;
  readonly type = 'SOCK_STREAM';
  readonly protocol = 6;
  state: TcpState = 'CLOSED';
  socketState: SocketState = 'unconnected';
  hashNext: Tupled | null = null;
  hashed = false;
  /** Functions of the network layer below. @kernel tp->af_specific */
  af: AfSpecific;

  // What every socket has

  connected = false;
  closed = false;
  receiveShutdown = false;
  sendShutdown = false;
  error: Errno | null = null;
  /** An error that is told only if the connection fails. @kernel sk_err_soft */
  softError: Errno | null = null;
  readonly receiveQueue: SkBuff[] = [];
  rmemAlloc = 0;
  rcvbuf: number;
  wmemAlloc = 0;
  sndbuf: number;
  rcvlowat = 1;
  sndlowat: number | null = null;
  readonly sleepers: WaitQueue = [];
  writeSpace: () => void = () => wakeSock(this);
  rcvtimeo = Infinity;
  sndtimeo = Infinity;
  reuseAddress = false;
  broadcast = false;
  priority = 0;
  boundDevice: string | null = null;
  receiveAddress = 0;
  sourceAddress = 0;
  port = 0;
  daddr = 0;
  dport = 0;
  addressLocked = false;
  portLocked = false;
  ttl = 64;
  tos = 0;
  pmtuDisc: PmtuDisc;
  multicastTtl = 1;
  multicastLoop = true;
  readonly groups = new Map<number, NetDevice>();
  headerIncluded = false;
  receiveErrors = false;
  corked = false;
  cork: Cork | null = null;
  readonly writeQueue: SkBuff[] = [];
  sendPage: SendPage | null = null;
  cachedDst: Dst | null = null;
  readonly ident = { id: 0 };
  icmpFilter = 0;
  keepalive = false;
  oobInline = false;
  /** Seconds; null when close does not linger. */
  linger: number | null = null;
  sndbufLocked = false;
  rcvbufLocked = false;
  /** The program has left it. @kernel SOCK_DEAD */
  dead = false;
  /** The peer has ended its stream. @kernel SOCK_DONE */
  done = false;
  /** A writer found no room. @kernel SOCK_NOSPACE */
  noSpace = false;
  /** Whom SIGURG goes to. @kernel F_SETOWN */
  owner: Task | null = null;
  /** Tells the owner of urgent data. @kernel sk_send_sigurg */
  urgSignal: (() => void) | null = null;

  // Who works on it

  /** A call or a timer is at work: what comes meanwhile waits. @kernel sk_lock.users */
  owned = false;
  backlog: Segment[] = [];

  // Sequence space

  /** First number sent and received. @kernel iss, irs */
  iss = 0;
  irs = 0;
  sndUna = 0;
  /** Numbers that were acknowledged since the connection began. @kernel bytes_acked */
  octetsAcked = 0;
  sndNxt = 0;
  /** Behind all that was ever sent; SND.NXT may be set back. @kernel snd_max */
  sndMax = 0;
  /** Behind all that was written. @kernel write_seq */
  writeSeq = 0;
  pushedSeq = 0;
  sndWnd = 0;
  maxWindow = 0;
  sndWl1 = 0;
  sndUp = 0;
  urgMode = false;
  /** End of the last small segment sent. @kernel snd_sml */
  sndSml = 0;
  rcvNxt = 0;
  /** RCV.NXT when the last window was offered, and that window. @kernel rcv_wup, rcv_wnd */
  rcvWup = 0;
  rcvWnd = 0;
  /** First octet that no program has read. @kernel copied_seq */
  copiedSeq = 0;
  /** Greatest window that it will offer, and where it has come to. @kernel window_clamp, rcv_ssthresh */
  windowClamp = 0;
  userWindowClamp = 0;
  rcvSsthresh = 0;
  urgSeq = 0;
  /** none, announced, there, or read. */
  urgState: 'none' | 'announced' | 'there' | 'read' = 'none';
  urgOctet = 0;

  // Queues

  readonly sendQueue: BufferQueue = newQueue();
  /** First buffer that has not been sent. @kernel sk_send_head */
  sendHead: TcpBuffer | null = null;
  readonly received: BufferQueue = newQueue();
  readonly outOfOrder: BufferQueue = newQueue();
  /** Memory that buffers to be sent take. @kernel sk_wmem_queued */
  wmemQueued = 0;

  // Options

  /** As the program wants it; 0 for as it comes. */
  userMss = 0;
  /** The peer's. */
  mssClamp = DEFAULT_MSS;
  mss = DEFAULT_MSS;
  advmss = DEFAULT_MSS;
  pmtu = 0;
  timestamps = false;
  tsRecent = 0;
  /** Seconds since boot. */
  tsRecentStamp = 0;
  sawTimestamp = false;
  rcvTsval = 0;
  rcvTsecr = 0;
  windowScaling = false;
  sndWscale = 0;
  rcvWscale = 0;

  // Sending

  /** Buffers between SND.UNA and the send head. @kernel packets_out */
  packetsOut = 0;
  lostOut = 0;
  /** Duplicates stand for segments that have left the network. @kernel sacked_out */
  sackedOut = 0;
  retransOut = 0;
  caState: CaState = 'Open';
  highSeq = 0;
  congestion: CongestionOps;
  congestionName: CongestionControl;
  /** In octets, or in segments, as its congestion control counts. */
  cwnd = 0;
  cwndCount = 0;
  ssthresh = NO_THRESHOLD;
  cwndUsed = 0;
  /** Milliseconds. */
  cwndStamp = 0;
  cwndClamp = 0xffff_ffff;
  dupacks = 0;
  /** What a congestion control keeps of its own. */
  ccState: unknown = undefined;
  /** The delay since a segment was sent again first; 0 for none. */
  retransStamp = 0;
  nodelay = false;
  corkOn = false;
  /** Milliseconds: when data were sent last, when anything came. */
  lsndtime = 0;
  rcvTstamp = 0;
  /** When something out of place was answered last; see challenge-ack.ts. */
  lastOowAck: number | null = null;
  readonly rtt: RttState;
  readonly ack: AckState = {
    scheduled: false,
    pushed: false,
    quick: 0,
    pingpong: false,
    ato: 0,
    lrcvtime: 0,
    lastSegSize: 0,
    rcvMss: DEFAULT_MSS,
  };

  // Timers and their counts

  timers: Timers | null = null;
  retransmits = 0;
  totalRetransmits = 0;
  probesOut = 0;
  keepIdle: number;
  keepInterval = 75_000;
  keepCount: number;
  /** Milliseconds; below 0: at once. @kernel linger2 */
  linger2: number;
  synRetries = 0;
  /** Milliseconds from our SYN-ACK to its answer; 0 where that is not known. */
  handshakeMs = 0;
  deferAccept = 0;
  /** Writers that wait for the connection. @kernel sk_write_pending */
  writePending = 0;

  // Listening

  listening: Listening | null = null;
  parent: TcpSock | null = null;

  constructor(net: Net, af: AfSpecific, congestion: CongestionOps, rto: number) {
    const { tunables } = net.tcp;
    const bsd = net.profile === 'bsd-4.4';
    this.net = net;
    this.af = af;
    this.congestion = congestion;
    this.congestionName = tunables.congestionControl;
    this.pmtuDisc = bsd ? 'DONT' : 'WANT';
    this.rcvbuf = bsd ? 8192 : net.profile === 'linux-6' ? 131_072 : 87_380;
    this.sndbuf = bsd ? 8192 : 16_384;
    this.keepIdle = tunables.keepaliveTime;
    this.keepCount = bsd ? 8 : 9;
    this.linger2 = tunables.finWait2Timeout;
    this.rtt = {
      srtt: 0,
      mdev: rto,
      mdevMax: 0,
      rttvar: rto,
      rttSeq: 0,
      timedSince: null,
      timedSeq: 0,
      rto,
      backoff: 0,
    };
  }
}

/** Milliseconds since boot, as time stamps and timers count. @kernel tcp_time_stamp */
export function timeStamp({ clock }: Net): number {
  return Math.floor(clock.now / 1_000_000) | 0;
}
