/*
 * stream.c - sockets of streams.
 */
#include <errno.h>
#include <stdlib.h>
#include <string.h>

#include <linux/sockios.h>

#include "kernspec.h"
#include "sockets.h"
#include "system.h"
#include "tasks.h"

/* What a stream's call needs; each uses some of it. */
struct stream_call {
	struct call call;
	int file, flags;
	bool dont_wait;
	struct sockaddr_in address;
	long result;
	size_t size;
	uint8_t octets[];
};

/* Reads what most calls have, behind everything that may be wrong. */
static struct stream_call *new_call(const struct ks_value *args, size_t size,
				    int (*make)(struct call *),
				    void (*answer)(const struct call *))
{
	const struct socket *socket = socket_of(args);
	bool dont_wait = flag_of(args, "dontWait", 1) != 0;
	struct stream_call *stream;

	ks_name(args, "task");
	task_owns(args, socket->file);
	stream = call_new(sizeof *stream + size, make, answer);
	stream->file = socket->file;
	stream->size = size;
	stream->dont_wait = dont_wait;
	return stream;
}

static void answer_nothing(const struct call *call)
{
	(void)call;
}

/* For calls that have no flags of their own: only their beginning looks at it. */
static void set_nonblocking(int file, bool on)
{
	int before = errno, flags = fcntl(file, F_GETFL, 0);

	fcntl(file, F_SETFL, on ? flags | O_NONBLOCK : flags & ~O_NONBLOCK);
	errno = before;
}

static int errno_of(struct stream_call *stream, long result)
{
	stream->result = result;
	return result < 0 ? errno : 0;
}

void stream_open(const struct ks_value *args)
{
	(void)args;
	socket_put(SOCKET_STREAM, socket(AF_INET, SOCK_STREAM | SOCKET_FLAGS, 0));
}

void stream_listen(const struct ks_value *args)
{
	struct socket *socket = socket_of(args);

	answer_result(listen(socket->file, ks_int32(args, "backlog")));
}

/* --- Beginning ------------------------------------------------------------------------------- */

static int make_accept(struct call *call)
{
	struct stream_call *stream = (struct stream_call *)call;
	socklen_t length = sizeof stream->address;
	int error;

	if (stream->dont_wait)
		set_nonblocking(stream->file, true);
	error = errno_of(stream, accept(stream->file, (struct sockaddr *)&stream->address, &length));
	if (stream->dont_wait)
		set_nonblocking(stream->file, false);
	return error;
}

static void answer_accept(const struct call *call)
{
	static const struct socket stream_socket = {SOCKET_STREAM, -1};
	const struct stream_call *stream = (const struct stream_call *)call;

	socket_put(SOCKET_STREAM, (int)stream->result);
	ks_open_object("from");
	address_put(&stream_socket, &stream->address);
	ks_close();
}

void stream_accept(const struct ks_value *args)
{
	struct stream_call *stream = new_call(args, 0, make_accept, answer_accept);

	task_call(args, &stream->call,
		  !stream->dont_wait && !socket_is_ready(socket_of(args), POLLIN));
}

static int make_connect(struct call *call)
{
	struct stream_call *stream = (struct stream_call *)call;
	int error;

	if (stream->dont_wait)
		set_nonblocking(stream->file, true);
	error = errno_of(stream, connect(stream->file, (struct sockaddr *)&stream->address,
					 sizeof stream->address));
	if (stream->dont_wait)
		set_nonblocking(stream->file, false);
	return error;
}

void stream_connect(const struct ks_value *args)
{
	struct sockaddr_in address = {.sin_family = AF_UNSPEC};
	struct stream_call *stream;

	if (!ks_is_null(args, "to"))
		address = address_of(ks_object(args, "to", "address port"));
	stream = new_call(args, 0, make_connect, answer_nothing);
	stream->address = address;
	task_call(args, &stream->call, !stream->dont_wait);
}

/* --- Octets ---------------------------------------------------------------------------------- */

