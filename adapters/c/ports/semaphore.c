/*
 * semaphore.c - semaphores by name, and the signals that are pending for the tasks that wait for them.
 */
#include "../kernel/semaphore.h"

#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "../kernel/kernel.h"
#include "ports.h"
#include "sleepers.h"

struct named {
	char name[KS_NAME_SIZE];
	struct semaphore sem;
	struct named *next;
};

struct task {
	char name[KS_NAME_SIZE];
	bool signal_pending;
	struct task *next;
};

static struct named *semaphores;
static struct task *tasks;

void semaphore_reset(void)
{
	while (semaphores != NULL) {
		struct named *next = semaphores->next;

		free(semaphores);
		semaphores = next;
	}
	while (tasks != NULL) {
		struct task *next = tasks->next;

		free(tasks);
		tasks = next;
	}
}

static struct named *semaphore_named(const char *name)
{
	struct named *named;

	for (named = semaphores; named != NULL; named = named->next)
		if (strcmp(named->name, name) == 0)
			return named;
	return NULL;
}

static struct semaphore *semaphore_arg(const struct ks_value *args)
{
	struct named *named = semaphore_named(ks_name(args, "semaphore"));

	if (named == NULL)
		ks_wrong(args, "semaphore", "no such semaphore");
	return &named->sem;
}

static struct task *task_named(const char *name)
{
	struct task *task;

	for (task = tasks; task != NULL; task = task->next)
		if (strcmp(task->name, name) == 0)
			return task;
	task = call_new(sizeof *task);
	snprintf(task->name, sizeof task->name, "%s", name);
	task->next = tasks;
	tasks = task;
	return task;
}

static bool in_interrupt(const struct ks_value *args)
{
	return ks_has(args, "context") && ks_choice(args, "context", "process interrupt") == 1;
}

/* --- down -------------------------------------------------------------------------------- */

struct down_call {
	struct call call; /* first, so that the one is the other */
	struct semaphore *sem;
	struct semaphore_waiter waiter;
	bool interruptible;
	bool began;
};

static int attempt_down(struct call *call)
{
	struct down_call *self = (struct down_call *)call;
	struct task *task = task_named(call->task);

	if (!self->began) {
		self->began = true;
		if (down_or_wait(self->sem, &self->waiter))
			return 0;
	} else if (!self->waiter.waits) {
		return 0;
	}
	if (!self->interruptible || !task->signal_pending)
		return CALL_SLEEPS;
	task->signal_pending = false; /* it is delivered on the way back */
	down_give_up(self->sem, &self->waiter);
	return -EINTR;
}

static void answer_nothing(struct call *call)
{
	(void)call;
}

/* The semaphore forgets a waiter that is freed. */
static void release_down(struct call *call)
{
	struct down_call *self = (struct down_call *)call;

	if (self->waiter.waits)
		down_give_up(self->sem, &self->waiter);
}

static void begin_down(const struct ks_value *args, bool interruptible)
{
	struct semaphore *sem = semaphore_arg(args);
	struct down_call *self;

	ks_name(args, "task");
	if (in_interrupt(args))
		BUG("sleeping function called from invalid context");
	self = call_new(sizeof *self);
	self->sem = sem;
	self->interruptible = interruptible;
	self->call.attempt = attempt_down;
	self->call.answer = answer_nothing;
	self->call.release = release_down;
	call_begin(&self->call, args, "the semaphore");
}

void semaphore_down(const struct ks_value *args)
{
	begin_down(args, false);
}

void semaphore_down_interruptible(const struct ks_value *args)
{
	begin_down(args, true);
}

/* --- The others -------------------------------------------------------------------------- */

void semaphore_init(const struct ks_value *args)
{
	const char *name = ks_name(args, "semaphore");
	unsigned count = (unsigned)ks_int(args, "count", 0, 0x7fffffff);
	struct named *named = semaphore_named(name);

	if (named != NULL)
		ks_wrong(args, "semaphore", "there is one of that name");
	named = call_new(sizeof *named);
	snprintf(named->name, sizeof named->name, "%s", name);
	sema_init(&named->sem, count);
	named->next = semaphores;
	semaphores = named;
}

void semaphore_down_trylock(const struct ks_value *args)
{
	struct semaphore *sem = semaphore_arg(args);

	in_interrupt(args); /* either will do */
	ks_put_int("result", down_trylock(sem));
}

void semaphore_up(const struct ks_value *args)
{
	struct semaphore *sem = semaphore_arg(args);

	in_interrupt(args);
	up(sem);
	calls_try();
}

void semaphore_count(const struct ks_value *args)
{
	ks_put_int("count", (int64_t)semaphore_arg(args)->count);
}

void semaphore_signal(const struct ks_value *args)
{
	task_named(ks_name(args, "task"))->signal_pending = true;
	calls_try();
}
