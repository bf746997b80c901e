/*
 * softirq.h - software interrupts and tasklets of one processor.
 */
#ifndef SOFTIRQ_H
#define SOFTIRQ_H

#include <stdbool.h>

#define SOFTIRQ_VECTORS_MAX 16
#define HELD_MAX 16

/* Where softirqs are run from, and where ksoftirqd is woken from. */
enum softirq_context { INTERRUPT_EXIT, BH_ENABLE, KSOFTIRQD, PROCESS };

/* What differs between systems. */
struct softirq_rules {
	const char *vectors[SOFTIRQ_VECTORS_MAX]; /* in the order of their bits, up to a NULL */
	int max_restart;	/* passes before the rest is left to ksoftirqd; 0: no limit */
	long max_time_ms;	/* after which, in jiffies, no further pass begins; 0: no limit */
	bool yields_to_process; /* nor when another process should run */
	bool handlers_irqs_off; /* hard handlers run with interrupts off */
	bool tasklets_fifo;	/* else the tasklet that came last runs first */
};

extern const struct softirq_rules softirqs_2_6_11, softirqs_6_18, netisrs_4_4bsd;

typedef void irq_handler(void *data);
typedef void softirq_handler(void *data, enum softirq_context context, int pass);

struct softirq_cpu {
	const struct softirq_rules *rules;
	void *owner; /* handed to these two */
	long (*jiffies)(void *owner);
	int hz; /* jiffies of a second */
	void (*wake_up)(void *owner, enum softirq_context by);

	struct {
		softirq_handler *action;
		void *data;
	} vec[SOFTIRQ_VECTORS_MAX];
	struct {
		irq_handler *handler;
		void *data;
	} held[HELD_MAX]; /* interrupts that came while they were off */
	int held_count;
	unsigned int pending; /* a bit a vector */
	int hardirqs;	      /* hard handlers inside one another */
	int softirqs;	      /* bottom halves disabled so many times, running softirqs included */
	bool irqs_off;
	bool ksoftirqd_ready;
	bool need_resched;
};

/* Returns the bit of a vector, or -1 if the system does not have it. */
int softirq_bit(const struct softirq_rules *rules, const char *vector);

void open_softirq(struct softirq_cpu *cpu, int bit, softirq_handler *action, void *data);
void raise_softirq(struct softirq_cpu *cpu, int bit);
void mark_softirq(struct softirq_cpu *cpu, int bit); /* __raise_softirq_irqoff */
void do_irq(struct softirq_cpu *cpu, irq_handler *handler, void *data);
void local_bh_disable(struct softirq_cpu *cpu);
void local_bh_enable(struct softirq_cpu *cpu);

/* What the thread does from its wake-up until it sleeps again. */
void ksoftirqd(struct softirq_cpu *cpu);

struct tasklet {
	softirq_handler *func;
	void *data;
	bool scheduled, running;
	int count; /* disabled so many times */
	struct tasklet *next;
};

struct tasklet_list {
	struct softirq_cpu *cpu;
	int bit;
	struct tasklet *first;
};

/* Has the list run by the softirq of that bit: tasklet_action() with the list as its data. */
void tasklet_init(struct tasklet_list *list, struct softirq_cpu *cpu, int bit);
softirq_handler tasklet_action;
void tasklet_schedule(struct tasklet_list *list, struct tasklet *tasklet);
void tasklet_disable(struct tasklet *tasklet);
void tasklet_enable(struct tasklet *tasklet);

#endif
