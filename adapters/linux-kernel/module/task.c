// SPDX-License-Identifier: GPL-2.0
/*
 * task.c - tasks by name.
 *
 * All are on one processor and of one real-time priority, so that those that are woken go on in the order in which
 * they were. Whether one sleeps is looked up in its state: nothing is concluded from time that has passed.
 */
#include <linux/completion.h>
#include <linux/delay.h>
#include <linux/kthread.h>
#include <linux/sched/signal.h>
#include <linux/slab.h>

#include "task.h"

#define PROCESSOR 0

struct task {
	struct task_struct *thread;
	char name[KSPEC_NAME_SIZE];
	struct completion told;
	struct job job;
	bool busy; /* in a call */
	int answer;
	struct list_head all;
};

static LIST_HEAD(tasks);

bool task_forgetting;

/* Who came back from a wait, in order; the task itself writes it down. */
static struct kspec_heard *woken;
static u32 woken_count;

#define WOKEN_MAX 1000

static void note_woken(const struct task *task)
{
	if (woken_count < WOKEN_MAX)
		strscpy(woken[woken_count++].name, task->name, KSPEC_NAME_SIZE);
}

static int wait_for_the_end(void)
{
	for (;;) {
		set_current_state(TASK_IDLE);
		if (kthread_should_stop())
			break;
		schedule();
	}
	__set_current_state(TASK_RUNNING);
	return 0;
}

static int live(void *data)
{
	struct task *task = data;

	allow_signal(SIGUSR1);
	while (!kthread_should_stop()) {
		/* Not a sleep that a signal could end: that is for the call. */
		if (!wait_for_completion_timeout(&task->told, HZ))
			continue;
		if (task->job.run == NULL)
			return wait_for_the_end();
		task->answer = task->job.run(&task->job);
		if (task->answer == 0)
			note_woken(task);
		else
			flush_signals(current); /* It was delivered with that. */
		smp_store_release(&task->busy, false);
	}
	return 0;
}

static struct task *find(const char *name)
{
	struct task *task;

	list_for_each_entry(task, &tasks, all)
		if (strcmp(task->name, name) == 0)
			return task;
	return NULL;
}

static struct task *make(const char *name)
{
	struct task *task = kzalloc(sizeof(*task), GFP_KERNEL);

	if (task == NULL)
		return NULL;
	strscpy(task->name, name, sizeof(task->name));
	init_completion(&task->told);
	task->thread = kthread_create(live, task, "kspec-task");
	if (IS_ERR(task->thread)) {
		kfree(task);
		return NULL;
	}
	kthread_bind(task->thread, PROCESSOR);
	sched_set_fifo(task->thread);
	wake_up_process(task->thread);
	list_add_tail(&task->all, &tasks);
	return task;
}

static struct task *task_by_name(const char *name)
{
	return find(name) ?: make(name);
}

/* In its call, and off the processor until somebody wakes it: one that is being woken is neither. */
static bool sleeps(const struct task *task)
{
	return READ_ONCE(task->thread->__state) & TASK_NORMAL && !READ_ONCE(task->thread->on_rq) &&
	       !kspec_runs(task->thread);
}

void task_settle(void)
{
	struct task *task;

	list_for_each_entry(task, &tasks, all)
		while (smp_load_acquire(&task->busy) && !sleeps(task))
			usleep_range(20, 50);
}

int task_answer(struct kspec_call *call, const char *name)
{
	struct task *task = find(name);

	if (task == NULL)
		return kspec_fault(call, "there is no task %s", name);
	task_settle();
	call->out[0] = !smp_load_acquire(&task->busy);
	call->out[1] = task->answer;
	return 0;
}

int task_start(struct kspec_call *call, const char *name, const struct job *job)
{
	struct task *task = task_by_name(name);

	if (task == NULL)
		return -ENOMEM;
	if (task->busy)
		return kspec_fault(call, "%s is in a call already", name);
	task->job = *job;
	task->answer = 0;
	task->busy = true;
	complete(&task->told);
	return task_answer(call, name);
}

static int post_signal(struct kspec_call *call, void *octets)
{
	struct task *task = task_by_name(octets);

	call->length = 0;
	if (task == NULL)
		return -ENOMEM;
	/* One that is new has to say first that it hears it. */
	while (!sigismember(&task->thread->blocked, SIGUSR1) &&
	       task->thread->sighand->action[SIGUSR1 - 1].sa.sa_handler == SIG_IGN)
		usleep_range(20, 50);
	send_sig(SIGUSR1, task->thread, 1);
	task_settle();
	return 0;
}

static int poll(struct kspec_call *call, void *octets)
{
	call->length = 0;
	return task_answer(call, octets);
}

static int who_was_woken(struct kspec_call *call, void *octets)
{
	task_settle();
	call->length = woken_count * sizeof(*woken);
	memcpy(octets, woken, call->length);
	woken_count = 0;
	return 0;
}

void task_reset(void)
{
	struct task *task, *next;

	if (woken == NULL)
		woken = kcalloc(WOKEN_MAX, sizeof(*woken), GFP_KERNEL);
	list_for_each_entry_safe(task, next, &tasks, all) {
		while (smp_load_acquire(&task->busy))
			usleep_range(20, 50);
		/* Told that there is no more to do: with nothing new it would do the last thing again. */
		task->job.run = NULL;
		complete(&task->told);
		kthread_stop(task->thread);
		kfree(task);
	}
	INIT_LIST_HEAD(&tasks);
	woken_count = 0;
}

kspec_handler task_handler(u32 op)
{
	switch (op) {
	case KSPEC_TASK_POLL:
		return poll;
	case KSPEC_TASK_SIGNAL:
		return post_signal;
	case KSPEC_TASK_WOKEN:
		return who_was_woken;
	default:
		return NULL;
	}
}
