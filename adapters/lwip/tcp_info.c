/*
 * tcp_info.c - see tcp_info.h.
 *
 * lwIP measures in ticks of TCP_SLOW_INTERVAL, of which it does not show when the next one comes: a timer is due
 * at the latest when it is said to be.
 */
#include "tcp_info.h"

#include <errno.h>
#include <stdio.h>

#include "lwip/opt.h"
#include "lwip/api.h"
#include "lwip/priv/sockets_priv.h"
#include "lwip/priv/tcp_priv.h"

#include "fibers.h"
#include "kernspec.h"
#include "sockets.h"
#include "tunables.h"

#define TICK_NS (TCP_SLOW_INTERVAL * NS_PER_MS)

/* lwIP keeps its smoothed values as Jacobson's paper has them: eight and four times what they are. */
#define RTT_SCALE 8
#define VARIATION_SCALE 4

static const char *const states[] = {
	"CLOSED",     "LISTEN",	   "SYN_SENT",	 "SYN_RECEIVED", "ESTABLISHED", "FIN_WAIT_1",
	"FIN_WAIT_2", "CLOSE_WAIT", "CLOSING",	 "LAST_ACK",	 "TIME_WAIT",
};

/* --- Which there are ------------------------------------------------------------------------- */

static void put_address(const char *name, const ip_addr_t *address, u16_t port)
{
	char text[IP4ADDR_STRLEN_MAX];

	ks_open_object(name);
	ks_put_text("address", ip4addr_ntoa_r(ip_2_ip4(address), text, sizeof text));
	ks_put_int("port", port);
	ks_close();
}

static void put_connections(const struct tcp_pcb *pcb)
{
	for (; pcb != NULL; pcb = pcb->next) {
		ks_open_object(NULL);
		ks_put_text("state", states[pcb->state]);
		put_address("local", &pcb->local_ip, pcb->local_port);
		put_address("peer", &pcb->remote_ip, pcb->remote_port);
		ks_close();
	}
}

static void put_listening(const struct tcp_pcb_listen *pcb)
{
	for (; pcb != NULL; pcb = pcb->next) {
		ks_open_object(NULL);
		ks_put_text("state", states[LISTEN]);
		put_address("local", &pcb->local_ip, pcb->local_port);
		put_address("peer", IP4_ADDR_ANY, 0);
		ks_close();
	}
}

void tcp_info_connections(const struct ks_value *args)
{
	(void)args;
	ks_open_array("connections");
	put_listening(tcp_listen_pcbs.listen_pcbs);
	put_connections(tcp_active_pcbs);
	put_connections(tcp_tw_pcbs);
	ks_close();
}

/* --- What one keeps -------------------------------------------------------------------------- */

/* After so many ticks from now. */
static void put_timer(const char *timer, int64_t ticks)
{
	ks_open_object(NULL);
	ks_put_text("timer", timer);
	ks_put_int("at", clock_now() + (ticks > 0 ? ticks : 0) * TICK_NS);
	ks_close();
}

/* Ticks of a time that is counted from when something last came. */
static int64_t ticks_left(const struct tcp_pcb *pcb, uint32_t ms)
{
	return (int64_t)(ms / TCP_SLOW_INTERVAL) - (int64_t)(u32_t)(tcp_ticks - pcb->tmr);
}

static void put_timers(const struct tcp_pcb *pcb)
{
	if (pcb->persist_backoff > 0)
		put_timer("zero-window-probe", pcb->persist_cnt);
	else if (pcb->rtime >= 0)
		put_timer("retransmission", pcb->rto - pcb->rtime);
	if ((pcb->flags & TF_ACK_DELAY) != 0)
		put_timer("delayed-ack", 1);
	if (ip_get_option(pcb, SOF_KEEPALIVE) &&
	    (pcb->state == ESTABLISHED || pcb->state == CLOSE_WAIT))
		put_timer("keepalive", ticks_left(pcb, pcb->keep_idle));
	if (pcb->state == FIN_WAIT_2 && (pcb->flags & TF_RXCLOSED) != 0)
		put_timer("fin-wait-2", ticks_left(pcb, TCP_FIN_WAIT_TIMEOUT));
	if (pcb->state == TIME_WAIT)
		put_timer("time-wait", ticks_left(pcb, 2 * TCP_MSL));
}

/* Before the first sample both are as they were made. */
static void put_times(const struct tcp_pcb *pcb)
{
	if (pcb->sa == 0 && pcb->sv == INITIAL_RTO_MS / TCP_SLOW_INTERVAL) {
		ks_put_null("smoothedRtt");
		ks_put_null("rttVariation");
	} else {
		ks_put_int("smoothedRtt", pcb->sa * TICK_NS / RTT_SCALE);
		ks_put_int("rttVariation", pcb->sv * TICK_NS / VARIATION_SCALE);
	}
	ks_put_int("retransmissionTimeout", pcb->rto * TICK_NS);
	ks_put_int("backoff", pcb->nrtx);
	ks_put_null("retransmits");
	ks_put_text("congestionControl", "reno");
}

static void put_connection(const struct tcp_pcb *pcb)
{
	ks_put_text("state", states[pcb->state]);
	ks_put_int("mss", pcb->mss);
	ks_put_int("congestionWindow", pcb->cwnd);
	ks_put_int("slowStartThreshold", pcb->ssthresh);
	ks_put_int("sendWindow", pcb->snd_wnd);
	ks_put_int("receiveWindow", (u32_t)(pcb->rcv_ann_right_edge - pcb->rcv_nxt));
	ks_put_int("inFlight", (u32_t)(pcb->snd_nxt - pcb->lastack));
	put_times(pcb);
	ks_open_array("timers");
	put_timers(pcb);
	ks_close();
}

/* A socket without a connection is as a connection without anything. */
void tcp_info_read(const struct ks_value *args)
{
	static const struct tcp_pcb nothing = {.rtime = -1};
	int file = socket_of(args)->file;
	const struct lwip_sock *sock = file < 0 ? NULL : lwip_socket_dbg_get_socket(file);
	struct tcp_pcb listening = nothing;

	if (sock == NULL)
		ks_errno(EBADF);
	listening.state = LISTEN;
	if (sock->conn->pcb.tcp == NULL)
		put_connection(&nothing);
	else if (sock->conn->pcb.tcp->state == LISTEN)
		put_connection(&listening);
	else
		put_connection(sock->conn->pcb.tcp);
}
