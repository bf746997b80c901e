/*
 * ports/skbuff_sharing.c - the operations of `sk-buff-sharing`.
 */
#include "handles.h"
#include "ports.h"

void sharing_get(const struct ks_value *args)
{
	skb_get(skb_arg(args, "skb"));
}

void sharing_free(const struct ks_value *args)
{
	struct sk_buff *skb = skb_arg(args, "skb");
	bool data_freed = kfree_skb(skb);

	ks_put_bool("descriptorFreed", skb->users == 0);
	ks_put_bool("dataFreed", data_freed);
}

void sharing_state(const struct ks_value *args)
{
	const struct sk_buff *skb = skb_arg(args, "skb");

	ks_put_bool("cloned", skb_cloned(skb));
	ks_put_bool("shared", skb_shared(skb));
	ks_put_int("users", skb->users);
	ks_put_int("dataref", skb_shinfo(skb)->dataref);
}

void sharing_clone(const struct ks_value *args)
{
	answer_new(skb_clone(skb_arg(args, "skb")));
}

void sharing_copy(const struct ks_value *args)
{
	answer_new(skb_copy(skb_arg(args, "skb")));
}

void sharing_share_check(const struct ks_value *args)
{
	answer_new(skb_share_check(skb_arg(args, "skb")));
}

void sharing_unshare(const struct ks_value *args)
{
	answer_new(skb_unshare(skb_arg(args, "skb")));
}

void sharing_cow(const struct ks_value *args)
{
	uint32_t headroom = ks_word32(args, "headroom");

	answer_errno(skb_cow(skb_arg(args, "skb"), headroom));
}

void sharing_realloc_headroom(const struct ks_value *args)
{
	uint32_t headroom = ks_word32(args, "headroom");

	answer_new(skb_realloc_headroom(skb_arg(args, "skb"), headroom));
}

void sharing_expand_head(const struct ks_value *args)
{
	uint32_t headroom = ks_word32(args, "headroom");
	uint32_t tailroom = ks_word32(args, "tailroom");

	answer_errno(pskb_expand_head(skb_arg(args, "skb"), headroom, tailroom));
}
