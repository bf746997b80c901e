// SPDX-License-Identifier: GPL-2.0
/*
 * netfilter.c - functions on the hooks of IPv4, by name.
 *
 * What they do was said when they were registered. Those that only look and answer write down what they saw.
 */
#include <linux/ip.h>
#include <linux/list.h>
#include <linux/netfilter.h>
#include <linux/netfilter_ipv4.h>
#include <linux/netdevice.h>
#include <linux/slab.h>
#include <linux/spinlock.h>

#include "kernspec.h"

struct function {
	struct nf_hook_ops ops;
	struct kspec_function told;
	u32 calls;
	struct list_head all;
};

static LIST_HEAD(functions);

static struct kspec_seen *seen;
static u32 seen_count;
static DEFINE_SPINLOCK(seen_lock);

/* Those that look, and those that have to do with marks, have names of their own. */
static struct function *find(const struct kspec_function *told)
{
	struct function *function;

	list_for_each_entry(function, &functions, all)
		if ((function->told.does == KSPEC_LOOKS) == (told->does == KSPEC_LOOKS) &&
		    strcmp(function->told.name, told->name) == 0)
			return function;
	return NULL;
}

static void note(const struct function *self, const struct sk_buff *skb,
		 const struct nf_hook_state *state)
{
	struct kspec_seen *line;

	spin_lock_bh(&seen_lock);
	if (seen_count < KSPEC_SEEN_MAX) {
		line = &seen[seen_count++];
		memset(line, 0, sizeof(*line));
		strscpy(line->name, self->told.name, sizeof(line->name));
		if (state->in != NULL)
			strscpy(line->in, state->in->name, sizeof(line->in));
		if (state->out != NULL)
			strscpy(line->out, state->out->name, sizeof(line->out));
		line->length = skb->len;
	}
	spin_unlock_bh(&seen_lock);
}

/* Who takes a packet away has it from then on. */
static unsigned int give(u32 verdict, struct sk_buff *skb)
{
	if (verdict == NF_STOLEN)
		consume_skb(skb);
	return verdict;
}

static unsigned int look(void *data, struct sk_buff *skb, const struct nf_hook_state *state)
{
	struct function *self = data;
	u32 last = self->told.verdict_count - 1;

	note(self, skb, state);
	return give(self->told.verdicts[min(self->calls++, last)], skb);
}

static unsigned int mark(void *data, struct sk_buff *skb, const struct nf_hook_state *state)
{
	struct function *self = data;

	if (self->told.has_source && ip_hdr(skb)->saddr != (__force __be32)self->told.source)
		return NF_ACCEPT;
	self->calls++;
	skb->mark = self->told.mark;
	return NF_ACCEPT;
}

static unsigned int match(void *data, struct sk_buff *skb, const struct nf_hook_state *state)
{
	struct function *self = data;

	if (skb->mark != self->told.mark)
		return NF_ACCEPT;
	self->calls++;
	return give(self->told.verdicts[0], skb);
}

static struct function *new_function(const struct kspec_function *told)
{
	static nf_hookfn *const hooks[] = {
		[KSPEC_LOOKS] = look,
		[KSPEC_MARKS] = mark,
		[KSPEC_MATCHES] = match,
	};
	struct function *function = kzalloc(sizeof(*function), GFP_KERNEL);

	if (function == NULL)
		return NULL;
	function->told = *told;
	function->ops.pf = NFPROTO_IPV4;
	function->ops.hook = hooks[told->does];
	function->ops.priv = function;
	function->ops.hooknum = told->hook;
	function->ops.priority = told->priority;
	return function;
}

/* The kernel would take one function twice, and any name is new to it: so names are asked after here. */
static int register_function(struct kspec_call *call, void *octets)
{
	const struct kspec_function *told = octets;
	struct function *function;
	int error;

	call->length = 0;
	if (find(told) != NULL)
		return -EEXIST;
	if (seen == NULL)
		seen = kvmalloc_array(KSPEC_SEEN_MAX, sizeof(*seen), GFP_KERNEL);
	function = new_function(told);
	if (seen == NULL || function == NULL)
		return -ENOMEM;
	error = nf_register_net_hook(&init_net, &function->ops);
	if (error)
		kfree(function);
	else
		list_add(&function->all, &functions);
	return error;
}

static void take_off(struct function *function)
{
	nf_unregister_net_hook(&init_net, &function->ops);
	list_del(&function->all);
	synchronize_net();
	kfree(function);
}

static int unregister_function(struct kspec_call *call, void *octets)
{
	struct function *function = find(octets);

	call->length = 0;
	if (function == NULL)
		return -ENOENT;
	take_off(function);
	return 0;
}

static int found_by(struct kspec_call *call, void *octets)
{
	const struct function *function = find(octets);

	call->length = 0;
	if (function == NULL)
		return -ENOENT;
	call->out[0] = function->calls;
	return 0;
}

static int take_seen(struct kspec_call *call, void *octets)
{
	spin_lock_bh(&seen_lock);
	call->length = seen_count * sizeof(*seen);
	if (seen_count > 0)
		memcpy(octets, seen, call->length);
	seen_count = 0;
	spin_unlock_bh(&seen_lock);
	return 0;
}

static int has_passed(struct net *net, struct sock *sk, struct sk_buff *skb)
{
	kfree_skb(skb);
	return 1;
}

/* A packet that no socket sent and no interface has seen, so that nobody counts it. */
static int pass_hook(struct kspec_call *call, void *octets)
{
	struct sk_buff *skb = alloc_skb(sizeof(struct iphdr), GFP_KERNEL);

	if (skb == NULL)
		return -ENOMEM;
	skb_reset_network_header(skb);
	skb_put_zero(skb, sizeof(struct iphdr));
	call->out[0] = NF_HOOK(NFPROTO_IPV4, (u32)call->in[0], &init_net, NULL, skb, NULL, NULL,
			       has_passed);
	return 0;
}

void netfilter_reset(void)
{
	struct function *function, *next;

	list_for_each_entry_safe(function, next, &functions, all)
		take_off(function);
	seen_count = 0;
}

kspec_handler netfilter_handler(u32 op)
{
	switch (op) {
	case KSPEC_HOOK_REGISTER:
		return register_function;
	case KSPEC_HOOK_UNREGISTER:
		return unregister_function;
	case KSPEC_HOOK_FOUND:
		return found_by;
	case KSPEC_HOOK_SEEN:
		return take_seen;
	case KSPEC_HOOK_PASS:
		return pass_hook;
	default:
		return NULL;
	}
}
