/*
 * callout.h - functions that softclock calls some ticks later.
 */
#ifndef CALLOUT_H
#define CALLOUT_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

typedef void timeout_t(void *argument);

/* Ends what waited before and makes `count` callouts free; the memory is the caller's. */
struct callout {
	struct callout *c_next;
	timeout_t *c_func;
	void *c_arg;
	int64_t c_time; /* ticks behind the one before; not above 0: due */
};

void callout_init(struct callout *table, size_t count);

/* A panic if no callout is free. */
void timeout(timeout_t *function, void *argument, int32_t ticks);
void untimeout(timeout_t *function, void *argument);

/* What interrupts and is interrupted: base priority lets softclock run at once. */
void hardclock(bool base_priority);
void softclock(void);

/* What the machine has to offer: a software interrupt, and softclock called without one. */
void setsoftclock(void);
void softclock_at_once(void);

#endif
