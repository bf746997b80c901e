// SPDX-License-Identifier: GPL-2.0
/*
 * timer.c - kernel timers by name, whose functions are scripts, and jiffies.
 */
#include <linux/jiffies.h>
#include <linux/list.h>
#include <linux/slab.h>
#include <linux/timer.h>

#include "clock.h"

#define ACTIONS_MAX 16

struct named_timer {
	struct timer_list timer;
	char name[KSPEC_NAME_SIZE];
	struct kspec_timer_action actions[ACTIONS_MAX];
	u32 count;
	struct list_head all;
};

static LIST_HEAD(timers);

static struct named_timer *find(const char *name)
{
	struct named_timer *timer;

	list_for_each_entry(timer, &timers, all)
		if (strcmp(timer->name, name) == 0)
			return timer;
	return NULL;
}

/* --- A timer's function ------------------------------------------------------------------- */

static struct kspec_fired *fired;
static u32 fired_count;
static bool added_pending;

/* A kernel may say BUG() to that, which would end the machine here: so it is looked at before. */
static void add_within(struct timer_list *timer)
{
	if (timer_pending(timer))
		added_pending = true;
	else
		add_timer(timer);
}

static void act(const struct kspec_timer_action *action, struct kspec_fired *self)
{
	struct named_timer *named = find(action->timer);
	unsigned long expires = jiffies + action->ticks;

	if (action->what == KSPEC_TIMER_DOES_COMPUTE) {
		clock_tick(action->ticks);
		return;
	}
	if (named == NULL)
		return;
	if (action->what == KSPEC_TIMER_DOES_ADD) {
		named->timer.expires = expires;
		add_within(&named->timer);
	} else {
		self->returned[self->returned_count++] =
			action->what == KSPEC_TIMER_DOES_MOD ? mod_timer(&named->timer, expires) :
							       del_timer(&named->timer);
	}
}

static bool is_over(void)
{
	return added_pending || fired_count > KSPEC_FIRED_MAX;
}

static void fire(struct timer_list *timer)
{
	struct named_timer *named = from_timer(named, timer, timer);
	struct kspec_fired *self;
	u32 which;

	if (is_over() || ++fired_count > KSPEC_FIRED_MAX)
		return;
	self = &fired[fired_count - 1];
	memset(self, 0, sizeof(*self));
	strscpy(self->name, named->name, sizeof(self->name));
	self->jiffies = (u32)jiffies;
	self->pending = timer_pending(timer);
	for (which = 0; which < named->count && !added_pending; which++)
		act(&named->actions[which], self);
}

/* --- Operations --------------------------------------------------------------------------- */

struct on_timer {
	struct named_timer *named;
	u32 op, expires;
	int returned;
};

static unsigned long jiffy_of(u32 low)
{
	return jiffies + (s32)(low - (u32)jiffies);
}

static int do_on_timer(void *data)
{
	struct on_timer *on = data;
	struct timer_list *timer = &on->named->timer;

	switch (on->op) {
	case KSPEC_TIMER_ADD:
		timer->expires = jiffy_of(on->expires);
		add_within(timer);
		break;
	case KSPEC_TIMER_MOD:
		on->returned = mod_timer(timer, jiffy_of(on->expires));
		break;
	case KSPEC_TIMER_DEL:
		on->returned = del_timer(timer);
		break;
	}
	return 0;
}

/* BUG() takes nothing but the thread with it here; a warning is given once, and leaves a mark for ever. */
static int add_pending(struct kspec_call *call, struct timer_list *timer)
{
	add_timer(timer);
	if (test_taint(TAINT_WARN))
		return kspec_bug(call, "WARNING in add_timer: the timer is pending");
	return 0;
}

static int call_timer(struct kspec_call *call, void *octets)
{
	struct on_timer on = {.named = find(octets), .op = call->op, .expires = call->in[0]};
	int error;

	call->length = 0;
	if (on.named == NULL)
		return kspec_fault(call, "timer \"%s\" was never initialised", (char *)octets);
	if (call->op == KSPEC_TIMER_ADD && timer_pending(&on.named->timer))
		return add_pending(call, &on.named->timer);
	error = clock_within(call, do_on_timer, &on);
	call->out[0] = on.returned;
	return error;
}

static int is_pending(struct kspec_call *call, void *octets)
{
	struct named_timer *named = find(octets);

	call->length = 0;
	if (named == NULL)
		return kspec_fault(call, "timer \"%s\" was never initialised", (char *)octets);
	call->out[0] = timer_pending(&named->timer);
	return 0;
}

