/* SPDX-License-Identifier: GPL-2.0 */
/*
 * self_test.h - whether this kernel is as sound as one on a machine of its own.
 */
#ifndef SELF_TEST_H
#define SELF_TEST_H

#include <linux/types.h>

/* Returns a set of enum line_finding. */
u32 self_test(void);

#endif
