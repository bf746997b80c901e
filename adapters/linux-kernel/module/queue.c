// SPDX-License-Identifier: GPL-2.0
/*
 * queue.c - lists of sk_buffs, by name.
 *
 * A buffer no longer says on which list it is, so whoever asks has to follow the links. The kernel
 * does not look whether a buffer that is to be queued is on a list; links that have gone wrong are
 * followed no further than there are buffers.
 */
#include <linux/list.h>
#include <linux/slab.h>

#include "skb.h"

struct queue {
	struct sk_buff_head head;
	char name[KSPEC_NAME_SIZE];
	struct list_head all;
};

static LIST_HEAD(queues);

void queue_reset(void)
{
	struct queue *queue, *next;

	list_for_each_entry_safe(queue, next, &queues, all)
		kfree(queue);
	INIT_LIST_HEAD(&queues);
}

static struct queue *queue_by_name(const char *name)
{
	struct queue *queue;

	list_for_each_entry(queue, &queues, all)
		if (strcmp(queue->name, name) == 0)
			return queue;
	queue = kzalloc(sizeof(*queue), GFP_KERNEL);
	if (queue == NULL)
		return NULL;
	skb_queue_head_init(&queue->head);
	strscpy(queue->name, name, sizeof(queue->name));
	list_add(&queue->all, &queues);
	return queue;
}

/* The queue that the octets name; NULL, with the call ended, if there is no memory for it. */
static struct sk_buff_head *queue_of(struct kspec_call *call, void *octets)
{
	struct queue *queue;

	call->length = 0;
	queue = queue_by_name(octets);
	if (queue != NULL)
		return &queue->head;
	kspec_fault(call, "out of memory");
	return NULL;
}

static bool leads_to(struct queue *queue, const struct sk_buff *wanted)
{
	const struct sk_buff *skb = queue->head.next;
	u32 count = 0;

	for (; skb != (struct sk_buff *)&queue->head && count <= skb_count(); skb = skb->next, count++)
		if (skb == wanted)
			return true;
	return false;
}

static struct queue *queue_that_has(const struct sk_buff *skb)
{
	struct queue *queue;

	list_for_each_entry(queue, &queues, all)
		if (leads_to(queue, skb))
			return queue;
	return NULL;
}

/* --- Putting on --------------------------------------------------------------------------- */

static int head(struct kspec_call *call, void *octets)
{
	struct sk_buff_head *list = queue_of(call, octets);
	struct sk_buff *skb = skb_of(call, call->in[0]);

	if (list != NULL && skb != NULL)
		skb_queue_head(list, skb);
	return 0;
}

static int tail(struct kspec_call *call, void *octets)
{
	struct sk_buff_head *list = queue_of(call, octets);
	struct sk_buff *skb = skb_of(call, call->in[0]);

	if (list != NULL && skb != NULL)
		skb_queue_tail(list, skb);
	return 0;
}

static int beside(struct kspec_call *call, bool before)
{
	struct sk_buff *other = skb_of(call, call->in[0]);
	struct sk_buff *skb = other ? skb_of(call, call->in[1]) : NULL;
	struct queue *queue = skb ? queue_that_has(other) : NULL;
	unsigned long flags;

	if (skb == NULL)
		return 0;
	/* Its list is an argument of the function: without one it cannot be called. */
	if (queue == NULL)
		return kspec_bug(call, "the other is on no list");
	if (before) {
		spin_lock_irqsave(&queue->head.lock, flags);
		__skb_queue_before(&queue->head, other, skb);
		spin_unlock_irqrestore(&queue->head.lock, flags);
	} else {
		skb_append(other, skb, &queue->head);
	}
	return 0;
}

static int insert(struct kspec_call *call, void *octets)
{
	return beside(call, true);
}

static int append(struct kspec_call *call, void *octets)
{
	return beside(call, false);
}

/* --- Taking off --------------------------------------------------------------------------- */

