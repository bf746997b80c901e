/* SPDX-License-Identifier: GPL-2.0 */
/*
 * task.h - tasks by name: threads of the kernel that make one call at a time and may sleep in it.
 */
#ifndef MODULE_TASK_H
#define MODULE_TASK_H

#include "kernspec.h"

struct task;

/* What a task is to do. What it returns is the call's answer. */
struct job {
	int (*run)(struct job *job);
	void *on;    /* a semaphore, a wait queue */
	bool *event; /* NULL: none */
	bool interruptible, exclusive;
};

/* Has a task do it, and answers as task_answer() does. */
int task_start(struct kspec_call *call, const char *name, const struct job *job);

/* Answers whether the task's call is over and with what, once all tasks have come back or sleep. */
int task_answer(struct kspec_call *call, const char *name);

/* Until each task has come back from its call or sleeps in it. */
void task_settle(void);

/* Whether everything is being forgotten: then a wait is over. */
extern bool task_forgetting;

/* Ends those that are in no call; the others are told by whoever they sleep on. */
void task_reset(void);

#endif
