/*
 * main.c - kernspec's C implementation: what it offers, and where each operation is answered.
 *
 * kernel/ holds the mechanisms as they could stand in a kernel, ports/ the handlers that read
 * arguments, call a mechanism and put the answer.
 */
#include <string.h>

#include "kernel/file.h"
#include "kernel/kernel.h"
#include "kernel/skbuff.h"
#include "kernspec.h"
#include "ports/ports.h"
#include "ports/sleepers.h"

static const struct ks_capability capabilities[] = {
	{"checksum", 1},           {"csum", 1},
	{"transport-checksum", 1}, {"notifier-chain", 1},
	{"notifier-chain-smp", 1}, {"sk-buff", 1},
	{"sk-buff-sharing", 1},    {"sk-buff-queue", 1},
	{"sk-buff-queue-smp", 1},  {"sk-buff-paged", 1},
	{"sk-buff-headers", 1},    {"sk-buff-fields", 1},
	{"jiffies", 1},            {"timer-wheel", 1},
	{"callout", 1},            {"semaphore", 1},
	{"softirq", 1},            {"tasklet", 1},
	{"input-queue", 1},        {"receive-path", 1},
	{"pipe", 1},               {"fifo", 1},
	{"line-discipline", 1},    {"terminal-line", 1},
	{"descriptor", 1},         {"character-device", 1},
	{"select", 1},
	{NULL, 0},
};

