/*
 * ports/notifier_chain.c - the operations of `notifier-chain` and `notifier-chain-smp`.
 *
 * A block is known by its name on its chain and keeps its memory until the next reset, as a static
 * notifier_block does: unregistered in the middle of a call, it can still be looked at.
 */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "../kernel/kernel.h"
#include "../kernel/notifier_chain.h"
#include "ports.h"
#include "smp.h"

/* Something that a callback does to its own chain before it answers. */
struct action {
	bool registers;
	char name[KS_NAME_SIZE];
	int32_t priority;
	uint32_t answer;
};

struct chain;

struct named_block {
	struct notifier_block block; /* first, so that the one is the other */
	char name[KS_NAME_SIZE];
	struct chain *chain;
	uint32_t answer;
	struct action *actions;
	size_t action_count;
	struct named_block *next_known; /* of all that this chain ever knew */
};

struct chain {
	struct notifier_block *list;
	char name[KS_NAME_SIZE];
	struct named_block *known;
	struct chain *next_known;
};

static struct chain *chains;

static void forget_chain(struct chain *chain)
{
	struct named_block *block = chain->known;

	while (block != NULL) {
		struct named_block *next = block->next_known;

		free(block->actions);
		free(block);
		block = next;
	}
	free(chain);
}

void notifier_reset(void)
{
	while (chains != NULL) {
		struct chain *next = chains->next_known;

		forget_chain(chains);
		chains = next;
	}
}

/* A chain that was never named is empty. */
static struct chain *chain_by_name(const char *name)
{
	struct chain *chain;

	for (chain = chains; chain != NULL; chain = chain->next_known)
		if (strcmp(chain->name, name) == 0)
			return chain;
	chain = calloc(1, sizeof *chain);
	if (chain == NULL)
		ks_fault("out of memory");
	strcpy(chain->name, name);
	chain->next_known = chains;
	chains = chain;
	return chain;
}

static struct named_block *find_block(const struct chain *chain, const char *name)
{
	struct named_block *block;

	for (block = chain->known; block != NULL; block = block->next_known)
		if (strcmp(block->name, name) == 0)
			return block;
	return NULL;
}

/* Who heard the event, in order. */
struct announcement {
	const char *data;
	size_t data_length;
};

static void put_hearer(const struct named_block *self, unsigned long event,
		       const struct announcement *announcement)
{
	ks_open_object(NULL);
	ks_put_text("name", self->name);
	ks_put_int("event", (int64_t)event);
	ks_put_string("data", announcement->data, announcement->data_length);
	ks_close();
}

static int register_plain(struct chain *chain, const char *name, int32_t priority,
			  uint32_t answer);

/* An action that fails is no concern of the callback's. */
static void act(struct chain *chain, const struct action *action)
{
	struct named_block *block;

	if (action->registers) {
		register_plain(chain, action->name, action->priority, action->answer);
		return;
	}
	block = find_block(chain, action->name);
	if (block != NULL)
		notifier_chain_unregister(&chain->list, &block->block);
}

/* The notifier_call of every block. */
static int hear(struct notifier_block *block, unsigned long event, void *data)
{
	struct named_block *self = (struct named_block *)block;
	size_t which;

	put_hearer(self, event, data);
	for (which = 0; which < self->action_count; which++)
		act(self->chain, &self->actions[which]);
	return (int)self->answer;
}

static struct named_block *block_by_name(struct chain *chain, const char *name)
{
	struct named_block *block = find_block(chain, name);

	if (block != NULL)
		return block;
	block = calloc(1, sizeof *block);
	if (block == NULL)
		ks_fault("out of memory");
	strcpy(block->name, name);
	block->block.notifier_call = hear;
	block->chain = chain;
	block->next_known = chain->known;
	chain->known = block;
	return block;
}

/*
 * Registers the block of that name. A name that is registered twice is one block registered twice:
 * it has one memory, and what is told last about it holds, unless the kernel refuses it.
 */
