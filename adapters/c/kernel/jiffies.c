/*
 * jiffies.c - the clock interrupt, and jiffies, which counts it.
 *
 * A second has HZ ticks, whatever HZ is: the clock knows how far it is in the present second, and the
 * ticks of it that are over are a product and a division of whole numbers. Nothing is rounded that the
 * next tick would inherit.
 *
 * Source: Linux 2.6.11, kernel/timer.c and include/linux/jiffies.h.
 */
#include "jiffies.h"

#define NSEC_PER_SEC 1000000000u

uint32_t jiffies;

uint32_t initial_jiffies(uint32_t hz)
{
	return 0u - 300u * hz;
}

void clock_start(struct clock *clock, uint32_t hz)
{
	clock->hz = hz;
	clock->since_second = 0;
}

void do_timer(void)
{
	jiffies++;
}

static uint64_t ticks_of(const struct clock *clock, uint64_t nanoseconds)
{
	return nanoseconds * clock->hz / NSEC_PER_SEC;
}

uint64_t clock_advance(struct clock *clock, uint64_t nanoseconds)
{
	uint64_t before = ticks_of(clock, clock->since_second);
	uint64_t now = clock->since_second + nanoseconds;
	uint64_t ticks = ticks_of(clock, now) - before, tick;

	for (tick = 0; tick < ticks; tick++)
		do_timer();
	clock->since_second = now % NSEC_PER_SEC;
	return ticks;
}
