/*
 * clock.c - see clock.h.
 */
#include "clock.h"

#include <time.h>

#include "kernspec.h"

#define SECOND INT64_C(1000000000)

static int64_t booted;

/* Of a clock that is virtual: how far the suite has let it go. */
static bool is_virtual;
static int64_t allowed;

static int64_t monotonic(void)
{
	struct timespec time;

	clock_gettime(CLOCK_MONOTONIC, &time);
	return time.tv_sec * SECOND + time.tv_nsec;
}

void clock_begin(bool virtual)
{
	is_virtual = virtual;
	booted = monotonic();
}

void clock_allow(int64_t until)
{
	if (until > allowed)
		allowed = until;
}

/* Looking at a virtual clock moves it a little, and that is not to be seen. */
int64_t clock_now(void)
{
	int64_t passed = monotonic() - booted;

	return is_virtual && passed > allowed ? allowed : passed;
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
	ks_put_text("kind", is_virtual ? "virtual" : "real");
	ks_put_int("tickMs", (tick.tv_nsec + 999999) / 1000000);
	ks_put_number("lateness", 0.125);
	ks_close();
}
