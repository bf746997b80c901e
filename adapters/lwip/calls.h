/*
 * calls.h - calls that have slept.
 */
#ifndef LWIP_CALLS_H
#define LWIP_CALLS_H

/* How many have come back since boot. */
unsigned long calls_back(void);

#endif
