/*
 * timer.c - the operations of `jiffies` and `timer-wheel`.
 *
 * The kernel is built for one HZ, and its clock moves only where an operation says so.
 */
#include "module.h"
#include "ports.h"

#include <errno.h>

#define MAX_HZ 1535
#define MAX_ADVANCE 1000000000000
#define MAX_COMPUTE 10000
#define ACTIONS_MAX 16

/* --- Jiffies ------------------------------------------------------------------------------ */

static void jiffies_boot(const struct ks_value *args)
{
	struct kspec_call kernel = {.op = KSPEC_CLOCK_AS_IT_IS}, call = {.op = KSPEC_CLOCK_BOOT};
	int64_t hz;

	module_call(&kernel);
	hz = ks_has(args, "hz") ? ks_int(args, "hz", 1, MAX_HZ) : kernel.out[0];
	call.in[0] = ks_has(args, "jiffies") ? ks_word32(args, "jiffies") : kernel.out[1];
	if (hz != kernel.out[0])
		ks_errno(EINVAL);
	module_call(&call);
	ks_put_int("hz", hz);
	ks_put_int("jiffies", call.in[0]);
}

static void jiffies_advance(const struct ks_value *args)
{
	struct kspec_call call = {.op = KSPEC_CLOCK_PASS};

	call.in[0] = ks_int(args, "nanoseconds", 0, MAX_ADVANCE);
	module_call(&call);
	ks_put_int("ticks", call.out[0]);
	ks_put_int("jiffies", call.out[1]);
}

static void jiffies_compare(const struct ks_value *args)
{
	struct kspec_call call = {.op = KSPEC_CLOCK_COMPARE};

	call.in[0] = ks_word32(args, "a");
	call.in[1] = ks_word32(args, "b");
	module_call(&call);
	ks_put_bool("after", call.out[0]);
	ks_put_bool("before", call.out[1]);
	ks_put_bool("afterEq", call.out[2]);
	ks_put_bool("beforeEq", call.out[3]);
}

/* --- Timers ------------------------------------------------------------------------------- */

static void boot(const struct ks_value *args)
{
	struct kspec_call call = {.op = KSPEC_CLOCK_BOOT};

	call.in[0] = ks_word32(args, "jiffies");
	module_call(&call);
}

static void read_action(const struct ks_value *item, struct kspec_timer_action *action)
{
	action->what = (uint32_t)ks_choice(item, "do", "add mod del compute");
	if (action->what == KSPEC_TIMER_DOES_COMPUTE) {
		ks_members(item, "do ticks");
		action->ticks = (int32_t)ks_int(item, "ticks", 0, MAX_COMPUTE);
		return;
	}
	ks_members(item, action->what == KSPEC_TIMER_DOES_DEL ? "do timer" : "do timer in");
	strcpy(action->timer, ks_name(item, "timer"));
	if (action->what != KSPEC_TIMER_DOES_DEL)
		action->ticks = ks_int32(item, "in");
}

static void init(const struct ks_value *args)
{
	struct kspec_call call = {.op = KSPEC_TIMER_INIT};
	const struct ks_value *handler = ks_array(args, "handler", ACTIONS_MAX), *item;
	struct kspec_timer_action *action;

	module_take_name(&call, args, "timer");
	action = (struct kspec_timer_action *)(module_octets + KSPEC_NAME_SIZE);
	for (item = ks_first(handler); item != NULL; item = ks_next(item)) {
		memset(action, 0, sizeof *action);
		read_action(item, action++);
	}
	call.length += (uint32_t)(ks_count(handler) * sizeof *action);
	module_call(&call);
}

static struct kspec_call call_timer(uint32_t op, const struct ks_value *args)
{
	struct kspec_call call = {.op = op};

	if (ks_has(args, "expires"))
		call.in[0] = ks_word32(args, "expires");
	module_take_name(&call, args, "timer");
	module_call(&call);
	return call;
}

static void add(const struct ks_value *args)
{
	call_timer(KSPEC_TIMER_ADD, args);
}

