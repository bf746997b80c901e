/* SPDX-License-Identifier: (GPL-2.0 OR Apache-2.0) */
/*
 * line.h - what the module offers the first process of the machine.
 */
#ifndef LINE_H
#define LINE_H

#include <linux/ioctl.h>
#include <linux/types.h>

/* To and from the suite; and to whoever reads the machine's standard error. */
#define LINE_DEVICE "/dev/kernspec-line"
#define LINE_LOG_DEVICE "/dev/kernspec-log"

/* What was found when the module was loaded. */
enum line_finding {
	LINE_TIME_IS_VIRTUAL = 1, /* it stands while the machine is busy, and a second costs nothing */
	LINE_RCU_WAITS = 2,       /* no callback of a grace period runs inside a reader */
	LINE_LOCKS_COUNT = 4,     /* a spin lock that is held is not got a second time */
};

#define LINE_FINDINGS _IOR('l', 1, __u32)

/* When the next timer is due, in nanoseconds of CLOCK_MONOTONIC; below 0: none is set. */
#define LINE_NEXT_TIMER _IOR('l', 2, __s64)

#endif
