/*
 * host.h - the network namespace that stands for a host that has just booted.
 *
 * A namespace has interfaces, addresses, routes, neighbours, counters and most tunables of its own, and
 * is gone with its last process. So nothing has to be put back, and whatever kills this process cleans up.
 */
#ifndef LINUX_HOST_H
#define LINUX_HOST_H

#include <stdbool.h>
#include <stddef.h>

/* Makes the host. Returns NULL, or what is missing and what helps, in one line. */
const char *host_boot(void);

/* The same where this process has the network for itself already, as the first one of a machine. */
const char *host_set_up(void);

/* Writes a file below /proc/sys; false where it does not exist or must not be written. */
bool sysctl_write(const char *name, const char *value);

/* Reads one, without its newline. */
bool sysctl_read(const char *name, char *value, size_t size);

/* Sets every tunable that a scenario could notice. */
void tunables_pin(void);

/* Those that each interface has for itself. */
void tunables_pin_interface(const char *device);

/* Puts the tunables as they are now, however they came to be so, into `pinned`. */
void tunables_put(void);

struct ks_value;
void tcp_tunables_set(const struct ks_value *args);

/*
 * Whether the process has its privileges. Only those calls are made without that a scenario wants to be made
 * so, and only by the main thread.
 */
void privileges_drop(void);
void privileges_restore(void);

#endif
