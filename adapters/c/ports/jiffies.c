/*
 * ports/jiffies.c - the operations of `jiffies`.
 */
#include "../kernel/jiffies.h"

#include "ports.h"

#define MAX_HZ 1535
#define MAX_ADVANCE 1000000000000

static struct clock system_clock;
static bool as_linux; /* else as 4.4BSD */

static uint32_t first_jiffies(uint32_t hz)
{
	return as_linux ? initial_jiffies(hz) : 0;
}

static uint32_t own_hz(void)
{
	return as_linux ? 1000 : 100;
}

void jiffies_reset(bool linux_clock)
{
	as_linux = linux_clock;
	clock_start(&system_clock, own_hz());
	jiffies = first_jiffies(own_hz());
}

void jiffies_boot(const struct ks_value *args)
{
	uint32_t hz = ks_has(args, "hz") ? (uint32_t)ks_int(args, "hz", 1, MAX_HZ) : own_hz();
	uint32_t first = ks_has(args, "jiffies") ? ks_word32(args, "jiffies") : first_jiffies(hz);

	clock_start(&system_clock, hz);
	jiffies = first;
	ks_put_int("hz", hz);
	ks_put_int("jiffies", jiffies);
}

void jiffies_advance(const struct ks_value *args)
{
	uint64_t nanoseconds = (uint64_t)ks_int(args, "nanoseconds", 0, MAX_ADVANCE);

	ks_put_int("ticks", (int64_t)clock_advance(&system_clock, nanoseconds));
	ks_put_int("jiffies", jiffies);
}

void jiffies_compare(const struct ks_value *args)
{
	uint32_t a = ks_word32(args, "a"), b = ks_word32(args, "b");

	ks_put_bool("after", time_after(a, b));
	ks_put_bool("before", time_before(a, b));
	ks_put_bool("afterEq", time_after_eq(a, b));
	ks_put_bool("beforeEq", time_before_eq(a, b));
}
