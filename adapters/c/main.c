/*
 * main.c - kernspec's C implementation: what it offers, and where each operation is answered.
 *
 * kernel/ holds the mechanisms as they could stand in a kernel, ports/ the handlers that read
 * arguments, call a mechanism and put the answer.
 */
#include <string.h>

#include "kernel/kernel.h"
#include "kernel/skbuff.h"
#include "kernspec.h"
#include "ports/ports.h"

static const struct ks_capability capabilities[] = {
	{"checksum", 1},           {"csum", 1},
	{"transport-checksum", 1}, {"notifier-chain", 1},
	{"notifier-chain-smp", 1}, {"sk-buff", 1},
	{"sk-buff-sharing", 1},    {"sk-buff-queue", 1},
	{"sk-buff-queue-smp", 1},  {"sk-buff-paged", 1},
	{"sk-buff-headers", 1},    {"sk-buff-fields", 1},
	{"softirq", 1},            {"tasklet", 1},
	{"input-queue", 1},        {"receive-path", 1},
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

	{"softirq.play", softirq_play, "interrupts softirqs process"},
	{"tasklet.play", tasklet_play, "interrupts softirqs process tasklets"},

	{"input-queue.netifRx", input_queue_netif_rx, "packets"},
	{"input-queue.netRxAction", input_queue_net_rx_action, "packetUs meanwhile?"},
	{"input-queue.stat", input_queue_stat, ""},
	{"receive-path.offer", receive_path_offer,
	 "mode framesPerSecond durationMs interruptUs protocolUs ring"},
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
	behaviour.softirqs = linux_6 ? &softirqs_6_18 : &softirqs_2_6_11;
	behaviour.network = linux_6 ? NETDEV_6_18 : NETDEV_2_6_11;
	if (strcmp(profile, "bsd-4.4") == 0)
		behaviour.network = NETDEV_4_4BSD;
	transport_checksum_reset();
	notifier_reset();
	queue_reset();
	skb_cache_destroy();
	fields_reset();
	input_queue_reset();
}

static const struct ks_adapter adapter = {
	"c", "0.1.0", capabilities, operations, boot, NULL, NULL,
};

int main(void)
{
	return ks_run(&adapter);
}
