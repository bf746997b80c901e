/*
 * faulting.c - calls with a pointer that leads nowhere. See faulting.h.
 *
 * Nowhere is a page that nobody may touch. Octets that end there are put right in front of it.
 */
#include "faulting.h"

#include <errno.h>
#include <netinet/in.h>
#include <stdint.h>
#include <string.h>
#include <sys/mman.h>
#include <sys/syscall.h>

#include "kernspec.h"
#include "sockets.h"
#include "system.h"
#include "tasks.h"

#define ADDRESS 16
#define UNTOUCHED 0xa5
#define TASKS_MAX 64

/* What a task has handed to its last call, and which of that leads nowhere. */
struct told {
	char task[33];
	uint8_t address[ADDRESS];
	int32_t length;
	bool has_address, has_length;
};

static struct told told[TASKS_MAX];

/* --- Memory that ends ------------------------------------------------------------------------ */

static struct {
	uint8_t *begin, *end;
	size_t size;
} room;

/* Room for so many octets, behind which there is nothing. */
static uint8_t *room_for(size_t there)
{
	size_t page = (size_t)sysconf(_SC_PAGESIZE), size = (there + page - 1) / page * page;

	if (room.begin != NULL)
		munmap(room.begin, room.size);
	room.size = size + page;
	room.begin = mmap(NULL, room.size, PROT_READ | PROT_WRITE, MAP_PRIVATE | MAP_ANONYMOUS, -1, 0);
	if (room.begin == MAP_FAILED || mprotect(room.begin + size, page, PROT_NONE) != 0)
		ks_fault("no memory for %zu octets", there);
	room.end = room.begin + size;
	return room.end - there;
}

static void *nowhere(void)
{
	return room_for(0);
}

static struct told *told_to(const struct ks_value *args)
{
	const char *name = ks_name(args, "task");
	int place;

	for (place = 0; place < TASKS_MAX - 1 && told[place].task[0] != '\0'; place++)
		if (strcmp(told[place].task, name) == 0)
			break;
	strncpy(told[place].task, name, sizeof told[place].task - 1);
	return &told[place];
}

/* What the call is given to tell in: one of both, or neither, leads nowhere. */
static struct told *given(const struct ks_value *args, bool address, bool length, int32_t value)
{
	struct told *to = told_to(args);

	memset(to->address, UNTOUCHED, sizeof to->address);
	to->length = value;
	to->has_address = address;
	to->has_length = length;
	return to;
}

static void *address_in(struct told *to)
{
	return to->has_address ? to->address : nowhere();
}

static void *length_in(struct told *to)
{
	return to->has_length ? &to->length : nowhere();
}

/* --- Addresses ------------------------------------------------------------------------------- */

void faulting_bind(const struct ks_value *args)
{
	struct socket *socket = socket_of(args);

	ks_name(args, "task");
	answer_result(bind(socket->file, nowhere(), (socklen_t)ks_int32(args, "length")));
}

void faulting_connect(const struct ks_value *args)
{
	struct socket *socket = socket_of(args);

	ks_name(args, "task");
	answer_result(connect(socket->file, nowhere(), (socklen_t)ks_int32(args, "length")));
}

void faulting_name(const struct ks_value *args)
{
	struct socket *socket = socket_of(args);
	int call = ks_choice(args, "of", "socket peer") == 0 ? SYS_getsockname : SYS_getpeername;
	bool address = ks_choice(args, "nowhere", "address address-length") == 0;
	struct told *to = given(args, !address, address, ks_int32(args, "length"));

	answer_result((int)syscall(call, socket->file, address_in(to), length_in(to)));
}

void faulting_accept(const struct ks_value *args)
{
	struct socket *socket = socket_of(args);
	bool address = ks_choice(args, "nowhere", "address address-length") == 0;
	struct told *to = given(args, !address, address, ADDRESS);
	int flags = fcntl(socket->file, F_GETFL), file, error;

	fcntl(socket->file, F_SETFL, flags | O_NONBLOCK);
	file = accept(socket->file, address_in(to), length_in(to));
	error = errno;
	fcntl(socket->file, F_SETFL, flags);
	tasks_settle();
	errno = error;
	socket_put(SOCKET_STREAM, file);
}

/* --- Sending and receiving ------------------------------------------------------------------- */

