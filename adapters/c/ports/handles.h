/*
 * handles.h - buffers by handle: "s1" is the first descriptor that was allocated.
 */
#ifndef HANDLES_H
#define HANDLES_H

#include "../kernel/skbuff.h"
#include "../kernspec.h"

/* The buffer that an argument names. Faults if there never was one; a freed one is a bug. */
struct sk_buff *skb_arg(const struct ks_value *object, const char *name);

/* Puts the handle of a buffer into the answer; null for NULL. */
void put_handle(const char *name, const struct sk_buff *skb);

/* Answers { skb } for a new buffer; ENOMEM where there is none. */
void answer_new(const struct sk_buff *skb);

/* Ends the call with the errno unless it is 0. */
void answer_errno(int error);

#endif
