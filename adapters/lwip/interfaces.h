/*
 * interfaces.h - Ethernet interfaces of lwIP, addresses, routes, and time.
 */
#ifndef LWIP_INTERFACES_H
#define LWIP_INTERFACES_H

struct ks_value;

/* Adds the loopback interface. */
void interfaces_begin(void);

/* The device of that name in the suite; of one that was not attached, the name itself. */
const char *interface_device(const char *name);

/* The other way round. */
const char *interface_name(const char *device);

void network_attach(const struct ks_value *args);
void network_add_address(const struct ks_value *args);
void network_add_route(const struct ks_value *args);
void network_receive(const struct ks_value *args);
void network_transmitted(const struct ks_value *args);
void network_now(const struct ks_value *args);
void network_advance(const struct ks_value *args);

#endif
