/*
 * sockets.c - makes sockets, and makes those calls on them that never sleep. See sockets.h.
 */
#include "sockets.h"

#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "kernspec.h"
#include "system.h"
#include "tasks.h"

#define SOCKETS_MAX 4096

static struct socket sockets[SOCKETS_MAX];
static int socket_count;

struct socket *socket_of(const struct ks_value *args)
{
	const char *handle = ks_text(args, "socket");
	char *end;
	long number = handle[0] == 's' ? strtol(handle + 1, &end, 10) : 0;

	if (number < 1 || number > socket_count || *end != '\0')
		ks_wrong(args, "socket", "no such socket");
	return &sockets[number - 1];
}

void socket_put(enum socket_kind kind, int file)
{
	char handle[16];

	if (file < 0)
		ks_errno(errno);
	if (socket_count == SOCKETS_MAX) {
		close(file);
		ks_fault("more than %d sockets", SOCKETS_MAX);
	}
	sockets[socket_count++] = (struct socket){kind, file};
	snprintf(handle, sizeof handle, "s%d", socket_count);
	ks_put_text("socket", handle);
}

bool socket_is_ready(const struct socket *socket, short events)
{
	struct pollfd file = {.fd = socket->file, .events = events};

	return socket->file < 0 || poll(&file, 1, 0) > 0;
}

int flag_of(const struct ks_value *args, const char *name, int flag)
{
	return ks_has(args, name) && ks_bool(args, name) ? flag : 0;
}

bool is_unprivileged(const struct ks_value *args)
{
	return ks_has(args, "privileged") && !ks_bool(args, "privileged");
}

void answer_result(int result)
{
	if (result != 0)
		ks_errno(errno);
}

/* --- Addresses ------------------------------------------------------------------------------- */

struct sockaddr_in address_of(const struct ks_value *object)
{
	struct sockaddr_in address;

	memset(&address, 0, sizeof address);
	address.sin_family = AF_INET;
	address.sin_addr.s_addr = ks_ipv4(object, "address");
	address.sin_port = htons(ks_word16(object, "port"));
	return address;
}

void address_put(const struct socket *socket, const struct sockaddr_in *address)
{
	const uint8_t *octets = (const uint8_t *)&address->sin_addr;
	char text[16];

	snprintf(text, sizeof text, "%d.%d.%d.%d", octets[0], octets[1], octets[2], octets[3]);
	ks_put_text("address", text);
	/* Where a raw socket has a port, Linux shows its protocol; to the contract it has none. */
	ks_put_int("port", socket->kind == SOCKET_RAW ? 0 : ntohs(address->sin_port));
}

/* --- Making ---------------------------------------------------------------------------------- */

static int make(int domain, int type, int protocol, bool unprivileged)
{
	int file;

	if (unprivileged)
		privileges_drop();
	file = socket(domain, type | SOCKET_FLAGS, protocol);
	if (unprivileged)
		privileges_restore();
	return file;
}

void udp_open(const struct ks_value *args)
{
	(void)args;
	socket_put(SOCKET_UDP, make(AF_INET, SOCK_DGRAM, 0, false));
}

void raw_open(const struct ks_value *args)
{
	int protocol = (int)ks_int(args, "protocol", 1, 255);

	socket_put(SOCKET_RAW, make(AF_INET, SOCK_RAW, protocol, is_unprivileged(args)));
}

/* No system has ever had the family of this number. */
#define AF_UNKNOWN 18

void socket_creation_create(const struct ks_value *args)
{
	static const int domains[] = {AF_INET, AF_UNIX, AF_NETLINK, AF_ROUTE, AF_UNKNOWN};
	static const int types[] = {SOCK_STREAM, SOCK_DGRAM, SOCK_RAW, SOCK_SEQPACKET};
	int domain = domains[ks_choice(args, "domain", "AF_INET AF_UNIX AF_NETLINK AF_ROUTE AF_UNKNOWN")];
	int type = types[ks_choice(args, "type", "SOCK_STREAM SOCK_DGRAM SOCK_RAW SOCK_SEQPACKET")];
	int protocol = (int)ks_int(args, "protocol", 0, 262);
	int file = make(domain, type, protocol, is_unprivileged(args)), on_the_wire;

	if (file < 0)
		ks_errno(errno);
	on_the_wire = protocol_of(file);
	close(file);
	ks_put_int("protocol", on_the_wire);
}

/* --- Names ----------------------------------------------------------------------------------- */

void socket_bind(const struct ks_value *args)
{
	struct socket *socket = socket_of(args);
	struct sockaddr_in address = address_of(ks_object(args, "to", "address port"));
	bool unprivileged = is_unprivileged(args);
	int result;

	if (unprivileged)
		privileges_drop();
	result = bind(socket->file, (struct sockaddr *)&address, sizeof address);
	if (unprivileged)
		privileges_restore();
	answer_result(result);
}

void socket_connect(const struct ks_value *args)
{
	struct socket *socket = socket_of(args);
	struct sockaddr_in address = {.sin_family = AF_UNSPEC};

	if (!ks_is_null(args, "to"))
		address = address_of(ks_object(args, "to", "address port"));
	answer_result(connect(socket->file, (struct sockaddr *)&address, sizeof address));
}

void socket_name(const struct ks_value *args)
{
	struct socket *socket = socket_of(args);
	struct sockaddr_in address;
	socklen_t length = sizeof address;

	answer_result(getsockname(socket->file, (struct sockaddr *)&address, &length));
	address_put(socket, &address);
}

void socket_peer(const struct ks_value *args)
{
	struct socket *socket = socket_of(args);
	struct sockaddr_in address;
	socklen_t length = sizeof address;

	answer_result(getpeername(socket->file, (struct sockaddr *)&address, &length));
	address_put(socket, &address);
}

/* --- Ending ---------------------------------------------------------------------------------- */

void socket_shutdown(const struct ks_value *args)
{
	struct socket *socket = socket_of(args);
	int how = ks_choice(args, "how", "SHUT_RD SHUT_WR SHUT_RDWR");

	answer_result(shutdown(socket->file, how));
	tasks_settle();
}

void socket_close(const struct ks_value *args)
{
	struct socket *socket = socket_of(args);

	answer_result(close(socket->file));
	socket->file = -1;
	tasks_settle();
	interfaces_drain();
}