enum { OCTETS, ADDRESS_OF, MSG_IOV, MSGHDR, ADDRESS_LENGTH };

static void finish(long taken)
{
	int error = errno;

	tasks_settle();
	errno = error;
	if (taken < 0)
		ks_errno(errno);
}

void faulting_send(const struct ks_value *args)
{
	struct socket *socket = socket_of(args);
	size_t there, missing = (size_t)ks_int(args, "missing", 0, KS_MAX_OCTETS);
	const uint8_t *octets = ks_octets(args, "octets", &there);
	int which = ks_choice(args, "nowhere", "octets address msg_iov msghdr");
	int flags = MSG_DONTWAIT | MSG_NOSIGNAL | flag_of(args, "more", MSG_MORE);
	struct msghdr message = {.msg_iovlen = 1};
	uint8_t *place = room_for(there);
	long taken;

	ks_name(args, "task");
	memcpy(place, octets, there);
	message.msg_iov = (struct iovec *)room.end;
	if (which == MSGHDR || which == MSG_IOV)
		taken = syscall(SYS_sendmsg, socket->file,
				which == MSGHDR ? (void *)room.end : (void *)&message, flags);
	else
		taken = sendto(socket->file, place, there + missing, flags,
			       which == ADDRESS_OF ? (struct sockaddr *)room.end : NULL,
			       which == ADDRESS_OF ? ADDRESS : 0);
	finish(taken);
	ks_put_int("length", taken);
}

void faulting_receive(const struct ks_value *args)
{
	struct socket *socket = socket_of(args);
	size_t size = (size_t)ks_int(args, "size", 0, KS_MAX_OCTETS);
	size_t there = (size_t)ks_int(args, "there", 0, KS_MAX_OCTETS);
	int which = ks_choice(args, "nowhere", "octets address msg_iov msghdr address-length");
	int flags = MSG_DONTWAIT | flag_of(args, "peek", MSG_PEEK) |
		    flag_of(args, "outOfBand", MSG_OOB);
	struct told *to = given(args, which != ADDRESS_OF, which != ADDRESS_LENGTH, ADDRESS);
	uint8_t *place = room_for(which == OCTETS ? there : size);
	struct msghdr message = {.msg_iov = (struct iovec *)room.end, .msg_iovlen = 1};
	long taken;

	if (which == MSGHDR || which == MSG_IOV)
		taken = syscall(SYS_recvmsg, socket->file,
				which == MSGHDR ? (void *)room.end : (void *)&message, flags);
	else
		taken = syscall(SYS_recvfrom, socket->file, place, size, flags,
				to->has_address ? to->address : room.end,
				to->has_length ? (void *)&to->length : (void *)room.end);
	finish(taken);
	ks_put_octets("octets", place, (size_t)taken);
}

/* --- Options --------------------------------------------------------------------------------- */

static const struct {
	int level, option;
} options[] = {
	{SOL_SOCKET, SO_REUSEADDR},
	{SOL_SOCKET, SO_ERROR},
	{SOL_SOCKET, SO_TYPE},
	{IPPROTO_IP, IP_TTL},
};

static const char option_names[] = "SO_REUSEADDR SO_ERROR SO_TYPE IP_TTL";

void faulting_set_option(const struct ks_value *args)
{
	struct socket *socket = socket_of(args);
	int which = ks_choice(args, "option", option_names);

	ks_name(args, "task");
	answer_result(setsockopt(socket->file, options[which].level, options[which].option, nowhere(),
				 (socklen_t)ks_int32(args, "length")));
}

void faulting_get_option(const struct ks_value *args)
{
	struct socket *socket = socket_of(args);
	int which = ks_choice(args, "option", option_names);
	bool value = ks_choice(args, "nowhere", "value value-length") == 0;
	struct told *to = given(args, true, value, ks_int32(args, "length"));

	answer_result((int)syscall(SYS_getsockopt, socket->file, options[which].level,
				   options[which].option, value ? nowhere() : to->address,
				   length_in(to)));
}

/* --- Afterwards ------------------------------------------------------------------------------ */

void faulting_memory(const struct ks_value *args)
{
	const struct told *to = told_to(args);

	ks_put_octets("address", to->address, to->has_address ? sizeof to->address : 0);
	if (to->has_length)
		ks_put_int("length", to->length);
	else
		ks_put_null("length");
}
