// SPDX-License-Identifier: GPL-2.0
/*
 * checksum.c - the kernel's checksum routines.
 */
#include <linux/skbuff.h>
#include <net/checksum.h>
#include <net/ip.h>

#include "kernspec.h"

static int compute(struct kspec_call *call, void *octets)
{
	call->out[0] = (__force u16)ip_compute_csum(octets, call->length);
	call->length = 0;
	return 0;
}

static int replace(struct kspec_call *call, void *octets)
{
	__sum16 check = (__force __sum16)call->in[0];

	csum_replace2(&check, (__force __be16)call->in[1], (__force __be16)call->in[2]);
	call->out[0] = (__force u16)check;
	return 0;
}

/* The sum of a buffer, whose octets lie partly in it and partly in a page. */
static int sum_of_buffer(const void *octets, u32 length, __wsum *sum)
{
	u32 linear = min_t(u32, length / 2, 1000), paged = length - linear;
	struct sk_buff *skb;
	int error = 0;

	if (paged > PAGE_SIZE) {
		linear = length;
		paged = 0;
	}
	skb = alloc_skb(linear, GFP_KERNEL);
	if (skb == NULL)
		return -ENOMEM;
	skb_put_data(skb, octets, linear);
	if (paged > 0) {
		struct page *page = alloc_page(GFP_KERNEL);

		if (page != NULL) {
			memcpy(page_address(page), octets + linear, paged);
			skb_add_rx_frag(skb, 0, page, 0, paged, PAGE_SIZE);
		} else {
			error = -ENOMEM;
		}
	}
	if (error == 0)
		*sum = skb_checksum(skb, 0, length, *sum);
	kfree_skb(skb);
	return error;
}

static int sum_while_copying(const void *octets, u32 length, __wsum *sum)
{
	void *copy = kvmalloc(length + 1, GFP_KERNEL);

	if (copy == NULL)
		return -ENOMEM;
	/* From 5.10 on it begins with a sum of its own. */
	*sum = csum_add(*sum, csum_partial_copy_nocheck(octets, copy, length));
	kvfree(copy);
	return 0;
}

static int partial(struct kspec_call *call, void *octets)
{
	__wsum sum = (__force __wsum)call->in[0];
	u32 length = call->length;
	int error = 0;

	call->length = 0;
	switch (call->in[1]) {
	case 0:
		sum = csum_partial(octets, length, sum);
		break;
	case 1:
		error = sum_while_copying(octets, length, &sum);
		break;
	case 2:
		error = sum_of_buffer(octets, length, &sum);
		break;
	default:
		return kspec_fault(call, "there is no routine %lld", call->in[1]);
	}
	call->out[0] = (__force u32)sum;
	return error;
}

static int block_add(struct kspec_call *call, void *octets)
{
	call->out[0] = (__force u32)csum_block_add((__force __wsum)call->in[0],
						   (__force __wsum)call->in[1], call->in[2]);
	return 0;
}

static int fold(struct kspec_call *call, void *octets)
{
	call->out[0] = (__force u16)csum_fold((__force __wsum)call->in[0]);
	return 0;
}

static int nofold(struct kspec_call *call, void *octets)
{
	call->out[0] = (__force u32)csum_tcpudp_nofold(
		(__force __be32)call->in[0], (__force __be32)call->in[1], call->in[2], call->in[3],
		(__force __wsum)call->in[4]);
	return 0;
}

static int magic(struct kspec_call *call, void *octets)
{
	call->out[0] = (__force u16)csum_tcpudp_magic(
		(__force __be32)call->in[0], (__force __be32)call->in[1], call->in[2], call->in[3],
		(__force __wsum)call->in[4]);
	return 0;
}

kspec_handler checksum_handler(u32 op)
{
	switch (op) {
	case KSPEC_CSUM_COMPUTE:
		return compute;
	case KSPEC_CSUM_REPLACE:
		return replace;
	case KSPEC_CSUM_PARTIAL:
		return partial;
	case KSPEC_CSUM_BLOCK_ADD:
		return block_add;
	case KSPEC_CSUM_FOLD:
		return fold;
	case KSPEC_CSUM_NOFOLD:
		return nofold;
	case KSPEC_CSUM_MAGIC:
		return magic;
	default:
		return NULL;
	}
}
