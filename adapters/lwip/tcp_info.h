/*
 * tcp_info.h - what a connection of lwIP keeps, and which there are.
 */
#ifndef LWIP_TCP_INFO_H
#define LWIP_TCP_INFO_H

struct ks_value;

void tcp_info_read(const struct ks_value *args);
void tcp_info_connections(const struct ks_value *args);

#endif
