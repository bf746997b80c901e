/*
 * kernel.h - what the mechanisms expect of the kernel around them.
 *
 * They know nothing of the protocol: a kernel of your own can take them as they are and define
 * these few things itself.
 */
#ifndef KERNEL_H
#define KERNEL_H

#include <stdbool.h>

#include "netdev.h"
#include "softirq.h"

#if defined(__GNUC__)
#define NORETURN __attribute__((noreturn))
#else
#define NORETURN
#endif

/* The kernel has noticed that it was misused. Does not return. */
void BUG(const char *why) NORETURN;

#define BUG_ON(condition, why) \
	do {                   \
		if (condition) \
			BUG(why); \
	} while (0)

struct file_rules;

/* Where systems differ, what this one does. */
struct behaviour {
	/* notifier_chain_register() refuses a block that is on the chain already (Linux 6). */
	bool registers_once;
	/* notifier_call_chain() reads the successor before the callback runs (from 2.6.17 on). */
	bool successor_first;
	/* Timers wait in the cascading wheel; else in the one of levels (Linux 4.8). */
	bool timers_cascade;
	/* add_timer() refuses a pending timer (from 2.6.13 on). */
	bool add_timer_looks;
	/* "Never set" is no value that the network header can have (Linux 6). */
	bool network_header_is_offset;
	/* How many page fragments a buffer takes, MAX_SKB_FRAGS at most (17 in Linux 6). */
	int most_frags;
	/* What trimming leaves of page fragments becomes linear where it fits (from 4.10 on). */
	bool trim_condenses;
	/* Software interrupts: their vectors and when they give way. */
	const struct softirq_rules *softirqs;
	/* The way from a network driver to the protocols. */
	enum netdev_system network;
	/* A pipe is a pair of sockets (4.4BSD), not a list of pages (Linux). */
	bool pipe_is_sockets;
	/* A reader that has got something waits for more while a writer sleeps (2.6.11). */
	bool pipe_merges_calls;
	/* What the generic calls on descriptors and select give. */
	const struct file_rules *files;
};

extern struct behaviour behaviour;

/* Notes that a function was entered; `__func__` is its kernel name. */
void trace_function(const char *name);

#define TRACE() trace_function(__func__)

#endif
