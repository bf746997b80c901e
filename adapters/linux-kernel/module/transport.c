// SPDX-License-Identifier: GPL-2.0
/*
 * transport.c - the checksums of TCP and UDP, on their way out and in.
 *
 * Segments go by the protocols' own functions, whose names are looked up. Probes tell which routines those
 * enter and how much they sum; why a segment ends, the kernel says when it frees it. No socket is there for
 * any: a segment that gets as far as to be told so has been accepted.
 */
#include <linux/kprobes.h>
#include <linux/netdevice.h>
#include <linux/tcp.h>
#include <linux/udp.h>
#include <net/inet_sock.h>
#include <net/ip.h>
#include <net/route.h>
#include <net/snmp.h>
#include <trace/events/skb.h>

#include "kernspec.h"

#ifdef CONFIG_KPROBES

#define SPACE 128 /* of headers of the link */

static void (*tcp_send_check)(struct sk_buff *skb, __be32 saddr, __be32 daddr);
static int (*udp_send)(struct sk_buff *skb, struct flowi4 *flow, struct inet_cork *cork);
static int (*tcp_receive)(struct sk_buff *skb);
static int (*udp_receive)(struct sk_buff *skb);

static const struct kspec_wanted wanted[] = {
	{"__tcp_v4_send_check", (void **)&tcp_send_check},
	{"udp_send_skb", (void **)&udp_send},
	{"tcp_v4_rcv", (void **)&tcp_receive},
	{"udp_rcv", (void **)&udp_receive},
};

/* --- Watching ----------------------------------------------------------------------------- */

static struct {
	const struct task_struct *caller; /* NULL: nobody is watched */
	const struct sk_buff *skb;
	enum skb_drop_reason ended;
	u32 summed, entered_count;
	u8 entered[KSPEC_ENTERED_MAX];
} watch;

static int note_entered(struct kprobe *probe, struct pt_regs *regs);

/* In the order of KSPEC_TRANSPORT_ROUTINES. */
static struct kprobe probes[] = {
	{.symbol_name = "__tcp_v4_send_check", .pre_handler = note_entered},
	{.symbol_name = "udp_send_skb", .pre_handler = note_entered},
	{.symbol_name = "udp4_hwcsum", .pre_handler = note_entered},
	{.symbol_name = "skb_checksum_help", .pre_handler = note_entered},
	{.symbol_name = "csum_partial", .pre_handler = note_entered},
};

#define CSUM_PARTIAL (ARRAY_SIZE(probes) - 1)

static int note_entered(struct kprobe *probe, struct pt_regs *regs)
{
	size_t which = probe - probes;

	if (current != watch.caller)
		return 0;
	if (watch.entered_count < KSPEC_ENTERED_MAX)
		watch.entered[watch.entered_count++] = which;
	if (which == CSUM_PARTIAL)
		watch.summed += regs_get_kernel_argument(regs, 1);
	return 0;
}
NOKPROBE_SYMBOL(note_entered);

static void note_freed(void *unused, struct sk_buff *skb, void *where, enum skb_drop_reason reason)
{
	if (skb == watch.skb)
		watch.ended = reason;
}

static void begin_to_watch(const struct sk_buff *skb)
{
	memset(&watch, 0, sizeof(watch));
	watch.skb = skb;
	WRITE_ONCE(watch.caller, current);
}

static void end_to_watch(void)
{
	WRITE_ONCE(watch.caller, NULL);
	watch.skb = NULL;
}

/* --- Where segments come from and go to --------------------------------------------------- */

static struct socket *socket; /* that of who sends by UDP */
static struct rtable route;
static u64 tcp_errors, udp_errors; /* so many there were at the last reset */

/* What a device knows: nothing, the sum, or that all is good; in the order of the agent's words. */
static const u8 knowledge[] = {CHECKSUM_NONE, CHECKSUM_COMPLETE, CHECKSUM_UNNECESSARY};

static struct kspec_call *sending;
static u8 *wire;

/* The segment lies at the device: what that is spared has been done, and what is left it does. */
static void leave(struct sk_buff *skb)
{
	netdev_features_t features = sending->in[3] ? NETIF_F_HW_CSUM : 0;
	int error = skb_csum_hwoffload_help(skb, features);
	bool partial = skb->ip_summed == CHECKSUM_PARTIAL;
	u32 length = skb_tail_pointer(skb) - skb_transport_header(skb);
	const u8 *segment = skb_transport_header(skb);
	u32 place = sending->in[0] == IPPROTO_TCP ? offsetof(struct tcphdr, check) :
						    offsetof(struct udphdr, check);

	end_to_watch();
	sending->out[0] = segment[place] << 8 | segment[place + 1];
	sending->out[1] = partial;
	sending->out[2] = partial ? skb->csum_offset : -1;
	/* No device is there, so it is played by what the kernel has for those that cannot sum. */
	if (partial && error == 0)
		error = skb_checksum_help(skb);
	sending->error = error;
	memcpy(wire, skb_transport_header(skb), length);
	sending->out[4] = length;
	kfree_skb(skb);
}

static int leave_by_route(struct net *net, struct sock *sk, struct sk_buff *skb)
{
	leave(skb);
	return 0;
}

