/*
 * callout.c - functions that wait for their tick in a list.
 *
 * Each entry holds the ticks between the one before and itself, so a tick costs one subtraction. The
 * entries that are due and have not been called stand in front with times of 0 and less.
 *
 * Source: 4.4BSD, kern/kern_clock.c. Not here: priorities, but for the question whether softclock may run.
 */
#include "callout.h"

#include "kernel.h"

static struct callout *calltodo, *callfree;

void callout_init(struct callout *table, size_t count)
{
	calltodo = callfree = NULL;
	while (count-- > 0) {
		table[count].c_next = callfree;
		callfree = &table[count];
	}
}

void timeout(timeout_t *function, void *argument, int32_t ticks)
{
	struct callout *added = callfree, **link = &calltodo;
	int64_t left = ticks > 0 ? ticks : 1;

	BUG_ON(added == NULL, "timeout table full");
	callfree = added->c_next;
	for (; *link != NULL && left > (*link)->c_time; link = &(*link)->c_next)
		if ((*link)->c_time > 0)
			left -= (*link)->c_time;
	added->c_func = function;
	added->c_arg = argument;
	added->c_time = left;
	added->c_next = *link;
	if (*link != NULL)
		(*link)->c_time -= left;
	*link = added;
}

static void release(struct callout **link)
{
	struct callout *gone = *link;

	*link = gone->c_next;
	gone->c_next = callfree;
	callfree = gone;
}

void untimeout(timeout_t *function, void *argument)
{
	struct callout **link = &calltodo, *found;

	while (*link != NULL && ((*link)->c_func != function || (*link)->c_arg != argument))
		link = &(*link)->c_next;
	found = *link;
	if (found == NULL)
		return;
	if (found->c_next != NULL && found->c_time > 0)
		found->c_next->c_time += found->c_time;
	release(link);
}

/* Whether the first is due. */
static bool count_down(void)
{
	struct callout *at = calltodo;

	/* The overdue ones grow older; the first that is not stands for all behind it. */
	while (at != NULL && --at->c_time < 0)
		at = at->c_next;
	return calltodo != NULL && calltodo->c_time <= 0;
}

void hardclock(bool base_priority)
{
	if (!count_down())
		return;
	if (base_priority)
		softclock_at_once();
	else
		setsoftclock();
}

void softclock(void)
{
	while (calltodo != NULL && calltodo->c_time <= 0) {
		timeout_t *function = calltodo->c_func;
		void *argument = calltodo->c_arg;

		release(&calltodo);
		function(argument);
	}
}
