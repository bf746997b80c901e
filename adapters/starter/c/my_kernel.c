/*
 * my_kernel.c - a kernel of your own, judged by kernspec.
 *
 * First comes the kernel: the Internet checksum, which is complete, and notifier chains, where
 * one function is left for you: notifier_call_chain(). Then comes the adapter, which turns
 * requests into calls of the kernel; it needs no change until you add a mechanism.
 */
#include <errno.h>
#include <string.h>

#include "kernspec.h"

/* === The kernel: checksums ================================================================ */

/* Adds carries out of the low 16 bits back in, until there is none. */
static uint16_t fold(uint32_t sum)
{
	while (sum > 0xffff)
		sum = (sum & 0xffff) + (sum >> 16);
	return (uint16_t)sum;
}

/* The complement of the one's complement sum of all 16-bit words in network order (RFC 1071). */
static uint16_t in_cksum(const uint8_t *octets, size_t length)
{
	uint32_t sum = 0;
	size_t at;

	for (at = 0; at < length; at++) {
		/* An odd last octet counts as the high half of a word whose low half is zero. */
		sum += at % 2 == 0 ? (uint32_t)octets[at] << 8 : octets[at];
		sum = fold(sum);
	}
	return (uint16_t)~sum;
}

/* The checksum after one word under it has changed: RFC 1624, HC' = ~(~HC + ~m + m'). */
static uint16_t in_cksum_update(uint16_t check, uint16_t before, uint16_t after)
{
	return (uint16_t)~fold((uint32_t)(uint16_t)~check + (uint16_t)~before + after);
}

/* === The kernel: notifier chains ========================================================== */

#define NOTIFY_DONE 0x0000      /* not interested */
#define NOTIFY_STOP_MASK 0x8000 /* in an answer: tell nobody else */

struct notifier_block {
	int (*notifier_call)(struct notifier_block *self, unsigned long event, void *data);
	struct notifier_block *next;
	int priority; /* a higher one runs earlier */
};

/* Inserts a block behind those of higher and of equal priority. */
static int notifier_chain_register(struct notifier_block **list, struct notifier_block *block)
{
	while (*list != NULL && (*list)->priority >= block->priority)
		list = &(*list)->next;
	block->next = *list;
	*list = block;
	return 0;
}

static int notifier_chain_unregister(struct notifier_block **list, struct notifier_block *block)
{
	for (; *list != NULL; list = &(*list)->next) {
		if (*list == block) {
			*list = block->next; /* the block keeps its own link */
			return 0;
		}
	}
	return -ENOENT;
}

/*
 * Announces an event to the blocks of a chain.
 *
 * YOURS TO WRITE. It should
 *
 *  - call each block in order: block->notifier_call(block, event, data);
 *  - stop as soon as an answer contains NOTIFY_STOP_MASK;
 *  - return the last answer that it was given, or NOTIFY_DONE if nobody was called.
 *
 * A callback may register and unregister blocks of this chain, its own too. In Linux 2.6.11 the
 * successor is therefore looked up after the callback has answered.
 *
 * As it stands it tells nobody.
 */
static int notifier_call_chain(struct notifier_block **list, unsigned long event, void *data)
{
	(void)list;
	(void)event;
	(void)data;
	return NOTIFY_DONE;
}

/* === The adapter: checksum ================================================================ */

static void checksum_compute(const struct ks_value *args)
{
	size_t length;
	const uint8_t *octets = ks_octets(args, "octets", &length);

	ks_put_int("checksum", in_cksum(octets, length));
}

static void checksum_update(const struct ks_value *args)
{
	uint16_t check = ks_word16(args, "checksum");
	uint16_t before = ks_word16(args, "before");
	uint16_t after = ks_word16(args, "after");

	ks_put_int("checksum", in_cksum_update(check, before, after));
}

/* === The adapter: notifier-chain ========================================================== */

/* A block as the suite describes it: what its callback answers, and what it does before. */
struct action {
	bool registers; /* else it unregisters */
	char name[KS_NAME_SIZE];
	int priority;
	uint32_t answer;
};

struct named_block {
	struct notifier_block block; /* first, so that a pointer to the one is one to the other */
	char name[KS_NAME_SIZE];
	struct chain *chain;
	uint32_t answer;
	struct action actions[16];
	int action_count;
};

struct chain {
	char name[KS_NAME_SIZE];
	struct notifier_block *list;
};

#define MAX_CHAINS 10000
#define MAX_BLOCKS 20000
#define MAX_HEARD 10000

static struct chain chains[MAX_CHAINS];
static struct named_block blocks[MAX_BLOCKS];
static int chain_count, block_count, heard_count;

/* A chain that was never named is empty. */
static struct chain *chain_by_name(const char *name)
{
	int which;

	for (which = 0; which < chain_count; which++)
		if (strcmp(chains[which].name, name) == 0)
			return &chains[which];
	if (chain_count == MAX_CHAINS)
		ks_fault("more than %d chains", MAX_CHAINS);
	strcpy(chains[chain_count].name, name);
	return &chains[chain_count++];
}

