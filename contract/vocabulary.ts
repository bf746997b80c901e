/**
 * Vocabularies and limits of the ports: the values of the contract that are no schemas.
 *
 * They stand apart from the schemas that use them, so that a run needs no schema to know them.
 */

/** Most entries of one trace; more is taken for a script without an end. */
export const MAX_CLOCK_STEPS = 10_000;

/** What a terminal can be set to; a flag that is not named is off. */
export const TERMINAL_FLAGS = [
  'ICANON',
  'ECHO',
  'ECHOE',
  'ECHOK',
  'ECHONL',
  'ISIG',
  'NOFLSH',
  'ICRNL',
  'INLCR',
  'IGNCR',
  'IXON',
  'OPOST',
  'ONLCR',
] as const;

/** Characters with a meaning of their own. */
export const TERMINAL_CHARACTERS = [
  'VINTR',
  'VQUIT',
  'VSUSP',
  'VERASE',
  'VKILL',
  'VEOF',
  'VEOL',
  'VSTART',
  'VSTOP',
] as const;

/** Processor priorities, lowest first, in the order of 4.4BSD's spl functions. */
export const PRIORITY_LEVELS = [
  'spl0',
  'splsoftclock',
  'splnet',
  'splbio',
  'splimp',
  'spltty',
  'splclock',
  'splhigh',
] as const;

/** Software interrupts, in the order in which they run. */
export const SOFTIRQS = ['HI', 'TIMER', 'NET_TX', 'NET_RX', 'SCSI', 'TASKLET'] as const;

/** Steps of all processors together after which a run is ended. */
export const MAX_MACHINE_STEPS = 10_000;

/** Events after which it is ended too. */
export const MAX_MACHINE_EVENTS = 20_000;

/** What may happen, each with what `what` says of it. */
export const EVENTS = {
  marks: 'the word',
  sees: 'nothing; the state beside it says it',
  runs: 'nothing: this process, or "idle", gets the processor',
  calls: 'name of the system call, or its number where there is none such',
  returns: 'the value, or the name of the errno: the process goes on behind its call',
  restarts: 'name of the system call, which is then called again',
  traps: 'divide-error, page-fault, invalid-opcode, protection-fault or coprocessor-error',
  interrupts: 'nothing: the handler of this line begins',
  'interrupts unclaimed': 'nothing: this line has no handler',
  ends: 'nothing: this handler or software interrupt has done its work',
  starts: 'nothing: this software interrupt or timer begins',
  sleeps: 'the channel or the semaphore',
  wakes: 'the process that is made runnable',
  spins: 'the lock; told once for each wait',
  locks: 'the lock',
  unlocks: 'the lock',
  takes: 'the item that was first in the queue, or "nothing"',
  'gets signal': 'its name: posted to this process',
  handles: 'the signal: its handler begins',
  resumes: 'nothing: the signal handler is over',
  forks: 'the child',
  exits: 'the status',
  'is killed': 'the signal',
} as const;

/** An order of two accesses of one processor to different variables, as others may see it reversed. */
export const REORDERINGS = ['store-load', 'store-store', 'load-load'] as const;

/** After so many actions and handlers run, a scene is taken to have no end. */
export const MAX_SCENE_STEPS = 10_000;

/** The vectors of all systems, in their order; each system has its own of them. */
export const SOFTIRQ_VECTORS = [
  'HI',
  'TIMER',
  'NET_TX',
  'NET_RX',
  'SCSI',
  'BLOCK',
  'IRQ_POLL',
  'TASKLET',
  'SCHED',
  'HRTIMER',
  'RCU',
] as const;

/** Most timers that may fire in one call; more is taken for a script without an end. */
export const MAX_FIRED = 10_000;

/** No task has more descriptors: numbers are below. */
export const MAX_DESCRIPTORS = 1024;

