// SPDX-License-Identifier: GPL-2.0
/*
 * sharing.c - references, clones and copies of sk_buffs, and their page fragments.
 */
#include <linux/gfp.h>

#include "skb.h"

static int get(struct kspec_call *call, void *octets)
{
	struct sk_buff *skb = skb_of(call, call->in[0]);

	if (skb != NULL)
		skb_get(skb);
	return 0;
}

/* Whether this descriptor is the last that has the data. */
static bool has_data_alone(const struct sk_buff *skb)
{
	return !skb->cloned || (atomic_read(&skb_shinfo(skb)->dataref) & SKB_DATAREF_MASK) == 1;
}

static int give_up(struct kspec_call *call, void *octets)
{
	struct sk_buff *skb = skb_of(call, call->in[0]);
	struct kspec_call later = {.op = call->op};
	bool alone;

	if (skb == NULL)
		return 0;
	alone = has_data_alone(skb);
	kfree_skb(skb);
	/* The number is gone with the descriptor. */
	call->out[0] = skb_of(&later, call->in[0]) == NULL;
	call->out[1] = call->out[0] && alone;
	return 0;
}

static int state(struct kspec_call *call, void *octets)
{
	struct sk_buff *skb = skb_of(call, call->in[0]);

	if (skb == NULL)
		return 0;
	call->out[0] = skb_cloned(skb);
	call->out[1] = skb_shared(skb);
	call->out[2] = refcount_read(&skb->users);
	call->out[3] = atomic_read(&skb_shinfo(skb)->dataref) & SKB_DATAREF_MASK;
	return 0;
}

static int clone(struct kspec_call *call, void *octets)
{
	struct sk_buff *skb = skb_of(call, call->in[0]);

	return skb ? skb_answer(call, skb_clone(skb, GFP_KERNEL)) : 0;
}

static int copy(struct kspec_call *call, void *octets)
{
	struct sk_buff *skb = skb_of(call, call->in[0]);

	return skb ? skb_answer(call, skb_copy(skb, GFP_KERNEL)) : 0;
}

static int share_check(struct kspec_call *call, void *octets)
{
	struct sk_buff *skb = skb_of(call, call->in[0]);

	return skb ? skb_answer(call, skb_share_check(skb, GFP_KERNEL)) : 0;
}

static int unshare(struct kspec_call *call, void *octets)
{
	struct sk_buff *skb = skb_of(call, call->in[0]);

	return skb ? skb_answer(call, skb_unshare(skb, GFP_KERNEL)) : 0;
}

static int cow(struct kspec_call *call, void *octets)
{
	struct sk_buff *skb = skb_of(call, call->in[0]);

	return skb ? skb_cow(skb, call->in[1]) : 0;
}

static int realloc_headroom(struct kspec_call *call, void *octets)
{
	struct sk_buff *skb = skb_of(call, call->in[0]);

	return skb ? skb_answer(call, skb_realloc_headroom(skb, call->in[1])) : 0;
}

/* Both lengths are of type int there, and a sum that wraps is not looked for: memory would be overrun. */
static int expand_head(struct kspec_call *call, void *octets)
{
	struct sk_buff *skb = skb_of(call, call->in[0]);

	if (skb == NULL)
		return 0;
	if (skb_end_offset(skb) + call->in[1] + call->in[2] > INT_MAX)
		return kspec_bug(call, "the lengths do not fit into an int");
	return pskb_expand_head(skb, call->in[1], call->in[2], GFP_KERNEL);
}

/* --- Page fragments ----------------------------------------------------------------------- */

static int add_fragment(struct kspec_call *call, void *octets)
{
	struct sk_buff *skb = skb_of(call, call->in[0]);
	u32 length = call->length;
	struct page *page;
	int fragment;

	call->length = 0;
	if (skb == NULL)
		return 0;
	fragment = skb_shinfo(skb)->nr_frags;
	if (fragment == MAX_SKB_FRAGS)
		return kspec_bug(call, "there are MAX_SKB_FRAGS (%d) already", fragment);
	page = alloc_pages(GFP_KERNEL | __GFP_COMP, get_order(length ?: 1));
	if (page == NULL)
		return -ENOMEM;
	memcpy(page_address(page), octets, length);
	skb_add_rx_frag(skb, fragment, page, 0, length, page_size(page));
	return 0;
}

static int may_pull(struct kspec_call *call, void *octets)
{
	struct sk_buff *skb = skb_of(call, call->in[0]);

	if (skb != NULL)
		call->out[0] = pskb_may_pull(skb, call->in[1]);
	return 0;
}

static int linearize(struct kspec_call *call, void *octets)
{
	struct sk_buff *skb = skb_of(call, call->in[0]);

	return skb ? skb_linearize(skb) : 0;
}

static int copy_linear(struct kspec_call *call, void *octets)
{
	struct sk_buff *skb = skb_of(call, call->in[0]);

	return skb ? skb_answer(call, pskb_copy(skb, GFP_KERNEL)) : 0;
}

kspec_handler sharing_handler(u32 op)
{
	switch (op) {
	case KSPEC_SKB_GET:
		return get;
	case KSPEC_SKB_FREE:
		return give_up;
	case KSPEC_SKB_STATE:
		return state;
	case KSPEC_SKB_CLONE:
		return clone;
	case KSPEC_SKB_COPY:
		return copy;
	case KSPEC_SKB_SHARE_CHECK:
		return share_check;
	case KSPEC_SKB_UNSHARE:
		return unshare;
	case KSPEC_SKB_COW:
		return cow;
	case KSPEC_SKB_REALLOC_HEADROOM:
		return realloc_headroom;
	case KSPEC_SKB_EXPAND_HEAD:
		return expand_head;
	case KSPEC_SKB_ADD_FRAGMENT:
		return add_fragment;
	case KSPEC_SKB_MAY_PULL:
		return may_pull;
	case KSPEC_SKB_LINEARIZE:
		return linearize;
	case KSPEC_SKB_COPY_LINEAR:
		return copy_linear;
	default:
		return NULL;
	}
}
