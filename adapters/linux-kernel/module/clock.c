// SPDX-License-Identifier: GPL-2.0
/*
 * clock.c - a clock that a scenario has for itself.
 *
 * Jiffies is a variable, and the timer wheel of a processor is another. While all processors stand
 * still they are exchanged for those of the scenario, and exchanged back before anybody looks. What
 * runs meanwhile is the kernel's own code on its own variables, and the only timers in the wheel are the scenario's.
 *
 * The kernel lets interrupts in while it calls a timer's function. A tick that comes then finds that
 * none is due, for when the next one is due has been put off; it is caught up with afterwards.
 */
#include <linux/hardirq.h>
#include <linux/jiffies.h>
#include <linux/percpu.h>
#include <linux/preempt.h>
#include <linux/slab.h>
#include <linux/smp.h>
#include <linux/timer.h>

#include "clock.h"

#define PROCESSOR WORKER_PROCESSOR

/* kernel/time/timer.c keeps these to itself. The self-test of the agent notices if they are others. */
#define WHEEL_BASES 2
#define WHEEL_SIZE (64 * (HZ > 100 ? 9 : 8))
#define FARTHEST ((1UL << 30) - 1)

struct wheel {
	raw_spinlock_t lock;
	struct timer_list *running;
	unsigned long clk, next_expiry;
	unsigned int cpu;
	bool next_expiry_recalc, is_idle, timers_pending;
	DECLARE_BITMAP(pending_map, WHEEL_SIZE);
	struct hlist_head vectors[WHEEL_SIZE];
} ____cacheline_aligned;

struct clock {
	u64 jiffies;
	ktime_t last_update, next_period, now; /* the last from the scenario's start */
	struct wheel wheels[WHEEL_BASES];
};

static struct clock *machines, *scenarios;

/* What the kernel does not export. */
static struct wheel *wheels_of_all;
static ktime_t *last_update, *next_period;
static void (*run_timer_softirq)(void *action);
static u64 (*get_next_timer_interrupt)(unsigned long jiffies, u64 ns);
static void (*timer_clear_idle)(void);
static void (*tick_do_update)(ktime_t now);

static const struct kspec_wanted wanted[] = {
	{"timer_bases", (void **)&wheels_of_all},
	{"last_jiffies_update", (void **)&last_update},
	{"tick_next_period", (void **)&next_period},
	{"run_timer_softirq", (void **)&run_timer_softirq},
	{"get_next_timer_interrupt", (void **)&get_next_timer_interrupt},
	{"timer_clear_idle", (void **)&timer_clear_idle},
	{"tick_do_update_jiffies64", (void **)&tick_do_update},
};

static bool is_there(void)
{
	static int there = -1;

	if (there < 0) {
		machines = kzalloc(sizeof(*machines), GFP_KERNEL);
		scenarios = kzalloc(sizeof(*scenarios), GFP_KERNEL);
		there = machines && scenarios && kspec_symbols(wanted, ARRAY_SIZE(wanted));
	}
	return there;
}

static struct wheel *wheels(void)
{
	return per_cpu_ptr((struct wheel __percpu *)wheels_of_all, PROCESSOR);
}

static void save(struct clock *clock)
{
	clock->jiffies = jiffies_64;
	clock->last_update = *last_update;
	memcpy(clock->wheels, wheels(), sizeof(clock->wheels));
}

static void load(const struct clock *clock)
{
	jiffies_64 = clock->jiffies;
	*last_update = clock->last_update;
	memcpy(wheels(), clock->wheels, sizeof(clock->wheels));
}

static void exchange(struct clock *from, const struct clock *to)
{
	save(from);
	load(to);
}

/* --- All other processors wait ------------------------------------------------------------ */

static atomic_t waiting = ATOMIC_INIT(0);
static bool may_go_on;

static void wait_here(void *unused)
{
	atomic_inc(&waiting);
	while (!smp_load_acquire(&may_go_on))
		cpu_relax();
	atomic_dec(&waiting);
}

/* In an interrupt: so they hold no lock of timers or of the clock, which are taken with interrupts off. */
static void stop_others(void)
{
	WRITE_ONCE(may_go_on, false);
	smp_call_function(wait_here, NULL, false);
	while (atomic_read(&waiting) < num_online_cpus() - 1)
		cpu_relax();
	local_irq_disable();
}

static void let_others_go_on(void)
{
	local_irq_enable();
	smp_store_release(&may_go_on, true);
	while (atomic_read(&waiting) > 0)
		cpu_relax();
}

int clock_within(struct kspec_call *call, int (*function)(void *data), void *data)
{
	int result;

	if (!is_there())
		return kspec_fault(call, "the kernel does not show its clock");
	if (get_cpu() != PROCESSOR) {
		put_cpu();
		return kspec_fault(call, "called on another processor");
	}
	stop_others();
	machines->next_period = *next_period;
	WRITE_ONCE(*next_period, KTIME_MAX);
	exchange(machines, scenarios);
	result = function(data);
	exchange(scenarios, machines);
	WRITE_ONCE(*next_period, machines->next_period);
	let_others_go_on();
	put_cpu();
	return result;
}

/* The upper half is all ones, so that the whole of it wraps where its lower half does. */
int clock_boot(struct kspec_call *call, u32 first)
{
	struct wheel *wheel;

	if (!is_there())
		return kspec_fault(call, "the kernel does not show its clock");
	memset(scenarios, 0, sizeof(*scenarios));
	scenarios->jiffies = ~0UL << 32 | first;
	scenarios->next_period = TICK_NSEC;
	for (wheel = scenarios->wheels; wheel < scenarios->wheels + WHEEL_BASES; wheel++) {
		raw_spin_lock_init(&wheel->lock);
		wheel->cpu = PROCESSOR;
		wheel->clk = scenarios->jiffies;
		wheel->next_expiry = wheel->clk + FARTHEST;
	}
	return 0;
}

void clock_tick(u64 ticks)
{
	jiffies_64 += ticks;
}

void clock_pass(u64 nanoseconds)
{
	scenarios->now += nanoseconds;
	*next_period = scenarios->next_period;
	tick_do_update(scenarios->now);
	scenarios->next_period = *next_period;
	*next_period = KTIME_MAX;
}

/* It takes itself for softirqs, as which it is called: so what an interrupt leaves waits until it is over. */
void clock_run_timers(void)
{
	preempt_count_add(SOFTIRQ_OFFSET);
	run_timer_softirq(NULL);
	preempt_count_sub(SOFTIRQ_OFFSET);
	local_irq_disable();
}

u64 clock_next_timer(void)
{
	u64 when = get_next_timer_interrupt(jiffies, 0);

	timer_clear_idle();
	return max_t(u64, div_u64(when, TICK_NSEC), 1);
}

bool clock_freeze(void)
{
	if (!is_there())
		return false;
	machines->next_period = *next_period;
	WRITE_ONCE(*next_period, KTIME_MAX);
	return true;
}

void clock_thaw(void)
{
	WRITE_ONCE(*next_period, machines->next_period);
}
