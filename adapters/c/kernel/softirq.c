/*
 * softirq.c - software interrupts and tasklets of one processor.
 *
 * Invariant: what is raised is looked at when nothing more urgent is in the way, that is when the
 * outermost hard interrupt ends or bottom halves are enabled again, and in between by ksoftirqd. A
 * pass runs what was raised before it, lowest bit first; softirqs are never inside one another.
 *
 * Handlers run to their end here. An interrupt that comes meanwhile is a call of do_irq() from
 * wherever the handler spends its time.
 *
 * Source: Linux 2.6.11 and 6.18, kernel/softirq.c.
 */
#include "softirq.h"

#include <stddef.h>
#include <string.h>

#include "kernel.h"

const struct softirq_rules softirqs_2_6_11 = {
	.vectors = {"HI", "TIMER", "NET_TX", "NET_RX", "SCSI", "TASKLET"},
	.max_restart = 10,
};

const struct softirq_rules softirqs_6_18 = {
	.vectors = {"HI", "TIMER", "NET_TX", "NET_RX", "BLOCK", "IRQ_POLL", "TASKLET", "SCHED",
		    "HRTIMER", "RCU"},
	.max_restart = 10,
	.max_time_ms = 2,
	.yields_to_process = true,
	.handlers_irqs_off = true,
	.tasklets_fifo = true,
};

const struct softirq_rules netisrs_4_4bsd = {.vectors = {"NET_RX"}};

int softirq_bit(const struct softirq_rules *rules, const char *vector)
{
	int bit;

	for (bit = 0; rules->vectors[bit] != NULL; bit++)
		if (strcmp(rules->vectors[bit], vector) == 0)
			return bit;
	return -1;
}

void open_softirq(struct softirq_cpu *cpu, int bit, softirq_handler *action, void *data)
{
	cpu->vec[bit].action = action;
	cpu->vec[bit].data = data;
}

static bool in_interrupt(const struct softirq_cpu *cpu)
{
	return cpu->hardirqs > 0 || cpu->softirqs > 0;
}

static void wakeup_softirqd(struct softirq_cpu *cpu, enum softirq_context by)
{
	if (cpu->ksoftirqd_ready)
		return;
	cpu->ksoftirqd_ready = true;
	cpu->wake_up(cpu->owner, by);
}

void mark_softirq(struct softirq_cpu *cpu, int bit)
{
	cpu->pending |= 1u << bit;
}

void raise_softirq(struct softirq_cpu *cpu, int bit)
{
	mark_softirq(cpu, bit);
	if (!in_interrupt(cpu))
		wakeup_softirqd(cpu, PROCESS);
}

static void local_irq_enable(struct softirq_cpu *cpu)
{
	cpu->irqs_off = false;
	while (cpu->held_count > 0) {
		irq_handler *handler = cpu->held[0].handler;
		void *data = cpu->held[0].data;

		cpu->held_count--;
		memmove(cpu->held, cpu->held + 1, (size_t)cpu->held_count * sizeof cpu->held[0]);
		do_irq(cpu, handler, data);
	}
}

static void run_pending(struct softirq_cpu *cpu, enum softirq_context context, int pass)
{
	unsigned int pending = cpu->pending;
	int bit, depth;

	cpu->pending = 0; /* before interrupts are on: what comes now is for the next pass */
	local_irq_enable(cpu);
	for (bit = 0; pending >> bit; bit++) {
		if (!(pending >> bit & 1))
			continue;
		BUG_ON(cpu->vec[bit].action == NULL, "a raised vector has no handler");
		depth = cpu->softirqs;
		cpu->vec[bit].action(cpu->vec[bit].data, context, pass);
		BUG_ON(cpu->softirqs != depth, "a softirq ends with bottom halves disabled");
	}
}

static long msecs_to_jiffies(long ms, int hz)
{
	return (ms * hz + 999) / 1000;
}

static bool may_repeat(const struct softirq_cpu *cpu, int pass, long start)
{
	const struct softirq_rules *rules = cpu->rules;

	if (rules->max_restart > 0 && pass >= rules->max_restart)
		return false;
	if (rules->max_time_ms > 0 &&
	    cpu->jiffies(cpu->owner) - start >= msecs_to_jiffies(rules->max_time_ms, cpu->hz))
		return false;
	return !(rules->yields_to_process && cpu->need_resched);
}

static void do_softirq(struct softirq_cpu *cpu, enum softirq_context context)
{
	long start = cpu->jiffies(cpu->owner);
	int pass = 0;

	if (in_interrupt(cpu) || !cpu->pending)
		return;
	cpu->softirqs++;
	do
		run_pending(cpu, context, ++pass);
	while (cpu->pending && may_repeat(cpu, pass, start));
	if (cpu->pending)
		wakeup_softirqd(cpu, context);
	cpu->softirqs--;
}

void do_irq(struct softirq_cpu *cpu, irq_handler *handler, void *data)
{
	if (cpu->irqs_off) {
		BUG_ON(cpu->held_count == HELD_MAX, "too many interrupts are held");
		cpu->held[cpu->held_count].handler = handler;
		cpu->held[cpu->held_count++].data = data;
		return;
	}
	cpu->hardirqs++;
	cpu->irqs_off = cpu->rules->handlers_irqs_off;
	handler(data);
	cpu->hardirqs--;
	do_softirq(cpu, INTERRUPT_EXIT);
	local_irq_enable(cpu);
}

void local_bh_disable(struct softirq_cpu *cpu)
{
	cpu->softirqs++;
}

void local_bh_enable(struct softirq_cpu *cpu)
{
	cpu->softirqs--;
	do_softirq(cpu, BH_ENABLE);
}

void ksoftirqd(struct softirq_cpu *cpu)
{
	while (cpu->pending) {
		do_softirq(cpu, KSOFTIRQD);
		cpu->need_resched = false; /* others had their turn */
	}
	cpu->ksoftirqd_ready = false;
}

static void tasklet_enlist(struct tasklet_list *list, struct tasklet *tasklet)
{
	struct tasklet **place = &list->first;

	if (list->cpu->rules->tasklets_fifo)
		while (*place != NULL)
			place = &(*place)->next;
	tasklet->next = *place;
	*place = tasklet;
}

void tasklet_action(void *data, enum softirq_context context, int pass)
{
	struct tasklet_list *list = data;
	struct tasklet *tasklet = list->first, *next;

	for (list->first = NULL; tasklet != NULL; tasklet = next) {
		next = tasklet->next;
		if (tasklet->count != 0) {
			tasklet_enlist(list, tasklet);
			mark_softirq(list->cpu, list->bit);
			continue;
		}
		tasklet->scheduled = false; /* first, so that it can be scheduled while it runs */
		tasklet->running = true;
		tasklet->func(tasklet->data, context, pass);
		tasklet->running = false;
	}
}

void tasklet_init(struct tasklet_list *list, struct softirq_cpu *cpu, int bit)
{
	list->cpu = cpu;
	list->bit = bit;
	list->first = NULL;
	open_softirq(cpu, bit, tasklet_action, list);
}

void tasklet_schedule(struct tasklet_list *list, struct tasklet *tasklet)
{
	if (tasklet->scheduled)
		return;
	tasklet->scheduled = true;
	tasklet_enlist(list, tasklet);
	raise_softirq(list->cpu, list->bit);
}

void tasklet_disable(struct tasklet *tasklet)
{
	tasklet->count++;
	BUG_ON(tasklet->running,
	       "a tasklet is to be disabled by what interrupted it, or by itself");
}

void tasklet_enable(struct tasklet *tasklet)
{
	tasklet->count--;
}
