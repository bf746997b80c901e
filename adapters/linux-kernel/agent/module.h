/*
 * module.h - calling the module.
 */
#ifndef MODULE_H
#define MODULE_H

#include "../module/kspec.h"
#include "kernspec.h"

#include <stdbool.h>
#include <string.h>

/* The octets of a call, there and back. */
extern uint8_t module_octets[KSPEC_OCTETS_MAX];

/* Opens the device. Returns NULL, or what is wrong. */
const char *module_open(void);

/* Calls. Returns what became of it in `status` and `error`, whatever that is. */
void module_try(struct kspec_call *call);

/* Calls for a request, which ends here if the kernel answers with an errno or is stopped. */
void module_call(struct kspec_call *call);

/* Puts an argument that is octets before the call's own. */
void module_take_octets(struct kspec_call *call, const struct ks_value *args, const char *name);

/* Puts an argument that is a name before the call's own. */
void module_take_name(struct kspec_call *call, const struct ks_value *args, const char *name);

#endif
