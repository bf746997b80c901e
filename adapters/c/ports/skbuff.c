/*
 * ports/skbuff.c - the operations of `sk-buff` and `sk-buff-paged`.
 */
#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "handles.h"
#include "ports.h"

/* --- Handles ------------------------------------------------------------------------------ */

static struct sk_buff *find_handle(const char *handle)
{
	char again[16];
	unsigned long number;

	if (handle[0] != 's')
		return NULL;
	number = strtoul(handle + 1, NULL, 10);
	if (number > skb_count())
		return NULL;
	/* Only one way of writing a handle is a handle. */
	snprintf(again, sizeof again, "s%u", (unsigned int)number);
	return strcmp(handle, again) == 0 ? skb_by_number((uint32_t)number) : NULL;
}

struct sk_buff *skb_arg(const struct ks_value *object, const char *name)
{
	struct sk_buff *skb = find_handle(ks_text(object, name));

	if (skb == NULL)
		ks_wrong(object, name, "no such buffer");
	if (skb->users == 0)
		ks_bug("the descriptor s%u is freed", (unsigned int)skb->number);
	return skb;
}

void put_handle(const char *name, const struct sk_buff *skb)
{
	char handle[16];

	if (skb == NULL) {
		ks_put_null(name);
		return;
	}
	snprintf(handle, sizeof handle, "s%u", (unsigned int)skb->number);
	ks_put_text(name, handle);
}

void answer_new(const struct sk_buff *skb)
{
	if (skb == NULL)
		ks_errno(ENOMEM);
	put_handle("skb", skb);
}

void answer_errno(int error)
{
	if (error)
		ks_errno(error);
}

/* --- sk-buff ------------------------------------------------------------------------------ */

void skb_port_alloc(const struct ks_value *args)
{
	answer_new(alloc_skb(ks_word32(args, "size")));
}

void skb_port_dev_alloc(const struct ks_value *args)
{
	answer_new(dev_alloc_skb(ks_word32(args, "size")));
}

void skb_port_reserve(const struct ks_value *args)
{
	uint32_t length = ks_word32(args, "length");

	skb_reserve(skb_arg(args, "skb"), length);
}

void skb_port_put(const struct ks_value *args)
{
	size_t length;
	const uint8_t *octets = ks_octets(args, "octets", &length);
	struct sk_buff *skb = skb_arg(args, "skb");
	int32_t at = skb_put(skb, (uint32_t)length);

	memcpy(skb->head + at, octets, length);
	ks_put_int("at", at);
}

void skb_port_push(const struct ks_value *args)
{
	size_t length;
	const uint8_t *octets = ks_octets(args, "octets", &length);
	struct sk_buff *skb = skb_arg(args, "skb");
	int32_t at = skb_push(skb, (uint32_t)length);

	memcpy(skb->head + at, octets, length);
	ks_put_int("at", at);
}

void skb_port_pull(const struct ks_value *args)
{
	uint32_t length = ks_word32(args, "length");
	struct sk_buff *skb = skb_arg(args, "skb");

	if (skb_pull(skb, length))
		ks_put_int("at", skb->data);
	else
		ks_put_null("at");
}

void skb_port_trim(const struct ks_value *args)
{
	uint32_t length = ks_word32(args, "length");

	skb_trim(skb_arg(args, "skb"), length);
}

void skb_port_layout(const struct ks_value *args)
{
	const struct sk_buff *skb = skb_arg(args, "skb");

	ks_put_int("data", skb->data);
	ks_put_int("tail", skb->tail);
	ks_put_int("end", skb->end);
	ks_put_int("len", skb->len);
	ks_put_int("dataLen", skb->data_len);
	ks_put_int("headroom", skb_headroom(skb));
	ks_put_int("tailroom", skb_tailroom(skb));
}

void skb_port_contents(const struct ks_value *args)
{
	const struct sk_buff *skb = skb_arg(args, "skb");
	uint8_t *octets = ks_alloc((size_t)skb->len + 1);

	if (!skb_copy_bits(skb, 0, octets, skb->len))
		ks_bug("the contents are not within head and end");
	ks_put_octets("octets", octets, skb->len);
}

void skb_port_memory(const struct ks_value *args)
{
	uint32_t from = ks_word32(args, "from");
	uint32_t length = ks_word32(args, "length");
	const struct sk_buff *skb = skb_arg(args, "skb");

	if (!skb_has_octets(skb, from, length))
		ks_bug("octets %u to %llu are not within head and end", (unsigned int)from,
		       (unsigned long long)from + length);
	ks_put_octets("octets", skb->head + from, length);
}

void skb_port_write(const struct ks_value *args)
{
	uint32_t offset = ks_word32(args, "offset");
	size_t length;
	const uint8_t *octets = ks_octets(args, "octets", &length);
	struct sk_buff *skb = skb_arg(args, "skb");

	if ((uint64_t)offset + length > skb_headlen(skb) ||
	    !skb_has_octets(skb, (int64_t)skb->data + offset, (int64_t)length))
		ks_bug("the octets are not within data and tail");
	memcpy(skb->head + skb->data + offset, octets, length);
}

/* --- sk-buff-paged ------------------------------------------------------------------------ */

void paged_add_fragment(const struct ks_value *args)
{
	size_t length;
	const uint8_t *octets = ks_octets(args, "octets", &length);

	answer_errno(skb_add_frag(skb_arg(args, "skb"), octets, (uint32_t)length));
}

void paged_may_pull(const struct ks_value *args)
{
	uint32_t length = ks_word32(args, "length");

	ks_put_bool("may", pskb_may_pull(skb_arg(args, "skb"), length));
}

void paged_linearize(const struct ks_value *args)
{
	answer_errno(skb_linearize(skb_arg(args, "skb")));
}

void paged_copy_linear_part(const struct ks_value *args)
{
	answer_new(pskb_copy(skb_arg(args, "skb")));
}
