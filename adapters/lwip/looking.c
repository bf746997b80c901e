/*
 * looking.c - what waits at a socket, and what it is.
 */
#include <errno.h>

#include "lwip/opt.h"
#include "lwip/api.h"
#include "lwip/netbuf.h"
#include "lwip/priv/sockets_priv.h"
#include "lwip/priv/tcp_priv.h"
#include "lwip/raw.h"

#include "kernspec.h"
#include "mailboxes.h"
#include "sockets.h"
#include "system.h"

/* Answers EBADF where there is none. */
static const struct lwip_sock *look(int file)
{
	const struct lwip_sock *sock = file < 0 ? NULL : lwip_socket_dbg_get_socket(file);

	if (sock == NULL)
		ks_errno(EBADF);
	return sock;
}

int protocol_of(int file)
{
	const struct netconn *conn = look(file)->conn;

	switch (NETCONNTYPE_GROUP(netconn_type(conn))) {
	case NETCONN_TCP:
		return IPPROTO_TCP;
	case NETCONN_UDP:
		return netconn_type(conn) == NETCONN_UDPLITE ? IPPROTO_UDPLITE : IPPROTO_UDP;
	default:
		return conn->pcb.raw->protocol;
	}
}

/* lwIP's type for the length has no sign. */
long receive_from(int file, void *octets, size_t size, void *memory, int32_t *length)
{
	socklen_t room = (socklen_t)*length;
	long taken = lwip_recvfrom(file, octets, size, MSG_DONTWAIT, memory, &room);

	*length = (int32_t)room;
	return taken;
}

/* A datagram of which something was peeked at lies beside the mailbox. */
void datagram_occupancy(const struct ks_value *args)
{
	const struct lwip_sock *sock = look(socket_of(args)->file);
	const struct netbuf *peeked = sock->lastdata.netbuf;
	const struct netbuf *next = peeked != NULL ? peeked : mailbox_first(sock->conn->recvmbox);

	ks_put_int("next", next == NULL ? 0 : netbuf_len(next));
	ks_put_int("datagrams", mailbox_count(sock->conn->recvmbox) + (peeked != NULL));
	/* What is sent leaves at once. */
	ks_put_int("sending", 0);
}

/* A FIN has a number of its own behind the last octet, from when it is queued until it is acknowledged. */
static int64_t octets_after(const struct tcp_pcb *pcb, u32_t acknowledged)
{
	int64_t octets;

	if (pcb == NULL || pcb->state < ESTABLISHED)
		return 0;
	octets = (u32_t)(pcb->snd_lbb - acknowledged) - ((pcb->flags & TF_FIN) != 0);
	return octets > 0 ? octets : 0;
}

void stream_occupancy(const struct ks_value *args)
{
	int file = socket_of(args)->file, receiving = 0;
	const struct netconn *conn = look(file)->conn;
	const struct tcp_pcb *pcb = conn->pcb.tcp;
	bool is_stream = NETCONNTYPE_GROUP(netconn_type(conn)) == NETCONN_TCP;

	if (!is_stream || (pcb != NULL && pcb->state == LISTEN))
		ks_errno(EINVAL);
	answer_result(ioctl(file, FIONREAD, &receiving));
	ks_put_int("receiving", receiving);
	ks_put_int("sending", octets_after(pcb, pcb == NULL ? 0 : pcb->lastack));
	ks_put_int("unsent", octets_after(pcb, pcb == NULL ? 0 : pcb->snd_nxt));
}
