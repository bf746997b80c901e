/**
 * Options of stream sockets; those of other levels go to the functions of these.
 *
 * Source: Linux 2.6.11, net/ipv4/tcp.c, tcp_setsockopt(), tcp_getsockopt(); net/core/sock.c; 4.4BSD,
 * netinet/tcp_usrreq.c, tcp_ctloutput(); kern/uipc_socket.c, sosetopt().
 */
import {
  CONGESTION_CONTROLS,
  failure,
  success,
  type Errno,
  type Outcome,
  type TcpOption,
} from '../../../contract/index.ts';
import type { OptionValue } from '../socket-option.ts';
import { congestionControl, type CongestionOps } from './congestion.ts';
import { MAX_MSS, MIN_MSS, MIN_MSS_6, NO_THRESHOLD } from './constants.ts';
import { withSock } from './lock.ts';
import { tcpPushPendingFrames } from './output.ts';
import { cleanupRbuf } from './recvmsg.ts';
import { bsdLowat, lowWatermark } from './send-room.ts';
import type { TcpSock } from './tcp-sock.ts';
import { clearKeepaliveTimer, resetKeepaliveTimer } from './timer-control.ts';
import { mostBuffer } from './window.ts';
import { currentMss } from './mss.ts';

type Answer = Outcome<OptionValue, Errno>;

interface OptionOps {
  readonly get?: (sk: TcpSock) => Answer;
  readonly set?: (sk: TcpSock, value: number) => Outcome<unknown, Errno>;
  /** 4.4BSD does not have it. */
  readonly linux?: true;
}

const done = success({});

/** Milliseconds. @kernel TCP_FIN_TIMEOUT_MAX */
const LINGER2_MOST_6 = 120_000;

type Flag = 'oobInline' | 'nodelay' | 'corkOn';

/** As it is read when it is on: in 4.4BSD as the bit that it is kept in. */
const on = ({ net }: TcpSock, bit: number): number => (net.profile === 'bsd-4.4' ? bit : 1);

function flag(name: Flag, bit: number, also?: (sk: TcpSock) => void): OptionOps {
  return {
    get: (sk) => success(sk[name] ? on(sk, bit) : 0),
    set(sk, value) {
      sk[name] = value !== 0;
      also?.(sk);
      return done;
    },
  };
}

type Count = 'keepIdle' | 'keepInterval' | 'keepCount' | 'synRetries';

/** A number within bounds, kept in a unit of its own. */
function bounded(name: Count, least: number, most: number, unit: number): OptionOps {
  return {
    get: (sk) => success(Math.floor(sk[name] / unit)),
    set(sk, value) {
      if (value < least || value > most) return failure('EINVAL');
      sk[name] = value * unit;
      if (name === 'keepIdle' && sk.keepalive && sk.connected) {
        resetKeepaliveTimer(sk, sk.keepIdle);
      }
      return done;
    },
    linux: true,
  };
}

const OPTIONS: Partial<Record<TcpOption, OptionOps>> = {
  SO_ACCEPTCONN: { get: ({ state }) => success(state === 'LISTEN' ? 1 : 0), linux: true },
  SO_KEEPALIVE: {
    get: (sk) => success(sk.keepalive ? on(sk, 0x8) : 0),
    set(sk, value) {
      sk.keepalive = value !== 0;
      if (sk.state === 'CLOSED' || sk.state === 'LISTEN') return done;
      if (sk.keepalive) resetKeepaliveTimer(sk, sk.keepIdle);
      else clearKeepaliveTimer(sk);
      return done;
    },
  },
  SO_LINGER: {
    get: ({ linger }) => success(linger ?? -1),
    set(sk, value) {
      sk.linger = value < 0 ? null : value;
      return done;
    },
  },
  SO_OOBINLINE: flag('oobInline', 0x100),
  SO_RCVLOWAT: {
    get: ({ rcvlowat }) => success(rcvlowat),
    set(sk, value) {
      sk.rcvlowat = Math.min(value < 0 ? 0x7fff_ffff : value || 1, mostRcvlowat(sk));
      return done;
    },
  },
  SO_SNDLOWAT: {
    get: (sk) => success(sendLowat(sk)),
    set(sk, value) {
      if (sk.net.profile.startsWith('linux')) return failure('ENOPROTOOPT');
      if (value <= 0) return failure('EINVAL');
      sk.sndlowat = Math.min(value, sk.sndbuf);
      return done;
    },
  },
  TCP_CONGESTION: {
    get: ({ congestionName }) => success(congestionName),
    linux: true,
  },
  TCP_CORK: {
    ...flag('corkOn', 1, (sk) => {
      if (!sk.corkOn) push(sk);
    }),
    linux: true,
  },
  TCP_NODELAY: flag('nodelay', 0x4, (sk) => {
    // 4.4BSD only remembers it until it is next about to send.
    if (sk.nodelay && sk.net.profile !== 'bsd-4.4') push(sk);
  }),
  TCP_DEFER_ACCEPT: {
    get: (sk) => success(deferredFor(sk, sk.deferAccept)),
    set(sk, value) {
      // Seconds become SYN-ACKs that are sent meanwhile.
      sk.deferAccept = 0;
      while (deferredFor(sk, sk.deferAccept) < value) sk.deferAccept += 1;
      return done;
    },
    linux: true,
  },
  TCP_KEEPIDLE: bounded('keepIdle', 1, 32_767, 1000),
  TCP_KEEPINTVL: bounded('keepInterval', 1, 32_767, 1000),
  TCP_KEEPCNT: bounded('keepCount', 1, 127, 1),
  TCP_SYNCNT: bounded('synRetries', 1, 127, 1),
  TCP_LINGER2: {
    get: ({ linger2, net }) =>
      success(linger2 < 0 ? -1 : Math.floor((linger2 || net.tcp.tunables.finWait2Timeout) / 1000)),
    set(sk, value) {
      sk.linger2 = value < 0 ? -1 : lingerFor(sk, value * 1000);
      return done;
    },
    linux: true,
  },
  TCP_MAXSEG: {
    get: (sk) => success(sk.connected ? currentMss(sk) : sk.userMss || sk.mss),
    set(sk, value) {
      const newer = sk.net.profile === 'linux-6';
      const isNone = newer && value === 0;
      if (!isNone && value < (newer ? MIN_MSS_6 : MIN_MSS)) return failure('EINVAL');
      if (value > MAX_MSS) return failure('EINVAL');
      sk.userMss = value;
      return done;
    },
  },
  TCP_QUICKACK: {
    get: ({ ack }) => success(ack.pingpong ? 0 : 1),
    set(sk, value) {
      sk.ack.pingpong = value === 0;
      if (value !== 0 && sk.connected && sk.ack.scheduled) withSock(sk, () => quickAck(sk));
      // An even number is for once.
      if ((value & 1) === 0) sk.ack.pingpong = true;
      return done;
    },
    linux: true,
  },
  TCP_WINDOW_CLAMP: {
    get: ({ windowClamp, userWindowClamp }) => success(userWindowClamp || windowClamp),
    set(sk, value) {
      if (value === 0 && sk.state !== 'CLOSED') return failure('EINVAL');
      sk.userWindowClamp = value === 0 ? 0 : Math.max(value, 128);
      if (value > 0) sk.windowClamp = sk.userWindowClamp;
      return done;
    },
    linux: true,
  },
};

