/*
 * interfaces.h - TAP devices: what the kernel sends comes out here, and what is put in it receives.
 */
#ifndef LINUX_INTERFACES_H
#define LINUX_INTERFACES_H

#include <stdint.h>

struct ks_value;

/* Takes all frames that the kernel has sent by now. */
void interfaces_drain(void);

/* Waits until then, taking frames as they come. */
void interfaces_wait(int64_t until);

/* The device of that name in the suite; of one that was not attached, the name itself. */
const char *interface_device(const char *name);

/* What the suite calls a device of this kernel; a device that it has not attached keeps its name. */
const char *interface_name(const char *device);

void network_attach(const struct ks_value *args);
void network_add_address(const struct ks_value *args);
void network_add_route(const struct ks_value *args);
void network_receive(const struct ks_value *args);
void network_transmitted(const struct ks_value *args);
void network_now(const struct ks_value *args);
void network_advance(const struct ks_value *args);

#endif
