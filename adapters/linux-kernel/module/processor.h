/* SPDX-License-Identifier: GPL-2.0 */
/*
 * processor.h - a processor that a scenario has for itself.
 *
 * A thread of the kernel has it, of a higher priority than all others; no device and no clock
 * interrupts it, but what the scenario itself sends does.
 */
#ifndef MODULE_PROCESSOR_H
#define MODULE_PROCESSOR_H

#include "kernspec.h"

#define OWN_PROCESSOR 1

/* Whether there is one beside that of everybody else. */
bool processor_is_there(void);

/*
 * Has the work done by the thread, and comes back when it is. If it sleeps meanwhile, by
 * processor_sleep(), it goes on when the processor has nothing else to do.
 */
int processor_run(void (*work)(void));
void processor_sleep(void);

/* Whether it came to be interrupted by somebody else, during the last work and but for its sleeps. */
bool processor_was_disturbed(void);

/* The thread: it sends itself so many interrupts. */
void processor_expects_interrupt(void);

#endif
