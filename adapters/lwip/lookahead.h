/*
 * lookahead.h - when something will happen that can be seen from outside.
 */
#ifndef LWIP_LOOKAHEAD_H
#define LWIP_LOOKAHEAD_H

#include <stdint.h>

/*
 * Nanoseconds since boot when the first frame leaves, or a call that sleeps comes back, if nothing comes in
 * before; or a time until which neither happens.
 */
int64_t lookahead(void);

#endif