static int register_block(struct chain *chain, const char *name, int32_t priority, uint32_t answer,
			  struct named_block **registered)
{
	struct named_block *block = block_by_name(chain, name);
	int old_priority = block->block.priority, error;

	block->block.priority = priority;
	error = notifier_chain_register(&chain->list, &block->block);
	if (error) {
		block->block.priority = old_priority;
		return error;
	}
	block->answer = answer;
	*registered = block;
	return 0;
}

static int register_plain(struct chain *chain, const char *name, int32_t priority, uint32_t answer)
{
	struct named_block *block;

	return register_block(chain, name, priority, answer, &block);
}

/* A priority that is left out is a field that was never initialised, thus zero. */
static int32_t read_priority(const struct ks_value *block)
{
	return ks_has(block, "priority") ? ks_int32(block, "priority") : 0;
}

static void read_plain_block(const struct ks_value *value, struct action *plain)
{
	strcpy(plain->name, ks_name(value, "name"));
	plain->priority = read_priority(value);
	plain->answer = ks_word32(value, "answer");
}

static void read_action(const struct ks_value *value, struct action *action)
{
	action->registers = ks_choice(value, "do", "register unregister") == 0;
	if (action->registers) {
		ks_members(value, "do block");
		read_plain_block(ks_object(value, "block", "name priority? answer"), action);
	} else {
		ks_members(value, "do name");
		strcpy(action->name, ks_name(value, "name"));
	}
}

static struct action *read_actions(const struct ks_value *block, size_t *count)
{
	const struct ks_value *array, *item;
	struct action *actions;

	*count = 0;
	if (!ks_has(block, "actions"))
		return NULL;
	array = ks_array(block, "actions", 16);
	actions = ks_alloc((ks_count(array) + 1) * sizeof *actions);
	for (item = ks_first(array); item != NULL; item = ks_next(item))
		read_action(item, &actions[(*count)++]);
	return actions;
}

static void keep_actions(struct named_block *block, const struct action *actions, size_t count)
{
	size_t size = count * sizeof *actions;

	free(block->actions);
	block->action_count = 0;
	block->actions = malloc(size + 1);
	if (block->actions == NULL)
		ks_fault("out of memory");
	if (count > 0)
		memcpy(block->actions, actions, size);
	block->action_count = count;
}

void notifier_register(const struct ks_value *args)
{
	const char *chain = ks_name(args, "chain");
	const struct ks_value *value =
		ks_object(args, "block", "name priority? answer actions?");
	struct named_block *block;
	struct action plain, *actions;
	size_t count;
	int error;

	read_plain_block(value, &plain);
	actions = read_actions(value, &count);
	error = register_block(chain_by_name(chain), plain.name, plain.priority, plain.answer,
			       &block);
	if (error)
		ks_errno(error);
	keep_actions(block, actions, count);
}

void notifier_unregister(const struct ks_value *args)
{
	const char *chain_name = ks_name(args, "chain");
	const char *name = ks_name(args, "name");
	struct chain *chain = chain_by_name(chain_name);
	struct named_block unknown = {{0}, "", NULL, 0, NULL, 0, NULL}, *block;
	int error;

	block = find_block(chain, name);
	error = notifier_chain_unregister(&chain->list, block ? &block->block : &unknown.block);
	if (error)
		ks_errno(error);
}

void notifier_call(const struct ks_value *args)
{
	struct chain *chain = chain_by_name(ks_name(args, "chain"));
	uint32_t event = ks_word32(args, "event");
	struct announcement announcement;
	int result;

	announcement.data = ks_string(args, "data", &announcement.data_length);
	ks_open_array("heard");
	result = notifier_call_chain(&chain->list, event, &announcement);
	ks_close();
	ks_put_int("result", (uint32_t)result);
}

/* --- Registration on several processors --------------------------------------------------- */

enum phase { TAKE_LOCK, LOOK, LINK_NEXT, LINK_LIST, UNLOCK };

/* A processor inside notifier_chain_register(), taken apart into its steps. */
struct processor {
	struct action *blocks;
	size_t count, done;
	enum phase phase;
	struct notifier_block *block;
	struct notifier_block **place; /* the link that will point to the block */
};

