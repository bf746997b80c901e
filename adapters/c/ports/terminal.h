/*
 * terminal.h - the terminals, and the time that they share with others.
 */
#ifndef TERMINAL_H
#define TERMINAL_H

#include "../kernel/tty.h"

/* It is there when it is first named. */
struct tty *terminal_named(const char *name);

uint64_t terminal_now_ms(void);

#endif
