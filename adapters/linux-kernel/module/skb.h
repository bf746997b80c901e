/* SPDX-License-Identifier: GPL-2.0 */
/*
 * skb.h - buffers by handle.
 */
#ifndef MODULE_SKB_H
#define MODULE_SKB_H

#include <linux/skbuff.h>

#include "kernspec.h"

/* The buffer of a number; NULL, with the call ended, if there is none. */
struct sk_buff *skb_of(struct kspec_call *call, s64 handle);

/* The number of a buffer that has one; 0 for NULL. */
u32 skb_number(const struct sk_buff *skb);

/* Gives a new buffer a number and answers it; NULL is answered with ENOMEM. */
int skb_answer(struct kspec_call *call, struct sk_buff *skb);

/* How many numbers were given. */
u32 skb_count(void);

/* Whether the links of a buffer name others. */
static inline bool skb_on_list(const struct sk_buff *skb)
{
	return skb->next != NULL;
}

#endif