static int unlink(struct kspec_call *call, void *octets)
{
	struct sk_buff *skb = skb_of(call, call->in[0]);
	struct queue *queue = skb ? queue_that_has(skb) : NULL;

	if (queue != NULL)
		skb_unlink(skb, &queue->head);
	return 0;
}

static int dequeue(struct kspec_call *call, void *octets)
{
	struct sk_buff_head *list = queue_of(call, octets);

	if (list != NULL)
		call->out[0] = skb_number(skb_dequeue(list));
	return 0;
}

static int dequeue_tail(struct kspec_call *call, void *octets)
{
	struct sk_buff_head *list = queue_of(call, octets);

	if (list != NULL)
		call->out[0] = skb_number(skb_dequeue_tail(list));
	return 0;
}

static int purge(struct kspec_call *call, void *octets)
{
	struct sk_buff_head *list = queue_of(call, octets);

	if (list != NULL)
		skb_queue_purge(list);
	return 0;
}

/* --- Looking ------------------------------------------------------------------------------ */

static int peek(struct kspec_call *call, void *octets)
{
	struct sk_buff_head *list = queue_of(call, octets);

	if (list != NULL)
		call->out[0] = skb_number(skb_peek(list));
	return 0;
}

static int peek_tail(struct kspec_call *call, void *octets)
{
	struct sk_buff_head *list = queue_of(call, octets);

	if (list != NULL)
		call->out[0] = skb_number(skb_peek_tail(list));
	return 0;
}

/* Writes down the numbers along the links; -1 if these do not lead back. */
static int ring(struct sk_buff_head *list, bool forward, u32 *numbers)
{
	struct sk_buff *skb = forward ? list->next : list->prev;
	u32 count = 0;

	for (; skb != (struct sk_buff *)list; skb = forward ? skb->next : skb->prev) {
		if (skb == NULL || count == skb_count())
			return -1;
		numbers[count++] = skb_number(skb);
	}
	return count;
}

static int walk(struct kspec_call *call, void *octets)
{
	struct sk_buff_head *list = queue_of(call, octets);
	u32 *numbers = octets;
	int forward, backward;

	if (list == NULL)
		return 0;
	forward = ring(list, true, numbers);
	backward = forward < 0 ? -1 : ring(list, false, numbers + forward);
	if (backward < 0)
		return kspec_bug(call, "the links do not lead back to the head");
	call->out[0] = skb_queue_len(list);
	call->out[1] = forward;
	call->length = (forward + backward) * sizeof(*numbers);
	return 0;
}

static int queue_of_buffer(struct kspec_call *call, void *octets)
{
	struct sk_buff *skb = skb_of(call, call->in[0]);
	struct queue *queue = skb ? queue_that_has(skb) : NULL;

	if (queue == NULL)
		return 0;
	call->length = sizeof(queue->name);
	memcpy(octets, queue->name, sizeof(queue->name));
	return 0;
}

kspec_handler queue_handler(u32 op)
{
	switch (op) {
	case KSPEC_QUEUE_HEAD:
		return head;
	case KSPEC_QUEUE_TAIL:
		return tail;
	case KSPEC_QUEUE_INSERT:
		return insert;
	case KSPEC_QUEUE_APPEND:
		return append;
	case KSPEC_QUEUE_UNLINK:
		return unlink;
	case KSPEC_QUEUE_DEQUEUE:
		return dequeue;
	case KSPEC_QUEUE_DEQUEUE_TAIL:
		return dequeue_tail;
	case KSPEC_QUEUE_PEEK:
		return peek;
	case KSPEC_QUEUE_PEEK_TAIL:
		return peek_tail;
	case KSPEC_QUEUE_PURGE:
		return purge;
	case KSPEC_QUEUE_WALK:
		return walk;
	case KSPEC_QUEUE_OF:
		return queue_of_buffer;
	default:
		return NULL;
	}
}