/** What a driver of a character device does at run time. */
export const DEVICE_ROUTINES = ['open', 'read', 'write', 'ioctl', 'release'] as const;

/** What IP, ICMP and UDP count. Source: RFC 2011, RFC 2013; Linux 2.6.11, include/linux/snmp.h. */
export const MIB_COUNTERS = [
  'InReceives',
  'InHdrErrors',
  'InAddrErrors',
  'ForwDatagrams',
  'InUnknownProtos',
  'InDiscards',
  'InDelivers',
  'OutRequests',
  'OutDiscards',
  'OutNoRoutes',
  'ReasmTimeout',
  'ReasmReqds',
  'ReasmOKs',
  'ReasmFails',
  'FragOKs',
  'FragFails',
  'FragCreates',
  'IcmpInMsgs',
  'IcmpInErrors',
  'IcmpOutMsgs',
  'UdpInDatagrams',
  'UdpNoPorts',
  'UdpInErrors',
  'UdpOutDatagrams',
] as const;

export type MibCounter = (typeof MIB_COUNTERS)[number];

/** Places on a packet's way at which others may look at it. @kernel NF_IP_PRE_ROUTING … */
export const NF_HOOKS = [
  'PRE_ROUTING',
  'LOCAL_IN',
  'FORWARD',
  'LOCAL_OUT',
  'POST_ROUTING',
] as const;

export type NfHook = (typeof NF_HOOKS)[number];

/** Functions that are given a packet, from the driver up and down again; packet_rcv is a tap on an interface. */
export const SKB_PROBES = [
  'netif_rx',
  'packet_rcv',
  'ip_rcv',
  'ip_local_deliver',
  'ip_forward',
  'ip_output',
  'dev_queue_xmit',
  'sock_queue_rcv_skb',
] as const;

export type SkbProbe = (typeof SKB_PROBES)[number];

/** By their numbers, from 0. @kernel pkt_type */
export const PACKET_TYPES = [
  'PACKET_HOST',
  'PACKET_BROADCAST',
  'PACKET_MULTICAST',
  'PACKET_OTHERHOST',
  'PACKET_OUTGOING',
  'PACKET_LOOPBACK',
] as const;

/** By their numbers, from 0. @kernel ip_summed */
export const IP_SUMMED = ['CHECKSUM_NONE', 'CHECKSUM_HW', 'CHECKSUM_UNNECESSARY'] as const;

/** What they say of it. @kernel NF_ACCEPT … */
export const NF_VERDICTS = ['ACCEPT', 'DROP', 'STOLEN', 'QUEUE', 'REPEAT'] as const;

export type NfVerdict = (typeof NF_VERDICTS)[number];

/** States of a connection. Source: RFC 9293, section 3.3.2. */
export const TCP_STATES = [
  'CLOSED',
  'LISTEN',
  'SYN_SENT',
  'SYN_RECEIVED',
  'ESTABLISHED',
  'FIN_WAIT_1',
  'FIN_WAIT_2',
  'CLOSE_WAIT',
  'CLOSING',
  'LAST_ACK',
  'TIME_WAIT',
] as const;

export type TcpState = (typeof TCP_STATES)[number];

/** What a connection waits for. */
export const TCP_TIMERS = [
  'retransmission',
  'zero-window-probe',
  'delayed-ack',
  'keepalive',
  'fin-wait-2',
  'time-wait',
] as const;

export type TcpTimer = (typeof TCP_TIMERS)[number];

/** How a connection finds its congestion window. Reno as 4.4BSD has it, with partial ACKs, and Vegas. */
export const CONGESTION_CONTROLS = [
  'reno-1990',
  'reno',
  'newreno',
  'vegas',
  'vegas-linux',
] as const;

export type CongestionControl = (typeof CONGESTION_CONTROLS)[number];

