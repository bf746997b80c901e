/*
 * netfilter.c - see netfilter.h.
 */
#include "netfilter.h"

#include <errno.h>
#include <linux/netfilter.h>

#include "interfaces.h"
#include "module.h"

/* Each in the order of the kernel's numbers. */
#define HOOKS "PRE_ROUTING LOCAL_IN FORWARD LOCAL_OUT POST_ROUTING"
#define VERDICTS "DROP ACCEPT STOLEN QUEUE REPEAT"

static struct kspec_function *begin(uint32_t does)
{
	struct kspec_function *function = (struct kspec_function *)module_octets;

	memset(function, 0, sizeof *function);
	function->does = does;
	return function;
}

static struct kspec_function *begin_named(const struct ks_value *args, uint32_t does)
{
	struct kspec_function *function = begin(does);

	strcpy(function->name, ks_name(args, "name"));
	return function;
}

static struct kspec_function *begin_rule(const struct ks_value *args, uint32_t does)
{
	struct kspec_function *function = begin_named(args, does);

	function->hook = (uint32_t)ks_choice(args, "hook", HOOKS);
	function->priority = ks_int32(args, "priority");
	return function;
}

static struct kspec_call ask(uint32_t op)
{
	struct kspec_call call = {.op = op, .length = sizeof(struct kspec_function)};

	module_call(&call);
	return call;
}

static void register_function(const struct ks_value *args)
{
	struct kspec_function *function = begin_rule(args, KSPEC_LOOKS);
	const struct ks_value *item =
		ks_first(ks_array(args, "verdicts", KSPEC_VERDICTS_MAX));

	if (item == NULL)
		ks_wrong(args, "verdicts", "there is none");
	for (; item != NULL; item = ks_next(item))
		function->verdicts[function->verdict_count++] =
			(uint8_t)ks_choice_item(item, VERDICTS);
	ask(KSPEC_HOOK_REGISTER);
}

static void unregister_function(const struct ks_value *args)
{
	begin_named(args, KSPEC_LOOKS);
	ask(KSPEC_HOOK_UNREGISTER);
}

static void put_interface(const char *place, const char *device)
{
	if (device[0] == '\0')
		ks_put_null(place);
	else
		ks_put_text(place, interface_name(device));
}

static void tell_seen(const struct ks_value *args)
{
	struct kspec_call call = {.op = KSPEC_HOOK_SEEN};
	const struct kspec_seen *seen = (const struct kspec_seen *)module_octets;
	const struct kspec_seen *end;

	(void)args;
	module_call(&call);
	ks_open_array("seen");
	for (end = seen + call.length / sizeof *seen; seen < end; seen++) {
		ks_open_object(NULL);
		ks_put_text("name", seen->name);
		put_interface("in", seen->in);
		put_interface("out", seen->out);
		ks_put_int("length", seen->length);
		ks_close();
	}
	ks_close();
}

static void mark(const struct ks_value *args)
{
	struct kspec_function *function = begin_rule(args, KSPEC_MARKS);

	function->mark = ks_word32(args, "mark");
	function->has_source = !ks_is_null(args, "source");
	if (function->has_source)
		function->source = ks_ipv4(args, "source");
	ask(KSPEC_HOOK_REGISTER);
}

static void match(const struct ks_value *args)
{
	struct kspec_function *function = begin_rule(args, KSPEC_MATCHES);

	function->mark = ks_word32(args, "mark");
	function->verdicts[function->verdict_count++] =
		(uint8_t)ks_choice(args, "verdict", VERDICTS);
	ask(KSPEC_HOOK_REGISTER);
}

static void matched(const struct ks_value *args)
{
	begin_named(args, KSPEC_MATCHES);
	ks_put_int("packets", ask(KSPEC_HOOK_FOUND).out[0]);
}

const struct ks_operation netfilter_operations[] = {
	{"netfilter.register", register_function, "name hook priority verdicts"},
	{"netfilter.unregister", unregister_function, "name"},
	{"netfilter.seen", tell_seen, ""},
	{"netfilter-mark.mark", mark, "name hook priority source mark"},
	{"netfilter-mark.match", match, "name hook priority mark verdict"},
	{"netfilter-mark.matched", matched, "name"},
	{NULL, NULL, NULL},
};

static int try_function(uint32_t op, uint8_t verdict)
{
	struct kspec_call call = {.op = op, .length = sizeof(struct kspec_function)};
	struct kspec_function *function = begin(KSPEC_LOOKS);

	strcpy(function->name, "self-test");
	function->hook = NF_INET_LOCAL_IN;
	function->verdicts[function->verdict_count++] = verdict;
	module_try(&call);
	return call.error;
}

static int64_t pass(void)
{
	struct kspec_call call = {.op = KSPEC_HOOK_PASS, .in = {NF_INET_LOCAL_IN}};

	module_try(&call);
	return call.out[0];
}

/* A packet passes, is dropped by a function on its way, and passes when that has gone. */
bool netfilter_works(void)
{
	struct kspec_call call = {.op = KSPEC_HOOK_SEEN};

	if (pass() != 1 || try_function(KSPEC_HOOK_REGISTER, NF_DROP) ||
	    try_function(KSPEC_HOOK_REGISTER, NF_DROP) != -EEXIST || pass() != -EPERM)
		return false;
	module_try(&call);
	return call.length == sizeof(struct kspec_seen) &&
	       try_function(KSPEC_HOOK_UNREGISTER, NF_DROP) == 0 && pass() == 1;
}
