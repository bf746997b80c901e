/*
 * tunables.c - see tunables.h. A setting is taken where it asks for what is so.
 */
#include "tunables.h"

#include <stdio.h>
#include <string.h>

#include "lwip/opt.h"
#include "lwip/priv/tcp_priv.h"

#include "kernspec.h"

static const char names[] = "synRetries synackRetries synTimeout synackTimeout maxSynBacklog "
			    "synQueueIsList synCookies somaxconn abortOnOverflow retransmissions "
			    "finWait2Timeout timeWait keepaliveTime windowScaling timestamps";

/* What lwIP has no such setting for. */
#define NONE (-1)

/* Requests have no queue of their own: each is a connection that is gone after TCP_SYN_RCVD_TIMEOUT. */
static const int64_t values[] = {
	TCP_SYNMAXRTX, NONE, INITIAL_RTO_MS, INITIAL_RTO_MS, NONE,
	NONE,	       0,    NONE,		0,		   TCP_MAXRTX,
	TCP_FIN_WAIT_TIMEOUT, 2 * TCP_MSL, TCP_KEEPIDLE_DEFAULT, LWIP_WND_SCALE,
	LWIP_TCP_TIMESTAMPS,
};

void tcp_tunables_set(const struct ks_value *args)
{
	bool taken;

	if (strcmp(ks_text(args, "tunable"), "congestionControl") == 0)
		taken = strcmp(ks_text(args, "value"), "reno") == 0;
	else
		taken = values[ks_choice(args, "tunable", names)] ==
			ks_int(args, "value", 0, 1000000000);
	ks_put_bool("taken", taken);
}

/* Every interface forwards to every other, always. */
void forwarding_set(const struct ks_value *args)
{
	if (!ks_bool(args, "on"))
		ks_unsupported("this lwIP was built to forward");
}

#define OPTION(name) {#name, name}

void tunables_put(void)
{
	static const struct {
		const char *name;
		int64_t value;
	} options[] = {
		OPTION(ARP_QUEUE_LEN),	      OPTION(ETHARP_SUPPORT_STATIC_ENTRIES),
		OPTION(IP_DEFAULT_TTL),	      OPTION(IP_FORWARD),
		OPTION(IP_REASS_MAXAGE),      OPTION(IP_REASS_MAX_PBUFS),
		OPTION(LWIP_BROADCAST_PING),  OPTION(LWIP_MULTICAST_PING),
		OPTION(LWIP_TCP_SACK_OUT),    OPTION(LWIP_TCP_TIMESTAMPS),
		OPTION(LWIP_WND_SCALE),
		OPTION(SO_REUSE),	      OPTION(TCP_LISTEN_BACKLOG),
		OPTION(TCP_MAXRTX),	      OPTION(TCP_MSL),
		OPTION(TCP_MSS),	      OPTION(TCP_SND_BUF),
		OPTION(TCP_SYNMAXRTX),	      OPTION(TCP_TMR_INTERVAL),
		OPTION(TCP_WND),
	};
	char text[24];
	size_t which;

	ks_open_object("pinned");
	for (which = 0; which < sizeof options / sizeof options[0]; which++) {
		snprintf(text, sizeof text, "%lld", (long long)options[which].value);
		ks_put_text(options[which].name, text);
	}
	ks_close();
}
