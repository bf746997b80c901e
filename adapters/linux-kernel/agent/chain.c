/*
 * chain.c - the operations of `notifier-chain`.
 */
#include "module.h"
#include "ports.h"

#define ACTIONS_MAX 16

static struct kspec_block *blocks(void)
{
	return (struct kspec_block *)module_octets;
}

/* A priority that is left out is a field that was never initialised, thus zero. */
static void read_plain(const struct ks_value *value, struct kspec_block *block)
{
	strcpy(block->name, ks_name(value, "name"));
	block->priority = ks_has(value, "priority") ? ks_int32(value, "priority") : 0;
	block->answer = ks_word32(value, "answer");
}

static void read_action(const struct ks_value *value, struct kspec_block *block)
{
	block->registers = ks_choice(value, "do", "register unregister") == 0;
	if (block->registers) {
		ks_members(value, "do block");
		read_plain(ks_object(value, "block", "name priority? answer"), block);
	} else {
		ks_members(value, "do name");
		strcpy(block->name, ks_name(value, "name"));
	}
}

static size_t read_actions(const struct ks_value *value, struct kspec_block *into)
{
	const struct ks_value *item;
	size_t count = 0;

	if (!ks_has(value, "actions"))
		return 0;
	item = ks_first(ks_array(value, "actions", ACTIONS_MAX));
	for (; item != NULL; item = ks_next(item))
		read_action(item, &into[count++]);
	return count;
}

static void name_chain(struct kspec_call *call, const struct ks_value *args)
{
	memset(blocks(), 0, (1 + ACTIONS_MAX) * sizeof(struct kspec_block));
	strcpy(blocks()->chain, ks_name(args, "chain"));
	call->length = sizeof(struct kspec_block);
}

static void register_block(const struct ks_value *args)
{
	struct kspec_call call = {.op = KSPEC_CHAIN_REGISTER};
	const struct ks_value *value =
		ks_object(args, "block", "name priority? answer actions?");
	size_t actions;

	name_chain(&call, args);
	read_plain(value, blocks());
	actions = read_actions(value, blocks() + 1);
	call.length += (uint32_t)(actions * sizeof(struct kspec_block));
	module_call(&call);
}

static void unregister_block(const struct ks_value *args)
{
	struct kspec_call call = {.op = KSPEC_CHAIN_UNREGISTER};

	name_chain(&call, args);
	strcpy(blocks()->name, ks_name(args, "name"));
	module_call(&call);
}

static void call_chain(const struct ks_value *args)
{
	struct kspec_call call = {.op = KSPEC_CHAIN_CALL};
	const struct kspec_heard *heard = (const struct kspec_heard *)module_octets;
	const struct kspec_heard *end;
	size_t length;
	const char *data = ks_string(args, "data", &length);

	name_chain(&call, args);
	call.in[0] = ks_word32(args, "event");
	module_call(&call);
	ks_put_int("result", call.out[0]);
	ks_open_array("heard");
	for (end = heard + call.length / sizeof *heard; heard < end; heard++) {
		ks_open_object(NULL);
		ks_put_text("name", heard->name);
		ks_put_int("event", (int64_t)heard->event);
		/* What was handed on is an address; if it is another one, nothing can be said of it. */
		ks_put_string("data", data, heard->data_is_ours ? length : 0);
		ks_close();
	}
	ks_close();
}

const struct ks_operation chain_operations[] = {
	{"notifier-chain.register", register_block, "chain block"},
	{"notifier-chain.unregister", unregister_block, "chain name"},
	{"notifier-chain.call", call_chain, "chain event data"},
	{NULL, NULL, NULL},
};

static struct kspec_call try_block(uint32_t op, const char *name)
{
	struct kspec_call call = {.op = op, .length = sizeof(struct kspec_block)};

	memset(blocks(), 0, sizeof(struct kspec_block));
	strcpy(blocks()->chain, "self-test");
	strcpy(blocks()->name, name);
	module_try(&call);
	return call;
}

bool chain_works(void)
{
	struct kspec_call call;

	if (try_block(KSPEC_CHAIN_REGISTER, "one").error)
		return false;
	call = try_block(KSPEC_CHAIN_CALL, "");
	return call.status == KSPEC_DONE && call.length == sizeof(struct kspec_heard) &&
	       try_block(KSPEC_CHAIN_UNREGISTER, "one").error == 0 &&
	       try_block(KSPEC_CHAIN_UNREGISTER, "one").error != 0;
}
