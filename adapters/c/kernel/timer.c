/*
 * timer.c - what can be done to a timer, whatever the wheel is.
 *
 * Invariant: a timer is pending exactly while it is linked into a list of the wheel. It is taken out
 * before its function is called.
 *
 * Source: Linux 2.6.11, kernel/timer.c; Linux 6.18, kernel/time/timer.c. Not here: the locks, and timers
 * that run on another processor.
 */
#include "timer.h"

#include "kernel.h"

static const struct timer_wheel *wheel(void)
{
	return behaviour.timers_cascade ? &cascading_wheel : &level_wheel;
}

void init_timers(void)
{
	wheel()->init();
}

void run_timers(void)
{
	wheel()->run();
}

uint32_t next_timer_interrupt(void)
{
	return wheel()->ticks_to_work();
}

void init_timer(struct timer_list *timer, void (*function)(struct timer_list *self))
{
	timer->entry.next = timer->entry.prev = NULL;
	timer->expires = 0;
	timer->function = function;
}

static void set_timer(struct timer_list *timer, uint32_t expires)
{
	timer->expires = expires;
	wheel()->place(timer);
}

void add_timer(struct timer_list *timer, uint32_t expires)
{
	BUG_ON(behaviour.add_timer_looks && timer_pending(timer),
	       "add_timer: the timer is pending");
	set_timer(timer, expires);
}

bool mod_timer(struct timer_list *timer, uint32_t expires)
{
	bool pending = timer_pending(timer);

	if (pending && timer->expires == expires)
		return true; /* and keeps its place */
	set_timer(timer, expires);
	return pending;
}

bool del_timer(struct timer_list *timer)
{
	bool pending = timer_pending(timer);

	if (pending)
		detach_timer(timer);
	return pending;
}

void call_timers(struct list_head *due)
{
	struct timer_list *timer;

	while (!list_empty(due)) {
		timer = (struct timer_list *)due->next;
		detach_timer(timer);
		timer->function(timer);
	}
}

void detach_timer(struct timer_list *timer)
{
	struct list_head *entry = &timer->entry;

	entry->prev->next = entry->next;
	entry->next->prev = entry->prev;
	entry->next = entry->prev = NULL;
}

/* --- Lists ----------------------------------------------------------------------------------- */

void list_init(struct list_head *head)
{
	head->next = head->prev = head;
}

bool list_empty(const struct list_head *head)
{
	return head->next == head;
}

static void link_between(struct list_head *entry, struct list_head *prev, struct list_head *next)
{
	entry->prev = prev;
	entry->next = next;
	prev->next = next->prev = entry;
}

void list_add(struct list_head *entry, struct list_head *head)
{
	link_between(entry, head, head->next);
}

void list_add_tail(struct list_head *entry, struct list_head *head)
{
	link_between(entry, head->prev, head);
}

void list_take(struct list_head *head, struct list_head *taken)
{
	list_init(taken);
	if (list_empty(head))
		return;
	*taken = *head;
	taken->next->prev = taken->prev->next = taken;
	list_init(head);
}
