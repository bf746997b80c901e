/*
 * notifier_chain.h - lists of those who want to hear of an event.
 */
#ifndef NOTIFIER_CHAIN_H
#define NOTIFIER_CHAIN_H

struct notifier_block {
	int (*notifier_call)(struct notifier_block *self, unsigned long event, void *data);
	struct notifier_block *next;
	int priority; /* a higher one runs earlier */
};

#define NOTIFY_DONE 0x0000
#define NOTIFY_OK 0x0001
#define NOTIFY_STOP_MASK 0x8000 /* in an answer: tell nobody else */

/* A list is searched for at most so many blocks; a longer one is taken to have no end. */
#define NOTIFIER_CHAIN_MAX 10000

/* Returns 0, or -EEXIST where the system checks. */
int notifier_chain_register(struct notifier_block **list, struct notifier_block *block);

/* Returns 0, or -ENOENT. */
int notifier_chain_unregister(struct notifier_block **list, struct notifier_block *block);

/* Returns what the last block that ran answered; NOTIFY_DONE if there was none. */
int notifier_call_chain(struct notifier_block **list, unsigned long event, void *data);

#endif
