/* SPDX-License-Identifier: GPL-2.0 */
/*
 * kernspec.h - what the files of the module share.
 */
#ifndef MODULE_KERNSPEC_H
#define MODULE_KERNSPEC_H

#include <linux/kernel.h>
#include <linux/sched.h>

#include "kspec.h"

/* Where the thread is that calls, and so whatever it does not have done elsewhere. */
#define WORKER_PROCESSOR 0

/* An operation. What it returns is the kernel's own answer: 0, or an errno. */
typedef int (*kspec_handler)(struct kspec_call *call, void *octets);

/* Ends an operation that cannot even be tried, as: return kspec_fault(call, "..."). */
__printf(2, 3) int kspec_fault(struct kspec_call *call, const char *format, ...);

/* Ends an operation that would read or write outside: what a kernel without a check cannot survive. */
__printf(2, 3) int kspec_bug(struct kspec_call *call, const char *format, ...);

/* Where something of the kernel is that it does not export; NULL if it does not say. */
void *kspec_symbol(const char *name);

struct kspec_wanted {
	const char *name;
	void **where;
};

/* Looks up all of them; whether they are there. */
bool kspec_symbols(const struct kspec_wanted *wanted, size_t count);

kspec_handler checksum_handler(u32 op);
kspec_handler chain_handler(u32 op);
kspec_handler skb_handler(u32 op);
kspec_handler sharing_handler(u32 op);
kspec_handler queue_handler(u32 op);
kspec_handler task_handler(u32 op);
kspec_handler semaphore_handler(u32 op);
kspec_handler wait_queue_handler(u32 op);
kspec_handler timer_handler(u32 op);
kspec_handler softirq_handler(u32 op);
kspec_handler spin_handler(u32 op);
kspec_handler netfilter_handler(u32 op);
kspec_handler transport_handler(u32 op);
kspec_handler rcu_handler(u32 op);

void chain_reset(void);
void skb_reset(void);
void queue_reset(void);
void semaphore_reset(void);
void wait_queue_reset(void);
void timer_reset(void);
void netfilter_reset(void);
void transport_reset(void);

/* Ends every sleep there. */
void semaphore_wake_all(void);
void wait_queue_wake_all(void);

/* Whether a processor is still at it. Where there is but one, that is at whoever asks. */
static inline bool kspec_runs(const struct task_struct *thread)
{
#ifdef CONFIG_SMP
	return READ_ONCE(thread->on_cpu);
#else
	return thread == current;
#endif
}

#endif
