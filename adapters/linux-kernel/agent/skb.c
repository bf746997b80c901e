/*
 * skb.c - the operations of `sk-buff`, and handles for the others.
 */
#include "handles.h"
#include "ports.h"

#include <stdio.h>
#include <stdlib.h>

/* --- Handles ------------------------------------------------------------------------------ */

int64_t handle_arg(const struct ks_value *object, const char *name)
{
	const char *handle = ks_text(object, name);
	char again[24];
	unsigned long number;

	if (handle[0] != 's')
		return 0;
	number = strtoul(handle + 1, NULL, 10) & INT32_MAX;
	/* Only one way of writing a handle is a handle. */
	snprintf(again, sizeof again, "s%lu", number);
	return strcmp(handle, again) == 0 ? (int64_t)number : 0;
}

void put_handle(const char *name, int64_t number)
{
	char handle[24];

	if (number == 0) {
		ks_put_null(name);
		return;
	}
	snprintf(handle, sizeof handle, "s%lld", (long long)number);
	ks_put_text(name, handle);
}

struct kspec_call call_for_skb(uint32_t op, const struct ks_value *args)
{
	struct kspec_call call = {.op = op};

	call.in[0] = handle_arg(args, "skb");
	return call;
}

void simple_call(uint32_t op, const struct ks_value *args)
{
	struct kspec_call call = call_for_skb(op, args);

	module_call(&call);
}

void length_call(uint32_t op, const struct ks_value *args, const char *name)
{
	struct kspec_call call = call_for_skb(op, args);

	call.in[1] = ks_word32(args, name);
	module_call(&call);
}

void answer_skb(struct kspec_call *call)
{
	module_call(call);
	put_handle("skb", call->out[0]);
}

/* --- The linear buffer -------------------------------------------------------------------- */

static void alloc(const struct ks_value *args)
{
	struct kspec_call call = {.op = KSPEC_SKB_ALLOC};

	call.in[0] = ks_word32(args, "size");
	answer_skb(&call);
}

static void dev_alloc(const struct ks_value *args)
{
	struct kspec_call call = {.op = KSPEC_SKB_DEV_ALLOC};

	call.in[0] = ks_word32(args, "size");
	answer_skb(&call);
}

static void reserve(const struct ks_value *args)
{
	length_call(KSPEC_SKB_RESERVE, args, "length");
}

static void extend(uint32_t op, const struct ks_value *args)
{
	struct kspec_call call = call_for_skb(op, args);

	module_take_octets(&call, args, "octets");
	module_call(&call);
	ks_put_int("at", call.out[0]);
}

static void put(const struct ks_value *args)
{
	extend(KSPEC_SKB_PUT, args);
}

static void push(const struct ks_value *args)
{
	extend(KSPEC_SKB_PUSH, args);
}

void put_position(const char *name, int64_t position)
{
	if (position < 0)
		ks_put_null(name);
	else
		ks_put_int(name, position);
}

static void pull(const struct ks_value *args)
{
	struct kspec_call call = call_for_skb(KSPEC_SKB_PULL, args);

	call.in[1] = ks_word32(args, "length");
	module_call(&call);
	put_position("at", call.out[0]);
}

static void trim(const struct ks_value *args)
{
	length_call(KSPEC_SKB_TRIM, args, "length");
}

static void layout(const struct ks_value *args)
{
	static const char *const names[] = {"data",    "tail",     "end",     "len",
					    "dataLen", "headroom", "tailroom"};
	struct kspec_call call = call_for_skb(KSPEC_SKB_LAYOUT, args);
	size_t which;

	module_call(&call);
	for (which = 0; which < sizeof names / sizeof names[0]; which++)
		ks_put_int(names[which], call.out[which]);
}

static void contents(const struct ks_value *args)
{
	struct kspec_call call = call_for_skb(KSPEC_SKB_CONTENTS, args);

	module_call(&call);
	ks_put_octets("octets", module_octets, call.length);
}

struct kspec_call read_memory(int64_t number, int64_t from, int64_t length)
{
	struct kspec_call call = {.op = KSPEC_SKB_MEMORY, .in = {number, from, length}};

	module_call(&call);
	return call;
}

static void memory(const struct ks_value *args)
{
	uint32_t from = ks_word32(args, "from"), length = ks_word32(args, "length");
	struct kspec_call call = read_memory(handle_arg(args, "skb"), from, length);

	ks_put_octets("octets", module_octets, call.length);
}

static void write_octets(const struct ks_value *args)
{
	struct kspec_call call = call_for_skb(KSPEC_SKB_WRITE, args);

	call.in[1] = ks_word32(args, "offset");
	module_take_octets(&call, args, "octets");
	module_call(&call);
}

const struct ks_operation skb_operations[] = {
	{"sk-buff.alloc", alloc, "size"},
	{"sk-buff.devAlloc", dev_alloc, "size"},
	{"sk-buff.reserve", reserve, "skb length"},
	{"sk-buff.put", put, "skb octets"},
	{"sk-buff.push", push, "skb octets"},
	{"sk-buff.pull", pull, "skb length"},
	{"sk-buff.trim", trim, "skb length"},
	{"sk-buff.layout", layout, "skb"},
	{"sk-buff.contents", contents, "skb"},
	{"sk-buff.memory", memory, "skb from length"},
	{"sk-buff.write", write_octets, "skb offset octets"},
	{NULL, NULL, NULL},
};

/* A buffer that overruns has to be caught, and the kernel has to go on after that. */
bool skb_works(void)
{
	struct kspec_call call = {.op = KSPEC_SKB_ALLOC, .in = {64}};
	struct kspec_call overrun = {.op = KSPEC_SKB_PUT, .length = 100000};
	struct kspec_call again = {.op = KSPEC_SKB_ALLOC, .in = {64}};

	module_try(&call);
	overrun.in[0] = call.out[0];
	module_try(&overrun);
	module_try(&again);
	return call.status == KSPEC_DONE && overrun.status == KSPEC_BUG &&
	       again.status == KSPEC_DONE;
}
