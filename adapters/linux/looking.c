/*
 * looking.c - what waits at a socket, and what it is.
 */
#include <errno.h>
#include <string.h>
#include <sys/ioctl.h>
#include <sys/socket.h>
#include <sys/syscall.h>
#include <unistd.h>

#include <linux/sockios.h>

#include "kernspec.h"
#include "sockets.h"
#include "system.h"

#ifndef SO_MEMINFO
#define SO_MEMINFO 55
#endif

/* The first number of SO_MEMINFO: octets of memory that received datagrams take. */
#define MEMINFO_RECEIVED 0
#define MEMINFO_NUMBERS 9

int protocol_of(int file)
{
	int protocol = 0;
	socklen_t length = sizeof protocol;

	getsockopt(file, SOL_SOCKET, SO_PROTOCOL, &protocol, &length);
	return protocol;
}

/* Past the C library, whose type for the length has no sign. */
long receive_from(int file, void *octets, size_t size, void *memory, int32_t *length)
{
	return syscall(SYS_recvfrom, file, octets, size, MSG_DONTWAIT, memory, length);
}

static bool has_nothing(int file)
{
	uint32_t numbers[MEMINFO_NUMBERS] = {0};
	socklen_t length = sizeof numbers;

	return getsockopt(file, SOL_SOCKET, SO_MEMINFO, numbers, &length) == 0 &&
	       numbers[MEMINFO_RECEIVED] == 0;
}

/*
 * Looks at one datagram after the other, each time behind those already looked at. An error that waits at the
 * socket would be taken by that, so where nothing was received nothing is looked at.
 */
static int count(int file)
{
	int offset = 0, datagrams = 0;
	uint8_t octet[65536];

	if (has_nothing(file))
		return 0;
	if (setsockopt(file, SOL_SOCKET, SO_PEEK_OFF, &offset, sizeof offset) != 0)
		return recv(file, octet, sizeof octet, MSG_PEEK | MSG_DONTWAIT) >= 0;
	while (recv(file, octet, sizeof octet, MSG_PEEK | MSG_DONTWAIT) >= 0)
		datagrams++;
	offset = -1;
	setsockopt(file, SOL_SOCKET, SO_PEEK_OFF, &offset, sizeof offset);
	return datagrams;
}

void datagram_occupancy(const struct ks_value *args)
{
	struct socket *socket = socket_of(args);
	int next = 0, sending = 0;

	answer_result(ioctl(socket->file, SIOCINQ, &next));
	answer_result(ioctl(socket->file, SIOCOUTQ, &sending));
	ks_put_int("next", next);
	ks_put_int("datagrams", count(socket->file));
	ks_put_int("sending", sending);
}

void stream_occupancy(const struct ks_value *args)
{
	int file = socket_of(args)->file, receiving = 0, sending = 0, unsent = 0;

	answer_result(ioctl(file, SIOCINQ, &receiving));
	answer_result(ioctl(file, SIOCOUTQ, &sending));
	answer_result(ioctl(file, SIOCOUTQNSD, &unsent));
	ks_put_int("receiving", receiving);
	ks_put_int("sending", sending);
	ks_put_int("unsent", unsent);
}
