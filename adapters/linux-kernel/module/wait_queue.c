// SPDX-License-Identifier: GPL-2.0
/*
 * wait_queue.c - wait queues and events, by name.
 */
#include <linux/list.h>
#include <linux/sched/signal.h>
#include <linux/slab.h>
#include <linux/wait.h>

#include "task.h"

struct queue {
	wait_queue_head_t head;
	bool happened; /* of an event: each name has one of both */
	char name[KSPEC_NAME_SIZE];
	struct list_head all;
};

static LIST_HEAD(queues);
static LIST_HEAD(events);

static struct queue *by_name(struct list_head *list, const char *name)
{
	struct queue *queue;

	list_for_each_entry(queue, list, all)
		if (strcmp(queue->name, name) == 0)
			return queue;
	queue = kzalloc(sizeof(*queue), GFP_KERNEL);
	if (queue == NULL)
		return NULL;
	init_waitqueue_head(&queue->head);
	strscpy(queue->name, name, sizeof(queue->name));
	list_add(&queue->all, list);
	return queue;
}

static bool is_over(const struct job *job)
{
	return READ_ONCE(task_forgetting) || (job->event != NULL && READ_ONCE(*job->event));
}

struct waiter {
	struct wait_queue_entry entry; /* first, so that the one is the other */
	bool woken;
};

/* A task that was woken may go on before its entry is off the queue: so it is told, and does not look. */
static int wake_waiter(struct wait_queue_entry *entry, unsigned int mode, int sync, void *key)
{
	struct waiter *waiter = (struct waiter *)entry;
	int woken;

	WRITE_ONCE(waiter->woken, true);
	woken = autoremove_wake_function(entry, mode, sync, key);
	if (!woken)
		WRITE_ONCE(waiter->woken, false);
	return woken;
}

/* wait_event() with its four kinds in one: what the macros are made of. */
static int run_wait(struct job *job)
{
	int state = job->interruptible ? TASK_INTERRUPTIBLE : TASK_UNINTERRUPTIBLE, error = 0;
	wait_queue_head_t *head = job->on;
	struct waiter waiter = {.woken = false};

	init_wait_entry(&waiter.entry, 0);
	waiter.entry.func = wake_waiter;
	for (;;) {
		if (job->exclusive)
			prepare_to_wait_exclusive(head, &waiter.entry, state);
		else
			prepare_to_wait(head, &waiter.entry, state);
		if (is_over(job))
			break;
		if (job->interruptible && signal_pending(current)) {
			error = -EINTR;
			break;
		}
		schedule();
		if (job->event == NULL && READ_ONCE(waiter.woken))
			break;
	}
	finish_wait(head, &waiter.entry);
	return error;
}

static int wait(struct kspec_call *call, void *octets)
{
	const char *names = octets, *event = names + 2 * KSPEC_NAME_SIZE;
	struct job job = {.run = run_wait, .interruptible = call->in[0], .exclusive = call->in[1]};
	struct queue *queue = by_name(&queues, names + KSPEC_NAME_SIZE);
	struct queue *awaited = *event ? by_name(&events, event) : NULL;

	call->length = 0;
	if (queue == NULL || (*event && awaited == NULL))
		return -ENOMEM;
	job.on = &queue->head;
	job.event = awaited ? &awaited->happened : NULL;
	return task_start(call, names, &job);
}

static int wake(struct kspec_call *call, void *octets)
{
	struct queue *queue = by_name(&queues, octets);

	call->length = 0;
	if (queue == NULL)
		return -ENOMEM;
	if (call->in[0])
		wake_up_all(&queue->head);
	else
		wake_up(&queue->head);
	task_settle();
	return 0;
}

static int happen(struct kspec_call *call, void *octets)
{
	struct queue *event = by_name(&events, octets);

	call->length = 0;
	if (event == NULL)
		return -ENOMEM;
	WRITE_ONCE(event->happened, true);
	return 0;
}

void wait_queue_wake_all(void)
{
	struct queue *queue;

	list_for_each_entry(queue, &queues, all)
		wake_up_all(&queue->head);
}

static void forget(struct list_head *list)
{
	struct queue *queue, *next;

	list_for_each_entry_safe(queue, next, list, all)
		kfree(queue);
	INIT_LIST_HEAD(list);
}

void wait_queue_reset(void)
{
	forget(&queues);
	forget(&events);
}

kspec_handler wait_queue_handler(u32 op)
{
	switch (op) {
	case KSPEC_QUEUE_WAIT:
		return wait;
	case KSPEC_QUEUE_WAKE:
		return wake;
	case KSPEC_EVENT_HAPPEN:
		return happen;
	default:
		return NULL;
	}
}
