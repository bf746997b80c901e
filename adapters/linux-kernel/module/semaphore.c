// SPDX-License-Identifier: GPL-2.0
/*
 * semaphore.c - semaphores by name.
 */
#include <linux/completion.h>
#include <linux/hrtimer.h>
#include <linux/list.h>
#include <linux/semaphore.h>
#include <linux/slab.h>
#include <linux/smp.h>

#include "task.h"

struct named_semaphore {
	struct semaphore semaphore;
	char name[KSPEC_NAME_SIZE];
	struct list_head all;
};

static LIST_HEAD(semaphores);

static struct semaphore *find(struct kspec_call *call, const char *name)
{
	struct named_semaphore *named;

	call->length = 0;
	list_for_each_entry(named, &semaphores, all)
		if (strcmp(named->name, name) == 0)
			return &named->semaphore;
	kspec_fault(call, "there is no semaphore %s", name);
	return NULL;
}

static int init(struct kspec_call *call, void *octets)
{
	struct named_semaphore *named = kzalloc(sizeof(*named), GFP_KERNEL);

	call->length = 0;
	if (named == NULL)
		return -ENOMEM;
	sema_init(&named->semaphore, call->in[0]);
	strscpy(named->name, octets, sizeof(named->name));
	list_add(&named->all, &semaphores);
	return 0;
}

static int run_down(struct job *job)
{
	if (job->interruptible)
		return down_interruptible(job->on);
	down(job->on);
	return 0;
}

static int take(struct kspec_call *call, void *octets)
{
	struct job job = {.run = run_down, .interruptible = call->in[0]};

	job.on = find(call, octets + KSPEC_NAME_SIZE);
	return job.on ? task_start(call, octets, &job) : 0;
}

/* --- In an interrupt handler -------------------------------------------------------------- */

struct in_handler {
	struct semaphore *semaphore;
	u32 op;
	bool interruptible;
	int result;
};

static void handler(void *data)
{
	struct in_handler *what = data;

	if (what->op == KSPEC_SEMAPHORE_UP)
		up(what->semaphore);
	else if (what->op == KSPEC_SEMAPHORE_TRYLOCK)
		what->result = down_trylock(what->semaphore);
	else if (what->interruptible)
		what->result = down_interruptible(what->semaphore);
	else
		down(what->semaphore);
}

#ifdef CONFIG_SMP

/* The other processor is interrupted for it: so it is a real handler. */
static void in_interrupt_handler(struct in_handler *what)
{
	int self = get_cpu(), other = cpumask_any_but(cpu_online_mask, self);

	smp_call_function_single(other, handler, what, 1);
	put_cpu();
}

#else

struct interruption {
	struct hrtimer timer;
	struct in_handler *what;
	struct completion over;
};

static enum hrtimer_restart interrupt(struct hrtimer *timer)
{
	struct interruption *interruption = container_of(timer, struct interruption, timer);

	handler(interruption->what);
	complete(&interruption->over);
	return HRTIMER_NORESTART;
}

/* There is no other processor to do it, so the clock interrupts this one. */
static void in_interrupt_handler(struct in_handler *what)
{
	struct interruption interruption = {.what = what};

	init_completion(&interruption.over);
	hrtimer_init_on_stack(&interruption.timer, CLOCK_MONOTONIC, HRTIMER_MODE_REL_HARD);
	interruption.timer.function = interrupt;
	hrtimer_start(&interruption.timer, 0, HRTIMER_MODE_REL_HARD);
	wait_for_completion(&interruption.over);
	hrtimer_cancel(&interruption.timer);
	destroy_hrtimer_on_stack(&interruption.timer);
}

#endif

static int call_it(struct kspec_call *call, void *octets)
{
	struct in_handler what = {.op = call->op, .interruptible = call->in[1]};

	what.semaphore = find(call, octets);
	if (what.semaphore == NULL)
		return 0;
	if (call->in[0])
		in_interrupt_handler(&what);
	else
		handler(&what);
	task_settle();
	call->out[0] = what.result;
	return 0;
}

/* Where it would have to wait, the processor would be lost: the scheduler says so and goes on. */
static int take_in_handler(struct kspec_call *call, void *octets)
{
	struct semaphore *semaphore = find(call, octets);

	if (semaphore == NULL)
		return 0;
	if (semaphore->count == 0)
		return kspec_bug(call, "scheduling while atomic");
	call->in[1] = call->in[0];
	call->in[0] = 1;
	return call_it(call, octets);
}

static int count(struct kspec_call *call, void *octets)
{
	struct semaphore *semaphore = find(call, octets);

	if (semaphore != NULL)
		call->out[0] = semaphore->count;
	return 0;
}

/* Whoever sleeps is let in, so that no task is left on what is freed. */
void semaphore_wake_all(void)
{
	struct named_semaphore *named;

	list_for_each_entry(named, &semaphores, all)
		while (!list_empty(&named->semaphore.wait_list))
			up(&named->semaphore);
}

void semaphore_reset(void)
{
	struct named_semaphore *named, *next;

	list_for_each_entry_safe(named, next, &semaphores, all)
		kfree(named);
	INIT_LIST_HEAD(&semaphores);
}

kspec_handler semaphore_handler(u32 op)
{
	switch (op) {
	case KSPEC_SEMAPHORE_INIT:
		return init;
	case KSPEC_SEMAPHORE_DOWN:
		return take;
	case KSPEC_SEMAPHORE_DOWN_IN_HANDLER:
		return take_in_handler;
	case KSPEC_SEMAPHORE_TRYLOCK:
	case KSPEC_SEMAPHORE_UP:
		return call_it;
	case KSPEC_SEMAPHORE_COUNT:
		return count;
	default:
		return NULL;
	}
}
