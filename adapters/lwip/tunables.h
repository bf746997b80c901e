/*
 * tunables.h - what lwIP was built with: nothing of it can be changed.
 */
#ifndef LWIP_TUNABLES_H
#define LWIP_TUNABLES_H

/* Before the first round trip is measured; a number in tcp.c. */
#define INITIAL_RTO_MS 3000

struct ks_value;

void forwarding_set(const struct ks_value *args);
void tcp_tunables_set(const struct ks_value *args);

/* Puts `pinned`. */
void tunables_put(void);

#endif
