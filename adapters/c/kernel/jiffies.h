/*
 * jiffies.h - the clock interrupt, and jiffies, which counts it.
 */
#ifndef JIFFIES_H
#define JIFFIES_H

#include <stdbool.h>
#include <stdint.h>

/* Counts the ticks and wraps. */
extern uint32_t jiffies;

/* Five minutes before the wrap. */
uint32_t initial_jiffies(uint32_t hz);

/* Which of two values is later is told by the sign of their difference. */
#define time_after(a, b) ((int32_t)((uint32_t)(b) - (uint32_t)(a)) < 0)
#define time_before(a, b) time_after(b, a)
#define time_after_eq(a, b) ((int32_t)((uint32_t)(a) - (uint32_t)(b)) >= 0)
#define time_before_eq(a, b) time_after_eq(b, a)

struct clock {
	uint32_t hz;
	uint64_t since_second; /* nanoseconds since the last whole second */
};

/* The clock has just ticked. */
void clock_start(struct clock *clock, uint32_t hz);

/* Lets time pass and takes the interrupts that come meanwhile. Returns how many. */
uint64_t clock_advance(struct clock *clock, uint64_t nanoseconds);

/* The clock interrupt. */
void do_timer(void);

#endif