static void mod(const struct ks_value *args)
{
	ks_put_int("returned", call_timer(KSPEC_TIMER_MOD, args).out[0]);
}

static void del(const struct ks_value *args)
{
	ks_put_int("returned", call_timer(KSPEC_TIMER_DEL, args).out[0]);
}

static void pending(const struct ks_value *args)
{
	ks_put_bool("pending", call_timer(KSPEC_TIMER_PENDING, args).out[0]);
}

static void put_fired(const struct kspec_fired *timer)
{
	int which;

	ks_open_object(NULL);
	ks_put_text("timer", timer->name);
	ks_put_int("jiffies", timer->jiffies);
	ks_put_bool("pending", timer->pending);
	ks_open_array("returned");
	for (which = 0; which < timer->returned_count; which++)
		ks_put_int(NULL, timer->returned[which]);
	ks_close();
	ks_close();
}

static void tick(const struct ks_value *args)
{
	struct kspec_call call = {.op = KSPEC_TIMER_TICK};
	const struct kspec_fired *timer = (const struct kspec_fired *)module_octets, *end;

	call.in[0] = ks_int(args, "ticks", 0, INT32_MAX);
	call.in[1] = ks_choice(args, "softirq", "each last") == 1;
	module_call(&call);
	ks_open_array("fired");
	for (end = timer + call.length / sizeof *timer; timer < end; timer++)
		put_fired(timer);
	ks_close();
	ks_put_int("jiffies", call.out[0]);
}

const struct ks_operation timer_operations[] = {
	{"jiffies.boot", jiffies_boot, "hz? jiffies?"},
	{"jiffies.advance", jiffies_advance, "nanoseconds"},
	{"jiffies.compare", jiffies_compare, "a b"},
	{"timer-wheel.boot", boot, "jiffies"},
	{"timer-wheel.init", init, "timer handler"},
	{"timer-wheel.add", add, "timer expires"},
	{"timer-wheel.mod", mod, "timer expires"},
	{"timer-wheel.del", del, "timer"},
	{"timer-wheel.pending", pending, "timer"},
	{"timer-wheel.tick", tick, "ticks softirq"},
	{NULL, NULL, NULL},
};

/* --- Known answers ------------------------------------------------------------------------ */

static struct kspec_call try(uint32_t op, int64_t first, int64_t second)
{
	struct kspec_call call = {.op = op, .in = {first, second}, .length = KSPEC_NAME_SIZE};

	memset(module_octets, 0, KSPEC_NAME_SIZE);
	strcpy((char *)module_octets, "self-test");
	module_try(&call);
	return call;
}

static bool succeeds(uint32_t op, int64_t first)
{
	return try(op, first, 0).status == KSPEC_DONE;
}

/* Ten and a half ticks, from one that is counted already. */
bool jiffies_works(void)
{
	struct kspec_call kernel = {.op = KSPEC_CLOCK_AS_IT_IS}, passed;

	module_try(&kernel);
	if (kernel.out[0] == 0 || !succeeds(KSPEC_CLOCK_BOOT, 5))
		return false;
	passed = try(KSPEC_CLOCK_PASS, 10500000000 / kernel.out[0], 0);
	return passed.status == KSPEC_DONE && passed.out[0] == 10 && passed.out[1] == 15;
}

/* A timer fires, and nothing else is in the wheel or has moved the clock. */
bool timer_works(void)
{
	const struct kspec_fired *timer = (const struct kspec_fired *)module_octets;
	struct kspec_call ticks;

	if (!succeeds(KSPEC_CLOCK_BOOT, UINT32_MAX) || !succeeds(KSPEC_TIMER_INIT, 0) ||
	    !succeeds(KSPEC_TIMER_ADD, 9))
		return false;
	ticks = try(KSPEC_TIMER_TICK, 1000000, 0);
	return ticks.status == KSPEC_DONE && ticks.length == sizeof *timer &&
	       timer->jiffies == 10 && ticks.out[0] == 999999 &&
	       try(KSPEC_TIMER_PENDING, 0, 0).out[0] == 0;
}
