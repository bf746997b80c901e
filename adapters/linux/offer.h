/*
 * offer.h - what a Linux offers by its system calls, wherever it runs.
 */
#ifndef LINUX_OFFER_H
#define LINUX_OFFER_H

#include <stdbool.h>

#include "kernspec.h"

/* Each up to one without a name. */
extern const struct ks_capability offered_capabilities[];
extern const struct ks_operation offered_operations[];

/* Whether a call of theirs that sleeps, or slept, has this token. */
bool task_has(const char *token);

#endif
