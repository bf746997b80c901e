/*
 * clock.c - see clock.h.
 */
#include "clock.h"

#include <time.h>

#include "kernspec.h"

#define SECOND INT64_C(1000000000)

static int64_t booted;

static int64_t monotonic(void)
{
	struct timespec time;

	clock_gettime(CLOCK_MONOTONIC, &time);
	return time.tv_sec * SECOND + time.tv_nsec;
}

void clock_begin(void)
{
	booted = monotonic();
}

int64_t clock_now(void)
{
	return monotonic() - booted;
}

/*
 * The contract's numbers are whole here: ticks are 1, 4 or 10 ms. Linux keeps timers in a wheel whose upper
 * levels are coarse: an eighth of what is left at most, rounded up, never down.
 */
void clock_put(void)
{
	struct timespec tick;

	clock_getres(CLOCK_MONOTONIC_COARSE, &tick);
	ks_open_object("clock");
	ks_put_text("kind", "real");
	ks_put_int("tickMs", (tick.tv_nsec + 999999) / 1000000);
	ks_put_number("lateness", 0.125);
	ks_close();
}
