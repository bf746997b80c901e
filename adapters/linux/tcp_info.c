/*
 * tcp_info.c - see tcp_info.h.
 */
#include "tcp_info.h"

#include <errno.h>
#include <linux/tcp.h>
#include <stddef.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/socket.h>

#include "clock.h"
#include "kernspec.h"
#include "sockets.h"

#define SOL_TCP_SOCKET 6
#define NS_PER_US 1000

/* By the kernel's numbers. The last is a request that is not yet a connection. */
static const char *const states[] = {"",	   "ESTABLISHED", "SYN_SENT",	"SYN_RECEIVED",
				     "FIN_WAIT_1", "FIN_WAIT_2",  "TIME_WAIT",	"CLOSED",
				     "CLOSE_WAIT", "LAST_ACK",	  "LISTEN",	"CLOSING",
				     "SYN_RECEIVED"};

#define STATES (sizeof states / sizeof states[0])

/* A threshold that has never been reached. */
#define INFINITE_SSTHRESH 0x7fffffff

/* Linux's reno stays in fast recovery until all has been acknowledged that was lost. */
static const char *control_of(int file)
{
	char name[32] = "";
	socklen_t length = sizeof name - 1;

	getsockopt(file, SOL_TCP_SOCKET, TCP_CONGESTION, name, &length);
	if (strcmp(name, "vegas") == 0)
		return "vegas-linux";
	if (strcmp(name, "reno") != 0)
		ks_fault("the contract has no name for the congestion control %s", name);
	return "newreno";
}

/* A line of /proc/net/tcp. */
struct line {
	struct sockaddr_in local, peer;
	unsigned int state, timer;
	unsigned long ticks;
};

static FILE *open_table(void)
{
	FILE *file = fopen("/proc/net/tcp", "r");
	char heading[256];

	if (file == NULL || fgets(heading, sizeof heading, file) == NULL)
		ks_fault("/proc/net/tcp cannot be read");
	return file;
}

/* Addresses are printed as the numbers that they are in memory, ports in host order. */
static bool read_line(FILE *file, struct line *line)
{
	unsigned int local, local_port, peer, peer_port;
	char text[512];

	while (fgets(text, sizeof text, file) != NULL) {
		if (sscanf(text, " %*d: %x:%x %x:%x %x %*x:%*x %x:%lx", &local, &local_port, &peer,
			   &peer_port, &line->state, &line->timer, &line->ticks) != 7)
			continue;
		line->local.sin_addr.s_addr = local;
		line->local.sin_port = htons((uint16_t)local_port);
		line->peer.sin_addr.s_addr = peer;
		line->peer.sin_port = htons((uint16_t)peer_port);
		return true;
	}
	return false;
}

static void put_address(const char *name, const struct sockaddr_in *address)
{
	static const struct socket stream_socket = {SOCKET_STREAM, -1};

	ks_open_object(name);
	address_put(&stream_socket, address);
	ks_close();
}

void tcp_info_connections(const struct ks_value *args)
{
	FILE *file = open_table();
	struct line line;

	(void)args;
	ks_open_array("connections");
	while (read_line(file, &line)) {
		ks_open_object(NULL);
		ks_put_text("state", line.state < STATES ? states[line.state] : "CLOSED");
		put_address("local", &line.local);
		put_address("peer", &line.peer);
		ks_close();
	}
	ks_close();
	fclose(file);
}

/* Of several timers that run, Linux shows the one that is due first; that of delayed ACKs never. */
static void put_timers(int file)
{
	static const char *const timers[] = {NULL, "retransmission", "keepalive", "time-wait",
					     "zero-window-probe"};
	struct sockaddr_in local = {0}, peer = {0};
	socklen_t length = sizeof local;
	FILE *table = open_table();
	struct line line;

	getsockname(file, (struct sockaddr *)&local, &length);
	length = sizeof peer;
	getpeername(file, (struct sockaddr *)&peer, &length);
	ks_open_array("timers");
	while (read_line(table, &line)) {
		if (line.local.sin_port != local.sin_port || line.peer.sin_port != peer.sin_port ||
		    line.peer.sin_addr.s_addr != peer.sin_addr.s_addr || line.timer == 0 ||
		    line.timer >= sizeof timers / sizeof timers[0])
			continue;
		ks_open_object(NULL);
		ks_put_text("timer", timers[line.timer]);
		/* In hundredths of a second. */
		ks_put_int("at", clock_now() + (int64_t)line.ticks * 10000000);
		ks_close();
	}
	ks_close();
	fclose(table);
}

/* Newer kernels tell more than the headers know that this is built with. */
struct long_info {
	struct tcp_info info;
	uint32_t more[32];
};

/* It stands behind the window of the peer. */
static uint32_t receive_window(const struct long_info *all)
{
	size_t place = offsetof(struct tcp_info, tcpi_snd_wnd) + sizeof(uint32_t);
	uint32_t window;

	memcpy(&window, (const char *)all + place, sizeof window);
	return window;
}

void tcp_info_read(const struct ks_value *args)
{
	int file = socket_of(args)->file;
	struct long_info all;
	struct tcp_info info;
	socklen_t length = sizeof all;
	const char *control;

	memset(&all, 0, sizeof all);
	answer_result(getsockopt(file, SOL_TCP_SOCKET, TCP_INFO, &all, &length));
	info = all.info;
	control = control_of(file);
	ks_put_text("state", info.tcpi_state < STATES ? states[info.tcpi_state] : "CLOSED");
	ks_put_int("mss", info.tcpi_snd_mss);
	ks_put_int("congestionWindow", (int64_t)info.tcpi_snd_cwnd * info.tcpi_snd_mss);
	if (info.tcpi_snd_ssthresh >= INFINITE_SSTHRESH)
		ks_put_null("slowStartThreshold");
	else
		ks_put_int("slowStartThreshold",
			   (int64_t)info.tcpi_snd_ssthresh * info.tcpi_snd_mss);
	ks_put_int("sendWindow", info.tcpi_snd_wnd);
	ks_put_int("receiveWindow", receive_window(&all));
	ks_put_int("inFlight", ((int64_t)info.tcpi_unacked - info.tcpi_sacked - info.tcpi_lost +
				info.tcpi_retrans) *
				       info.tcpi_snd_mss);
	if (info.tcpi_rtt == 0) {
		ks_put_null("smoothedRtt");
		ks_put_null("rttVariation");
	} else {
		ks_put_int("smoothedRtt", (int64_t)info.tcpi_rtt * NS_PER_US);
		ks_put_int("rttVariation", (int64_t)info.tcpi_rttvar * NS_PER_US);
	}
	ks_put_int("retransmissionTimeout", (int64_t)info.tcpi_rto * NS_PER_US);
	ks_put_int("backoff", info.tcpi_backoff);
	ks_put_int("retransmits", info.tcpi_total_retrans);
	ks_put_text("congestionControl", control);
	put_timers(file);
}
