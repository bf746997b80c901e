/** Numbers that TCP is built on. Source: Linux 2.6.11, include/net/tcp.h; 4.4BSD, netinet/tcp_timer.h. */

export const FIN = 0x01;
export const SYN = 0x02;
export const RST = 0x04;
export const PSH = 0x08;
export const ACK = 0x10;
export const URG = 0x20;

export const TCP_HEADER = 20;
export const TCP_HEADER_MAX = 60;

/** Timestamps with the two octets that align them. @kernel TCPOLEN_TSTAMP_ALIGNED */
export const TIMESTAMPS_ALIGNED = 12;

/** What every host takes who has said nothing. Source: RFC 9293, section 3.7.1. */
export const DEFAULT_MSS = 536;

/** Least that TCP_MAXSEG may say. @kernel TCP_MIN_MSS, MAX_TCP_WINDOW */
export const MIN_MSS = 8;
/** The same in Linux 6. */
export const MIN_MSS_6 = 88;
export const MAX_MSS = 32_767;

/** Largest shift of a window. Source: RFC 7323, section 2.3. */
export const MAX_WSCALE = 14;

export const MAX_WINDOW = 65_535;

/** The initial slow-start threshold: none. @kernel 0x7fffffff */
export const NO_THRESHOLD = 0x7fff_ffff;

// Times in milliseconds.

export const RTO_MIN = 200;
export const RTO_MAX = 120_000;

/** Least and most that an ACK waits. @kernel TCP_ATO_MIN, TCP_DELACK_MIN, TCP_DELACK_MAX */
export const ATO_MIN = 40;
export const DELACK_MIN = 40;
export const DELACK_MAX = 200;

/** Again after the own queue was full. @kernel TCP_RESOURCE_PROBE_INTERVAL */
export const RESOURCE_PROBE = 500;

/** Beyond these a timestamp says nothing any more: 24 days. @kernel TCP_PAWS_24DAYS */
export const PAWS_24_DAYS_S = 60 * 60 * 24 * 24;

/** A timestamp may run back by so much in a second's time. @kernel TCP_PAWS_WINDOW */
export const PAWS_WINDOW = 1;
/** @kernel TCP_PAWS_MSL, in seconds */
export const PAWS_MSL_S = 60;

/** ACKs sent at once at the beginning. @kernel TCP_MAX_QUICKACKS */
export const MAX_QUICKACKS = 16;

/** Duplicates in a row that mean a loss. @kernel TCP_FASTRETRANS_THRESH, tcprexmtthresh */
export const DUPLICATES = 3;
