/*
 * sockets.h - the sockets that were handed out, and the contract's calls on them.
 *
 * What is here is the same for every system that has sockets. Its own header system.h declares the calls by
 * their names in POSIX, and privileges_drop(), privileges_restore(), interfaces_drain() and SOCKET_FLAGS; its
 * own looking.c and tasks.c define what no two systems tell alike.
 */
#ifndef KERNSPEC_SOCKETS_H
#define KERNSPEC_SOCKETS_H

#include <netinet/in.h>
#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

struct ks_value;

/* Which port handed it out. */
enum socket_kind { SOCKET_UDP, SOCKET_RAW, SOCKET_STREAM, SOCKET_ROUTES };

struct socket {
	enum socket_kind kind;
	int file; /* -1 when it is closed, so that the kernel says EBADF */
};

/* The socket that args names. */
struct socket *socket_of(const struct ks_value *args);

/* Hands a descriptor out, or answers the errno where it is -1. */
void socket_put(enum socket_kind kind, int file);

/* Whether the call is to be made without privileges. */
bool is_unprivileged(const struct ks_value *args);

/* An address in args, or in an object in it. */
struct sockaddr_in address_of(const struct ks_value *object);
void address_put(const struct socket *socket, const struct sockaddr_in *address);

/* Whether one of these events of poll() is there already; a closed socket is ready to say so. */
bool socket_is_ready(const struct socket *socket, short events);

/* The flag, where args has a member of that name and it is true. */
int flag_of(const struct ks_value *args, const char *name, int flag);

/* Answers nothing, or errno where it is not 0. */
void answer_result(int result);

/* --- Of each system its own, in looking.c --- */

/* The protocol of a socket, as it is on the wire. */
int protocol_of(int file);

/* recvfrom() with MSG_DONTWAIT, whose length of the address has a sign. */
long receive_from(int file, void *octets, size_t size, void *memory, int32_t *length);

void datagram_occupancy(const struct ks_value *args);
void stream_occupancy(const struct ks_value *args);

/* --- What is called --- */

void udp_open(const struct ks_value *args);
void raw_open(const struct ks_value *args);
void socket_creation_create(const struct ks_value *args);
void socket_bind(const struct ks_value *args);
void socket_connect(const struct ks_value *args);
void socket_name(const struct ks_value *args);
void socket_peer(const struct ks_value *args);
void socket_shutdown(const struct ks_value *args);
void socket_close(const struct ks_value *args);
void socket_set_option(const struct ks_value *args);
void socket_get_option(const struct ks_value *args);

void stream_open(const struct ks_value *args);
void stream_listen(const struct ks_value *args);
void stream_accept(const struct ks_value *args);
void stream_connect(const struct ks_value *args);
void stream_send(const struct ks_value *args);
void stream_receive(const struct ks_value *args);
void stream_at_mark(const struct ks_value *args);
void stream_close(const struct ks_value *args);
void stream_ready(const struct ks_value *args);

void datagram_send(const struct ks_value *args);
void datagram_receive(const struct ks_value *args);
void address_length_receive(const struct ks_value *args);

#endif
