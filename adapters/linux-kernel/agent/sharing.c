/*
 * sharing.c - the operations of `sk-buff-sharing` and `sk-buff-paged`.
 */
#include "handles.h"
#include "ports.h"

static void answer_other(uint32_t op, const struct ks_value *args)
{
	struct kspec_call call = call_for_skb(op, args);

	answer_skb(&call);
}

static void get(const struct ks_value *args)
{
	simple_call(KSPEC_SKB_GET, args);
}

static void give_up(const struct ks_value *args)
{
	struct kspec_call call = call_for_skb(KSPEC_SKB_FREE, args);

	module_call(&call);
	ks_put_bool("descriptorFreed", call.out[0]);
	ks_put_bool("dataFreed", call.out[1]);
}

static void state(const struct ks_value *args)
{
	struct kspec_call call = call_for_skb(KSPEC_SKB_STATE, args);

	module_call(&call);
	ks_put_bool("cloned", call.out[0]);
	ks_put_bool("shared", call.out[1]);
	ks_put_int("users", call.out[2]);
	ks_put_int("dataref", call.out[3]);
}

static void clone(const struct ks_value *args)
{
	answer_other(KSPEC_SKB_CLONE, args);
}

static void copy(const struct ks_value *args)
{
	answer_other(KSPEC_SKB_COPY, args);
}

static void share_check(const struct ks_value *args)
{
	answer_other(KSPEC_SKB_SHARE_CHECK, args);
}

static void unshare(const struct ks_value *args)
{
	answer_other(KSPEC_SKB_UNSHARE, args);
}

static void cow(const struct ks_value *args)
{
	length_call(KSPEC_SKB_COW, args, "headroom");
}

static void realloc_headroom(const struct ks_value *args)
{
	struct kspec_call call = call_for_skb(KSPEC_SKB_REALLOC_HEADROOM, args);

	call.in[1] = ks_word32(args, "headroom");
	answer_skb(&call);
}

static void expand_head(const struct ks_value *args)
{
	struct kspec_call call = call_for_skb(KSPEC_SKB_EXPAND_HEAD, args);

	call.in[1] = ks_word32(args, "headroom");
	call.in[2] = ks_word32(args, "tailroom");
	module_call(&call);
}

static void add_fragment(const struct ks_value *args)
{
	struct kspec_call call = call_for_skb(KSPEC_SKB_ADD_FRAGMENT, args);

	module_take_octets(&call, args, "octets");
	module_call(&call);
}

static void may_pull(const struct ks_value *args)
{
	struct kspec_call call = call_for_skb(KSPEC_SKB_MAY_PULL, args);

	call.in[1] = ks_word32(args, "length");
	module_call(&call);
	ks_put_bool("may", call.out[0]);
}

static void linearize(const struct ks_value *args)
{
	simple_call(KSPEC_SKB_LINEARIZE, args);
}

static void copy_linear_part(const struct ks_value *args)
{
	answer_other(KSPEC_SKB_COPY_LINEAR, args);
}

const struct ks_operation sharing_operations[] = {
	{"sk-buff-sharing.get", get, "skb"},
	{"sk-buff-sharing.free", give_up, "skb"},
	{"sk-buff-sharing.state", state, "skb"},
	{"sk-buff-sharing.clone", clone, "skb"},
	{"sk-buff-sharing.copy", copy, "skb"},
	{"sk-buff-sharing.shareCheck", share_check, "skb"},
	{"sk-buff-sharing.unshare", unshare, "skb"},
	{"sk-buff-sharing.cow", cow, "skb headroom"},
	{"sk-buff-sharing.reallocHeadroom", realloc_headroom, "skb headroom"},
	{"sk-buff-sharing.expandHead", expand_head, "skb headroom tailroom"},
	{"sk-buff-paged.addFragment", add_fragment, "skb octets"},
	{"sk-buff-paged.mayPull", may_pull, "skb length"},
	{"sk-buff-paged.linearize", linearize, "skb"},
	{"sk-buff-paged.copyLinearPart", copy_linear_part, "skb"},
	{NULL, NULL, NULL},
};

/* A clone shares the data, and the kernel tells when a descriptor is freed. */
bool sharing_works(void)
{
	struct kspec_call call = {.op = KSPEC_SKB_ALLOC, .in = {64}};
	struct kspec_call copied = {.op = KSPEC_SKB_CLONE};
	struct kspec_call freed = {.op = KSPEC_SKB_FREE};

	module_try(&call);
	copied.in[0] = freed.in[0] = call.out[0];
	module_try(&copied);
	module_try(&freed);
	return copied.status == KSPEC_DONE && copied.out[0] != call.out[0] && freed.out[0] == 1 &&
	       freed.out[1] == 0;
}
