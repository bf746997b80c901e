/*
 * clock.h - real time: it passes by itself.
 */
#ifndef LINUX_CLOCK_H
#define LINUX_CLOCK_H

#include <stdint.h>

void clock_begin(void);

/* Nanoseconds since clock_begin(). */
int64_t clock_now(void);

/* Puts `clock` into hello. */
void clock_put(void);

#endif
