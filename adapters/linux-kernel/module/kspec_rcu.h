/* SPDX-License-Identifier: (GPL-2.0 OR Apache-2.0) */
/*
 * kspec_rcu.h - readers and writers by RCU: what KSPEC_RCU_RUN is handed, and what it answers.
 *
 * Pointers, fields and locks go by number; so do the pointers of each task.
 */
#ifndef KSPEC_RCU_H
#define KSPEC_RCU_H

#include <linux/types.h>

#define KSPEC_RCU_TASKS 2 /* one on each processor */
#define KSPEC_RCU_ACTIONS 64
#define KSPEC_RCU_NAMES 16
#define KSPEC_RCU_LOCALS 64
#define KSPEC_RCU_SCHEDULE_MAX 2000
#define KSPEC_RCU_TURNS_MAX 20000
#define KSPEC_RCU_EVENTS_MAX 5000

/* In the order of the agent's words. */
enum kspec_rcu_verb {
	KSPEC_RCU_LOCK,
	KSPEC_RCU_UNLOCK,
	KSPEC_RCU_DEREFERENCE,
	KSPEC_RCU_READ,
	KSPEC_RCU_COPY,
	KSPEC_RCU_SET,
	KSPEC_RCU_ADD,
	KSPEC_RCU_ASSIGN,
	KSPEC_RCU_CALL,
	KSPEC_RCU_SYNCHRONIZE,
	KSPEC_RCU_FREE,
	KSPEC_RCU_SPIN_LOCK,
	KSPEC_RCU_SPIN_UNLOCK,
	KSPEC_RCU_SCHEDULE,
	KSPEC_RCU_USER_MODE,
	KSPEC_RCU_KERNEL_MODE,
	KSPEC_RCU_WORK,
};

struct kspec_rcu_action {
	__u8 verb;
	__u8 from, to; /* pointers; of spin locks: the lock */
	__u8 field;
	__s32 value;
};

struct kspec_rcu_task {
	__u32 processor, count;
	struct kspec_rcu_action actions[KSPEC_RCU_ACTIONS];
};

struct kspec_rcu {
	__u32 task_count, schedule_count;
	__u32 pointers; /* a bit for each that points to a structure */
	__s32 values[KSPEC_RCU_NAMES][KSPEC_RCU_NAMES];
	struct kspec_rcu_task tasks[KSPEC_RCU_TASKS];
	__u8 schedule[KSPEC_RCU_SCHEDULE_MAX]; /* twice the processor, and 1 more for a tick */
};

enum kspec_rcu_happens {
	KSPEC_RCU_ACTS,
	KSPEC_RCU_SPINS,
	KSPEC_RCU_SLEEPS,
	KSPEC_RCU_RUNS,
	KSPEC_RCU_IDLES,
	KSPEC_RCU_TICKS,
	KSPEC_RCU_CALLS_BACK,
};

struct kspec_rcu_event {
	__u8 what, processor, task;
	__u8 action;
	__u8 local; /* of a callback */
	__u8 has_value, is_poison;
	__u8 unused;
	__u32 preempt_count;
	__s32 value;
};

/* What the pointers point to in the end; behind it the events. */
struct kspec_rcu_end {
	__u32 count;
	__u32 pointers, freed; /* a bit for each */
	__s32 values[KSPEC_RCU_NAMES][KSPEC_RCU_NAMES];
};

#endif
