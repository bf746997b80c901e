/*
 * ports/skbuff_headers.c - the operations of `sk-buff-headers`.
 *
 * The three header pointers are unions in C: h.th and h.uh read the same octets as different
 * headers. A view is a list of fields, each an offset and a size in the header.
 */
#include <stdio.h>
#include <string.h>

#include "handles.h"
#include "ports.h"

static const char header_names[] = "h nh mac";

static int32_t *header_arg(const struct ks_value *args, struct sk_buff *skb)
{
	int32_t *const headers[] = {&skb->h, &skb->nh, &skb->mac};

	return headers[ks_choice(args, "header", header_names)];
}

void headers_mark(const struct ks_value *args)
{
	struct sk_buff *skb = skb_arg(args, "skb");

	*header_arg(args, skb) = skb->data;
}

static void put_position(const char *name, int32_t position)
{
	if (position == NO_HEADER)
		ks_put_null(name);
	else
		ks_put_int(name, position);
}

void headers_where(const struct ks_value *args)
{
	const struct sk_buff *skb = skb_arg(args, "skb");

	put_position("h", skb->h);
	put_position("nh", skb->nh);
	put_position("mac", skb->mac);
}

/* --- Views -------------------------------------------------------------------------------- */

enum form { BITS_HIGH, BITS_LOW, WORD8, WORD16, WORD32, ADDRESS };

struct field {
	const char *name;
	int offset;
	enum form form; /* BITS_HIGH and BITS_LOW are the halves of an octet */
};

static const struct field th[] = {
	{"source", 0, WORD16}, {"dest", 2, WORD16},     {"seq", 4, WORD32},
	{"ackSeq", 8, WORD32}, {"doff", 12, BITS_HIGH}, {NULL, 20, WORD8},
};

static const struct field uh[] = {
	{"source", 0, WORD16}, {"dest", 2, WORD16}, {"len", 4, WORD16},
	{"check", 6, WORD16},  {NULL, 8, WORD8},
};

static const struct field icmph[] = {
	{"type", 0, WORD8}, {"code", 1, WORD8}, {"checksum", 2, WORD16}, {NULL, 8, WORD8},
};

static const struct field igmph[] = {
	{"type", 0, WORD8},    {"code", 1, WORD8}, {"csum", 2, WORD16},
	{"group", 4, ADDRESS}, {NULL, 8, WORD8},
};

static const struct field iph[] = {
	{"version", 0, BITS_HIGH}, {"ihl", 0, BITS_LOW},   {"tos", 1, WORD8},
	{"totLen", 2, WORD16},     {"id", 4, WORD16},      {"fragOff", 6, WORD16},
	{"ttl", 8, WORD8},         {"protocol", 9, WORD8}, {"check", 10, WORD16},
	{"saddr", 12, ADDRESS},    {"daddr", 16, ADDRESS}, {NULL, 20, WORD8},
};

static const struct field ipv6h[] = {
	{"version", 0, BITS_HIGH}, {"payloadLen", 4, WORD16}, {"nexthdr", 6, WORD8},
	{"hopLimit", 7, WORD8},    {NULL, 40, WORD8},
};

static const struct field arph[] = {
	{"arHrd", 0, WORD16}, {"arPro", 2, WORD16}, {"arHln", 4, WORD8},
	{"arPln", 5, WORD8},  {"arOp", 6, WORD16},  {NULL, 8, WORD8},
};

/* Which views there are, in the order of the word list; the last one has no fields. */
static const char view_names[] = "th uh icmph igmph ipiph iph ipv6h arph raw";
static const struct field *const views[] = {th, uh, icmph, igmph, iph, iph, ipv6h, arph, NULL};

/* Which of them each union has as a member. */
static const char *const members[] = {
	"th uh icmph igmph ipiph ipv6h raw",
	"iph ipv6h arph raw",
	"raw",
};

static void put_address(const char *name, const uint8_t *octets)
{
	char dotted[16];

	snprintf(dotted, sizeof dotted, "%d.%d.%d.%d", octets[0], octets[1], octets[2], octets[3]);
	ks_put_text(name, dotted);
}

/* A number in network order. */
static uint32_t number_at(const uint8_t *octets, int size)
{
	uint32_t number = 0;

	while (size-- > 0)
		number = number << 8 | *octets++;
	return number;
}

static void put_field(const struct field *field, const uint8_t *octets)
{
	switch (field->form) {
	case BITS_HIGH:
		ks_put_int(field->name, *octets >> 4);
		break;
	case BITS_LOW:
		ks_put_int(field->name, *octets & 15);
		break;
	case WORD8:
		ks_put_int(field->name, *octets);
		break;
	case WORD16:
		ks_put_int(field->name, number_at(octets, 2));
		break;
	case WORD32:
		ks_put_int(field->name, number_at(octets, 4));
		break;
	case ADDRESS:
		put_address(field->name, octets);
		break;
	}
}

static int header_size(const struct field *field)
{
	while (field->name != NULL)
		field++;
	return field->offset;
}

static void put_fields(const struct field *field, const uint8_t *octets, int64_t length)
{
	if (length < header_size(field))
		ks_bug("the header reaches beyond the tail");
	for (; field->name != NULL; field++)
		put_field(field, octets + field->offset);
}

static bool is_member(const char *list, const char *name)
{
	size_t length = strlen(name);
	const char *at = list;

	while ((at = strstr(at, name)) != NULL) {
		bool starts = at == list || at[-1] == ' ';

		if (starts && (at[length] == ' ' || at[length] == '\0'))
			return true;
		at += length;
	}
	return false;
}

void headers_view(const struct ks_value *args)
{
	struct sk_buff *skb = skb_arg(args, "skb");
	int32_t from = *header_arg(args, skb);
	int which = ks_choice(args, "as", view_names);
	const char *as = ks_text(args, "as");
	int64_t length = (int64_t)skb->tail - from;

	if (!is_member(members[ks_choice(args, "header", header_names)], as))
		ks_bug("%s is no member of %s", as, ks_text(args, "header"));
	if (from == NO_HEADER)
		ks_bug("%s was never set", ks_text(args, "header"));
	if (!skb_has_octets(skb, from, length))
		ks_bug("the header is not before the tail");
	ks_open_object("fields");
	if (views[which] != NULL)
		put_fields(views[which], skb->head + from, length);
	else
		ks_put_octets("octets", skb->head + from, (size_t)length);
	ks_close();
}
