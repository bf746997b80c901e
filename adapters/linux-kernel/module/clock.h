/* SPDX-License-Identifier: GPL-2.0 */
/*
 * clock.h - the clock of a scenario: jiffies and the timer wheel of one processor, which stand still
 * but where an operation moves them.
 */
#ifndef MODULE_CLOCK_H
#define MODULE_CLOCK_H

#include "kernspec.h"

/* Starts it at that value, of which 32 bits count; no timer is pending. */
int clock_boot(struct kspec_call *call, u32 jiffies);

/*
 * Has it done while all other processors wait, interrupts off, and the clock of the scenario in place of
 * the machine's. What it is handed and returns is its own.
 */
int clock_within(struct kspec_call *call, int (*work)(void *data), void *data);

/* Both within: so many ticks come; so many nanoseconds pass, which the kernel itself makes ticks of. */
void clock_tick(u64 ticks);
void clock_pass(u64 nanoseconds);

/* Within: the TIMER softirq runs. */
void clock_run_timers(void);

/* Within: ticks until the next timer can be due, at least 1; as the kernel finds it before it lets a processor sleep. */
u64 clock_next_timer(void);

/* The machine's own jiffies stand still; they go on where they stood, or some ticks further. */
bool clock_freeze(void);
void clock_thaw(void);

#endif