static bool is_prepared(void)
{
	static bool tried, works;
	struct kprobe *all[ARRAY_SIZE(probes)];
	size_t which;

	if (tried)
		return works;
	tried = true;
	for (which = 0; which < ARRAY_SIZE(probes); which++)
		all[which] = &probes[which];
	route.dst.dev = init_net.loopback_dev;
	route.dst.output = leave_by_route;
	/* No reset and no word of a port goes back by it. */
	route.rt_type = RTN_UNICAST;
	route.rt_flags = RTCF_LOCAL;
	works = kspec_symbols(wanted, ARRAY_SIZE(wanted)) &&
		sock_create_kern(&init_net, AF_INET, SOCK_DGRAM, IPPROTO_UDP, &socket) == 0 &&
		register_trace_kfree_skb(note_freed, NULL) == 0 &&
		register_kprobes(all, ARRAY_SIZE(all)) == 0;
	return works;
}

/* A packet whose transport header is set, and of whose data nothing is summed yet. */
static struct sk_buff *packet(const struct kspec_call *call, const void *segment)
{
	struct sk_buff *skb = alloc_skb(SPACE + sizeof(struct iphdr) + call->in[4], GFP_KERNEL);
	struct iphdr *header;

	if (skb == NULL)
		return NULL;
	skb_reserve(skb, SPACE);
	skb_reset_network_header(skb);
	header = skb_put_zero(skb, sizeof(*header));
	header->version = 4;
	header->ihl = sizeof(*header) / 4;
	header->ttl = 64;
	header->protocol = call->in[0];
	header->saddr = (__force __be32)call->in[1];
	header->daddr = (__force __be32)call->in[2];
	skb_set_transport_header(skb, skb->len);
	skb_put_data(skb, segment, call->in[4]);
	skb->protocol = htons(ETH_P_IP);
	skb_dst_set_noref(skb, &route.dst);
	return skb;
}

/* --- The operations ----------------------------------------------------------------------- */

static void send_tcp(struct sk_buff *skb, const struct iphdr *header)
{
	/* As tcp_sendmsg() leaves it. */
	skb->ip_summed = CHECKSUM_PARTIAL;
	__skb_pull(skb, skb_transport_offset(skb));
	begin_to_watch(skb);
	tcp_send_check(skb, header->saddr, header->daddr);
	leave(skb);
}

static void send_udp(struct sk_buff *skb, const struct iphdr *header, __wsum sum)
{
	const struct udphdr *udp = udp_hdr(skb);
	struct flowi4 flow = {
		.saddr = header->saddr, .daddr = header->daddr, .fl4_dport = udp->dest};
	struct inet_cork cork = {};

	/* As ip_append_data() leaves it: it has summed while it copied, but for a device that sums. */
	skb->ip_summed = sending->in[3] ? CHECKSUM_PARTIAL : CHECKSUM_NONE;
	skb->csum = sum;
	skb->sk = socket->sk;
	inet_sk(socket->sk)->inet_sport = udp->source;
	begin_to_watch(skb);
	sending->error = udp_send(skb, &flow, &cork);
	end_to_watch();
}

static int send(struct kspec_call *call, void *octets)
{
	u32 rest = call->length - call->in[4];
	struct sk_buff *skb;
	__wsum sum;

	call->length = 0;
	if (!is_prepared())
		return kspec_fault(call, "the kernel does not have what it takes");
	skb = packet(call, octets);
	if (skb == NULL)
		return -ENOMEM;
	sum = csum_partial(octets + call->in[4], rest, 0);
	sending = call;
	wire = octets;
	rcu_read_lock();
	if (call->in[0] == IPPROTO_TCP)
		send_tcp(skb, ip_hdr(skb));
	else
		send_udp(skb, ip_hdr(skb), sum);
	rcu_read_unlock();
	call->out[3] = watch.summed;
	memcpy(octets + call->out[4], watch.entered, watch.entered_count);
	call->length = call->out[4] + watch.entered_count;
	return call->error;
}

static u64 errors_of(s64 protocol)
{
	if (protocol == IPPROTO_TCP)
		return snmp_fold_field(init_net.mib.tcp_statistics, TCP_MIB_INERRS) - tcp_errors;
	return snmp_fold_field(init_net.mib.udp_statistics, UDP_MIB_INERRORS) - udp_errors;
}

static int receive(struct kspec_call *call, void *octets)
{
	u32 rest = call->length - call->in[4];
	struct sk_buff *skb;

	call->length = 0;
	if (!is_prepared())
		return kspec_fault(call, "the kernel does not have what it takes");
	skb = packet(call, octets);
	if (skb == NULL)
		return -ENOMEM;
	__skb_pull(skb, skb_transport_offset(skb));
	skb->dev = init_net.loopback_dev;
	skb->skb_iif = skb->dev->ifindex;
	skb->ip_summed = knowledge[call->in[3]];
	skb->csum = csum_partial(octets + call->in[4], rest, 0);
	local_bh_disable();
	rcu_read_lock();
	begin_to_watch(skb);
	if (call->in[0] == IPPROTO_TCP)
		tcp_receive(skb);
	else
		udp_receive(skb);
	end_to_watch();
	rcu_read_unlock();
	local_bh_enable();
	call->out[0] = watch.ended == SKB_DROP_REASON_NO_SOCKET;
	call->out[1] = watch.summed;
	call->out[2] = errors_of(call->in[0]);
	return 0;
}

void transport_reset(void)
{
	tcp_errors += errors_of(IPPROTO_TCP);
	udp_errors += errors_of(IPPROTO_UDP);
}

kspec_handler transport_handler(u32 op)
{
	switch (op) {
	case KSPEC_TRANSPORT_SEND:
		return send;
	case KSPEC_TRANSPORT_RECEIVE:
		return receive;
	default:
		return NULL;
	}
}

#else

void transport_reset(void)
{
}

kspec_handler transport_handler(u32 op)
{
	return NULL;
}

#endif