static const struct ks_operation operations[] = {
	{"checksum.compute", checksum_compute, "octets"},
	{"checksum.update", checksum_update, "checksum before after"},

	{"csum.machine", csum_port_machine, ""},
	{"csum.partial", csum_port_partial, "octets sum routine?"},
	{"csum.blockAdd", csum_port_block_add, "sum addend offset"},
	{"csum.fold", csum_port_fold, "sum"},
	{"csum.tcpudpNofold", csum_port_tcpudp_nofold, "source destination length protocol sum"},
	{"csum.tcpudpMagic", csum_port_tcpudp_magic, "source destination length protocol sum"},

	{"transport-checksum.send", transport_checksum_send,
	 "protocol source destination segment hardware csumOf?"},
	{"transport-checksum.receive", transport_checksum_receive,
	 "protocol source destination segment ipSummed csumOf?"},

	{"notifier-chain.register", notifier_register, "chain block"},
	{"notifier-chain.unregister", notifier_unregister, "chain name"},
	{"notifier-chain.call", notifier_call, "chain event data"},
	{"notifier-chain-smp.registerTogether", notifier_register_together,
	 "chain processors schedule"},

	{"sk-buff.alloc", skb_port_alloc, "size"},
	{"sk-buff.devAlloc", skb_port_dev_alloc, "size"},
	{"sk-buff.reserve", skb_port_reserve, "skb length"},
	{"sk-buff.put", skb_port_put, "skb octets"},
	{"sk-buff.push", skb_port_push, "skb octets"},
	{"sk-buff.pull", skb_port_pull, "skb length"},
	{"sk-buff.trim", skb_port_trim, "skb length"},
	{"sk-buff.layout", skb_port_layout, "skb"},
	{"sk-buff.contents", skb_port_contents, "skb"},
	{"sk-buff.memory", skb_port_memory, "skb from length"},
	{"sk-buff.write", skb_port_write, "skb offset octets"},

	{"sk-buff-sharing.get", sharing_get, "skb"},
	{"sk-buff-sharing.free", sharing_free, "skb"},
	{"sk-buff-sharing.state", sharing_state, "skb"},
	{"sk-buff-sharing.clone", sharing_clone, "skb"},
	{"sk-buff-sharing.copy", sharing_copy, "skb"},
	{"sk-buff-sharing.shareCheck", sharing_share_check, "skb"},
	{"sk-buff-sharing.unshare", sharing_unshare, "skb"},
	{"sk-buff-sharing.cow", sharing_cow, "skb headroom"},
	{"sk-buff-sharing.reallocHeadroom", sharing_realloc_headroom, "skb headroom"},
	{"sk-buff-sharing.expandHead", sharing_expand_head, "skb headroom tailroom"},

	{"sk-buff-queue.queueHead", queue_head, "queue skb"},
	{"sk-buff-queue.queueTail", queue_tail, "queue skb"},
	{"sk-buff-queue.insert", queue_insert, "before skb"},
	{"sk-buff-queue.append", queue_append, "after skb"},
	{"sk-buff-queue.unlink", queue_unlink, "skb"},
	{"sk-buff-queue.dequeue", queue_dequeue, "queue"},
	{"sk-buff-queue.dequeueTail", queue_dequeue_tail, "queue"},
	{"sk-buff-queue.peek", queue_peek, "queue"},
	{"sk-buff-queue.peekTail", queue_peek_tail, "queue"},
	{"sk-buff-queue.purge", queue_purge, "queue"},
	{"sk-buff-queue.walk", queue_walk, "queue"},
	{"sk-buff-queue.listOf", queue_list_of, "skb"},
	{"sk-buff-queue-smp.useTogether", queue_use_together, "queue processors schedule"},

	{"sk-buff-paged.addFragment", paged_add_fragment, "skb octets"},
	{"sk-buff-paged.mayPull", paged_may_pull, "skb length"},
	{"sk-buff-paged.linearize", paged_linearize, "skb"},
	{"sk-buff-paged.copyLinearPart", paged_copy_linear_part, "skb"},

	{"sk-buff-headers.mark", headers_mark, "skb header"},
	{"sk-buff-headers.where", headers_where, "skb"},
	{"sk-buff-headers.view", headers_view, "skb header as"},

	{"sk-buff-fields.fields", fields_list, ""},
	{"sk-buff-fields.set", fields_set, "skb field value"},
	{"sk-buff-fields.get", fields_get, "skb field"},
	{"sk-buff-fields.tcpReceive", fields_tcp_receive, "skb"},
	{"sk-buff-fields.tcpControlBlock", fields_tcp_control_block, "skb"},
	{"sk-buff-fields.ipControlBlock", fields_ip_control_block, "skb"},

	{"jiffies.boot", jiffies_boot, "hz? jiffies?"},
	{"jiffies.advance", jiffies_advance, "nanoseconds"},
	{"jiffies.compare", jiffies_compare, "a b"},

	{"timer-wheel.boot", timer_boot, "jiffies"},
	{"timer-wheel.init", timer_init, "timer handler"},
	{"timer-wheel.add", timer_add, "timer expires"},
	{"timer-wheel.mod", timer_mod, "timer expires"},
	{"timer-wheel.del", timer_del, "timer"},
	{"timer-wheel.pending", timer_port_pending, "timer"},
	{"timer-wheel.tick", timer_tick, "ticks softirq"},

	{"callout.boot", callout_boot, "callouts"},
	{"callout.define", callout_define, "function actions"},
	{"callout.timeout", callout_timeout, "function argument ticks"},
	{"callout.untimeout", callout_untimeout, "function argument"},
	{"callout.hardclock", callout_hardclock, "ticks priority"},
	{"callout.softclock", callout_softclock, ""},

	{"semaphore.init", semaphore_init, "semaphore count"},
	{"semaphore.down", semaphore_down, "semaphore task context?"},
	{"semaphore.downInterruptible", semaphore_down_interruptible, "semaphore task context?"},
	{"semaphore.downTrylock", semaphore_down_trylock, "semaphore context?"},
	{"semaphore.up", semaphore_up, "semaphore context?"},
	{"semaphore.count", semaphore_count, "semaphore"},
	{"semaphore.signal", semaphore_signal, "task"},

	{"softirq.play", softirq_play, "hz? interrupts softirqs process"},
	{"tasklet.play", tasklet_play, "interrupts softirqs process tasklets"},

	{"input-queue.netifRx", input_queue_netif_rx, "packets"},
	{"input-queue.netRxAction", input_queue_net_rx_action, "packetUs meanwhile?"},
	{"input-queue.stat", input_queue_stat, ""},
	{"receive-path.offer", receive_path_offer,
	 "mode framesPerSecond durationMs interruptUs protocolUs ring"},

	{"pipe.create", pipe_port_create, ""},
	{"pipe.read", pipe_port_read, "end task count nonblock?"},
	{"pipe.write", pipe_port_write, "end task octets nonblock?"},
	{"pipe.dup", pipe_port_dup, "end"},
	{"pipe.close", pipe_port_close, "end"},
	{"pipe.lseek", pipe_port_lseek, "end offset"},
	{"pipe.ready", pipe_port_ready, "end"},
	{"pipe.interrupt", signal_interrupt, "task restart"},
	{"pipe.signals", signal_list, "task"},

	{"fifo.make", fifo_port_make, "name"},
	{"fifo.unlink", fifo_port_unlink, "name"},
	{"fifo.open", fifo_port_open, "name task mode nonblock?"},
	{"fifo.read", pipe_port_read, "end task count nonblock?"},
	{"fifo.write", pipe_port_write, "end task octets nonblock?"},
	{"fifo.dup", pipe_port_dup, "end"},
	{"fifo.close", pipe_port_close, "end"},
	{"fifo.lseek", pipe_port_lseek, "end offset"},
	{"fifo.ready", pipe_port_ready, "end"},
	{"fifo.interrupt", signal_interrupt, "task restart"},
	{"fifo.signals", signal_list, "task"},

	{"line-discipline.settings", terminal_settings, "tty"},
	{"line-discipline.set", terminal_set, "tty task when settings"},
	{"line-discipline.receive", terminal_receive, "tty octets"},
	{"line-discipline.read", terminal_read, "tty task count nonblock?"},
	{"line-discipline.write", terminal_write, "tty task octets nonblock?"},
	{"line-discipline.output", terminal_output, "tty"},
	{"line-discipline.signals", terminal_signals, "tty"},
	{"line-discipline.ready", terminal_ready, "tty"},
	{"line-discipline.interrupt", signal_interrupt, "task restart"},

	{"terminal-line.advance", terminal_advance, "ms"},
	{"terminal-line.sent", terminal_sent, "tty"},
	{"terminal-line.drain", terminal_drain, "tty task"},

	{"descriptor.limit", descriptor_limit, "task descriptors"},
	{"descriptor.open", descriptor_open, "task path mode flags"},
	{"descriptor.pipe", descriptor_pipe, "task"},
	{"descriptor.dup", descriptor_dup, "task fd"},
	{"descriptor.dup2", descriptor_dup2, "task fd to"},
	{"descriptor.close", descriptor_close, "task fd"},
	{"descriptor.fork", descriptor_fork, "task child"},
	{"descriptor.exit", descriptor_exit, "task"},
	{"descriptor.read", descriptor_read, "task fd count"},
	{"descriptor.write", descriptor_write, "task fd octets"},
	{"descriptor.lseek", descriptor_lseek, "task fd offset whence"},
	{"descriptor.ioctl", descriptor_ioctl, "task fd request argument?"},
	{"descriptor.setFlags", descriptor_set_flags, "task fd nonblock"},
	{"descriptor.interrupt", signal_interrupt, "task restart"},
	{"descriptor.signals", signal_list, "task"},

	{"character-device.register", device_register, "device routines exclusive room requests"},
	{"character-device.arrive", device_arrive, "device octets"},
	{"character-device.take", device_take, "device"},
	{"character-device.routines", device_routines, "device"},

	{"select.select", select_select, "task nfds? read write except timeoutMs?"},
	{"select.advance", terminal_advance, "ms"},
	{NULL, NULL, NULL},
};