static int hear(struct notifier_block *self, unsigned long event, void *data);

/* The block of that name on that chain, new if there was none. */
static struct named_block *block_by_name(struct chain *chain, const char *name)
{
	struct named_block *block;
	int which;

	for (which = 0; which < block_count; which++)
		if (blocks[which].chain == chain && strcmp(blocks[which].name, name) == 0)
			return &blocks[which];
	if (block_count == MAX_BLOCKS)
		ks_fault("more than %d blocks", MAX_BLOCKS);
	block = &blocks[block_count++];
	strcpy(block->name, name);
	block->block.notifier_call = hear;
	block->chain = chain;
	return block;
}

static void act(struct chain *chain, const struct action *action)
{
	struct named_block *block = block_by_name(chain, action->name);

	if (action->registers) {
		block->block.priority = action->priority;
		block->answer = action->answer;
		notifier_chain_register(&chain->list, &block->block);
	} else {
		notifier_chain_unregister(&chain->list, &block->block);
	}
}

/* The callback of every block: tells the suite that it was called, acts, and answers. */
static int hear(struct notifier_block *self, unsigned long event, void *data)
{
	struct named_block *block = (struct named_block *)self;
	int which;

	if (++heard_count > MAX_HEARD)
		ks_bug("the chain has no end");
	ks_open_object(NULL);
	ks_put_text("name", block->name);
	ks_put_int("event", (int64_t)event);
	ks_put_text("data", data);
	ks_close();
	for (which = 0; which < block->action_count; which++)
		act(block->chain, &block->actions[which]);
	return (int)block->answer;
}

static int read_priority(const struct ks_value *block)
{
	return ks_has(block, "priority") ? ks_int32(block, "priority") : 0;
}

static struct action read_action(const struct ks_value *value)
{
	struct action action = {false, "", 0, 0};
	const struct ks_value *block = value;

	action.registers = ks_choice(value, "do", "register unregister") == 0;
	if (action.registers) {
		block = ks_object(value, "block", "name priority? answer");
		action.priority = read_priority(block);
		action.answer = ks_word32(block, "answer");
	}
	strcpy(action.name, ks_name(block, "name"));
	return action;
}

static void read_actions(const struct ks_value *value, struct named_block *block)
{
	const struct ks_value *item;

	block->action_count = 0;
	if (!ks_has(value, "actions"))
		return;
	for (item = ks_first(ks_array(value, "actions", 16)); item != NULL; item = ks_next(item))
		block->actions[block->action_count++] = read_action(item);
}

static void notifier_register(const struct ks_value *args)
{
	const struct ks_value *value = ks_object(args, "block", "name priority? answer actions?");
	struct chain *chain = chain_by_name(ks_name(args, "chain"));
	struct named_block *block = block_by_name(chain, ks_name(value, "name"));
	int error;

	block->block.priority = read_priority(value);
	block->answer = ks_word32(value, "answer");
	read_actions(value, block);
	error = notifier_chain_register(&chain->list, &block->block);
	if (error)
		ks_errno(error);
}

static void notifier_unregister(const struct ks_value *args)
{
	struct chain *chain = chain_by_name(ks_name(args, "chain"));
	struct named_block *block = block_by_name(chain, ks_name(args, "name"));
	int error = notifier_chain_unregister(&chain->list, &block->block);

	if (error)
		ks_errno(error);
}

static void notifier_call(const struct ks_value *args)
{
	struct chain *chain = chain_by_name(ks_name(args, "chain"));
	uint32_t event = ks_word32(args, "event");
	const char *data = ks_text(args, "data");
	int result;

	heard_count = 0;
	ks_open_array("heard");
	result = notifier_call_chain(&chain->list, event, (void *)data);
	ks_close();
	ks_put_int("result", (uint32_t)result);
}

/* === The adapter: what there is =========================================================== */

/* To offer a mechanism, name its capability here ... */
static const struct ks_capability capabilities[] = {
	{"checksum", 1},
	{"notifier-chain", 1},
	{NULL, 0},
};

/* ... and its operations here, each with the names of its arguments. */
static const struct ks_operation operations[] = {
	{"checksum.compute", checksum_compute, "octets"},
	{"checksum.update", checksum_update, "checksum before after"},
	{"notifier-chain.register", notifier_register, "chain block"},
	{"notifier-chain.unregister", notifier_unregister, "chain name"},
	{"notifier-chain.call", notifier_call, "chain event data"},
	{NULL, NULL, NULL},
};

/* Every scenario finds a kernel that has just booted. */
static void boot(const char *profile, uint32_t seed)
{
	(void)profile;
	(void)seed;
	memset(chains, 0, (size_t)chain_count * sizeof chains[0]);
	memset(blocks, 0, (size_t)block_count * sizeof blocks[0]);
	chain_count = block_count = 0;
}

static const struct ks_adapter adapter = {
	"my-kernel", "0.1.0", capabilities, operations, boot, "notes", NULL, false, NULL,
};

int main(void)
{
	return ks_run(&adapter);
}
