/*
 * datagram.c - sending and receiving.
 *
 * A call that the kernel will not let sleep, since the socket is ready, needs no thread.
 */
#include <errno.h>
#include <stdlib.h>
#include <string.h>

#include "kernspec.h"
#include "sockets.h"
#include "system.h"
#include "tasks.h"

/* --- Sending --------------------------------------------------------------------------------- */

struct sending {
	struct call call;
	int file, flags;
	bool has_address;
	struct sockaddr_in address;
	ssize_t taken;
	size_t length;
	uint8_t octets[];
};

static int make_send(struct call *call)
{
	struct sending *sending = (struct sending *)call;

	sending->taken = sendto(sending->file, sending->octets, sending->length,
				sending->flags | MSG_NOSIGNAL,
				sending->has_address ? (struct sockaddr *)&sending->address : NULL,
				sending->has_address ? sizeof sending->address : 0);
	return sending->taken < 0 ? errno : 0;
}

static void answer_send(const struct call *call)
{
	ks_put_int("length", ((const struct sending *)call)->taken);
}

void datagram_send(const struct ks_value *args)
{
	struct socket *socket = socket_of(args);
	size_t length;
	const uint8_t *octets = ks_octets(args, "octets", &length);
	int flags = flag_of(args, "more", MSG_MORE) | flag_of(args, "outOfBand", MSG_OOB) |
		    flag_of(args, "dontWait", MSG_DONTWAIT);
	bool has_address = ks_has(args, "to");
	struct sockaddr_in address = {0};
	struct sending *sending;

	ks_name(args, "task");
	if (has_address)
		address = address_of(ks_object(args, "to", "address port"));
	sending = call_new(sizeof *sending + length, make_send, answer_send);
	sending->file = socket->file;
	sending->flags = flags;
	sending->has_address = has_address;
	sending->address = address;
	sending->length = length;
	memcpy(sending->octets, octets, length);
	task_call(args, &sending->call,
		  (flags & MSG_DONTWAIT) == 0 && !socket_is_ready(socket, POLLOUT));
}

/* --- Receiving ------------------------------------------------------------------------------- */

struct receiving {
	struct call call;
	const struct socket *socket;
	int file, flags;
	struct sockaddr_in address;
	socklen_t address_length;
	bool truncated;
	ssize_t taken;
	size_t size;
	uint8_t octets[];
};

static int make_receive(struct call *call)
{
	struct receiving *receiving = (struct receiving *)call;
	struct iovec place = {receiving->octets, receiving->size};
	struct msghdr message = {
		.msg_name = &receiving->address,
		.msg_namelen = sizeof receiving->address,
		.msg_iov = &place,
		.msg_iovlen = 1,
	};

	receiving->taken = recvmsg(receiving->file, &message, receiving->flags);
	/* lwIP tells the length of the datagram, whatever there was room for. */
	if (receiving->taken > (ssize_t)receiving->size)
		receiving->taken = (ssize_t)receiving->size;
	receiving->address_length = message.msg_namelen;
	receiving->truncated = (message.msg_flags & MSG_TRUNC) != 0;
	return receiving->taken < 0 ? errno : 0;
}

static void answer_receive(const struct call *call)
{
	const struct receiving *receiving = (const struct receiving *)call;

	ks_put_octets("octets", receiving->octets, (size_t)receiving->taken);
	ks_put_bool("truncated", receiving->truncated);
	if (receiving->address_length == 0) {
		ks_put_null("from");
		return;
	}
	ks_open_object("from");
	address_put(receiving->socket, &receiving->address);
	ks_close();
}

void datagram_receive(const struct ks_value *args)
{
	struct socket *socket = socket_of(args);
	size_t size = (size_t)ks_int(args, "size", 0, KS_MAX_OCTETS);
	int flags = flag_of(args, "peek", MSG_PEEK) | flag_of(args, "dontWait", MSG_DONTWAIT);
	struct receiving *receiving;

	ks_name(args, "task");
	receiving = call_new(sizeof *receiving + size, make_receive, answer_receive);
	receiving->socket = socket;
	receiving->file = socket->file;
	receiving->flags = flags;
	receiving->size = size;
	task_call(args, &receiving->call,
		  (flags & MSG_DONTWAIT) == 0 && !socket_is_ready(socket, POLLIN));
}

#define ADDRESS_MEMORY 144
#define UNTOUCHED 0xa5

void address_length_receive(const struct ks_value *args)
{
	struct socket *socket = socket_of(args);
	size_t size = (size_t)ks_int(args, "size", 0, KS_MAX_OCTETS);
	int32_t length = ks_int32(args, "fromLength");
	uint8_t memory[ADDRESS_MEMORY], *octets = ks_alloc(size + 1);
	long taken;

	ks_name(args, "task");
	memset(memory, UNTOUCHED, sizeof memory);
	taken = receive_from(socket->file, octets, size, memory, &length);
	if (taken < 0)
		ks_errno(errno);
	ks_put_octets("octets", octets, (size_t)taken);
	ks_put_octets("memory", memory, sizeof memory);
	ks_put_int("fromLength", length);
}
