import type { Profile } from '../contract/index.ts';

/**
 * A mutant: the reference kernel with one fault seeded in it.
 *
 * The fault is one that somebody who writes a kernel makes, and it breaks a documented statement. A
 * scenario of that statement has to fail on it; else nothing in the suite says what the statement says.
 */
export interface Mutant {
  /** In kebab-case, unique, never reused for another fault. */
  readonly id: string;
  /** The statement that the fault breaks: one of its scenarios must fail. */
  readonly statement: string;
  /** Statements whose scenarios may fail as well, since they build on the same thing. */
  readonly alsoBreaks?: readonly string[];
  /** The profile that shows the fault, where the default does not. */
  readonly profile?: Profile;
  /** Module of the reference, below reference/ and without extension. */
  readonly file: keyof typeof TOUCHES;
  /** Text of the compiled module; it occurs there exactly once. */
  readonly find: string;
  readonly replace: string;
  /** What the faulty kernel does, as a plain sentence. */
  readonly does: string;
}

const DESCRIPTOR = '@cap:descriptor';
/**
 * Floods take long, and show what the two queues of a listening socket do; whole transfers do, too. Of
 * pointers that lead nowhere only those modules know that copy.
 */
const TCP =
  '@cap:tcp and not (@LSN-06 or @LSN-08 or @LSN-09 or @LSN-10 or @LSN-11 or @LSN-12 or @LSN-13' +
  ' or @LSN-15 or @LSN-16 or @VEG-01 or @VEG-12 or @VEG-13 or @cap:faulting-address)';
/** Where a copy to or from a program may fault. */
const COPYING = `(${TCP}) or (@cap:tcp and @cap:faulting-address)`;
/** What a listening socket does. */
const LISTENING =
  '@cap:tcp-queues or @LSN-01 or @LSN-02 or @LSN-04 or @ACC-01 or @ACC-02 or @ACC-03 or @ACC-04' +
  ' or (@cap:tcp and @OPT-02)';
/** Vegas, segment by segment; the lab, which takes longer, shows what it comes to. */
const PAPER_NETWORK = '@VEG-01 or @VEG-12 or @VEG-13';
const VEGAS_ALONE = Array.from(
  { length: 27 },
  (_, at) => `@VEG-${String(at + 2).padStart(2, '0')}`,
).join(' or ');
const VEGAS = `(${VEGAS_ALONE}) and not (${PAPER_NETWORK})`;
const MACHINE = '@cap:machine or @cap:machine-smp';

/**
 * Modules in which faults are seeded, each with a tag expression of the scenarios that can show one.
 *
 * Only these are run. It saves three quarters of the time; one left out is missing in the kill matrix.
 */
