/*
 * headers.c - the operations of `sk-buff-headers`.
 *
 * The pointers have no types here: skb_transport_header() and its like give octets, and what these mean
 * is for whoever reads them. So a view is read as C reads a header: by its fields.
 */
#include "handles.h"
#include "ports.h"

#include <linux/icmp.h>
#include <linux/if_arp.h>
#include <linux/igmp.h>
#include <linux/ip.h>
#include <linux/ipv6.h>
#include <linux/tcp.h>
#include <linux/udp.h>

#include <arpa/inet.h>

static const char headers[] = "h nh mac";

static void mark(const struct ks_value *args)
{
	struct kspec_call call = call_for_skb(KSPEC_SKB_MARK, args);

	call.in[1] = ks_choice(args, "header", headers);
	module_call(&call);
}

static void where(const struct ks_value *args)
{
	struct kspec_call call = call_for_skb(KSPEC_SKB_WHERE, args);

	module_call(&call);
	put_position("h", call.out[0]);
	put_position("nh", call.out[1]);
	put_position("mac", call.out[2]);
}

/* --- Views -------------------------------------------------------------------------------- */

static void put_address(const char *name, uint32_t address)
{
	char dotted[INET_ADDRSTRLEN];

	ks_put_text(name, inet_ntop(AF_INET, &address, dotted, sizeof dotted));
}

static void put_tcp(const void *octets)
{
	const struct tcphdr *th = octets;

	ks_put_int("source", ntohs(th->source));
	ks_put_int("dest", ntohs(th->dest));
	ks_put_int("seq", ntohl(th->seq));
	ks_put_int("ackSeq", ntohl(th->ack_seq));
	ks_put_int("doff", th->doff);
}

static void put_udp(const void *octets)
{
	const struct udphdr *uh = octets;

	ks_put_int("source", ntohs(uh->source));
	ks_put_int("dest", ntohs(uh->dest));
	ks_put_int("len", ntohs(uh->len));
	ks_put_int("check", ntohs(uh->check));
}

static void put_icmp(const void *octets)
{
	const struct icmphdr *icmph = octets;

	ks_put_int("type", icmph->type);
	ks_put_int("code", icmph->code);
	ks_put_int("checksum", ntohs(icmph->checksum));
}

static void put_igmp(const void *octets)
{
	const struct igmphdr *igmph = octets;

	ks_put_int("type", igmph->type);
	ks_put_int("code", igmph->code);
	ks_put_int("csum", ntohs(igmph->csum));
	put_address("group", igmph->group);
}

static void put_ip(const void *octets)
{
	const struct iphdr *iph = octets;

	ks_put_int("version", iph->version);
	ks_put_int("ihl", iph->ihl);
	ks_put_int("tos", iph->tos);
	ks_put_int("totLen", ntohs(iph->tot_len));
	ks_put_int("id", ntohs(iph->id));
	ks_put_int("fragOff", ntohs(iph->frag_off));
	ks_put_int("ttl", iph->ttl);
	ks_put_int("protocol", iph->protocol);
	ks_put_int("check", ntohs(iph->check));
	put_address("saddr", iph->saddr);
	put_address("daddr", iph->daddr);
}

static void put_ipv6(const void *octets)
{
	const struct ipv6hdr *ipv6h = octets;

	ks_put_int("version", ipv6h->version);
	ks_put_int("payloadLen", ntohs(ipv6h->payload_len));
	ks_put_int("nexthdr", ipv6h->nexthdr);
	ks_put_int("hopLimit", ipv6h->hop_limit);
}

static void put_arp(const void *octets)
{
	const struct arphdr *arph = octets;

	ks_put_int("arHrd", ntohs(arph->ar_hrd));
	ks_put_int("arPro", ntohs(arph->ar_pro));
	ks_put_int("arHln", arph->ar_hln);
	ks_put_int("arPln", arph->ar_pln);
	ks_put_int("arOp", ntohs(arph->ar_op));
}

static const char view_names[] = "th uh icmph igmph ipiph iph ipv6h arph raw";

static const struct {
	void (*put)(const void *octets);
	size_t size;
} views[] = {
	{put_tcp, sizeof(struct tcphdr)},   {put_udp, sizeof(struct udphdr)},
	{put_icmp, sizeof(struct icmphdr)}, {put_igmp, sizeof(struct igmphdr)},
	{put_ip, sizeof(struct iphdr)},     {put_ip, sizeof(struct iphdr)},
	{put_ipv6, sizeof(struct ipv6hdr)}, {put_arp, sizeof(struct arphdr)},
	{NULL, 0},
};

static void view(const struct ks_value *args)
{
	struct kspec_call call = call_for_skb(KSPEC_SKB_WHERE, args);
	struct kspec_call extent = call_for_skb(KSPEC_SKB_LAYOUT, args);
	int header = ks_choice(args, "header", headers), as = ks_choice(args, "as", view_names);
	int64_t length;

	module_call(&call);
	module_call(&extent);
	length = extent.out[1] - call.out[header];
	if (call.out[header] < 0)
		ks_bug("the header was never set");
	if (length < (int64_t)views[as].size)
		ks_bug("the header reaches past the tail");
	read_memory(call.in[0], call.out[header], length);
	ks_open_object("fields");
	if (views[as].put != NULL)
		views[as].put(module_octets);
	else
		ks_put_octets("octets", module_octets, (size_t)length);
	ks_close();
}

const struct ks_operation headers_operations[] = {
	{"sk-buff-headers.mark", mark, "skb header"},
	{"sk-buff-headers.where", where, "skb"},
	{"sk-buff-headers.view", view, "skb header as"},
	{NULL, NULL, NULL},
};
