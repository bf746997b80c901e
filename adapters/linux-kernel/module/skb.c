// SPDX-License-Identifier: GPL-2.0
/*
 * skb.c - sk_buffs: handles, the linear buffer, headers.
 *
 * A buffer bears its number in `mark`, and tells by its destructor when it is freed: so what the kernel
 * frees is known from the kernel. What reads or writes memory asks first whether it is there.
 */
#include <linux/skbuff.h>
#include <linux/slab.h>
#include <linux/xarray.h>

#include "skb.h"

/* --- Handles ------------------------------------------------------------------------------ */

static DEFINE_XARRAY(buffers);
static u32 last_number;

static void note_freed(struct sk_buff *skb)
{
	xa_erase(&buffers, skb->mark);
}

u32 skb_count(void)
{
	return last_number;
}

u32 skb_number(const struct sk_buff *skb)
{
	return skb ? skb->mark : 0;
}

struct sk_buff *skb_of(struct kspec_call *call, s64 handle)
{
	struct sk_buff *skb;

	if (handle <= 0 || handle > last_number) {
		kspec_fault(call, "there is no such buffer");
		return NULL;
	}
	skb = xa_load(&buffers, handle);
	if (skb == NULL)
		kspec_bug(call, "the descriptor s%lld is freed", handle);
	return skb;
}

int skb_answer(struct kspec_call *call, struct sk_buff *skb)
{
	if (skb == NULL)
		return -ENOMEM;
	/* What it was copied from has the same number, but is another. */
	if (skb->destructor != note_freed) {
		if (xa_err(xa_store(&buffers, last_number + 1, skb, GFP_KERNEL))) {
			kfree_skb(skb);
			return -ENOMEM;
		}
		skb->mark = ++last_number;
		skb->destructor = note_freed;
	}
	call->out[0] = skb->mark;
	return 0;
}

/* Whatever a scenario has done to its links and references, each buffer is there once. */
void skb_reset(void)
{
	struct sk_buff *skb;
	unsigned long number;

	xa_for_each(&buffers, number, skb) {
		skb->next = skb->prev = NULL;
		skb->destructor = NULL;
		refcount_set(&skb->users, 1);
		kfree_skb(skb);
	}
	xa_destroy(&buffers);
	last_number = 0;
}

/* --- The linear buffer -------------------------------------------------------------------- */

static int alloc(struct kspec_call *call, void *octets)
{
	return skb_answer(call, alloc_skb(call->in[0], GFP_KERNEL));
}

static int dev_alloc(struct kspec_call *call, void *octets)
{
	return skb_answer(call, dev_alloc_skb(call->in[0]));
}

static int reserve(struct kspec_call *call, void *octets)
{
	struct sk_buff *skb = skb_of(call, call->in[0]);

	if (skb != NULL)
		skb_reserve(skb, call->in[1]);
	return 0;
}

static s64 position(const struct sk_buff *skb, const void *where)
{
	return (const unsigned char *)where - skb->head;
}

static bool within(const struct sk_buff *skb, const unsigned char *from, s64 length)
{
	return from >= skb->head && length <= skb_end_pointer(skb) - from;
}

static int extend(struct kspec_call *call, void *octets, void *(*function)(struct sk_buff *, unsigned int))
{
	struct sk_buff *skb = skb_of(call, call->in[0]);
	u32 length = call->length;
	unsigned char *at;

	call->length = 0;
	if (skb == NULL)
		return 0;
	at = function(skb, length);
	if (!within(skb, at, length))
		return kspec_bug(call, "the kernel lets octets lie outside head and end");
	memcpy(at, octets, length);
	call->out[0] = position(skb, at);
	return 0;
}

static int put(struct kspec_call *call, void *octets)
{
	return extend(call, octets, skb_put);
}

static int push(struct kspec_call *call, void *octets)
{
	return extend(call, octets, skb_push);
}

static int pull(struct kspec_call *call, void *octets)
{
	struct sk_buff *skb = skb_of(call, call->in[0]);
	void *at;

	if (skb == NULL)
		return 0;
	at = skb_pull(skb, call->in[1]);
	call->out[0] = at ? position(skb, at) : -1;
	return 0;
}

