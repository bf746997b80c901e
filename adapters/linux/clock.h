/*
 * clock.h - time, which passes by itself where it is real. Where it is virtual it passes only while somebody
 * waits for it.
 */
#ifndef LINUX_CLOCK_H
#define LINUX_CLOCK_H

#include <stdbool.h>
#include <stdint.h>

void clock_begin(bool virtual);

/* Lets a virtual clock go on to this; whoever lets it has to wait until it is there. */
void clock_allow(int64_t until);

/* Nanoseconds since clock_begin(). */
int64_t clock_now(void);

/* Puts `clock` into hello. */
void clock_put(void);

#endif
