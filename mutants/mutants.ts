/** All mutants, in the order of their areas. */
import { FILE_DATA } from './fs/file-data.ts';
import { FS_EDGES } from './fs/fs-edges.ts';
import { NAMES } from './fs/names.ts';
import { OPEN_FILE } from './fs/open-file.ts';
import { RENAMES } from './fs/renames.ts';
import { CALLOUT } from './kernel/callout.ts';
import { DESCRIPTOR } from './kernel/descriptor.ts';
import { FIFO } from './kernel/fifo.ts';
import { FILE_TYPES } from './kernel/file-types.ts';
import { GENERIC_CALLS } from './kernel/generic-calls.ts';
import { JIFFIES } from './kernel/jiffies.ts';
import { KERNEL_EDGES } from './kernel/kernel-edges.ts';
import { MEMORY_MODEL } from './kernel/memory-model.ts';
import { MODULE } from './kernel/module.ts';
import { NOTIFIER_CHAIN } from './kernel/notifier-chain.ts';
import { PAGING } from './kernel/paging.ts';
import { PIPE } from './kernel/pipe.ts';
import { RCU } from './kernel/rcu.ts';
import { SOFTIRQ } from './kernel/softirq.ts';
import { SELECT } from './kernel/select.ts';
import { SEMAPHORE } from './kernel/semaphore.ts';
import { SPIN_LOCK } from './kernel/spin-lock.ts';
import { SWAPPING } from './kernel/swapping.ts';
import { TASKLET } from './kernel/tasklet.ts';
import { TIMER_LEVELS } from './kernel/timer-levels.ts';
import { TIMER_WHEEL } from './kernel/timer-wheel.ts';
import { TIMER } from './kernel/timer.ts';
import { TTY_INPUT } from './kernel/tty-input.ts';
import { TTY_SETTINGS } from './kernel/tty-settings.ts';
import { TTY } from './kernel/tty.ts';
import { WAIT_QUEUE } from './kernel/wait-queue.ts';
import { MACHINE_ACTIONS } from './machine/actions.ts';
import { MACHINE_BOTTOM_HALF } from './machine/bottom-half.ts';
import { MACHINE_CALLS } from './machine/calls.ts';
import { MACHINE_CLOCK } from './machine/clock.ts';
import { MACHINE_CONTEXT } from './machine/context.ts';
import { MACHINE_EXCEPTIONS } from './machine/exceptions.ts';
import { MACHINE_INTERRUPTS } from './machine/interrupts.ts';
import { KERNEL_PROPERTIES } from './machine/kernel-properties.ts';
import { PROCESSES } from './machine/processes.ts';
import { PROTECTION } from './machine/protection.ts';
import { MACHINE_SIGNALS } from './machine/signals.ts';
import { MACHINE_SOFTIRQS } from './machine/softirqs.ts';
import { TOP_HALF } from './machine/top-half.ts';
import { TOUCHES, type Mutant } from './mutant.ts';
import { ARP } from './net/arp.ts';
import { BOUND_DEVICE } from './net/bound-device.ts';
import { CSUM } from './net/csum.ts';
import { DATAGRAM_LIMITS } from './net/datagram-limits.ts';
import { DESCRIPTOR_PASSING } from './net/descriptor-passing.ts';
import { PEERS } from './net/peers.ts';
import { FAULTING_ADDRESS } from './net/faulting-address.ts';
import { LOCAL_FAULTING_ADDRESS } from './net/local-faulting-address.ts';
import { FRAGMENTS } from './net/fragments.ts';
import { ICMP } from './net/icmp.ts';
import { ICMP_MASK } from './net/icmp-mask.ts';
import { INET_PORTS } from './net/inet-ports.ts';
import { INPUT_QUEUE } from './net/input-queue.ts';
import { IP6_FORWARD } from './net/ip6-forward.ts';
import { IP_FORWARD } from './net/ip-forward.ts';
import { IP_INPUT } from './net/ip-input.ts';
import { IP_OPTIONS } from './net/ip-options.ts';
import { IP_OUTPUT } from './net/ip-output.ts';
import { NETLINK } from './net/netlink.ts';
import { IP_QUEUE_XMIT } from './net/ip-queue-xmit.ts';
import { LIMITS } from './net/limits.ts';
import { NAT } from './net/nat.ts';
import { NET_DEVICE } from './net/net-device.ts';
import { NET_EDGES } from './net/net-edges.ts';
import { ROUTE_MESSAGE_EDGES } from './net/route-message-edges.ts';
import { UNIX_EDGES } from './net/unix-edges.ts';
import { NETFILTER } from './net/netfilter.ts';
import { PACKET_MARKS } from './net/packet-marks.ts';
import { PACKET_TYPE } from './net/packet-type.ts';
import { PATH_MTU } from './net/path-mtu.ts';
import { RAW } from './net/raw.ts';
import { RECEIVE_PATH } from './net/receive-path.ts';
import { ROUTE_SOCKET } from './net/route-socket.ts';
import { SK_BUFF } from './net/sk-buff.ts';
import { SK_BUFF_FIELDS } from './net/sk-buff-fields.ts';
import { SK_BUFF_HEADERS } from './net/sk-buff-headers.ts';
import { SK_BUFF_PAGED } from './net/sk-buff-paged.ts';
import { SK_BUFF_QUEUE } from './net/sk-buff-queue.ts';
import { SK_BUFF_SHARING } from './net/sk-buff-sharing.ts';
import { SKB_TRACE } from './net/skb-trace.ts';
import { SOCKET_OPTIONS } from './net/socket-options.ts';
import { SOCKETS } from './net/sockets.ts';
import { TRANSPORT_CHECKSUM } from './net/transport-checksum.ts';
import { TCP_ACCEPT } from './net/tcp-accept.ts';
import { TCP_ACKS } from './net/tcp-acks.ts';
import { TCP_BAD_SEGMENTS } from './net/tcp-bad-segments.ts';
import { TCP_BUFFERS } from './net/tcp-buffers.ts';
import { TCP_CHECKSUM } from './net/tcp-checksum.ts';
import { TCP_COLLAPSE } from './net/tcp-collapse.ts';
import { TCP_OUT_OF_PLACE } from './net/tcp-out-of-place.ts';
import { SOCKET_CALL } from './net/socket-call.ts';
import { STREAM_ADDRESS } from './net/stream-address.ts';
import { SOURCE_ROUTE } from './net/source-route.ts';
import { SYN_FLOOD } from './net/syn-flood.ts';
import { TCP_ENDINGS } from './net/tcp-endings.ts';
import { TCP_OPTION_FAULTS } from './net/tcp-options.ts';
import { TCP_LIFE } from './net/tcp-life.ts';
import { TCP_LISTEN } from './net/tcp-listen.ts';
import { TCP_GUARDS } from './net/tcp-guards.ts';
import { TCP_NETWORK_LAYER } from './net/tcp-network-layer.ts';
import { TCP_THROUGHPUT } from './net/tcp-throughput.ts';
import { TCP_SOCKET } from './net/tcp-socket.ts';
import { TCP_PORTS } from './net/tcp-ports.ts';
import { TCP_READY } from './net/tcp-ready.ts';
import { TCP_RECOVERY } from './net/tcp-recovery.ts';
import { TCP_CWND_VALIDATE } from './net/tcp-cwnd-validate.ts';
import { TCP_EDGES } from './net/tcp-edges.ts';
import { TCP_TIMERS } from './net/tcp-timers.ts';
import { TCP_TRANSFER } from './net/tcp-transfer.ts';
import { TCP_URGENT } from './net/tcp-urgent.ts';
import { UDP_ERRORS } from './net/udp-errors.ts';
import { UDP_BOUNDARIES } from './net/udp-boundaries.ts';
import { UDP } from './net/udp.ts';
import { UIPC } from './net/uipc.ts';
import { UNIX_NAMES } from './net/unix-names.ts';
import { UNIX_STREAM } from './net/unix-stream.ts';
import { UNIX_TRANSFER } from './net/unix-transfer.ts';
import { VEGAS_WINDOW } from './net/vegas-window.ts';
import { VEGAS } from './net/vegas.ts';
import { XFRM } from './net/xfrm.ts';

