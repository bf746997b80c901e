/*
 * tunables.c - what is fixed for every scenario, whatever the machine is set to.
 *
 * A new namespace takes some values from the machine's first one, which its owner may have changed. The values
 * here are those that Linux has by itself, but where the comment says otherwise.
 */
#include "host.h"

#include <stdio.h>
#include <string.h>

#include "kernspec.h"

struct tunable {
	const char *name; /* below /proc/sys/net */
	const char *value;
};

static const struct tunable tunables[] = {
	/* Only IPv4 is judged: its frames are not to stand between router solicitations. */
	{"ipv6/conf/all/disable_ipv6", "1"},
	{"ipv6/conf/default/disable_ipv6", "1"},

	{"ipv4/ip_forward", "0"},
	{"ipv4/ip_default_ttl", "64"},
	{"ipv4/ip_no_pmtu_disc", "0"},
	{"ipv4/ip_local_port_range", "32768 60999"},
	{"ipv4/ip_unprivileged_port_start", "1024"},
	{"ipv4/ip_nonlocal_bind", "0"},
	{"ipv4/ip_early_demux", "1"},
	{"ipv4/ip_forward_use_pmtu", "0"},
	{"ipv4/ip_forward_update_priority", "1"},
	{"ipv4/ipfrag_time", "30"},
	{"ipv4/ipfrag_max_dist", "64"},
	{"ipv4/ipfrag_high_thresh", "4194304"},
	{"ipv4/route/min_pmtu", "552"},
	{"ipv4/route/mtu_expires", "600"},
	{"ipv4/route/min_adv_mss", "256"},

	/* Errors are limited for each destination, as is Linux's own; not for the machine, which all share. */
	{"ipv4/icmp_ratelimit", "1000"},
	{"ipv4/icmp_ratemask", "6168"},
	{"ipv4/icmp_msgs_per_sec", "100000"},
	{"ipv4/icmp_msgs_burst", "100000"},
	{"ipv4/icmp_echo_ignore_all", "0"},
	{"ipv4/icmp_echo_ignore_broadcasts", "1"},
	{"ipv4/icmp_ignore_bogus_error_responses", "1"},
	{"ipv4/icmp_errors_use_inbound_ifaddr", "0"},

	{"ipv4/conf/all/accept_local", "0"},
	{"ipv4/conf/default/accept_local", "0"},
	{"ipv4/conf/all/accept_redirects", "1"},
	{"ipv4/conf/default/accept_redirects", "1"},
	{"ipv4/conf/all/accept_source_route", "0"},
	{"ipv4/conf/default/accept_source_route", "1"},
	{"ipv4/conf/all/arp_accept", "0"},
	{"ipv4/conf/default/arp_accept", "0"},
	{"ipv4/conf/all/arp_announce", "0"},
	{"ipv4/conf/default/arp_announce", "0"},
	{"ipv4/conf/all/arp_filter", "0"},
	{"ipv4/conf/default/arp_filter", "0"},
	{"ipv4/conf/all/arp_ignore", "0"},
	{"ipv4/conf/default/arp_ignore", "0"},
	{"ipv4/conf/all/arp_notify", "0"},
	{"ipv4/conf/default/arp_notify", "0"},
	{"ipv4/conf/all/log_martians", "0"},
	{"ipv4/conf/default/log_martians", "0"},
	{"ipv4/conf/all/proxy_arp", "0"},
	{"ipv4/conf/default/proxy_arp", "0"},
	{"ipv4/conf/all/rp_filter", "0"},
	{"ipv4/conf/default/rp_filter", "0"},
	{"ipv4/conf/all/route_localnet", "0"},
	{"ipv4/conf/default/route_localnet", "0"},
	{"ipv4/conf/all/send_redirects", "1"},
	{"ipv4/conf/default/send_redirects", "1"},
	{"ipv4/conf/all/shared_media", "1"},
	{"ipv4/conf/default/shared_media", "1"},

	{"core/somaxconn", "4096"},
	{"ipv4/tcp_congestion_control", "reno"},
	{"ipv4/tcp_timestamps", "1"},
	{"ipv4/tcp_sack", "1"},
	{"ipv4/tcp_window_scaling", "1"},
	{"ipv4/tcp_ecn", "2"},
	{"ipv4/tcp_syncookies", "1"},
	{"ipv4/tcp_syn_retries", "6"},
	{"ipv4/tcp_synack_retries", "5"},
	{"ipv4/tcp_retries1", "3"},
	{"ipv4/tcp_retries2", "15"},
	{"ipv4/tcp_fin_timeout", "60"},
	{"ipv4/tcp_keepalive_time", "7200"},
	{"ipv4/tcp_keepalive_intvl", "75"},
	{"ipv4/tcp_keepalive_probes", "9"},
	{"ipv4/tcp_abort_on_overflow", "0"},
	{"ipv4/tcp_slow_start_after_idle", "1"},
	{"ipv4/tcp_invalid_ratelimit", "500"},
	{"ipv4/tcp_rmem", "4096 131072 6291456"},
	{"ipv4/tcp_wmem", "4096 16384 4194304"},

	/* Of the whole machine: told, and left alone where they are not the namespace's own. */
	{"core/rmem_default", NULL},
	{"core/rmem_max", NULL},
	{"core/wmem_default", NULL},
	{"core/wmem_max", NULL},
	{"core/default_qdisc", NULL},
	{"core/netdev_max_backlog", NULL},
};

