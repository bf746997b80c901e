/*
 * clock.h - time, which passes by itself where it is real. Where it is virtual it passes only while somebody
 * waits for it.
 */
#ifndef LINUX_CLOCK_H
#define LINUX_CLOCK_H

#include <stdint.h>

/*
 * A clock is virtual if somebody knows when the machine's next timer is due: in nanoseconds of CLOCK_MONOTONIC;
 * none is below 0. NULL: it is real.
 */
void clock_begin(int64_t (*next_timer)(void));

/* Lets a virtual clock go on to this; whoever lets it has to wait until it is there. */
void clock_allow(int64_t until);

/* Nanoseconds since clock_begin(). */
int64_t clock_now(void);

/* Puts `clock` into hello. */
void clock_put(void);

/* Puts `next`: when something is due, if that is known. */
void clock_put_next(void);

#endif
