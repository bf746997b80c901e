/*
 * netfilter.h - `netfilter` and `netfilter-mark`: by the module of adapters/linux-kernel, in a machine that has a network.
 */
#ifndef UML_NETFILTER_H
#define UML_NETFILTER_H

#include <stdbool.h>

#include "kernspec.h"

extern const struct ks_operation netfilter_operations[];

/* Whether the kernel gives the known answers. */
bool netfilter_works(void);

#endif
