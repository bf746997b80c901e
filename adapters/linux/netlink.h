/*
 * netlink.h - addresses, routes and states of interfaces. Each returns 0 or an errno.
 */
#ifndef LINUX_NETLINK_H
#define LINUX_NETLINK_H

#include <stdint.h>

int netlink_up(const char *interface);

/* Addresses are in network order. */
int netlink_add_address(const char *interface, uint32_t address, int prefix);
int netlink_add_route(uint32_t destination, int prefix, uint32_t gateway);

#endif
