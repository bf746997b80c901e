/*
 * tunables.c - see tunables.h. A setting is taken where it asks for what is so.
 */
#include "tunables.h"

#include <stdio.h>
#include <string.h>

#include "lwip/opt.h"
#include "lwip/priv/tcp_priv.h"

#include "kernspec.h"

/* Requests have no queue of their own: each is a connection that is gone after TCP_SYN_RCVD_TIMEOUT. */
static const struct {
	const char *name;
	int64_t value;
} settings[] = {
	{"synRetries", TCP_SYNMAXRTX},
	{"synTimeout", INITIAL_RTO_MS},
	{"synackTimeout", INITIAL_RTO_MS},
	{"synCookies", 0},
	{"abortOnOverflow", 0},
	{"retransmissions", TCP_MAXRTX},
	{"finWait2Timeout", TCP_FIN_WAIT_TIMEOUT},
	{"timeWait", 2 * TCP_MSL},
	{"keepaliveTime", TCP_KEEPIDLE_DEFAULT},
	{"windowScaling", LWIP_WND_SCALE},
	{"timestamps", LWIP_TCP_TIMESTAMPS},
};

/* Of any other setting of the contract lwIP has nothing, whatever it is. */
static bool is_so(const char *name, const struct ks_value *args)
{
	size_t which;

	for (which = 0; which < sizeof settings / sizeof settings[0]; which++)
		if (strcmp(settings[which].name, name) == 0)
			return settings[which].value == ks_int(args, "value", 0, 1000000000);
	return false;
}

void tcp_tunables_set(const struct ks_value *args)
{
	const char *name = ks_text(args, "tunable");

	if (strcmp(name, "congestionControl") == 0)
		ks_put_bool("taken", strcmp(ks_text(args, "value"), "reno") == 0);
	else
		ks_put_bool("taken", is_so(name, args));
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
