/*
 * sleepers.h - calls that may sleep, and the signals of the tasks that make them.
 *
 * There are no threads here. A call is an object that is tried; what it has done so far is in it. When
 * something has happened, all that sleep are tried again, the oldest first, until none of them gets on.
 */
#ifndef SLEEPERS_H
#define SLEEPERS_H

#include "../kernspec.h"

struct call {
	/* Tries to get on: 0 when done, a negative errno, or one of these two. */
	int (*attempt)(struct call *call);
	/* Puts the answer of a call that has succeeded. */
	void (*answer)(struct call *call);
	/* Frees what the call holds, but not the call. */
	void (*release)(struct call *call);
	bool signalled; /* a signal has come and its handler has run */

	/* The rest is kept by sleepers.c. */
	char task[KS_NAME_SIZE];
	char token[16];
	const char *waits_for;
	int result;
	struct call *next;
};

enum { CALL_SLEEPS = -1000, CALL_RESTART = -1001 };

/* Zeroed memory for a call and what is around it. */
void *call_new(size_t size);

/* Makes a call for the task that `args` names, and answers it: parked when it sleeps. */
void call_begin(struct call *call, const struct ks_value *args, const char *waits_for);

/* Something has happened: has the sleepers look. */
void calls_try(void);

void call_poll(const char *token);
void calls_reset(void);

/* Notes that a signal was sent to a task, which handles it. */
void signal_note(const char *task, const char *signal);

/* The handlers of the operations `interrupt` and `signals`, which several ports have. */
void signal_interrupt(const struct ks_value *args);
void signal_list(const struct ks_value *args);

#endif
