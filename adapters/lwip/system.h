/*
 * system.h - lwIP's calls under their names in POSIX, for what all systems with sockets have in common
 * (../sockets). Their flags, options and errors have the host's numbers: so the library was built.
 */
#ifndef LWIP_SYSTEM_H
#define LWIP_SYSTEM_H

#include <sys/socket.h>

#include "interfaces.h"
#include "lwip/opt.h"
#include "lwip/sockets.h"

/* No type is added to. */
#define SOCKET_FLAGS 0

#define accept(file, address, length) lwip_accept(file, address, length)
#define bind(file, address, length) lwip_bind(file, address, length)
#define close(file) lwip_close(file)
#define connect(file, address, length) lwip_connect(file, address, length)
#define fcntl(file, command, value) lwip_fcntl(file, command, value)
#define getpeername(file, address, length) lwip_getpeername(file, address, length)
#define getsockname(file, address, length) lwip_getsockname(file, address, length)
#define getsockopt(file, level, option, value, length)                                             \
	lwip_getsockopt(file, level, option, value, length)
#define ioctl(file, request, value) lwip_ioctl(file, request, value)
#define listen(file, backlog) lwip_listen(file, backlog)
#define poll(files, count, timeout) lwip_poll(files, count, timeout)
#define recv(file, octets, size, flags) lwip_recv(file, octets, size, flags)
#define recvmsg(file, message, flags) lwip_recvmsg(file, message, flags)
#define sendto(file, octets, size, flags, address, length)                                         \
	lwip_sendto(file, octets, size, flags, address, length)
#define setsockopt(file, level, option, value, length)                                             \
	lwip_setsockopt(file, level, option, value, length)
#define shutdown(file, how) lwip_shutdown(file, how)
#define socket(domain, type, protocol) lwip_socket(domain, type, protocol)

/* lwIP knows no users: whoever calls may do everything. */
static inline void privileges_drop(void)
{
}

static inline void privileges_restore(void)
{
}

/* A frame is kept the moment that it is sent. */
static inline void interfaces_drain(void)
{
}

#endif