/* Of each interface: a namespace has no defaults for them of its own. */
static const struct tunable neighbour_tunables[] = {
	{"mcast_solicit", "3"},
	{"mcast_resolicit", "0"},
	{"ucast_solicit", "3"},
	{"app_solicit", "0"},
	{"retrans_time_ms", "1000"},
	{"base_reachable_time_ms", "30000"},
	{"delay_first_probe_time", "5"},
	{"gc_stale_time", "60"},
	{"locktime", "100"},
	{"proxy_delay", "80"},
	{"unres_qlen_bytes", "212992"},
};

#define COUNT(array) (sizeof(array) / sizeof(array)[0])

/* Below /proc/sys. */
static void name_of(const struct tunable *tunable, char *name, size_t size)
{
	snprintf(name, size, "net/%s", tunable->name);
}

static void name_of_neighbour(const struct tunable *tunable, const char *device, char *name,
			      size_t size)
{
	snprintf(name, size, "net/ipv4/neigh/%s/%s", device, tunable->name);
}

void tunables_pin(void)
{
	char name[128];
	size_t which;

	for (which = 0; which < COUNT(tunables); which++) {
		name_of(&tunables[which], name, sizeof name);
		if (tunables[which].value != NULL)
			sysctl_write(name, tunables[which].value);
	}
	tunables_pin_interface("lo");
}

void tunables_pin_interface(const char *device)
{
	char name[128];
	size_t which;

	for (which = 0; which < COUNT(neighbour_tunables); which++) {
		name_of_neighbour(&neighbour_tunables[which], device, name, sizeof name);
		sysctl_write(name, neighbour_tunables[which].value);
	}
}

void tunables_put(void)
{
	char name[128], value[128];
	size_t which;

	for (which = 0; which < COUNT(tunables); which++) {
		name_of(&tunables[which], name, sizeof name);
		if (sysctl_read(name, value, sizeof value))
			ks_put_text(tunables[which].name, value);
	}
	for (which = 0; which < COUNT(neighbour_tunables); which++) {
		name_of_neighbour(&neighbour_tunables[which], "lo", name, sizeof name);
		if (!sysctl_read(name, value, sizeof value))
			continue;
		name_of_neighbour(&neighbour_tunables[which], "INTERFACE", name, sizeof name);
		ks_put_text(name + strlen("net/"), value);
	}
}
