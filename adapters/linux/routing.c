/*
 * routing.c - sockets of netlink. See routing.h.
 *
 * The kernel has done a request when send() returns, and what it has to say waits at the socket.
 */
#include "routing.h"

#include <errno.h>
#include <linux/netlink.h>
#include <linux/rtnetlink.h>

#include "kernspec.h"
#include "sockets.h"
#include "system.h"

#define RECEIVED_AT_ONCE 65536

static uint32_t groups_of(const struct ks_value *args)
{
	const struct ks_value *item = ks_first(ks_array(args, "groups", 1));
	uint32_t groups = 0;

	for (; item != NULL; item = ks_next(item)) {
		ks_choice_item(item, "RTMGRP_IPV4_ROUTE");
		groups |= RTMGRP_IPV4_ROUTE;
	}
	return groups;
}

/* What the owner may do is asked of who made the socket, and again of who sends. */
void routing_open(const struct ks_value *args)
{
	struct sockaddr_nl name = {.nl_family = AF_NETLINK, .nl_groups = groups_of(args)};
	bool unprivileged = is_unprivileged(args);
	int file;

	if (unprivileged)
		privileges_drop();
	file = socket(AF_NETLINK, SOCK_RAW | SOCKET_FLAGS, NETLINK_ROUTE);
	if (unprivileged)
		privileges_restore();
	if (file >= 0)
		answer_result(bind(file, (struct sockaddr *)&name, sizeof name));
	socket_put(SOCKET_ROUTES, file);
}

void routing_send(const struct ks_value *args)
{
	struct socket *socket = socket_of(args);
	size_t length;
	const uint8_t *octets = ks_octets(args, "octets", &length);

	if (send(socket->file, octets, length, 0) < 0)
		ks_errno(errno);
	interfaces_drain();
}

void routing_receive(const struct ks_value *args)
{
	struct socket *socket = socket_of(args);
	uint8_t *octets = ks_alloc(RECEIVED_AT_ONCE);
	ssize_t taken = recv(socket->file, octets, RECEIVED_AT_ONCE, MSG_DONTWAIT);

	if (taken < 0)
		ks_errno(errno);
	ks_put_octets("octets", octets, (size_t)taken);
}
