/*
 * machine.h - the machine whose first process this is.
 */
#ifndef UML_MACHINE_H
#define UML_MACHINE_H

#include <stdbool.h>
#include <stdint.h>

struct findings {
	bool time_is_virtual, rcu_waits, locks_count;
};

/* Mounts, loads modules, and makes the line to the suite standard input and output. */
struct findings machine_boot(void);

/* Makes it midnight, as the contract has it where time is virtual. */
void machine_make_midnight(void);

/* When its next timer is due, as clock_begin() wants to know it. */
int64_t machine_next_timer(void);

void machine_end(void);

#endif
