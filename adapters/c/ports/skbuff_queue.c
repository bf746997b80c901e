/*
 * ports/skbuff_queue.c - the operations of `sk-buff-queue` and `sk-buff-queue-smp`.
 */
#include <stdlib.h>
#include <string.h>

#include "../kernel/kernel.h"
#include "handles.h"
#include "ports.h"
#include "smp.h"

struct queue {
	struct sk_buff_head head; /* first, so that skb->list is the queue */
	char name[KS_NAME_SIZE];
	struct queue *next_known;
};

static struct queue *queues;

void queue_reset(void)
{
	while (queues != NULL) {
		struct queue *next = queues->next_known;

		free(queues);
		queues = next;
	}
}

/* A queue that was never named is empty. */
static struct sk_buff_head *queue_by_name(const char *name)
{
	struct queue *queue;

	for (queue = queues; queue != NULL; queue = queue->next_known)
		if (strcmp(queue->name, name) == 0)
			return &queue->head;
	queue = calloc(1, sizeof *queue);
	if (queue == NULL)
		ks_fault("out of memory");
	skb_queue_head_init(&queue->head);
	strcpy(queue->name, name);
	queue->next_known = queues;
	queues = queue;
	return &queue->head;
}

static struct sk_buff_head *queue_arg(const struct ks_value *args)
{
	return queue_by_name(ks_name(args, "queue"));
}

void queue_head(const struct ks_value *args)
{
	struct sk_buff_head *list = queue_arg(args);

	skb_queue_head(list, skb_arg(args, "skb"));
}

void queue_tail(const struct ks_value *args)
{
	struct sk_buff_head *list = queue_arg(args);

	skb_queue_tail(list, skb_arg(args, "skb"));
}

void queue_insert(const struct ks_value *args)
{
	struct sk_buff *before = skb_arg(args, "before");

	skb_insert(before, skb_arg(args, "skb"));
}

void queue_append(const struct ks_value *args)
{
	struct sk_buff *after = skb_arg(args, "after");

	skb_append(after, skb_arg(args, "skb"));
}

void queue_unlink(const struct ks_value *args)
{
	skb_unlink(skb_arg(args, "skb"));
}

void queue_dequeue(const struct ks_value *args)
{
	put_handle("skb", skb_dequeue(queue_arg(args)));
}

void queue_dequeue_tail(const struct ks_value *args)
{
	put_handle("skb", skb_dequeue_tail(queue_arg(args)));
}

void queue_peek(const struct ks_value *args)
{
	put_handle("skb", skb_peek(queue_arg(args)));
}

void queue_peek_tail(const struct ks_value *args)
{
	put_handle("skb", skb_peek_tail(queue_arg(args)));
}

void queue_purge(const struct ks_value *args)
{
	skb_queue_purge(queue_arg(args));
}

static void put_ring(const char *name, struct sk_buff_head *list, bool forward)
{
	struct skb_links *at = forward ? list->links.next : list->links.prev;
	uint32_t count = 0;

	ks_open_array(name);
	while (at != &list->links) {
		if (at == NULL || ++count > skb_count())
			ks_bug("the links do not lead back to the head");
		put_handle(NULL, (const struct sk_buff *)at);
		at = forward ? at->next : at->prev;
	}
	ks_close();
}

void queue_walk(const struct ks_value *args)
{
	struct sk_buff_head *list = queue_arg(args);

	ks_put_int("qlen", list->qlen);
	put_ring("forward", list, true);
	put_ring("backward", list, false);
}

void queue_list_of(const struct ks_value *args)
{
	const struct queue *queue = (const struct queue *)skb_arg(args, "skb")->list;

	if (queue != NULL)
		ks_put_text("queue", queue->name);
	else
		ks_put_null("queue");
}

/* --- One queue on several processors ------------------------------------------------------ */

struct processor;

/* A step reads or writes one link or the count. It tells whether only the unlocking is left. */
struct micro_step {
	const char *word;
	bool (*run)(struct processor *self);
};

struct action {
	struct sk_buff *skb; /* to queue; NULL: dequeue */
};

struct processor {
	struct sk_buff_head *list;
	struct action *actions;
	size_t count, done;
	size_t step; /* of the present action: 0 is the lock, then its micro steps */

	/* What it has read so far, in its registers. */
	struct skb_links *skb, *next, *prev;
	uint32_t qlen;

	struct sk_buff **taken; /* by its dequeues, NULL where the queue was empty */
	size_t taken_count;
};

static bool read_count(struct processor *self)
{
	self->qlen = self->list->qlen;
	return false;
}

static bool write_count_up(struct processor *self)
{
	self->list->qlen = self->qlen + 1;
	return false;
}

static bool write_count_down(struct processor *self)
{
	self->list->qlen = self->qlen - 1;
	return false;
}

