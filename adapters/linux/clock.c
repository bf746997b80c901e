/*
 * clock.c - see clock.h.
 */
#include "clock.h"

#include <time.h>

#include "kernspec.h"

#define SECOND INT64_C(1000000000)

static int64_t booted;

/* Of a clock that is virtual; and how far the suite has let it go. */
static int64_t (*tell_next_timer)(void);
static int64_t allowed;

static int64_t monotonic(void)
{
	struct timespec time;

	clock_gettime(CLOCK_MONOTONIC, &time);
	return time.tv_sec * SECOND + time.tv_nsec;
}

void clock_begin(int64_t (*next_timer)(void))
{
	tell_next_timer = next_timer;
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

	return tell_next_timer != NULL && passed > allowed ? allowed : passed;
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
	ks_put_text("kind", tell_next_timer != NULL ? "virtual" : "real");
	ks_put_int("tickMs", (tick.tv_nsec + 999999) / 1000000);
	ks_put_number("lateness", 0.125);
	ks_close();
}

void clock_put_next(void)
{
	int64_t next = tell_next_timer == NULL ? -1 : tell_next_timer();

	if (next < 0)
		ks_put_null("next");
	else
		ks_put_int("next", next - booted < clock_now() ? clock_now() : next - booted);
}
