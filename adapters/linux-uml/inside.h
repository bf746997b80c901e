/*
 * inside.h - what is offered of the kernel's own functions, by the module of adapters/linux-kernel.
 */
#ifndef UML_INSIDE_H
#define UML_INSIDE_H

#include <stdbool.h>

#include "kernspec.h"

/* Before anything of it is offered. Returns NULL, or what is wrong. */
const char *inside_begin(void);

/* Adds what passes its test to a list, up to one without a name. */
void inside_offer(struct ks_capability *capabilities);
void inside_add_operations(struct ks_operation *operations);

#endif