static bool write_list(struct processor *self)
{
	struct sk_buff *skb = self->actions[self->done].skb;

	BUG_ON(skb->list != NULL, "the buffer is on a list already");
	skb->list = self->list;
	self->skb = &skb->links;
	return false;
}

static bool read_last(struct processor *self)
{
	self->prev = self->list->links.prev;
	return false;
}

static bool write_own_next(struct processor *self)
{
	self->skb->next = &self->list->links;
	return false;
}

static bool write_own_prev(struct processor *self)
{
	self->skb->prev = self->prev;
	return false;
}

static bool link_behind_last(struct processor *self)
{
	self->prev->next = self->skb;
	return false;
}

static bool link_before_head(struct processor *self)
{
	self->list->links.prev = self->skb;
	return false;
}

static bool read_first(struct processor *self)
{
	self->skb = self->list->links.next;
	if (self->skb != &self->list->links)
		return false;
	self->taken[self->taken_count++] = NULL;
	return true;
}

static bool read_second(struct processor *self)
{
	self->next = self->skb->next;
	return false;
}

static bool link_second_first(struct processor *self)
{
	self->list->links.next = self->next;
	return false;
}

static bool link_head_before_second(struct processor *self)
{
	self->next->prev = &self->list->links;
	return false;
}

static bool clear_links(struct processor *self)
{
	self->skb->next = self->skb->prev = NULL;
	return false;
}

static bool clear_list(struct processor *self)
{
	struct sk_buff *skb = (struct sk_buff *)self->skb;

	skb->list = NULL;
	self->taken[self->taken_count++] = skb;
	return true;
}

static const struct micro_step queue_tail_steps[] = {
	{"write skb list", write_list},
	{"read count", read_count},
	{"write count", write_count_up},
	{"read last", read_last},
	{"write skb next", write_own_next},
	{"write skb prev", write_own_prev},
	{"write last next", link_behind_last},
	{"write head prev", link_before_head},
	{NULL, NULL},
};

static const struct micro_step dequeue_steps[] = {
	{"read first", read_first},
	{"read first next", read_second},
	{"read count", read_count},
	{"write count", write_count_down},
	{"write head next", link_second_first},
	{"write second prev", link_head_before_second},
	{"clear skb links", clear_links},
	{"clear skb list", clear_list},
	{NULL, NULL},
};

static bool use_finished(void *context, int which)
{
	const struct processor *self = (const struct processor *)context + which;

	return self->done == self->count;
}

static void skip_to_unlock(struct processor *self, const struct micro_step *steps)
{
	while (steps[self->step - 1].run != NULL)
		self->step++;
}

static void use_step(void *context, int which, char *word)
{
	struct processor *self = (struct processor *)context + which;
	const struct micro_step *steps =
		self->actions[self->done].skb != NULL ? queue_tail_steps : dequeue_steps;
	bool *held = &self->list->lock.held;

	if (self->step == 0) {
		self->step = smp_lock(held, word) ? 1 : 0;
	} else if (steps[self->step - 1].run == NULL) {
		smp_unlock(held, word);
		self->step = 0;
		self->done++;
	} else {
		strcpy(word, steps[self->step - 1].word);
		if (steps[self->step++ - 1].run(self))
			skip_to_unlock(self, steps);
	}
}

static struct action read_action(const struct ks_value *item)
{
	struct action action = {NULL};

	if (ks_choice(item, "do", "queue-tail dequeue") == 0) {
		ks_members(item, "do skb");
		action.skb = skb_arg(item, "skb");
	} else {
		ks_members(item, "do");
	}
	return action;
}

static void read_processor(const struct ks_value *array, struct processor *processor)
{
	const struct ks_value *item;

	processor->actions = ks_alloc((ks_count(array) + 1) * sizeof *processor->actions);
	processor->taken = ks_alloc((ks_count(array) + 1) * sizeof *processor->taken);
	for (item = ks_first(array); item != NULL; item = ks_next(item))
		processor->actions[processor->count++] = read_action(item);
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

static void put_taken(const struct processor *processors, int count)
{
	size_t dequeue;
	int which;

	ks_open_array("taken");
	for (which = 0; which < count; which++) {
		ks_open_array(NULL);
		for (dequeue = 0; dequeue < processors[which].taken_count; dequeue++)
			put_handle(NULL, processors[which].taken[dequeue]);
		ks_close();
	}
	ks_close();
}

void queue_use_together(const struct ks_value *args)
{
	struct smp smp = {0, use_finished, use_step, NULL};
	struct processor *processors = read_processors(args, &smp.processors);
	struct sk_buff_head *list = queue_arg(args);
	int which;

	for (which = 0; which < smp.processors; which++)
		processors[which].list = list;
	list->lock.held = false;
	smp.context = processors;
	smp_run(&smp, args);
	put_taken(processors, smp.processors);
}
