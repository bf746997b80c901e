/*
 * handles.h - buffers by handle: "s1" is the first that was allocated.
 */
#ifndef HANDLES_H
#define HANDLES_H

#include "module.h"

/* The number of the buffer that an argument names; 0 where the handle is none. */
int64_t handle_arg(const struct ks_value *object, const char *name);

/* Puts the handle of a number; null for 0. */
void put_handle(const char *name, int64_t number);

/* A call whose first number is the buffer that "skb" names. */
struct kspec_call call_for_skb(uint32_t op, const struct ks_value *args);

/* Does it and puts nothing. */
void simple_call(uint32_t op, const struct ks_value *args);

/* Does it with "skb" and one length. */
void length_call(uint32_t op, const struct ks_value *args, const char *name);

/* Calls, and puts the buffer that it answers with as "skb". */
void answer_skb(struct kspec_call *call);

/* Puts an offset; null for one below 0. */
void put_position(const char *name, int64_t position);

/* Reads octets of the linear buffer into those of the module. */
struct kspec_call read_memory(int64_t number, int64_t from, int64_t length);

#endif
