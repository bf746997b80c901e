/*
 * timer_levels.c - nine levels of 64 buckets, in which a timer stays where it was put.
 *
 * A bucket of level n stands for 8^n ticks. A timer goes to the finest level that reaches its expiry, into
 * the bucket behind it, so it is never early and late by one bucket at most.
 *
 * `clk` is the tick up to which the wheel has looked, not jiffies: while nothing is due it stands still,
 * and placing a timer brings it up to date.
 *
 * Source: Linux 6.18, kernel/time/timer.c.
 */
#include "jiffies.h"
#include "timer.h"

#define LEVELS 9u
#define BUCKETS 64u
#define NO_BUCKET (LEVELS * BUCKETS)

/* So many ticks ahead, and whatever level lies below is out of reach. */
#define LEVEL_START(level) ((BUCKETS - 1) << (3 * ((level) - 1)))

#define CUTOFF LEVEL_START(LEVELS)
#define FARTHEST (CUTOFF - (1u << (3 * (LEVELS - 1))))

/* How far ahead the next look is when nothing waits. */
#define FARTHEST_LOOK 0x3fffffffu

static struct list_head buckets[LEVELS * BUCKETS];
static uint32_t clk, next_expiry;

static void levels_init(void)
{
	unsigned int bucket;

	for (bucket = 0; bucket < LEVELS * BUCKETS; bucket++)
		list_init(&buckets[bucket]);
	clk = jiffies;
	next_expiry = clk + FARTHEST_LOOK;
}

static void forward_clk(void)
{
	if (time_after(jiffies, clk))
		clk = time_after(next_expiry, jiffies) ? jiffies : next_expiry;
}

/* Which bucket an expiry belongs to, and when its turn is. */
static unsigned int bucket_for(uint32_t expires, uint32_t *turn)
{
	uint32_t ahead = expires - clk, behind;
	unsigned int level = 0;

	if ((int32_t)ahead < 0) {
		*turn = clk;
		return clk % BUCKETS;
	}
	while (level < LEVELS - 1 && ahead >= LEVEL_START(level + 1))
		level++;
	if (ahead >= CUTOFF)
		expires = clk + FARTHEST;
	behind = (expires >> (3 * level)) + 1;
	*turn = behind << (3 * level);
	return level * BUCKETS + behind % BUCKETS;
}

static void levels_place(struct timer_list *timer)
{
	unsigned int bucket;
	uint32_t turn;

	forward_clk();
	bucket = bucket_for(timer->expires, &turn);
	if (timer_pending(timer)) {
		if (timer->bucket == bucket)
			return;
		detach_timer(timer);
	}
	timer->bucket = bucket;
	list_add(&timer->entry, &buckets[bucket]);
	if (time_before(turn, next_expiry))
		next_expiry = turn;
}

/* Takes a bucket's timers off the wheel. */
static void take_bucket(unsigned int bucket, struct list_head *taken)
{
	struct list_head *entry;

	list_take(&buckets[bucket], taken);
	for (entry = taken->next; entry != taken; entry = entry->next)
		((struct timer_list *)entry)->bucket = NO_BUCKET;
}

/* Ticks from clk to the turn of the next bucket of a level that is not empty. */
static uint32_t idle_ticks_of(unsigned int level)
{
	uint32_t span = 1u << (3 * level);
	uint32_t ticks = (0u - clk) % span;
	unsigned int count;

	for (count = 0; count < BUCKETS; count++, ticks += span)
		if (!list_empty(&buckets[level * BUCKETS + ((clk + ticks) >> (3 * level)) % BUCKETS]))
			return ticks;
	return NO_WORK;
}

static void find_next_expiry(void)
{
	uint32_t least = FARTHEST_LOOK, ticks;
	unsigned int level;

	for (level = 0; level < LEVELS; level++) {
		ticks = idle_ticks_of(level);
		if (ticks < least)
			least = ticks;
	}
	next_expiry = clk + least;
}

/* The lists of those that are called are static: a call that ends in a bug leaves them in one. */
static void levels_run(void)
{
	static struct list_head due[LEVELS];
	unsigned int level;

	while (time_after_eq(jiffies, clk) && time_after_eq(jiffies, next_expiry)) {
		clk = next_expiry;
		level = 0;
		do {
			take_bucket(level * BUCKETS + (clk >> (3 * level)) % BUCKETS, &due[level]);
			level++;
		} while (level < LEVELS && clk % (1u << (3 * level)) == 0);
		clk++;
		find_next_expiry();
		while (level > 0)
			call_timers(&due[--level]);
	}
}

static uint32_t levels_ticks_to_work(void)
{
	int32_t ticks = (int32_t)(next_expiry - jiffies);

	return ticks > 1 ? (uint32_t)ticks : 1;
}

const struct timer_wheel level_wheel = {
	levels_init, levels_place, levels_run, levels_ticks_to_work,
};