/** A mutant with the scenarios that are run on it. */
export interface SeededMutant extends Mutant {
  /** Tag expression. */
  readonly touches: string;
}

export const MUTANTS: readonly SeededMutant[] = [
  ...CSUM,
  ...TRANSPORT_CHECKSUM,
  ...SK_BUFF,
  ...SK_BUFF_SHARING,
  ...SK_BUFF_QUEUE,
  ...SK_BUFF_PAGED,
  ...SK_BUFF_HEADERS,
  ...SK_BUFF_FIELDS,
  ...NOTIFIER_CHAIN,
  ...SEMAPHORE,
  ...SPIN_LOCK,
  ...MEMORY_MODEL,
  ...RCU,
  ...PACKET_TYPE,
  ...WAIT_QUEUE,
  ...JIFFIES,
  ...TIMER,
  ...TIMER_WHEEL,
  ...TIMER_LEVELS,
  ...CALLOUT,
  ...MODULE,
  ...PAGING,
  ...SWAPPING,
  ...FILE_DATA,
  ...OPEN_FILE,
  ...NAMES,
  ...RENAMES,
  ...TOP_HALF,
  ...PROTECTION,
  ...KERNEL_PROPERTIES,
  ...PROCESSES,
  ...SOFTIRQ,
  ...TASKLET,
  ...INPUT_QUEUE,
  ...RECEIVE_PATH,
  ...TCP_LIFE,
  ...TCP_LISTEN,
  ...SYN_FLOOD,
  ...STREAM_ADDRESS,
  ...FAULTING_ADDRESS,
  ...LOCAL_FAULTING_ADDRESS,
  ...BOUND_DEVICE,
  ...DATAGRAM_LIMITS,
  ...NET_EDGES,
  ...ROUTE_MESSAGE_EDGES,
  ...UNIX_EDGES,
  ...FS_EDGES,
  ...KERNEL_EDGES,
  ...PEERS,
  ...SOCKET_CALL,
  ...TCP_ACCEPT,
  ...TCP_BAD_SEGMENTS,
  ...TCP_READY,
  ...TCP_OPTION_FAULTS,
  ...TCP_ENDINGS,
  ...TCP_PORTS,
  ...TCP_ACKS,
  ...TCP_RECOVERY,
  ...TCP_TRANSFER,
  ...TCP_BUFFERS,
  ...TCP_SOCKET,
  ...PACKET_MARKS,
  ...TCP_CHECKSUM,
  ...TCP_COLLAPSE,
  ...TCP_OUT_OF_PLACE,
  ...TCP_URGENT,
  ...TCP_THROUGHPUT,
  ...TCP_NETWORK_LAYER,
  ...TCP_GUARDS,
  ...TCP_TIMERS,
  ...TCP_CWND_VALIDATE,
  ...TCP_EDGES,
  ...VEGAS,
  ...VEGAS_WINDOW,
  ...UDP,
  ...UDP_ERRORS,
  ...SOCKETS,
  ...INET_PORTS,
  ...SOCKET_OPTIONS,
  ...RAW,
  ...NET_DEVICE,
  ...ARP,
  ...IP_INPUT,
  ...IP_FORWARD,
  ...IP_OPTIONS,
  ...SOURCE_ROUTE,
  ...IP_OUTPUT,
  ...IP_QUEUE_XMIT,
  ...NAT,
  ...IP6_FORWARD,
  ...SKB_TRACE,
  ...LIMITS,
  ...XFRM,
  ...FRAGMENTS,
  ...PATH_MTU,
  ...ICMP,
  ...ICMP_MASK,
  ...NETFILTER,
  ...UNIX_NAMES,
  ...UNIX_TRANSFER,
  ...UNIX_STREAM,
  ...UIPC,
  ...DESCRIPTOR_PASSING,
  ...UDP_BOUNDARIES,
  ...NETLINK,
  ...ROUTE_SOCKET,
  ...PIPE,
  ...FIFO,
  ...TTY_INPUT,
  ...TTY,
  ...TTY_SETTINGS,
  ...DESCRIPTOR,
  ...GENERIC_CALLS,
  ...FILE_TYPES,
  ...SELECT,
  ...MACHINE_ACTIONS,
  ...MACHINE_CALLS,
  ...MACHINE_CLOCK,
  ...MACHINE_SIGNALS,
  ...MACHINE_SOFTIRQS,
  ...MACHINE_INTERRUPTS,
  ...MACHINE_CONTEXT,
  ...MACHINE_EXCEPTIONS,
  ...MACHINE_BOTTOM_HALF,
].map((mutant) => ({ ...mutant, touches: TOUCHES[mutant.file] }));

export { buildMutant, type BuiltMutant } from './build.ts';
export type { Mutant } from './mutant.ts';
