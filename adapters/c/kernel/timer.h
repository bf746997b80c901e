/*
 * timer.h - functions that are called when jiffies reaches a value.
 */
#ifndef TIMER_H
#define TIMER_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

struct list_head {
	struct list_head *next, *prev;
};

struct timer_list {
	struct list_head entry; /* first, so that the one is the other; next is NULL: not pending */
	uint32_t expires;
	unsigned int bucket; /* where the wheel without cascading has put it */
	void (*function)(struct timer_list *self);
};

/* Ticks until nothing: the wheel has no work at all. */
#define NO_WORK UINT32_MAX

/* Empties the wheel; its next tick is that of jiffies. */
void init_timers(void);

void init_timer(struct timer_list *timer, void (*function)(struct timer_list *self));

static inline bool timer_pending(const struct timer_list *timer)
{
	return timer->entry.next != NULL;
}

/* A bug if the timer is pending, where the system looks. */
void add_timer(struct timer_list *timer, uint32_t expires);

/* Both return whether the timer was pending. */
bool mod_timer(struct timer_list *timer, uint32_t expires);
bool del_timer(struct timer_list *timer);

/* The TIMER softirq: calls all that is due by jiffies. */
void run_timers(void);

/* Ticks from jiffies until run_timers() has something to do, at least 1. */
uint32_t next_timer_interrupt(void);

/* --- The wheel behind these: one that cascades, or one of levels ---------------------------- */

struct timer_wheel {
	void (*init)(void);
	void (*place)(struct timer_list *timer); /* wherever it is now */
	void (*run)(void);
	uint32_t (*ticks_to_work)(void);
};

extern const struct timer_wheel cascading_wheel, level_wheel;

void list_init(struct list_head *head);
bool list_empty(const struct list_head *head);
void list_add(struct list_head *entry, struct list_head *head);
void list_add_tail(struct list_head *entry, struct list_head *head);

/* Moves all entries to a list of their own; the head is empty afterwards. */
void list_take(struct list_head *head, struct list_head *taken);

/* Takes a timer out of its list; it is not pending any more. */
void detach_timer(struct timer_list *timer);

/* Detaches the timers of a list one by one and calls them; a call may take others off the list. */
void call_timers(struct list_head *due);

#endif