struct registration {
	struct chain *chain;
	bool notifier_lock; /* whether it is held */
	struct processor *processors;
};

static bool registration_finished(void *context, int which)
{
	struct registration *registration = context;
	struct processor *self = &registration->processors[which];

	return self->done == self->count;
}

static bool is_linked(const struct chain *chain, const struct notifier_block *block)
{
	const struct notifier_block *at;
	int count = 0;

	for (at = chain->list; at != NULL && count < NOTIFIER_CHAIN_MAX; at = at->next, count++)
		if (at == block)
			return true;
	return false;
}

/* With the lock: finds the block's memory and stands before the first link. */
static void begin_registration(struct chain *chain, struct processor *self)
{
	const struct action *plain = &self->blocks[self->done];
	struct named_block *block = block_by_name(chain, plain->name);

	if (behaviour.registers_once && is_linked(chain, &block->block)) {
		self->phase = UNLOCK;
		return;
	}
	block->block.priority = plain->priority;
	block->answer = plain->answer;
	self->block = &block->block;
	self->place = &chain->list;
	self->phase = chain->list != NULL ? LOOK : LINK_NEXT;
}

static void look_at_block(struct processor *self, char *word)
{
	struct notifier_block *other = *self->place;

	snprintf(word, STEP_WORD_SIZE, "look at %s", ((struct named_block *)other)->name);
	if (other->priority >= self->block->priority)
		self->place = &other->next;
	else
		self->phase = LINK_NEXT;
	if (*self->place == NULL)
		self->phase = LINK_NEXT;
}

static void registration_step(void *context, int which, char *word)
{
	struct registration *registration = context;
	struct processor *self = &registration->processors[which];

	switch (self->phase) {
	case TAKE_LOCK:
		if (smp_lock(&registration->notifier_lock, word))
			begin_registration(registration->chain, self);
		break;
	case LOOK:
		look_at_block(self, word);
		break;
	case LINK_NEXT:
		self->block->next = *self->place;
		strcpy(word, "link next");
		self->phase = LINK_LIST;
		break;
	case LINK_LIST:
		*self->place = self->block;
		strcpy(word, "link list");
		self->phase = UNLOCK;
		break;
	case UNLOCK:
		smp_unlock(&registration->notifier_lock, word);
		self->phase = TAKE_LOCK;
		self->done++;
		break;
	}
}

static void read_processor(const struct ks_value *array, struct processor *processor)
{
	const struct ks_value *item;

	processor->blocks = ks_alloc((ks_count(array) + 1) * sizeof *processor->blocks);
	for (item = ks_first(array); item != NULL; item = ks_next(item)) {
		ks_members(item, "name priority? answer");
		read_plain_block(item, &processor->blocks[processor->count++]);
	}
}

static struct processor *read_processors(const struct ks_value *args, int *count)
{
	const struct ks_value *array = ks_array(args, "processors", 8), *item;
	struct processor *processors = ks_alloc(8 * sizeof *processors);

	if (ks_count(array) == 0)
		ks_wrong(args, "processors", "empty");
	*count = 0;
	for (item = ks_first(array); item != NULL; item = ks_next(item))
		read_processor(ks_array_item(item, 16), &processors[(*count)++]);
	return processors;
}

static void put_order(const struct chain *chain)
{
	const struct notifier_block *block;
	int count = 0;

	ks_open_array("order");
	for (block = chain->list; block != NULL; block = block->next) {
		if (++count > NOTIFIER_CHAIN_MAX)
			ks_bug("the chain has no end");
		ks_put_text(NULL, ((const struct named_block *)block)->name);
	}
	ks_close();
}

void notifier_register_together(const struct ks_value *args)
{
	const char *chain = ks_name(args, "chain");
	struct registration registration = {NULL, false, NULL};
	struct smp smp = {0, registration_finished, registration_step, &registration};

	registration.processors = read_processors(args, &smp.processors);
	registration.chain = chain_by_name(chain);
	smp_run(&smp, args);
	put_order(registration.chain);
}
