/**
 * Settings of TCP of one host, with what each system begins with.
 *
 * Source: Linux 2.6.11, net/ipv4/sysctl_net_ipv4.c, include/net/tcp.h; Linux 6, the same; 4.4BSD,
 * netinet/tcp_timer.h, sys/socket.h.
 */
import {
  CONGESTION_CONTROLS,
  type CongestionControl,
  type Profile,
  type TcpTunable,
} from '../../../contract/index.ts';

/** Times in milliseconds. */
export interface TcpTunables {
  congestionControl: CongestionControl;
  /** SYNs that are sent again. @kernel tcp_syn_retries */
  synRetries: number;
  /** @kernel tcp_synack_retries */
  synackRetries: number;
  /** From a SYN to the next one. @kernel TCP_TIMEOUT_INIT */
  synTimeout: number;
  synackTimeout: number;
  maxSynBacklog: number;
  synQueueIsList: boolean;
  synCookies: boolean;
  somaxconn: number;
  /** Answers by RST who completes a handshake that there is no room for. @kernel tcp_abort_on_overflow */
  abortOnOverflow: boolean;
  /** Of a segment before the connection is given up. @kernel tcp_retries2, TCP_MAXRXTSHIFT */
  retransmissions: number;
  finWait2Timeout: number;
  timeWait: number;
  keepaliveTime: number;
  windowScaling: boolean;
  timestamps: boolean;
  /** Off: each segment with data is acknowledged at once. */
  delayedAcks: boolean;
  /** Bounds of the extra data of Vegas, in segments; what ends its slow start. */
  vegasAlpha: number;
  vegasBeta: number;
  vegasGamma: number;
  /** The mechanisms of Vegas. */
  vegasRetransmission: boolean;
  vegasAvoidance: boolean;
  vegasSlowStart: boolean;
  /** Losses of one window make it smaller once. */
  vegasSingleCut: boolean;
}

const LINUX: TcpTunables = {
  congestionControl: 'newreno',
  synRetries: 5,
  synackRetries: 5,
  synTimeout: 3000,
  synackTimeout: 3000,
  maxSynBacklog: 256,
  synQueueIsList: false,
  synCookies: false,
  somaxconn: 128,
  abortOnOverflow: false,
  retransmissions: 15,
  finWait2Timeout: 60_000,
  timeWait: 60_000,
  keepaliveTime: 7_200_000,
  windowScaling: true,
  timestamps: true,
  delayedAcks: true,
  vegasAlpha: 1,
  vegasBeta: 3,
  vegasGamma: 1,
  vegasRetransmission: true,
  vegasAvoidance: true,
  vegasSlowStart: true,
  vegasSingleCut: true,
};

const DEFAULTS: Readonly<Record<Profile, TcpTunables>> = {
  // The notes have Linux use Vegas; 2.6.11 has it among its options.
  notes: { ...LINUX, congestionControl: 'vegas' },
  'linux-2.6.11': LINUX,
  'linux-6': {
    ...LINUX,
    synRetries: 6,
    synTimeout: 1000,
    synackTimeout: 1000,
    synCookies: true,
    somaxconn: 4096,
  },
  'bsd-4.4': {
    ...LINUX,
    congestionControl: 'reno-1990',
    // Six and twenty-four seconds; the timer of 75 s ends both.
    synRetries: 2,
    synackRetries: 2,
    synTimeout: 6000,
    synackTimeout: 6000,
    // Sockets that are not connected yet are in the one list of all.
    synQueueIsList: true,
    somaxconn: 5,
    retransmissions: 12,
    finWait2Timeout: 675_000,
  },
};

export function defaultTunables(profile: Profile): TcpTunables {
  return { ...DEFAULTS[profile] };
}

const SWITCHES: readonly TcpTunable[] = [
  'synQueueIsList',
  'synCookies',
  'abortOnOverflow',
  'windowScaling',
  'timestamps',
  'delayedAcks',
  'vegasRetransmission',
  'vegasAvoidance',
  'vegasSlowStart',
  'vegasSingleCut',
];

/** Switches that 4.4BSD has not: each is as it is. */
const FIXED_IN_BSD: readonly TcpTunable[] = ['synCookies', 'abortOnOverflow', 'synQueueIsList'];

const isControl = (value: unknown): value is CongestionControl =>
  CONGESTION_CONTROLS.some((name) => name === value);

/** @returns false for what the system does not have: a setting, or that value of it. */
export function setTunable(
  tunables: TcpTunables,
  profile: Profile,
  tunable: TcpTunable,
  value: number | string,
): boolean {
  if (tunable === 'congestionControl') {
    if (!isControl(value)) return false;
    tunables.congestionControl = value;
    return true;
  }
  if (typeof value !== 'number') return false;
  const settings = tunables as unknown as Record<TcpTunable, number | boolean>;
  const wanted = SWITCHES.includes(tunable) ? value !== 0 : value;
  if (profile === 'bsd-4.4') {
    // It bounds both queues together, by the backlog.
    if (tunable === 'maxSynBacklog') return false;
    if (FIXED_IN_BSD.includes(tunable)) return wanted === settings[tunable];
  }
  if (!leavesRoom({ ...tunables, [tunable]: wanted })) return false;
  settings[tunable] = wanted;
  return true;
}

/** Too little extra data must be less than too much. */
function leavesRoom({ vegasAlpha, vegasBeta }: TcpTunables): boolean {
  return vegasAlpha < vegasBeta;
}