/* skb_trim() warns of page fragments and leaves them alone: callers that may have some use the other. */
static int trim(struct kspec_call *call, void *octets)
{
	struct sk_buff *skb = skb_of(call, call->in[0]);

	if (skb == NULL)
		return 0;
	if (skb_is_nonlinear(skb))
		return pskb_trim(skb, call->in[1]);
	skb_trim(skb, call->in[1]);
	return 0;
}

static int layout(struct kspec_call *call, void *octets)
{
	struct sk_buff *skb = skb_of(call, call->in[0]);

	if (skb == NULL)
		return 0;
	call->out[0] = position(skb, skb->data);
	call->out[1] = position(skb, skb_tail_pointer(skb));
	call->out[2] = skb_end_offset(skb);
	call->out[3] = skb->len;
	call->out[4] = skb->data_len;
	call->out[5] = (int)skb_headroom(skb);
	call->out[6] = skb_tailroom(skb);
	return 0;
}

static int contents(struct kspec_call *call, void *octets)
{
	struct sk_buff *skb = skb_of(call, call->in[0]);

	if (skb == NULL)
		return 0;
	if (skb->len > KSPEC_OCTETS_MAX || !within(skb, skb->data, skb_headlen(skb)) ||
	    skb_copy_bits(skb, 0, octets, skb->len))
		return kspec_bug(call, "the contents are not within head and end");
	call->length = skb->len;
	return 0;
}

static int memory(struct kspec_call *call, void *octets)
{
	struct sk_buff *skb = skb_of(call, call->in[0]);
	s64 from = call->in[1], length = call->in[2];

	if (skb == NULL)
		return 0;
	if (from + length > skb_end_offset(skb) || length > KSPEC_OCTETS_MAX)
		return kspec_bug(call, "octets %lld to %lld are not within head and end", from,
				 from + length);
	memcpy(octets, skb->head + from, length);
	call->length = length;
	return 0;
}

static int write(struct kspec_call *call, void *octets)
{
	struct sk_buff *skb = skb_of(call, call->in[0]);
	s64 offset = call->in[1];
	u32 length = call->length;

	call->length = 0;
	if (skb == NULL)
		return 0;
	if (offset + length > skb_headlen(skb) || !within(skb, skb->data + offset, length))
		return kspec_bug(call, "the octets are not within data and tail");
	memcpy(skb->data + offset, octets, length);
	return 0;
}

/* --- Headers ------------------------------------------------------------------------------ */

static int mark(struct kspec_call *call, void *octets)
{
	struct sk_buff *skb = skb_of(call, call->in[0]);

	if (skb == NULL)
		return 0;
	if (call->in[1] == 0)
		skb_reset_transport_header(skb);
	else if (call->in[1] == 1)
		skb_reset_network_header(skb);
	else
		skb_reset_mac_header(skb);
	return 0;
}

static int where(struct kspec_call *call, void *octets)
{
	struct sk_buff *skb = skb_of(call, call->in[0]);

	if (skb == NULL)
		return 0;
	call->out[0] = skb_transport_header_was_set(skb) ? skb->transport_header : -1;
	call->out[1] = skb->network_header;
	call->out[2] = skb_mac_header_was_set(skb) ? skb->mac_header : -1;
	return 0;
}

kspec_handler skb_handler(u32 op)
{
	switch (op) {
	case KSPEC_SKB_ALLOC:
		return alloc;
	case KSPEC_SKB_DEV_ALLOC:
		return dev_alloc;
	case KSPEC_SKB_RESERVE:
		return reserve;
	case KSPEC_SKB_PUT:
		return put;
	case KSPEC_SKB_PUSH:
		return push;
	case KSPEC_SKB_PULL:
		return pull;
	case KSPEC_SKB_TRIM:
		return trim;
	case KSPEC_SKB_LAYOUT:
		return layout;
	case KSPEC_SKB_CONTENTS:
		return contents;
	case KSPEC_SKB_MEMORY:
		return memory;
	case KSPEC_SKB_WRITE:
		return write;
	case KSPEC_SKB_MARK:
		return mark;
	case KSPEC_SKB_WHERE:
		return where;
	default:
		return NULL;
	}
}