static int init(struct kspec_call *call, void *octets)
{
	struct named_timer *named;
	u32 size = call->length - KSPEC_NAME_SIZE;

	call->length = 0;
	if (find(octets) != NULL)
		return kspec_fault(call, "timer \"%s\" is initialised already", (char *)octets);
	named = kzalloc(sizeof(*named), GFP_KERNEL);
	if (named == NULL)
		return -ENOMEM;
	strscpy(named->name, octets, sizeof(named->name));
	named->count = min_t(u32, size / sizeof(named->actions[0]), ACTIONS_MAX);
	memcpy(named->actions, octets + KSPEC_NAME_SIZE, named->count * sizeof(named->actions[0]));
	list_add_tail(&named->all, &timers);
	timer_setup(&named->timer, fire, TIMER_PINNED);
	return 0;
}

struct ticking {
	u64 ticks;
	bool last;
	u32 jiffies;
};

static int do_tick(void *data)
{
	struct ticking *ticking = data;
	u64 left = ticking->ticks, step;

	for (; left > 0 && !is_over(); left -= step) {
		step = ticking->last ? left : min(left, clock_next_timer());
		clock_tick(step);
		clock_run_timers();
	}
	ticking->jiffies = (u32)jiffies;
	return 0;
}

static int tick(struct kspec_call *call, void *octets)
{
	struct ticking ticking = {.ticks = call->in[0], .last = call->in[1]};
	int error;

	fired = octets;
	fired_count = 0;
	added_pending = false;
	error = clock_within(call, do_tick, &ticking);
	call->length = min_t(u32, fired_count, KSPEC_FIRED_MAX) * sizeof(*fired);
	call->out[0] = ticking.jiffies;
	if (added_pending)
		return kspec_bug(call, "WARNING in add_timer: the timer is pending");
	if (fired_count > KSPEC_FIRED_MAX)
		return kspec_bug(call, "the timers do not come to an end");
	return error;
}

static int forget(void *unused)
{
	struct named_timer *named;

	list_for_each_entry(named, &timers, all)
		del_timer(&named->timer);
	return 0;
}

void timer_reset(void)
{
	struct named_timer *named, *next;
	struct kspec_call unused;

	if (list_empty(&timers))
		return;
	clock_within(&unused, forget, NULL);
	list_for_each_entry_safe(named, next, &timers, all)
		kfree(named);
	INIT_LIST_HEAD(&timers);
}

static int boot(struct kspec_call *call, void *octets)
{
	call->length = 0;
	timer_reset();
	return clock_boot(call, call->in[0]);
}

/* --- Jiffies ------------------------------------------------------------------------------ */

static int clock_as_it_is(struct kspec_call *call, void *octets)
{
	call->length = 0;
	call->out[0] = HZ;
	call->out[1] = (u32)INITIAL_JIFFIES;
	return 0;
}

struct passing {
	u64 nanoseconds, ticks;
	u32 jiffies;
};

static int do_pass(void *data)
{
	struct passing *passing = data;
	u64 before = jiffies_64;

	clock_pass(passing->nanoseconds);
	passing->ticks = jiffies_64 - before;
	passing->jiffies = (u32)jiffies_64;
	return 0;
}

static int pass(struct kspec_call *call, void *octets)
{
	struct passing passing = {.nanoseconds = call->in[0]};
	int error = clock_within(call, do_pass, &passing);

	call->length = 0;
	call->out[0] = passing.ticks;
	call->out[1] = passing.jiffies;
	return error;
}

/* In the upper half of its jiffies, 32 bits wrap where the whole does. */
static int compare(struct kspec_call *call, void *octets)
{
	unsigned long a = (unsigned long)call->in[0] << 32, b = (unsigned long)call->in[1] << 32;

	call->length = 0;
	call->out[0] = time_after(a, b);
	call->out[1] = time_before(a, b);
	call->out[2] = time_after_eq(a, b);
	call->out[3] = time_before_eq(a, b);
	return 0;
}

kspec_handler timer_handler(u32 op)
{
	switch (op) {
	case KSPEC_CLOCK_AS_IT_IS:
		return clock_as_it_is;
	case KSPEC_CLOCK_BOOT:
		return boot;
	case KSPEC_CLOCK_PASS:
		return pass;
	case KSPEC_CLOCK_COMPARE:
		return compare;
	case KSPEC_TIMER_INIT:
		return init;
	case KSPEC_TIMER_ADD:
	case KSPEC_TIMER_MOD:
	case KSPEC_TIMER_DEL:
		return call_timer;
	case KSPEC_TIMER_PENDING:
		return is_pending;
	case KSPEC_TIMER_TICK:
		return tick;
	default:
		return NULL;
	}
}
