/*
 * sleepers.c - calls that may sleep, and the signals of the tasks that make them.
 */
#include "sleepers.h"

#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

static struct call *calls; /* oldest first; those that are done stay until they are asked after */
static unsigned tokens;

#define SIGNALS_MAX 1000

struct signals {
	char task[KS_NAME_SIZE];
	const char *sent[SIGNALS_MAX];
	size_t count;
	bool restart; /* of the last that was sent */
	struct signals *next;
};

static struct signals *signals;

void *call_new(size_t size)
{
	void *memory = calloc(1, size);

	if (memory == NULL)
		ks_fault("out of memory");
	return memory;
}

static struct signals *signals_of(const char *task)
{
	struct signals *of;

	for (of = signals; of != NULL; of = of->next)
		if (strcmp(of->task, task) == 0)
			return of;
	of = call_new(sizeof *of);
	snprintf(of->task, sizeof of->task, "%s", task);
	of->next = signals;
	signals = of;
	return of;
}

void signal_note(const char *task, const char *signal)
{
	struct signals *of = signals_of(task);

	if (of->count < SIGNALS_MAX)
		of->sent[of->count++] = signal;
}

/* A signal has been handled by the time that an interrupted call goes on or fails. */
static int after_signal(struct call *call, int result)
{
	if (result != CALL_RESTART)
		return result;
	call->signalled = false;
	return signals_of(call->task)->restart ? CALL_SLEEPS : -EINTR;
}

/* Says whether it got on. */
static bool try_call(struct call *call)
{
	call->result = after_signal(call, call->attempt(call));
	return call->result != CALL_SLEEPS;
}

void calls_try(void)
{
	struct call *call;
	bool any = true;

	while (any) {
		any = false;
		for (call = calls; call != NULL; call = call->next)
			if (call->result == CALL_SLEEPS && try_call(call))
				any = true;
	}
}

static void unlink_call(struct call *call)
{
	struct call **link = &calls;

	while (*link != call)
		link = &(*link)->next;
	*link = call->next;
}

/* Everything put into the answer is copied there, so the call can go. */
static void answer_and_forget(struct call *call)
{
	int result = call->result;

	unlink_call(call);
	if (result == 0)
		call->answer(call);
	call->release(call);
	free(call);
	if (result != 0)
		ks_errno(result);
}

static struct call *sleeping_call(const char *task)
{
	struct call *call;

	for (call = calls; call != NULL; call = call->next)
		if (call->result == CALL_SLEEPS && strcmp(call->task, task) == 0)
			return call;
	return NULL;
}

static void append_call(struct call *call)
{
	struct call **link = &calls;

	while (*link != NULL)
		link = &(*link)->next;
	*link = call;
}

static void put_call(struct call *call)
{
	if (call->result == CALL_SLEEPS)
		ks_parked(call->token, call->waits_for);
	answer_and_forget(call);
}

void call_begin(struct call *call, const struct ks_value *args, const char *waits_for)
{
	const char *task = ks_name(args, "task");

	if (sleeping_call(task) != NULL) {
		call->release(call);
		free(call);
		ks_fault("%s sleeps in another call", task);
	}
	snprintf(call->task, sizeof call->task, "%s", task);
	snprintf(call->token, sizeof call->token, "call-%u", ++tokens);
	call->waits_for = waits_for;
	call->result = CALL_SLEEPS;
	append_call(call);
	try_call(call);
	calls_try();
	put_call(call);
}

void call_poll(const char *token)
{
	struct call *call;

	for (call = calls; call != NULL; call = call->next)
		if (strcmp(call->token, token) == 0)
			break;
	if (call == NULL)
		ks_fault("no call sleeps under the token %s", token);
	put_call(call);
}

void calls_reset(void)
{
	while (calls != NULL) {
		struct call *next = calls->next;

		calls->release(calls);
		free(calls);
		calls = next;
	}
	while (signals != NULL) {
		struct signals *next = signals->next;

		free(signals);
		signals = next;
	}
	tokens = 0;
}

void signal_interrupt(const struct ks_value *args)
{
	const char *task = ks_name(args, "task");
	bool restart = ks_bool(args, "restart");
	struct call *call = sleeping_call(task);

	signal_note(task, "SIGUSR1");
	signals_of(task)->restart = restart;
	if (call != NULL)
		call->signalled = true;
	calls_try();
}

void signal_list(const struct ks_value *args)
{
	struct signals *of = signals_of(ks_name(args, "task"));
	size_t which;

	ks_open_array("signals");
	for (which = 0; which < of->count; which++)
		ks_put_text(NULL, of->sent[which]);
	ks_close();
	of->count = 0;
}