/* --- The kernel around the mechanisms ----------------------------------------------------- */

struct behaviour behaviour;

void BUG(const char *why)
{
	ks_bug("%s", why);
}

#define TRACE_MAX 32

static const char *trace[TRACE_MAX];
static int trace_count;

void trace_function(const char *name)
{
	if (trace_count < TRACE_MAX)
		trace[trace_count++] = name;
}

void trace_begin(void)
{
	trace_count = 0;
}

void trace_put(const char *name)
{
	int which;

	ks_open_array(name);
	for (which = 0; which < trace_count; which++)
		ks_put_text(NULL, trace[which]);
	ks_close();
}

/* Nothing here is random, so the seed has no say. */
static void boot(const char *profile, uint32_t seed)
{
	bool linux_6 = strcmp(profile, "linux-6") == 0;

	(void)seed;
	behaviour.registers_once = linux_6;
	behaviour.successor_first = linux_6;
	behaviour.timers_cascade = !linux_6;
	behaviour.add_timer_looks = strcmp(profile, "linux-2.6.11") != 0;
	behaviour.network_header_is_offset = linux_6;
	behaviour.most_frags = linux_6 ? 17 : MAX_SKB_FRAGS;
	behaviour.trim_condenses = linux_6;
	behaviour.softirqs = linux_6 ? &softirqs_6_18 : &softirqs_2_6_11;
	behaviour.network = linux_6 ? NETDEV_6_18 : NETDEV_2_6_11;
	if (strcmp(profile, "bsd-4.4") == 0)
		behaviour.network = NETDEV_4_4BSD;
	behaviour.pipe_is_sockets = strcmp(profile, "bsd-4.4") == 0;
	behaviour.pipe_merges_calls = !linux_6 && !behaviour.pipe_is_sockets;
	behaviour.files = linux_6 ? &linux_6_files : &linux_2_6_files;
	if (strcmp(profile, "bsd-4.4") == 0)
		behaviour.files = &bsd_files;
	calls_reset();
	semaphore_reset();
	descriptor_reset();
	device_reset();
	pipe_reset();
	terminal_reset(profile);
	transport_checksum_reset();
	notifier_reset();
	queue_reset();
	skb_cache_destroy();
	fields_reset();
	jiffies_reset(strcmp(profile, "bsd-4.4") != 0);
	timer_reset();
	callout_reset();
	input_queue_reset();
}

static const struct ks_adapter adapter = {
	"c", "0.1.0", capabilities, operations, boot, NULL, call_poll, false, NULL,
};

int main(void)
{
	return ks_run(&adapter);
}
