/*
 * routing.h - sockets of netlink, by which programs ask for routes and change them.
 */
#ifndef LINUX_ROUTING_H
#define LINUX_ROUTING_H

struct ks_value;

void routing_open(const struct ks_value *args);
void routing_send(const struct ks_value *args);
void routing_receive(const struct ks_value *args);

#endif
