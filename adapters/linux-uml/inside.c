/*
 * inside.c - see inside.h.
 */
#include "inside.h"

#include <stdio.h>

#include "module.h"
#include "netfilter.h"
#include "ports.h"

/* Each with the question whose answer says whether it is offered. */
static const struct {
	struct ks_capability capability;
	bool (*works)(void);
} candidates[] = {
	{{"checksum", 1}, checksum_works},       {{"csum", 1}, csum_works},
	{{"notifier-chain", 1}, chain_works},    {{"sk-buff", 1}, skb_works},
	{{"sk-buff-headers", 1}, skb_works},     {{"sk-buff-sharing", 1}, sharing_works},
	{{"sk-buff-paged", 1}, sharing_works},   {{"sk-buff-queue", 1}, queue_works},
	{{"semaphore", 1}, semaphore_works},     {{"wait-queue", 1}, wait_queue_works},
	{{"netfilter", 1}, netfilter_works},     {{"netfilter-mark", 1}, netfilter_works},
};

static const struct ks_operation *const ports[] = {
	checksum_operations, chain_operations,   skb_operations,
	headers_operations,  sharing_operations, queue_operations,
	sleeping_operations, netfilter_operations,
};

#define COUNT(array) (sizeof(array) / sizeof(array)[0])

const char *inside_begin(void)
{
	return module_open();
}

static void forget(void)
{
	struct kspec_call call = {.op = KSPEC_RESET};

	module_try(&call);
}

void inside_offer(struct ks_capability *capabilities)
{
	size_t which;

	while (capabilities->name != NULL)
		capabilities++;
	forget();
	for (which = 0; which < COUNT(candidates); which++)
		if (candidates[which].works())
			*capabilities++ = candidates[which].capability;
		else
			fprintf(stderr, "kernspec: %s is not offered: the kernel fails its test\n",
				candidates[which].capability.name);
	forget();
}

void inside_add_operations(struct ks_operation *operations)
{
	const struct ks_operation *operation;
	size_t which;

	while (operations->name != NULL)
		operations++;
	for (which = 0; which < COUNT(ports); which++)
		for (operation = ports[which]; operation->name != NULL; operation++)
			*operations++ = *operation;
}
