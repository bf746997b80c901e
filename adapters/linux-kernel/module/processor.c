// SPDX-License-Identifier: GPL-2.0
/*
 * processor.c - a processor that a scenario has for itself.
 *
 * Its priority register keeps out what is below the interrupts by which processors call each other,
 * and itself: devices are below, and so is the clock. It goes on pending and comes when the work is done.
 */
#include <linux/completion.h>
#include <linux/cpumask.h>
#include <linux/delay.h>
#include <linux/hardirq.h>
#include <linux/interrupt.h>
#include <linux/kthread.h>
#include <linux/sched.h>
#include <linux/smp.h>

#include "processor.h"

static struct task_struct *thread;
static DECLARE_COMPLETION(asked);
static DECLARE_COMPLETION(done);
static void (*task)(void);
static bool sleeps, disturbed;

#ifdef CONFIG_X86_LOCAL_APIC

/* The class of the clock's vector; those by which processors call are of the one above. */
#define CLOCK_CLASS 0xeUL

static unsigned long shield(unsigned long class)
{
	unsigned long before;

	asm volatile("mov %%cr8, %0" : "=r"(before));
	asm volatile("mov %0, %%cr8" : : "r"(class) : "memory");
	return before;
}

static unsigned int interrupts(void)
{
	const irq_cpustat_t *stat = this_cpu_ptr(&irq_stat);

	return stat->apic_timer_irqs + stat->irq_resched_count + stat->irq_call_count +
	       stat->apic_irq_work_irqs;
}

#else

#define CLOCK_CLASS 0UL

static unsigned long shield(unsigned long class)
{
	return class;
}

static unsigned int interrupts(void)
{
	return 0;
}

#endif

static int (*processor_is_idle)(int processor);

bool processor_is_there(void)
{
	static const struct kspec_wanted wanted = {"idle_cpu", (void **)&processor_is_idle};

	return IS_ENABLED(CONFIG_X86_LOCAL_APIC) && num_online_cpus() > 1 &&
	       cpu_online(OWN_PROCESSOR) && kspec_symbols(&wanted, 1);
}

static unsigned int expected;

void processor_expects_interrupt(void)
{
	expected++;
}

static void begin_to_count(void)
{
	expected = interrupts();
}

static void end_to_count(void)
{
	if (expected != interrupts())
		disturbed = true;
}

bool processor_was_disturbed(void)
{
	return disturbed;
}

void processor_sleep(void)
{
	end_to_count();
	set_current_state(TASK_IDLE);
	smp_store_release(&sleeps, true);
	schedule();
	begin_to_count();
}

static int serve(void *unused)
{
	unsigned long before;

	for (;;) {
		if (wait_for_completion_interruptible(&asked))
			continue;
		before = shield(CLOCK_CLASS);
		/* What others have begun there, such as ksoftirqd, comes to its end first. */
		processor_sleep();
		disturbed = false;
		task();
		end_to_count();
		shield(before);
		complete(&done);
	}
	return 0;
}

static int start(void)
{
	struct task_struct *created = kthread_create(serve, NULL, "kspec-own");

	if (IS_ERR(created))
		return PTR_ERR(created);
	kthread_bind(created, OWN_PROCESSOR);
	sched_set_fifo(created);
	wake_up_process(created);
	thread = created;
	return 0;
}

static bool is_idle(void)
{
	return !READ_ONCE(thread->on_cpu) && !READ_ONCE(thread->on_rq) &&
	       processor_is_idle(OWN_PROCESSOR) &&
	       per_cpu(irq_stat, OWN_PROCESSOR).__softirq_pending == 0;
}

static void wake_when_idle(void)
{
	if (!smp_load_acquire(&sleeps) || !is_idle())
		return;
	WRITE_ONCE(sleeps, false);
	wake_up_process(thread);
}

int processor_run(void (*work)(void))
{
	int error = thread ? 0 : start();

	if (error)
		return error;
	task = work;
	sleeps = false;
	complete(&asked);
	while (!try_wait_for_completion(&done)) {
		wake_when_idle();
		usleep_range(20, 50);
	}
	return 0;
}
