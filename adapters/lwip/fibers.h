/*
 * fibers.h - threads that take turns, and a clock that moves only when it is told to.
 *
 * lwIP wants threads: one of its own, and one for each program that calls it. Here no two run at once, and each
 * runs until it has to wait; so all that happens follows from what was asked, and the host is at rest when every
 * fiber waits. The program's own stack, where requests are answered, is no fiber, and may wait too: then the
 * fibers go on until it need not wait any more.
 */
#ifndef LWIP_FIBERS_H
#define LWIP_FIBERS_H

#include <stdbool.h>
#include <stdint.h>

#define NS_PER_MS INT64_C(1000000)

/* A time that never comes. */
#define NEVER INT64_MAX

struct fiber;

/* Starts one; it first runs when fibers next do. */
struct fiber *fiber_start(void (*run)(void *argument), void *argument);
bool fiber_is_done(const struct fiber *fiber);
void fiber_free(struct fiber *fiber);

/* Waits for a wake-up on something, or until a time; false when that has come first. */
bool fiber_wait(const void *on, int64_t until);

/* Wakes the first that waits on it. */
void fiber_wake(const void *on);

/* Lets all run until they wait. */
void fibers_run(void);

/* Nanoseconds since boot. */
int64_t clock_now(void);

/* When the first fiber stops waiting, if nothing happens before. */
int64_t clock_next(void);

/* Lets time pass, and fibers run as they are due. */
void clock_advance(int64_t to);

/* The same, until `is_enough` says so. */
void clock_advance_until(int64_t to, bool (*is_enough)(void));

#endif