export const TOUCHES = {
  'fs/bitmap': '@cap:file-system',
  'fs/block-map': '@cap:file-system',
  'fs/buffer-cache': '@cap:file-system',
  'fs/directory': '@cap:file-system',
  'fs/file-data': '@cap:file-system',
  'fs/file-operations': DESCRIPTOR,
  'fs/inode': '@cap:file-system',
  'fs/namei': '@cap:file-system',
  'fs/names': '@cap:file-system',
  'fs/open-file': '@cap:file-system',
  'fs/rename': '@cap:file-system',
  'fs/super-block': '@cap:file-system',
  'kernel/callout': '@cap:callout',
  'kernel/char-device': '@cap:character-device',
  'kernel/chrdev': '@cap:module',
  'kernel/file': DESCRIPTOR,
  'kernel/file-table': DESCRIPTOR,
  'kernel/fifo': '@cap:fifo',
  'kernel/interrupted-call': '@SCL-05 or @SCL-06',
  'kernel/jiffies': '@cap:jiffies',
  'kernel/mem': DESCRIPTOR,
  'kernel/kernel-memory': '@cap:kernel-memory',
  'kernel/memory-model': '@cap:memory-model',
  'kernel/module': '@cap:module',
  'kernel/multitasking': '@cap:rcu',
  'kernel/notifier-chain': '@cap:notifier-chain or @cap:notifier-chain-smp',
  'kernel/open': DESCRIPTOR,
  'kernel/page-replacement': '@cap:paging',
  'kernel/paging': '@cap:paging',
  'kernel/pipe': '@cap:pipe or @cap:fifo',
  'kernel/pipe-buffers': '@cap:pipe or @cap:fifo',
  'kernel/pipe-file': DESCRIPTOR,
  'kernel/poison': '@cap:rcu',
  'kernel/poll-table': '@cap:select',
  'kernel/rcu': '@cap:rcu',
  'kernel/read-write': DESCRIPTOR,
  'kernel/select': '@cap:select',
  'kernel/semaphore': '@cap:semaphore',
  'kernel/serial-line': '@cap:terminal-line',
  'kernel/softirq': '@cap:softirq or @cap:tasklet or @cap:receive-path',
  'kernel/spin-lock': '@cap:spin-lock or @cap:notifier-chain-smp or @cap:sk-buff-queue-smp',
  'kernel/swap-space': '@cap:paging or @cap:swapping',
  'kernel/swapping': '@cap:swapping',
  'kernel/task': '@cap:wait-queue',
  'kernel/tasklet': '@cap:tasklet',
  'kernel/termios': '@cap:terminal-line',
  'kernel/timeouts': '@cap:terminal-line',
  'kernel/timer': '@cap:timer-wheel',
  'kernel/timer-levels': '@cap:timer-wheel',
  'kernel/timer-wheel': '@cap:timer-wheel',
  'kernel/tty': '@cap:line-discipline',
  'kernel/tty-file': DESCRIPTOR,
  'kernel/tty-input': '@cap:line-discipline',
  'kernel/tty-ioctl': '@cap:line-discipline',
  'kernel/tty-output': '@cap:line-discipline',
  'kernel/tty-read': '@cap:line-discipline',
  'kernel/vm-object': '@cap:paging',
  'kernel/wait-queue': '@cap:wait-queue',
  'machine/actions': MACHINE,
  'machine/calls': MACHINE,
  'machine/clock': MACHINE,
  'machine/context': MACHINE,
  'machine/end': MACHINE,
  'machine/exceptions': MACHINE,
  'machine/interrupts': MACHINE,
  'machine/locks': MACHINE,
  'machine/machine': MACHINE,
  'machine/processes': MACHINE,
  'machine/scheduler': MACHINE,
  'machine/signals': MACHINE,
  'machine/softirqs': MACHINE,
  'machine/timers': MACHINE,
  'machine/work-queue': MACHINE,
  'net/arp': '@cap:network',
  'net/bridge': '@cap:bridge',
  'net/bytes':
    '@cap:checksum or @cap:transport-checksum or @cap:sk-buff-headers or @cap:sk-buff-fields',
  'net/control-block': '@cap:sk-buff-fields',
  'net/csum': '@cap:checksum or @cap:csum or @cap:transport-checksum',
  'net/datagram': '@cap:network',
  'net/diffserv': '@cap:diffserv',
  'net/headers': '@cap:sk-buff-headers',
  'net/icmp': '@cap:network',
  'net/icmp-errno': '@CON-02 or @BND-04 or (@cap:tcp and (@CON-01 or @TCP-01 or @TCP-03))',
  'net/icmp-mask': '@IPI-07',
  'net/icmp6': '@cap:ipv6-forwarding',
  'net/inet-port': '@cap:udp',
  'net/inet-proto': '@cap:udp or @cap:raw-ip',
  'net/input-queue': '@cap:input-queue or @cap:receive-path',
  'net/ip6-forward': '@cap:ipv6-forwarding',
  'net/ip-append': '@cap:network',
  'net/ip-defragment': '@cap:network',
  'net/ip-forward': '@cap:forwarding',
  'net/ip-header': '@cap:network',
  'net/ip-input': '@cap:network',
  'net/ip-mc-output': '@cap:network',
  'net/ip-options': '@IPI-04 or @IPI-08 or @IPI-09 or @FRG-01 or @cap:forwarding and not @cap:tcp',
  'net/ip-output': '@cap:network',
  'net/ip-queue-xmit': '@cap:ip-queue-xmit',
  'net/multicast': '@cap:network',
  'net/nat': '@cap:nat',
  'net/nat-icmp': '@cap:nat',
  'net/nat-rewrite': '@cap:nat',
  'net/net-device': '@cap:network',
  'net/net-input': '@cap:network',
  'net/net-rx': '@cap:input-queue or @cap:receive-path',
  'net/netfilter': '@cap:netfilter',
  'net/netlink': '@cap:netlink',
  'net/option-level': '@cap:option-level',
  'net/packet-type': '@cap:packet-type',
  'net/priority': '@cap:interface-queue or @cap:forwarding or @OPT-02',
  'net/raw': '@cap:raw-ip',
  'net/receive-path': '@cap:receive-path',
  'net/last-route': '@cap:network',
  'net/path-mtu': '@cap:network',
  'net/route': '@cap:network',
  'net/route-change': '@cap:netlink or @cap:route-socket',
  'net/rtnetlink': '@cap:netlink',
  'net/rtsock': '@cap:route-socket',
  'net/rx-ring': '@cap:receive-path',
  'net/sk-buff': '@cap:sk-buff and not @cap:sk-buff-queue or @cap:transport-checksum',
  'net/sk-buff-fields': '@cap:sk-buff-fields',
  'net/sk-buff-paged':
    '@cap:sk-buff and not (@cap:sk-buff-queue or @cap:sk-buff-headers or @cap:sk-buff-fields)' +
    ' or @cap:transport-checksum or @RCV-01 and @cap:udp and not @property',
  'net/sk-buff-queue': '@cap:sk-buff-queue',
  'net/sk-buff-sharing': '@cap:sk-buff-sharing or @cap:sk-buff-paged',
  'net/peers': '@cap:peer-storage',
  'net/sockaddr': '@cap:address-length or @cap:faulting-address',
  'net/sock': '@cap:network',
  'net/socket': '@cap:network or @cap:socket-creation',
  'net/socket-domain': '@cap:socket-creation',
  'net/socket-file': '@cap:socket-call',
  'net/socket-numbers': '@cap:socket-call',
  'net/socket-option': '@cap:udp or @cap:raw-ip',
  'net/source-route': '@cap:ip-queue-xmit',
  'net/sys-socket': '@cap:socket-call',
  'net/tcp/accept': LISTENING,
  'net/tcp/ack': TCP,
  'net/tcp/ack-policy': TCP,
  'net/tcp/af-specific': TCP,
  'net/tcp/bind': TCP,
  'net/tcp/bind-call': TCP,
  'net/tcp/buffers': TCP,
  'net/tcp/challenge-ack': TCP,
  'net/tcp/check-request': TCP,
  'net/tcp/child': TCP,
  'net/tcp/close': TCP,
  'net/tcp/collapse': TCP,
  'net/tcp/congestion-newreno': TCP,
  'net/tcp/congestion-reno': TCP,
  'net/tcp/congestion-vegas': `${VEGAS_ALONE} or ${PAPER_NETWORK}`,
  'net/tcp/congestion-vegas-linux': VEGAS,
  'net/tcp/conn-request': LISTENING,
  'net/tcp/connect': TCP,
  'net/tcp/control': TCP,
  'net/tcp/cwnd-validate': TCP,
  'net/tcp/data-queue': TCP,
  'net/tcp/error': TCP,
  'net/tcp/established': TCP,
  'net/tcp/hash': TCP,
  'net/tcp/input': TCP,
  'net/tcp/listen': LISTENING,
  'net/tcp/lock': TCP,
  'net/tcp/may-update-window': TCP,
  'net/tcp/mss': TCP,
  'net/tcp/options': TCP,
  'net/tcp/output': TCP,
  'net/tcp/poll': TCP,
  'net/tcp/rebuild-header': TCP,
  'net/tcp/recvmsg': COPYING,
  'net/tcp/reply': TCP,
  'net/tcp/retransmit': TCP,
  'net/tcp/rtt': TCP,
  'net/tcp/rtt-bsd': VEGAS,
  'net/tcp/segment': TCP,
  'net/tcp/send-room': TCP,
  'net/tcp/send-test': TCP,
  'net/tcp/send-reach': '@cap:faulting-address',
  'net/tcp/sendmsg': COPYING,
  'net/tcp/seq': TCP,
  'net/tcp/sequence-check': TCP,
  'net/tcp/set-state': TCP,
  'net/tcp/state-process': TCP,
  'net/tcp/syn-cookies': '@LSN-08',
  'net/tcp/syn-queue': LISTENING,
  'net/tcp/syn-sent': TCP,
  'net/tcp/synack': LISTENING,
  'net/tcp/sys-accept': LISTENING,
  'net/tcp/sys-send': TCP,
  'net/tcp/tcp-option': `(${VEGAS}) or (@cap:tcp and (@OPT-01 or @OPT-02 or @TXP-03))`,
  'net/tcp/time-wait': TCP,
  'net/tcp/tunables': VEGAS,
  'net/tcp/timer-control': TCP,
  'net/tcp/timer-handlers': TCP,
  'net/tcp/timestamp': TCP,
  'net/tcp/transmit': TCP,
  'net/tcp/urgent': TCP,
  'net/tcp/vegas-clock': VEGAS,
  'net/tcp/vegas-retransmit': VEGAS,
  'net/tcp/vegas-round': VEGAS,
  'net/tcp/window': TCP,
  'net/transport-checksum': '@cap:transport-checksum',
  'net/udp': '@cap:udp',
  'net/user-memory': '@cap:faulting-address',
  'net/user-pointers': '@cap:faulting-address',
  'net/unix/af-unix': '@cap:unix-socket',
  'net/unix/scm': '@cap:unix-socket',
  'net/unix/sockaddr-un': '@cap:unix-socket and @cap:faulting-address',
  'net/unix/socket-file': '@cap:unix-socket',
  'net/unix/uipc': '@cap:unix-socket',
  'net/unix/uipc-socket': '@cap:unix-socket',
  'net/unix/uipc-transfer': '@cap:unix-socket',
  'net/unix/uipc-usrreq': '@cap:unix-socket',
  'net/unix/unix-connect': '@cap:unix-socket',
  'net/unix/unix-dgram': '@cap:unix-socket',
  'net/unix/unix-name': '@cap:unix-socket',
  'net/unix/unix-release': '@cap:unix-socket',
  'net/unix/unix-sock': '@cap:unix-socket',
  'net/unix/unix-stream': '@cap:unix-socket',
  'net/xfrm': '@cap:xfrm',
  'net/xfrm-input': '@cap:xfrm-input',
} as const satisfies Readonly<Record<string, string>>;
