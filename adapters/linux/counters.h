/*
 * counters.h - what IP, ICMP and UDP have counted, and whether packets are passed on.
 */
#ifndef LINUX_COUNTERS_H
#define LINUX_COUNTERS_H

struct ks_value;

void mib_read(const struct ks_value *args);
void tcp_mib_read(const struct ks_value *args);
void forwarding_set(const struct ks_value *args);

#endif