function sendLowat(sk: TcpSock): number {
  if (sk.net.profile === 'bsd-4.4') return bsdLowat(sk);
  return sk.net.profile === 'notes' ? lowWatermark(sk) : 1;
}

/** As if the last of what has come had just been read. */
function quickAck(sk: TcpSock): void {
  sk.ack.pushed = true;
  cleanupRbuf(sk, 1);
}

/** Seconds in which so many SYN-ACKs are sent; before Linux 6, the time to the last of them. */
function deferredFor({ net }: TcpSock, synacks: number): number {
  if (synacks === 0) return 0;
  return net.profile === 'linux-6' ? 2 ** synacks - 1 : 3 * 2 ** (synacks - 1);
}

/** What the mark for reading is at most. @kernel tcp_set_rcvlowat; in 4.4BSD sosetopt */
function mostRcvlowat(sk: TcpSock): number {
  switch (sk.net.profile) {
    case 'bsd-4.4':
      return sk.rcvbuf;
    case 'linux-6':
      return mostBuffer(sk) >> 1;
    default:
      return Infinity;
  }
}

/** Milliseconds; 0 stands for as long as the host is set to. Linux 6 has a bound of its own. */
function lingerFor({ net }: TcpSock, wanted: number): number {
  if (net.profile === 'linux-6') return Math.min(wanted, LINGER2_MOST_6);
  return wanted > net.tcp.tunables.finWait2Timeout ? 0 : wanted;
}

/** What waited only for this goes. */
function push(sk: TcpSock): void {
  if (!sk.connected) return;
  withSock(sk, () => tcpPushPendingFrames(sk, sk.corkOn ? 'cork' : 'off'));
}

/** Selects how the congestion window is found. */
function setCongestion(sk: TcpSock, value: OptionValue): Outcome<unknown, Errno> {
  const name = CONGESTION_CONTROLS.find((known) => known === value);
  if (name === undefined) return failure('ENOENT');
  const ops = congestionControl(name);
  if (sk.connected && ops.counts !== sk.congestion.counts) recount(sk, ops.counts);
  sk.congestion = ops;
  sk.ccState = undefined;
  sk.congestionName = name;
  return done;
}

/** The same windows in the other unit. */
function recount(sk: TcpSock, counts: CongestionOps['counts']): void {
  const inUnit = (window: number) =>
    counts === 'segments' ? Math.max(1, Math.floor(window / sk.mss)) : window * sk.mss;
  sk.cwnd = inUnit(sk.cwnd);
  if (sk.ssthresh < NO_THRESHOLD) sk.ssthresh = inUnit(sk.ssthresh);
}

function opsOf(sk: TcpSock, name: string): OptionOps | undefined {
  const ops = OPTIONS[name as TcpOption];
  return ops?.linux === true && sk.net.profile === 'bsd-4.4' ? undefined : ops;
}

const isOwn = (name: string): boolean => Object.hasOwn(OPTIONS, name);

/** @kernel tcp_getsockopt */
export function tcpGetOption(sk: TcpSock, name: string): Answer {
  if (!isOwn(name)) return sk.af.getsockopt(sk, name);
  return opsOf(sk, name)?.get?.(sk) ?? failure('ENOPROTOOPT');
}

/** @kernel tcp_setsockopt */
export function tcpSetOption(
  sk: TcpSock,
  name: string,
  value: OptionValue,
  privileged: boolean,
): Outcome<unknown, Errno> {
  if (name === 'TCP_CONGESTION' && sk.net.profile !== 'bsd-4.4') return setCongestion(sk, value);
  if (isOwn(name)) return opsOf(sk, name)?.set?.(sk, Number(value)) ?? failure('ENOPROTOOPT');
  const set = sk.af.setsockopt(sk, name, value, privileged);
  if (name === 'SO_RCVBUF') sk.rcvbufLocked = true;
  if (name === 'SO_SNDBUF') sk.sndbufLocked = true;
  return set;
}
