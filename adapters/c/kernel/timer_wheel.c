/*
 * timer_wheel.c - five vectors of slots that turn into each other.
 *
 * tv1 has a slot for each of the next 256 ticks; a slot of tv2 holds what is due within 256 ticks, and
 * so on. Before tv1 begins a new turn, the timers of one slot of tv2 are placed anew and thereby come
 * down to tv1; when tv2 begins a turn, it is filled from tv3 likewise.
 *
 * Invariant: what is due at a tick is in tv1 when that tick is run.
 *
 * Source: Linux 2.6.11, kernel/timer.c.
 */
#include "jiffies.h"
#include "timer.h"

#define VECTORS 5
#define ROOT_SLOTS 256u
#define SLOTS 64u

static struct list_head vectors[VECTORS][ROOT_SLOTS]; /* all but the first use SLOTS of them */
static uint32_t timer_jiffies;                        /* the next tick to run */

static unsigned int slots_of(int vector)
{
	return vector == 0 ? ROOT_SLOTS : SLOTS;
}

/* A slot stands for so many ticks, as a power of two. */
static unsigned int shift_of(int vector)
{
	return vector == 0 ? 0 : 2 + 6 * (unsigned int)vector;
}

static struct list_head *slot_at(int vector, uint32_t tick)
{
	return &vectors[vector][(tick >> shift_of(vector)) % slots_of(vector)];
}

static void wheel_init(void)
{
	unsigned int vector, slot;

	for (vector = 0; vector < VECTORS; vector++)
		for (slot = 0; slot < ROOT_SLOTS; slot++)
			list_init(&vectors[vector][slot]);
	timer_jiffies = jiffies;
}

static void wheel_place(struct timer_list *timer)
{
	uint32_t ahead = timer->expires - timer_jiffies;
	struct list_head *slot;
	int vector = 0;

	if (timer_pending(timer))
		detach_timer(timer);
	if ((int32_t)ahead < 0) {
		slot = slot_at(0, timer_jiffies);
	} else {
		while (vector < VECTORS - 1 && ahead >> shift_of(vector + 1) != 0)
			vector++;
		/* The slot of tv(n+1) begins where tv(n) ends: what is nearer is in tv(n). */
		slot = slot_at(vector, timer->expires);
	}
	list_add_tail(&timer->entry, slot);
}

static void cascade(int vector)
{
	struct list_head taken;

	list_take(slot_at(vector, timer_jiffies), &taken);
	while (!list_empty(&taken))
		wheel_place((struct timer_list *)taken.next);
}

/* The list of those that are called is static: a call that ends in a bug leaves them in it. */
static void run_tick(void)
{
	static struct list_head due;
	int vector;

	for (vector = 1; vector < VECTORS; vector++) {
		if (timer_jiffies % (1u << shift_of(vector)) != 0)
			break;
		cascade(vector);
	}
	list_take(slot_at(0, timer_jiffies), &due);
	timer_jiffies++;
	call_timers(&due);
}

/* Ticks until a slot of the vector that is not empty has its turn. */
static uint32_t idle_ticks_of(int vector)
{
	uint32_t span = 1u << shift_of(vector);
	uint32_t ticks = (0u - timer_jiffies) % span; /* to the next multiple */
	unsigned int slot;

	for (slot = 0; slot < slots_of(vector); slot++, ticks += span)
		if (!list_empty(slot_at(vector, timer_jiffies + ticks)))
			return ticks;
	return NO_WORK;
}

/* Ticks of which nobody could tell whether they were run, from the next one on. */
static uint32_t idle_ticks(void)
{
	uint32_t least = NO_WORK, ticks;
	int vector;

	for (vector = 0; vector < VECTORS; vector++) {
		ticks = idle_ticks_of(vector);
		if (ticks < least)
			least = ticks;
	}
	return least;
}

static void wheel_run(void)
{
	while (time_after_eq(jiffies, timer_jiffies)) {
		uint32_t behind = jiffies - timer_jiffies, idle = idle_ticks();

		if (idle > behind) {
			timer_jiffies = jiffies + 1;
			return;
		}
		timer_jiffies += idle;
		run_tick();
	}
}

static uint32_t wheel_ticks_to_work(void)
{
	int32_t ahead = (int32_t)(timer_jiffies - jiffies);
	uint32_t idle = idle_ticks();

	if (idle == NO_WORK)
		return NO_WORK;
	return ahead + (int64_t)idle > 1 ? (uint32_t)(ahead + (int64_t)idle) : 1;
}

const struct timer_wheel cascading_wheel = {
	wheel_init, wheel_place, wheel_run, wheel_ticks_to_work,
};
