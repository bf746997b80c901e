// SPDX-License-Identifier: GPL-2.0
/*
 * jiffies.c - comparing moments that wrap.
 *
 * An unsigned long has 64 bits here, and the contract compares 32: their distance is what counts, so
 * both are put into the upper half of the wider word.
 */
#include <linux/jiffies.h>

#include "kernspec.h"

static int compare(struct kspec_call *call, void *octets)
{
	unsigned long a = (unsigned long)call->in[0] << 32, b = (unsigned long)call->in[1] << 32;

	call->out[0] = time_after(a, b);
	call->out[1] = time_before(a, b);
	call->out[2] = time_after_eq(a, b);
	call->out[3] = time_before_eq(a, b);
	return 0;
}

kspec_handler jiffies_handler(u32 op)
{
	return op == KSPEC_JIFFIES_COMPARE ? compare : NULL;
}
