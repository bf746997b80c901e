/*
 * tasks.c - each call is made by a fiber of its own, so that it may sleep. See tasks.h.
 *
 * A call that has come back is kept until somebody asks after it.
 */
#include "tasks.h"

#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "calls.h"
#include "fibers.h"

struct pending {
	struct pending *next;
	struct call *call;
	struct fiber *fiber;
	char task[KS_NAME_SIZE];
	char token[24];
};

static struct pending *all;
static unsigned int tokens;
static unsigned long back;
static struct call *answered; /* freed when the next one is */

unsigned long calls_back(void)
{
	return back;
}

static void run(void *argument)
{
	struct pending *pending = argument;

	pending->call->error = pending->call->make(pending->call);
	back++;
}

void tasks_settle(void)
{
	fibers_run();
}

void *call_new(size_t size, int (*make)(struct call *), void (*answer)(const struct call *))
{
	struct call *call = calloc(1, size);

	if (call == NULL)
		ks_fault("no memory for a call");
	call->make = make;
	call->answer = answer;
	return call;
}

static void forget(struct pending *pending)
{
	struct pending **place = &all;

	while (*place != pending)
		place = &(*place)->next;
	*place = pending->next;
	fiber_free(pending->fiber);
	free(pending);
}

static void finish(struct call *call)
{
	free(answered);
	answered = call;
	if (call->error != 0)
		ks_errno(call->error);
	call->answer(call);
}

static void answer(struct pending *pending)
{
	struct call *call = pending->call;

	if (!fiber_is_done(pending->fiber))
		ks_parked(pending->token, NULL);
	forget(pending);
	finish(call);
}

static void refuse_second(const char *task, struct call *call)
{
	const struct pending *pending;

	for (pending = all; pending != NULL; pending = pending->next)
		if (strcmp(pending->task, task) == 0 && !fiber_is_done(pending->fiber)) {
			free(call);
			ks_fault("args.task: %s is in a call already", task);
		}
}

/* A fiber costs little, so even a call that cannot sleep is made by one. */
void task_call(const struct ks_value *args, struct call *call, bool may_sleep)
{
	const char *task = ks_name(args, "task");
	struct pending *pending;

	(void)may_sleep;
	refuse_second(task, call);
	pending = calloc(1, sizeof *pending);
	if (pending == NULL)
		ks_fault("no memory for a call");
	strcpy(pending->task, task);
	snprintf(pending->token, sizeof pending->token, "call%u", ++tokens);
	pending->call = call;
	pending->fiber = fiber_start(run, pending);
	pending->next = all;
	all = pending;
	fibers_run();
	answer(pending);
}

void task_poll(const char *token)
{
	struct pending *pending;

	for (pending = all; pending != NULL; pending = pending->next)
		if (strcmp(pending->token, token) == 0) {
			answer(pending);
			return;
		}
	ks_fault("args.call: no such call");
}

void task_interrupt(const struct ks_value *args)
{
	(void)args;
	ks_unsupported("lwIP has no signals");
}

void task_signals(const struct ks_value *args)
{
	ks_name(args, "task");
	ks_errno(EOPNOTSUPP);
}

void task_owns(const struct ks_value *args, int file)
{
	(void)args;
	(void)file;
}
