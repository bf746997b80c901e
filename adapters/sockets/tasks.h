/*
 * tasks.h - tasks, and calls that may sleep; each system has its own tasks.c.
 */
#ifndef KERNSPEC_TASKS_H
#define KERNSPEC_TASKS_H

#include <stdbool.h>
#include <stddef.h>

#include "kernspec.h"

/*
 * A call: whoever makes it puts this in front of what else it needs. Allocated by malloc(), and freed here.
 */
struct call {
	/* Makes the system call, wherever that may sleep. Returns an errno, or 0. */
	int (*make)(struct call *call);
	/* Puts the members of the answer, when it has come to 0. */
	void (*answer)(const struct call *call);
	int error;
};

/* A call of so many octets, zeroed. */
void *call_new(size_t size, int (*make)(struct call *), void (*answer)(const struct call *));

/*
 * Makes a call for the task that args names, and answers it. One that cannot sleep may be made at once: the
 * kernel does the same for it.
 */
void task_call(const struct ks_value *args, struct call *call, bool may_sleep);

/* Waits until every task sleeps or has come back. */
void tasks_settle(void);

/*
 * The task that args names makes a call on this socket: if it is the first to do so, it is told of urgent
 * data there from now on, where there are signals.
 */
void task_owns(const struct ks_value *args, int file);

void task_poll(const char *token);
void task_interrupt(const struct ks_value *args);
void task_signals(const struct ks_value *args);

#endif
