/*
 * ports/skbuff_fields.c - the operations of `sk-buff-fields`.
 */
#include <stdlib.h>
#include <string.h>

#include "handles.h"
#include "ports.h"

/* --- What there is ------------------------------------------------------------------------ */

/* The fields of Linux 2.6.11; those of features are there if the kernel is built with them. */
static const struct category {
	const char *name;
	const char *const fields[20];
} categories[] = {
	{"layout",
	 {"next", "prev", "list", "head", "data", "tail", "end", "len", "data_len", "mac_len", "h",
	  "nh", "mac", "truesize", "users"}},
	{"socket", {"sk"}},
	{"general",
	 {"stamp", "dev", "input_dev", "real_dev", "dst", "csum", "cloned", "pkt_type", "ip_summed",
	  "priority", "protocol", "security", "cb", "destructor", "local_df"}},
	{"feature", {"nfmark", "nfcache", "nfct", "nf_bridge", "nf_debug", "tc_index", "sp"}},
};

static void put_category(const struct category *category)
{
	size_t which;

	for (which = 0; category->fields[which] != NULL; which++) {
		ks_open_object(NULL);
		ks_put_text("name", category->fields[which]);
		ks_put_text("category", category->name);
		ks_close();
	}
}

void fields_list(const struct ks_value *args)
{
	size_t which;

	(void)args;
	ks_open_array("fields");
	for (which = 0; which < sizeof categories / sizeof categories[0]; which++)
		put_category(&categories[which]);
	ks_close();
}

/* --- Reading and writing ------------------------------------------------------------------ */

static struct net_device *devices;

void fields_reset(void)
{
	while (devices != NULL) {
		struct net_device *next = devices->next;

		free(devices);
		devices = next;
	}
}

/* A device that was never named is there from now on. */
static struct net_device *device_by_name(const char *name)
{
	struct net_device *dev;

	for (dev = devices; dev != NULL; dev = dev->next)
		if (strcmp(dev->name, name) == 0)
			return dev;
	dev = malloc(sizeof *dev + strlen(name) + 1);
	if (dev == NULL)
		ks_fault("out of memory");
	strcpy(dev->name, name);
	dev->next = devices;
	devices = dev;
	return dev;
}

/* The fields in three groups: devices, numbers, and cb. */
static const char field_names[] = "dev input_dev real_dev stamp priority protocol security "
				  "pkt_type ip_summed csum cb";

enum { FIRST_NUMBER = 3, CB = 10 };

static struct net_device **device_field(struct sk_buff *skb, int which)
{
	struct net_device **const fields[] = {&skb->dev, &skb->input_dev, &skb->real_dev};

	return fields[which];
}

static uint32_t *number_field(struct sk_buff *skb, int which)
{
	uint32_t *const fields[] = {&skb->stamp,    &skb->priority,  &skb->protocol, &skb->security,
				    &skb->pkt_type, &skb->ip_summed, &skb->csum};

	return fields[which - FIRST_NUMBER];
}

static void set_cb(struct sk_buff *skb, const struct ks_value *args)
{
	size_t length;
	const uint8_t *octets = ks_octets(args, "value", &length);

	if (length > SKB_CB_SIZE)
		ks_bug("%zu octets are more than cb holds, which is %d", length, SKB_CB_SIZE);
	memcpy(skb->cb, octets, length);
}

void fields_set(const struct ks_value *args)
{
	struct sk_buff *skb = skb_arg(args, "skb");
	int which = ks_choice(args, "field", field_names);

	if (which == CB)
		set_cb(skb, args);
	else if (which >= FIRST_NUMBER)
		*number_field(skb, which) = ks_word32(args, "value");
	else
		*device_field(skb, which) = device_by_name(ks_text(args, "value"));
}

static void put_device(const struct net_device *dev)
{
	if (dev != NULL)
		ks_put_text("value", dev->name);
	else
		ks_put_null("value");
}

void fields_get(const struct ks_value *args)
{
	struct sk_buff *skb = skb_arg(args, "skb");
	int which = ks_choice(args, "field", field_names);

	if (which == CB)
		ks_put_octets("value", skb->cb, SKB_CB_SIZE);
	else if (which >= FIRST_NUMBER)
		ks_put_int("value", *number_field(skb, which));
	else
		put_device(*device_field(skb, which));
}

/* --- The control block -------------------------------------------------------------------- */

/* What IP keeps at the start of cb: its options, when none is set all zero. */
struct ip_options {
	uint8_t octets[16];
};

/*
 * What TCP keeps in cb. It leaves the place alone where IP keeps its own: the options of a segment
 * are still of interest to the socket.
 */
struct tcp_skb_cb {
	uint8_t of_ip[20];
	uint32_t seq;
	uint32_t end_seq; /* sequence number behind the last octet; SYN and FIN count as one each */
	uint32_t when;    /* time of sending, for the round-trip time */
	uint8_t flags;    /* of the TCP header */
};

#define TCP_FLAG_FIN 0x01
#define TCP_FLAG_SYN 0x02

/* Copied out and in, because cb is octets and need not be aligned. */
static struct tcp_skb_cb load_tcp_cb(const struct sk_buff *skb)
{
	struct tcp_skb_cb cb;

	memcpy(&cb, skb->cb, sizeof cb);
	return cb;
}

static uint32_t word32_at(const uint8_t *octets)
{
	return (uint32_t)octets[0] << 24 | (uint32_t)octets[1] << 16 | (uint32_t)octets[2] << 8 |
	       octets[3];
}

/* The TCP header at data, made linear. Nothing changes before it is known to be whole. */
static const uint8_t *tcp_header(struct sk_buff *skb, uint32_t *header_length)
{
	uint8_t fixed[20];

	if (!skb_copy_bits(skb, 0, fixed, sizeof fixed))
		ks_bug("%u octets are shorter than a TCP header", (unsigned int)skb->len);
	*header_length = (uint32_t)(fixed[12] >> 4) * 4;
	if (*header_length < sizeof fixed)
		ks_bug("a TCP header of %u octets", (unsigned int)*header_length);
	if (*header_length > skb->len)
		ks_bug("%u octets are shorter than the TCP header, which says %u",
		       (unsigned int)skb->len, (unsigned int)*header_length);
	if (!pskb_may_pull(skb, *header_length))
		ks_fault("out of memory");
	return skb->head + skb->data;
}

void fields_tcp_receive(const struct ks_value *args)
{
	struct sk_buff *skb = skb_arg(args, "skb");
	struct tcp_skb_cb cb = load_tcp_cb(skb);
	uint32_t header_length;
	const uint8_t *th = tcp_header(skb, &header_length);

	cb.flags = th[13];
	cb.seq = word32_at(th + 4);
	cb.end_seq = cb.seq + !!(cb.flags & TCP_FLAG_SYN) + !!(cb.flags & TCP_FLAG_FIN) +
		     (skb->len - header_length);
	cb.when = 0;
	memcpy(skb->cb, &cb, sizeof cb);
}

void fields_tcp_control_block(const struct ks_value *args)
{
	struct tcp_skb_cb cb = load_tcp_cb(skb_arg(args, "skb"));

	ks_put_int("seq", cb.seq);
	ks_put_int("endSeq", cb.end_seq);
	ks_put_int("when", cb.when);
	ks_put_int("flags", cb.flags);
}

void fields_ip_control_block(const struct ks_value *args)
{
	memset(skb_arg(args, "skb")->cb, 0, sizeof(struct ip_options));
}