/** Options of a stream socket. */
export const TCP_OPTIONS = [
  'SO_ACCEPTCONN',
  'SO_ERROR',
  'SO_KEEPALIVE',
  'SO_LINGER',
  'SO_OOBINLINE',
  'SO_PRIORITY',
  'SO_RCVBUF',
  'SO_RCVLOWAT',
  'SO_RCVTIMEO',
  'SO_REUSEADDR',
  'SO_SNDBUF',
  'SO_SNDLOWAT',
  'SO_SNDTIMEO',
  'SO_TYPE',
  'IP_MTU',
  'IP_MTU_DISCOVER',
  'IP_RECVERR',
  'IP_TOS',
  'IP_TTL',
  'TCP_CONGESTION',
  'TCP_CORK',
  'TCP_DEFER_ACCEPT',
  'TCP_KEEPCNT',
  'TCP_KEEPIDLE',
  'TCP_KEEPINTVL',
  'TCP_LINGER2',
  'TCP_MAXSEG',
  'TCP_NODELAY',
  'TCP_QUICKACK',
  'TCP_SYNCNT',
  'TCP_WINDOW_CLAMP',
] as const;

export type TcpOption = (typeof TCP_OPTIONS)[number];

/** Levels at which sockets have options. */
export const OPTION_LEVELS = ['SOL_SOCKET', 'IPPROTO_IP', 'IPPROTO_TCP'] as const;
export type OptionLevel = (typeof OPTION_LEVELS)[number];

/** Bits of the TCP header, from the lowest. */
export const TCP_FLAGS = ['FIN', 'SYN', 'RST', 'PSH', 'ACK', 'URG'] as const;
export type TcpFlag = (typeof TCP_FLAGS)[number];

/** What TCP counts. Source: RFC 2012; Linux 2.6.11, include/linux/snmp.h. */
export const TCP_COUNTERS = [
  'ActiveOpens',
  'PassiveOpens',
  'AttemptFails',
  'EstabResets',
  'CurrEstab',
  'InSegs',
  'OutSegs',
  'RetransSegs',
  'InErrs',
  'OutRsts',
  'ListenOverflows',
  'ListenDrops',
] as const;

export type TcpCounter = (typeof TCP_COUNTERS)[number];

/** Settings of TCP, by names that no system has alone. */
export const TCP_TUNABLES = [
  'congestionControl',
  'synRetries',
  'synackRetries',
  'synTimeout',
  'synackTimeout',
  'maxSynBacklog',
  'synQueueIsList',
  'synCookies',
  'somaxconn',
  'abortOnOverflow',
  'retransmissions',
  'finWait2Timeout',
  'timeWait',
  'keepaliveTime',
  'windowScaling',
  'timestamps',
  'delayedAcks',
  'vegasAlpha',
  'vegasBeta',
  'vegasGamma',
  'vegasRetransmission',
  'vegasAvoidance',
  'vegasSlowStart',
  'vegasSingleCut',
] as const;

export type TcpTunable = (typeof TCP_TUNABLES)[number];

/** What TCP calls of the network layer below. Source: Linux 2.6.11, include/net/tcp.h, struct tcp_func. */
export const TCP_LAYER_FUNCTIONS = [
  'queue_xmit',
  'send_check',
  'rebuild_header',
  'conn_request',
  'syn_recv_sock',
  'remember_stamp',
  'setsockopt',
  'getsockopt',
  'addr2sockaddr',
] as const;

export type TcpLayerFunction = (typeof TCP_LAYER_FUNCTIONS)[number];

/** System calls on sockets, by the names of their manual pages. */
export const SOCKET_CALLS = [
  'socket',
  'bind',
  'listen',
  'accept',
  'connect',
  'send',
  'sendto',
  'sendmsg',
  'recv',
  'recvfrom',
  'recvmsg',
  'shutdown',
  'getsockname',
  'getpeername',
  'setsockopt',
  'getsockopt',
  'read',
  'write',
  'close',
] as const;

export type SocketCall = (typeof SOCKET_CALLS)[number];
