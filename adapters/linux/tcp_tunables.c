/*
 * tcp_tunables.c - settings of TCP by the contract's names.
 */
#include <stdio.h>
#include <string.h>

#include "host.h"
#include "kernspec.h"

#define MS_PER_S 1000

static const struct {
	const char *sysctl; /* NULL where Linux has no such setting, but always the same value */
	int unit;           /* of the setting, in the contract's; or that value */
} tunables[] = {
	{"net/ipv4/tcp_syn_retries", 1},
	{"net/ipv4/tcp_synack_retries", 1},
	{NULL, 1000},
	{NULL, 1000},
	{"net/ipv4/tcp_max_syn_backlog", 1},
	{NULL, 0},
	{"net/ipv4/tcp_syncookies", 1},
	{"net/core/somaxconn", 1},
	{"net/ipv4/tcp_abort_on_overflow", 1},
	{"net/ipv4/tcp_retries2", 1},
	{"net/ipv4/tcp_fin_timeout", MS_PER_S},
	{NULL, 60000},
	{"net/ipv4/tcp_keepalive_time", MS_PER_S},
	{"net/ipv4/tcp_window_scaling", 1},
	{"net/ipv4/tcp_timestamps", 1},
};

static const char names[] = "synRetries synackRetries synTimeout synackTimeout maxSynBacklog "
			    "synQueueIsList synCookies somaxconn abortOnOverflow retransmissions "
			    "finWait2Timeout timeWait keepaliveTime windowScaling timestamps";

/* Linux's reno is what others call NewReno; its vegas is its own. */
static bool set_control(const struct ks_value *args)
{
	const char *name = ks_text(args, "value");

	if (strcmp(name, "newreno") == 0)
		return sysctl_write("net/ipv4/tcp_congestion_control", "reno");
	if (strcmp(name, "vegas-linux") == 0)
		return sysctl_write("net/ipv4/tcp_congestion_control", "vegas");
	return false;
}

static bool set_number(const struct ks_value *args)
{
	int which = ks_choice(args, "tunable", names);
	int64_t value = ks_int(args, "value", 0, 1000000000);
	char text[24];

	if (tunables[which].sysctl == NULL)
		return value == tunables[which].unit;
	if (value % tunables[which].unit != 0)
		return false;
	snprintf(text, sizeof text, "%lld", (long long)value / tunables[which].unit);
	return sysctl_write(tunables[which].sysctl, text);
}

void tcp_tunables_set(const struct ks_value *args)
{
	bool is_control = strcmp(ks_text(args, "tunable"), "congestionControl") == 0;

	ks_put_bool("taken", is_control ? set_control(args) : set_number(args));
}
