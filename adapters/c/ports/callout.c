/*
 * ports/callout.c - the operations of `callout`: functions by name that do what a script says.
 *
 * All of them are one C function. What it is handed stands for the function's name with the argument, so
 * there is one such object for each pair.
 */
#include "../kernel/callout.h"

#include <stdlib.h>
#include <string.h>

#include "../kernel/kernel.h"
#include "ports.h"

#define MAX_ACTIONS 16
#define MAX_CALLOUTS 10000
#define MAX_COMPUTE 10000
#define MAX_STEPS 10000
#define MAX_TICKS 1000000
#define NCALLOUT 64

enum action_kind { TIMEOUT, UNTIMEOUT, COMPUTE };

struct action {
	enum action_kind kind;
	char function[KS_NAME_SIZE];
	uint32_t argument;
	int32_t ticks;
};

struct function {
	char name[KS_NAME_SIZE];
	struct action actions[MAX_ACTIONS];
	size_t action_count;
	struct function *next;
};

/* A function with an argument. */
struct call {
	struct function *function;
	uint32_t argument;
	struct call *next;
};

static struct function *functions;
static struct call *calls;
static struct callout *table;
static int64_t tick;
static int steps;
static bool requested;

static void *allocate(size_t size)
{
	void *memory = calloc(1, size);

	if (memory == NULL)
		ks_fault("out of memory");
	return memory;
}

static void start(size_t callouts)
{
	while (functions != NULL) {
		struct function *next = functions->next;

		free(functions);
		functions = next;
	}
	while (calls != NULL) {
		struct call *next = calls->next;

		free(calls);
		calls = next;
	}
	free(table);
	table = NULL;
	table = allocate(callouts * sizeof *table);
	callout_init(table, callouts);
	tick = 0;
	requested = false;
}

void callout_reset(void)
{
	start(NCALLOUT);
}

void callout_boot(const struct ks_value *args)
{
	start((size_t)ks_int(args, "callouts", 1, MAX_CALLOUTS));
}

static struct function *function_by_name(const char *name)
{
	struct function *function;

	for (function = functions; function != NULL; function = function->next)
		if (strcmp(function->name, name) == 0)
			return function;
	function = allocate(sizeof *function);
	strcpy(function->name, name);
	function->next = functions;
	functions = function;
	return function;
}

static struct call *call_of(const char *name, uint32_t argument)
{
	struct function *function = function_by_name(name);
	struct call *call;

	for (call = calls; call != NULL; call = call->next)
		if (call->function == function && call->argument == argument)
			return call;
	call = allocate(sizeof *call);
	call->function = function;
	call->argument = argument;
	call->next = calls;
	calls = call;
	return call;
}

/* --- The clock and its trace ------------------------------------------------------------------- */

/* Opens an entry of the trace, which the caller closes. */
static void open_step(const char *did)
{
	if (++steps > MAX_STEPS)
		BUG("the callouts do not come to an end");
	ks_open_object(NULL);
	ks_put_int("tick", tick);
	ks_put_text("did", did);
}

void setsoftclock(void)
{
	requested = true;
	open_step("setsoftclock");
	ks_close();
}

void softclock_at_once(void)
{
	open_step("softclock");
	ks_close();
	softclock();
}

static void take_softclock(void)
{
	if (!requested)
		return;
	requested = false;
	softclock_at_once();
}

static void interrupt(int64_t ticks, bool base_priority)
{
	while (ticks-- > 0) {
		if (base_priority)
			take_softclock();
		tick++;
		hardclock(base_priority);
	}
}

/* --- What a function does ----------------------------------------------------------------------- */

static void run_call(void *argument);

static void act(const struct action *action)
{
	if (action->kind == COMPUTE)
		interrupt(action->ticks, false);
	else if (action->kind == TIMEOUT)
		timeout(run_call, call_of(action->function, action->argument), action->ticks);
	else
		untimeout(run_call, call_of(action->function, action->argument));
}

static void run_call(void *argument)
{
	const struct call *call = argument;
	const struct function *function = call->function;
	size_t which;

	open_step("call");
	ks_put_text("function", function->name);
	ks_put_int("argument", call->argument);
	ks_close();
	for (which = 0; which < function->action_count; which++)
		act(&function->actions[which]);
}

static void read_action(const struct ks_value *value, struct action *action)
{
	action->kind = (enum action_kind)ks_choice(value, "do", "timeout untimeout compute");
	if (action->kind == COMPUTE) {
		ks_members(value, "do ticks");
		action->ticks = (int32_t)ks_int(value, "ticks", 0, MAX_COMPUTE);
		return;
	}
	ks_members(value, action->kind == TIMEOUT ? "do function argument ticks"
						  : "do function argument");
	strcpy(action->function, ks_name(value, "function"));
	action->argument = ks_word32(value, "argument");
	if (action->kind == TIMEOUT)
		action->ticks = ks_int32(value, "ticks");
}

void callout_define(const struct ks_value *args)
{
	const char *name = ks_name(args, "function");
	const struct ks_value *array = ks_array(args, "actions", MAX_ACTIONS), *item;
	struct action actions[MAX_ACTIONS];
	struct function *function;
	size_t count = 0;

	memset(actions, 0, sizeof actions);
	for (item = ks_first(array); item != NULL; item = ks_next(item))
		read_action(item, &actions[count++]);
	function = function_by_name(name);
	memcpy(function->actions, actions, sizeof actions);
	function->action_count = count;
}

/* --- Calls from outside -------------------------------------------------------------------------- */

void callout_timeout(const struct ks_value *args)
{
	const char *name = ks_name(args, "function");
	uint32_t argument = ks_word32(args, "argument");
	int32_t ticks = ks_int32(args, "ticks");

	timeout(run_call, call_of(name, argument), ticks);
}

void callout_untimeout(const struct ks_value *args)
{
	const char *name = ks_name(args, "function");
	uint32_t argument = ks_word32(args, "argument");

	untimeout(run_call, call_of(name, argument));
}

void callout_hardclock(const struct ks_value *args)
{
	int64_t ticks = ks_int(args, "ticks", 0, MAX_TICKS);
	bool base_priority = ks_choice(args, "priority", "base raised") == 0;

	steps = 0;
	ks_open_array("trace");
	interrupt(ticks, base_priority);
	ks_close();
}

void callout_softclock(const struct ks_value *args)
{
	(void)args;
	steps = 0;
	ks_open_array("trace");
	take_softclock();
	ks_close();
}
