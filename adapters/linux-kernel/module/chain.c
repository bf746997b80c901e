// SPDX-License-Identifier: GPL-2.0
/*
 * chain.c - notifier chains by name.
 *
 * They are raw chains, the only kind that lets a callback change its own chain. A block keeps its
 * memory until everything is forgotten, as one that is static does.
 */
#include <linux/list.h>
#include <linux/notifier.h>
#include <linux/slab.h>

#include "kernspec.h"

struct chain {
	struct raw_notifier_head head;
	char name[KSPEC_NAME_SIZE];
	struct list_head blocks;
	struct list_head all;
};

struct named_block {
	struct notifier_block block;
	struct chain *chain;
	char name[KSPEC_NAME_SIZE];
	u32 answer;
	struct kspec_block *actions;
	u32 action_count;
	struct list_head of_chain;
};

static LIST_HEAD(chains);

/* Where those that hear of an event are written down, and how many have. */
static struct kspec_heard *heard;
static u32 heard_count;
static int ours; /* what stands for the data: its address */

#define HEARD_MAX (KSPEC_OCTETS_MAX / sizeof(struct kspec_heard))

static struct chain *chain_by_name(const char *name)
{
	struct chain *chain;

	list_for_each_entry(chain, &chains, all)
		if (strcmp(chain->name, name) == 0)
			return chain;
	chain = kzalloc(sizeof(*chain), GFP_KERNEL);
	if (chain == NULL)
		return NULL;
	RAW_INIT_NOTIFIER_HEAD(&chain->head);
	INIT_LIST_HEAD(&chain->blocks);
	strscpy(chain->name, name, sizeof(chain->name));
	list_add(&chain->all, &chains);
	return chain;
}

static struct named_block *find_block(const struct chain *chain, const char *name)
{
	struct named_block *block;

	list_for_each_entry(block, &chain->blocks, of_chain)
		if (strcmp(block->name, name) == 0)
			return block;
	return NULL;
}

static int register_named(struct chain *chain, const struct kspec_block *told,
			  struct named_block **registered);

static void act(struct chain *chain, const struct kspec_block *action)
{
	struct named_block *block;

	if (action->registers) {
		register_named(chain, action, &block);
		return;
	}
	block = find_block(chain, action->name);
	if (block != NULL)
		raw_notifier_chain_unregister(&chain->head, &block->block);
}

static int hear(struct notifier_block *block, unsigned long event, void *data)
{
	struct named_block *self = container_of(block, struct named_block, block);
	u32 which;

	if (heard_count < HEARD_MAX) {
		struct kspec_heard *line = &heard[heard_count++];

		memset(line, 0, sizeof(*line));
		strscpy(line->name, self->name, sizeof(line->name));
		line->event = event;
		line->data_is_ours = data == &ours;
	}
	for (which = 0; which < self->action_count; which++)
		act(self->chain, &self->actions[which]);
	return self->answer;
}

static struct named_block *block_by_name(struct chain *chain, const char *name)
{
	struct named_block *block = find_block(chain, name);

	if (block != NULL)
		return block;
	block = kzalloc(sizeof(*block), GFP_KERNEL);
	if (block == NULL)
		return NULL;
	strscpy(block->name, name, sizeof(block->name));
	block->block.notifier_call = hear;
	block->chain = chain;
	list_add(&block->of_chain, &chain->blocks);
	return block;
}

/* A name that is on the chain is one block, registered again: the kernel has to say what it thinks of it. */
static int register_named(struct chain *chain, const struct kspec_block *told,
			  struct named_block **registered)
{
	struct named_block *block = block_by_name(chain, told->name);
	int before, error;

	if (block == NULL)
		return -ENOMEM;
	before = block->block.priority;
	block->block.priority = told->priority;
	error = raw_notifier_chain_register(&chain->head, &block->block);
	if (error) {
		block->block.priority = before;
		return error;
	}
	block->answer = told->answer;
	*registered = block;
	return 0;
}

static int keep_actions(struct named_block *block, const struct kspec_block *actions, u32 count)
{
	kfree(block->actions);
	block->action_count = 0;
	block->actions = kmemdup(actions, count * sizeof(*actions), GFP_KERNEL);
	if (count > 0 && block->actions == NULL)
		return -ENOMEM;
	block->action_count = count;
	return 0;
}

static int register_block(struct kspec_call *call, void *octets)
{
	const struct kspec_block *told = octets;
	u32 actions = call->length / sizeof(*told) - 1;
	struct chain *chain = chain_by_name(told->chain);
	struct named_block *block;
	int error;

	call->length = 0;
	if (chain == NULL)
		return -ENOMEM;
	error = register_named(chain, told, &block);
	return error ? error : keep_actions(block, told + 1, actions);
}

static int unregister_block(struct kspec_call *call, void *octets)
{
	const struct kspec_block *told = octets;
	struct chain *chain = chain_by_name(told->chain);
	struct notifier_block unknown = {.notifier_call = hear};
	struct named_block *block;

	call->length = 0;
	if (chain == NULL)
		return -ENOMEM;
	block = find_block(chain, told->name);
	return raw_notifier_chain_unregister(&chain->head, block ? &block->block : &unknown);
}

static int call_chain(struct kspec_call *call, void *octets)
{
	const struct kspec_block *told = octets;
	struct chain *chain = chain_by_name(told->chain);

	call->length = 0;
	if (chain == NULL)
		return -ENOMEM;
	heard = octets;
	heard_count = 0;
	call->out[0] = (u32)raw_notifier_call_chain(&chain->head, (u32)call->in[0], &ours);
	call->length = heard_count * sizeof(*heard);
	return 0;
}

void chain_reset(void)
{
	struct chain *chain, *next_chain;
	struct named_block *block, *next;

	list_for_each_entry_safe(chain, next_chain, &chains, all) {
		list_for_each_entry_safe(block, next, &chain->blocks, of_chain) {
			kfree(block->actions);
			kfree(block);
		}
		kfree(chain);
	}
	INIT_LIST_HEAD(&chains);
}

kspec_handler chain_handler(u32 op)
{
	switch (op) {
	case KSPEC_CHAIN_REGISTER:
		return register_block;
	case KSPEC_CHAIN_UNREGISTER:
		return unregister_block;
	case KSPEC_CHAIN_CALL:
		return call_chain;
	default:
		return NULL;
	}
}
