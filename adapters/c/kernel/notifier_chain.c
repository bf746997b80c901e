/*
 * notifier_chain.c - lists of those who want to hear of an event.
 *
 * Invariant: priorities do not rise along a chain, and blocks of equal priority stand in the order
 * in which they came. A call takes no lock, so a callback may change the chain that it is called
 * from. A block is a node of its chain, not a copy: whoever registers it twice breaks the links.
 *
 * Not here: the locks. Registration holds notifier_lock for writing; with one processor nobody can
 * tell, and ports/notifier_chain.c steps through it with several.
 *
 * Source: Linux 2.6.11, kernel/sys.c.
 */
#include "notifier_chain.h"

#include <errno.h>
#include <stdbool.h>
#include <stddef.h>

#include "kernel.h"

/* A broken chain would keep a real kernel busy for ever. */
static void count_block(int *count)
{
	BUG_ON(++*count > NOTIFIER_CHAIN_MAX, "the chain has no end");
}

static bool is_on_chain(struct notifier_block *at, const struct notifier_block *block)
{
	int count = 0;

	for (; at != NULL && at != block; at = at->next)
		count_block(&count);
	return at != NULL;
}

int notifier_chain_register(struct notifier_block **list, struct notifier_block *block)
{
	int count = 0;

	if (behaviour.registers_once && is_on_chain(*list, block))
		return -EEXIST;
	/* Equal ones are passed: a newcomer goes behind those of its own priority. */
	while (*list != NULL && (*list)->priority >= block->priority) {
		count_block(&count);
		list = &(*list)->next;
	}
	block->next = *list;
	*list = block;
	return 0;
}

int notifier_chain_unregister(struct notifier_block **list, struct notifier_block *block)
{
	int count = 0;

	for (; *list != NULL; list = &(*list)->next) {
		if (*list == block) {
			/* Its own link stays, so that a call that stands on it can go on. */
			*list = block->next;
			return 0;
		}
		count_block(&count);
	}
	return -ENOENT;
}

int notifier_call_chain(struct notifier_block **list, unsigned long event, void *data)
{
	struct notifier_block *block = *list, *successor;
	int answer = NOTIFY_DONE, count = 0;

	while (block != NULL) {
		count_block(&count);
		successor = block->next;
		answer = block->notifier_call(block, event, data);
		if (answer & NOTIFY_STOP_MASK)
			break;
		/* Read after the callback, the link shows what the callback did to the chain. */
		block = behaviour.successor_first ? successor : block->next;
	}
	return answer;
}
