/*
 * ports/timer_wheel.c - the operations of `timer-wheel`: timers by name, whose functions are scripts.
 */
#include <stdlib.h>
#include <string.h>

#include "../kernel/jiffies.h"
#include "../kernel/kernel.h"
#include "../kernel/timer.h"
#include "ports.h"

#define MAX_ACTIONS 16
#define MAX_FIRED 10000
#define MAX_COMPUTE 10000

enum action_kind { ADD, MOD, DEL, COMPUTE };

struct action {
	enum action_kind kind;
	char timer[KS_NAME_SIZE];
	int32_t ticks; /* from jiffies; of COMPUTE: that pass */
};

struct named_timer {
	struct timer_list timer; /* first, so that the one is the other */
	char name[KS_NAME_SIZE];
	struct action actions[MAX_ACTIONS];
	size_t action_count;
	struct named_timer *next_known;
};

static struct named_timer *timers;
static int fired;

static void start(uint32_t first)
{
	while (timers != NULL) {
		struct named_timer *next = timers->next_known;

		free(timers);
		timers = next;
	}
	jiffies = first;
	init_timers();
	run_timers();
}

void timer_reset(void)
{
	start(jiffies);
}

static struct named_timer *find_timer(const char *name)
{
	struct named_timer *timer;

	for (timer = timers; timer != NULL; timer = timer->next_known)
		if (strcmp(timer->name, name) == 0)
			return timer;
	return NULL;
}

static struct timer_list *timer_arg(const struct ks_value *args)
{
	struct named_timer *timer = find_timer(ks_name(args, "timer"));

	if (timer == NULL)
		ks_wrong(args, "timer", "was never initialised");
	return &timer->timer;
}

void timer_boot(const struct ks_value *args)
{
	start(ks_word32(args, "jiffies"));
}

/* --- What a timer's function does ------------------------------------------------------------- */

static void act(const struct action *action)
{
	struct named_timer *timer;

	if (action->kind == COMPUTE) {
		jiffies += (uint32_t)action->ticks;
		return;
	}
	timer = find_timer(action->timer);
	if (timer == NULL)
		ks_fault("timer \"%s\" was never initialised", action->timer);
	else if (action->kind == ADD)
		add_timer(&timer->timer, jiffies + (uint32_t)action->ticks);
	else if (action->kind == MOD)
		ks_put_int(NULL, mod_timer(&timer->timer, jiffies + (uint32_t)action->ticks));
	else
		ks_put_int(NULL, del_timer(&timer->timer));
}

/* The function of every timer. */
static void fire(struct timer_list *timer)
{
	struct named_timer *self = (struct named_timer *)timer;
	size_t which;

	if (++fired > MAX_FIRED)
		BUG("the timers do not come to an end");
	ks_open_object(NULL);
	ks_put_text("timer", self->name);
	ks_put_int("jiffies", jiffies);
	ks_put_bool("pending", timer_pending(timer));
	ks_open_array("returned");
	for (which = 0; which < self->action_count; which++)
		act(&self->actions[which]);
	ks_close();
	ks_close();
}

static void read_action(const struct ks_value *value, struct action *action)
{
	action->kind = (enum action_kind)ks_choice(value, "do", "add mod del compute");
	if (action->kind == COMPUTE) {
		ks_members(value, "do ticks");
		action->ticks = (int32_t)ks_int(value, "ticks", 0, MAX_COMPUTE);
		return;
	}
	ks_members(value, action->kind == DEL ? "do timer" : "do timer in");
	strcpy(action->timer, ks_name(value, "timer"));
	if (action->kind != DEL)
		action->ticks = ks_int32(value, "in");
}

void timer_init(const struct ks_value *args)
{
	const char *name = ks_name(args, "timer");
	const struct ks_value *handler = ks_array(args, "handler", MAX_ACTIONS), *item;
	struct named_timer read = {0}, *timer;

	if (find_timer(name) != NULL)
		ks_wrong(args, "timer", "is initialised already");
	for (item = ks_first(handler); item != NULL; item = ks_next(item))
		read_action(item, &read.actions[read.action_count++]);
	timer = malloc(sizeof *timer);
	if (timer == NULL)
		ks_fault("out of memory");
	*timer = read;
	strcpy(timer->name, name);
	init_timer(&timer->timer, fire);
	timer->next_known = timers;
	timers = timer;
}

/* --- Calls from outside ------------------------------------------------------------------------ */

void timer_add(const struct ks_value *args)
{
	uint32_t expires = ks_word32(args, "expires");

	add_timer(timer_arg(args), expires);
}

void timer_mod(const struct ks_value *args)
{
	uint32_t expires = ks_word32(args, "expires");

	ks_put_int("returned", mod_timer(timer_arg(args), expires));
}

void timer_del(const struct ks_value *args)
{
	ks_put_int("returned", del_timer(timer_arg(args)));
}

void timer_port_pending(const struct ks_value *args)
{
	ks_put_bool("pending", timer_pending(timer_arg(args)));
}

/* Ticks on which the softirq would find nothing are counted at once. */
static void tick_each(uint32_t ticks)
{
	uint32_t step;

	for (; ticks > 0; ticks -= step) {
		step = next_timer_interrupt();
		if (step > ticks)
			step = ticks;
		jiffies += step;
		run_timers();
	}
}

void timer_tick(const struct ks_value *args)
{
	uint32_t ticks = (uint32_t)ks_int(args, "ticks", 0, INT32_MAX);
	bool each = ks_choice(args, "softirq", "each last") == 0;

	fired = 0;
	ks_open_array("fired");
	if (each) {
		tick_each(ticks);
	} else {
		jiffies += ticks;
		run_timers();
	}
	ks_close();
	ks_put_int("jiffies", jiffies);
}
