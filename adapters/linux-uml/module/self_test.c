// SPDX-License-Identifier: GPL-2.0
/*
 * self_test.c - known answers of what User-Mode Linux has been seen to get wrong.
 */
#include <linux/delay.h>
#include <linux/ktime.h>
#include <linux/rcupdate.h>
#include <linux/spinlock.h>
#include <linux/time64.h>

#include "line.h"
#include "self_test.h"

#define SECOND_MS 1000

/* Of the C library that the kernel is linked with: a call of the host. */
extern long syscall(long number, ...);

/* The number of clock_gettime() on x86-64. */
#define HOST_CLOCK_GETTIME 228

static s64 host_now(void)
{
	struct timespec64 now = {0};

	syscall(HOST_CLOCK_GETTIME, CLOCK_MONOTONIC, &now);
	return timespec64_to_ns(&now);
}

/*
 * A second takes next to no time of the host; and what the host needs takes none here, but for looking at the
 * clock, which costs a quarter of a microsecond.
 */
static bool time_is_virtual(void)
{
	s64 host = host_now();
	ktime_t before = ktime_get(), after;

	msleep(SECOND_MS);
	if (host_now() - host > SECOND_MS / 2 * NSEC_PER_MSEC ||
	    ktime_ms_delta(ktime_get(), before) < SECOND_MS)
		return false;
	host = host_now();
	before = ktime_get();
	while (host_now() - host < NSEC_PER_MSEC / 2)
		cpu_relax();
	after = ktime_get();
	return ktime_to_ns(ktime_sub(after, before)) < NSEC_PER_MSEC / 50;
}

static struct rcu_head head;
static bool called;

static void note_call(struct rcu_head *unused)
{
	WRITE_ONCE(called, true);
}

/* Ticks come while the reader reads. If they seem to come from user mode, its grace period ends. */
static bool rcu_waits(void)
{
	bool early;

	rcu_read_lock();
	call_rcu(&head, note_call);
	mdelay(5 * MSEC_PER_SEC / HZ);
	early = READ_ONCE(called);
	rcu_read_unlock();
	rcu_barrier();
	return !early && READ_ONCE(called);
}

/* With one processor they may come to nothing. */
static bool locks_count(void)
{
	static DEFINE_SPINLOCK(lock);
	bool again;

	spin_lock(&lock);
	again = spin_trylock(&lock);
	if (again)
		spin_unlock(&lock);
	spin_unlock(&lock);
	return !again;
}

u32 self_test(void)
{
	return (time_is_virtual() ? LINE_TIME_IS_VIRTUAL : 0) |
	       (rcu_waits() ? LINE_RCU_WAITS : 0) | (locks_count() ? LINE_LOCKS_COUNT : 0);
}