static int make_send(struct call *call)
{
	struct stream_call *stream = (struct stream_call *)call;
	bool has_address = stream->address.sin_family != 0;

	return errno_of(stream, sendto(stream->file, stream->octets, stream->size, stream->flags,
				       has_address ? (struct sockaddr *)&stream->address : NULL,
				       has_address ? sizeof stream->address : 0));
}

static void answer_send(const struct call *call)
{
	ks_put_int("length", ((const struct stream_call *)call)->result);
}

void stream_send(const struct ks_value *args)
{
	size_t length;
	const uint8_t *octets = ks_octets(args, "octets", &length);
	int flags = flag_of(args, "more", MSG_MORE) | flag_of(args, "outOfBand", MSG_OOB) |
		    flag_of(args, "noSignal", MSG_NOSIGNAL) |
		    flag_of(args, "dontWait", MSG_DONTWAIT);
	struct sockaddr_in address = {0};
	struct stream_call *stream;

	if (ks_has(args, "to"))
		address = address_of(ks_object(args, "to", "address port"));
	stream = new_call(args, length, make_send, answer_send);
	stream->flags = flags;
	stream->address = address;
	memcpy(stream->octets, octets, length);
	task_call(args, &stream->call, !stream->dont_wait);
}

static int make_receive(struct call *call)
{
	struct stream_call *stream = (struct stream_call *)call;

	return errno_of(stream, recv(stream->file, stream->octets, stream->size, stream->flags));
}

static void answer_receive(const struct call *call)
{
	const struct stream_call *stream = (const struct stream_call *)call;

	ks_put_octets("octets", stream->octets, (size_t)stream->result);
}

void stream_receive(const struct ks_value *args)
{
	size_t size = (size_t)ks_int(args, "size", 0, KS_MAX_OCTETS);
	int flags = flag_of(args, "peek", MSG_PEEK) | flag_of(args, "waitAll", MSG_WAITALL) |
		    flag_of(args, "outOfBand", MSG_OOB) | flag_of(args, "dontWait", MSG_DONTWAIT);
	struct stream_call *stream = new_call(args, size, make_receive, answer_receive);
	bool at_once = (flags & (MSG_DONTWAIT | MSG_OOB)) != 0 ||
		       ((flags & MSG_WAITALL) == 0 && socket_is_ready(socket_of(args), POLLIN));

	stream->flags = flags;
	task_call(args, &stream->call, !at_once);
}

/* --- Looking --------------------------------------------------------------------------------- */

void stream_at_mark(const struct ks_value *args)
{
	int at_mark = 0;

	answer_result(ioctl(socket_of(args)->file, SIOCATMARK, &at_mark));
	ks_put_bool("atMark", at_mark != 0);
}

/* The events that select() counts for each of its sets. */
void stream_ready(const struct ks_value *args)
{
	struct pollfd file = {.fd = socket_of(args)->file, .events = POLLIN | POLLOUT | POLLPRI};

	if (file.fd < 0)
		ks_errno(EBADF);
	poll(&file, 1, 0);
	ks_put_bool("readable", (file.revents & (POLLIN | POLLHUP | POLLERR)) != 0);
	ks_put_bool("writable", (file.revents & (POLLOUT | POLLERR)) != 0);
	ks_put_bool("exceptional", (file.revents & POLLPRI) != 0);
}

/* --- Ending ---------------------------------------------------------------------------------- */

static int make_close(struct call *call)
{
	struct stream_call *stream = (struct stream_call *)call;

	return errno_of(stream, close(stream->file));
}

void stream_close(const struct ks_value *args)
{
	struct stream_call *stream = new_call(args, 0, make_close, answer_nothing);
	struct linger linger = {0, 0};
	socklen_t length = sizeof linger;

	getsockopt(stream->file, SOL_SOCKET, SO_LINGER, &linger, &length);
	socket_of(args)->file = -1;
	task_call(args, &stream->call, linger.l_onoff && linger.l_linger > 0);
}
