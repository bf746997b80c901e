/*
 * offer.c - what is offered, and where each operation is answered. See offer.h.
 */
#include "offer.h"

#include "counters.h"
#include "faulting.h"
#include "host.h"
#include "interfaces.h"
#include "kernspec.h"
#include "routing.h"
#include "sockets.h"
#include "tasks.h"
#include "tcp_info.h"

const struct ks_capability offered_capabilities[] = {
	{"network", 1}, {"forwarding", 1},      {"mib", 1},
	{"udp", 1},     {"address-length", 1},  {"raw-ip", 1},
	{"socket-creation", 1}, {"tcp", 1},
	{"tcp-info", 1}, {"tcp-mib", 1},        {"tcp-tunables", 1},
	{"faulting-address", 1}, {"netlink", 1}, {NULL, 0},
};

/* What udp and raw-ip have alike. */
#define SOCKET_OPERATIONS(port)                                                                    \
	{port ".bind", socket_bind, "socket to privileged?"},                                      \
	{port ".connect", socket_connect, "socket to"},                                            \
	{port ".send", datagram_send, "socket task octets to? more? outOfBand? dontWait?"},        \
	{port ".receive", datagram_receive, "socket task size peek? dontWait?"},                   \
	{port ".name", socket_name, "socket"},                                                     \
	{port ".peer", socket_peer, "socket"},                                                     \
	{port ".setOption", socket_set_option, "socket option value privileged?"},                 \
	{port ".getOption", socket_get_option, "socket option"},                                   \
	{port ".shutdown", socket_shutdown, "socket how"},                                         \
	{port ".close", socket_close, "socket"},                                                   \
	{port ".occupancy", datagram_occupancy, "socket"},                                         \
	{port ".interrupt", task_interrupt, "task restart"}

const struct ks_operation offered_operations[] = {
	{"network.attach", network_attach, "interface mac mtu"},
	{"network.addAddress", network_add_address, "interface address prefix"},
	{"network.addRoute", network_add_route, "destination prefix gateway"},
	{"network.receive", network_receive, "interface frame"},
	{"network.transmitted", network_transmitted, ""},
	{"network.now", network_now, ""},
	{"network.advance", network_advance, "to"},

	{"forwarding.set", forwarding_set, "on"},
	{"netlink.open", routing_open, "groups privileged?"},
	{"netlink.send", routing_send, "socket octets"},
	{"netlink.receive", routing_receive, "socket"},
	{"netlink.close", socket_close, "socket"},
	{"mib.read", mib_read, ""},

	{"udp.open", udp_open, ""},
	SOCKET_OPERATIONS("udp"),

	{"raw-ip.open", raw_open, "protocol privileged?"},
	SOCKET_OPERATIONS("raw-ip"),

	{"tcp.open", stream_open, ""},
	{"tcp.bind", socket_bind, "socket to privileged?"},
	{"tcp.listen", stream_listen, "socket backlog"},
	{"tcp.accept", stream_accept, "socket task dontWait?"},
	{"tcp.connect", stream_connect, "socket task to dontWait?"},
	{"tcp.send", stream_send, "socket task octets to? more? outOfBand? noSignal? dontWait?"},
	{"tcp.receive", stream_receive, "socket task size peek? waitAll? outOfBand? dontWait?"},
	{"tcp.atMark", stream_at_mark, "socket"},
	{"tcp.shutdown", socket_shutdown, "socket how"},
	{"tcp.close", stream_close, "socket task"},
	{"tcp.name", socket_name, "socket"},
	{"tcp.peer", socket_peer, "socket"},
	{"tcp.setOption", socket_set_option, "socket option value privileged?"},
	{"tcp.getOption", socket_get_option, "socket option"},
	{"tcp.occupancy", stream_occupancy, "socket"},
	{"tcp.ready", stream_ready, "socket"},
	{"tcp.interrupt", task_interrupt, "task restart"},
	{"tcp.signals", task_signals, "task"},

	{"tcp-info.read", tcp_info_read, "socket"},
	{"tcp-info.connections", tcp_info_connections, ""},
	{"tcp-mib.read", tcp_mib_read, ""},
	{"tcp-tunables.set", tcp_tunables_set, "tunable value"},

	{"address-length.receive", address_length_receive, "socket task size fromLength"},
	{"socket-creation.create", socket_creation_create, "domain type protocol privileged?"},
	{"faulting-address.bind", faulting_bind, "socket task length"},
	{"faulting-address.connect", faulting_connect, "socket task length"},
	{"faulting-address.send", faulting_send, "socket task octets missing nowhere more?"},
	{"faulting-address.receive", faulting_receive,
	 "socket task size there nowhere peek? outOfBand?"},
	{"faulting-address.accept", faulting_accept, "socket task nowhere"},
	{"faulting-address.name", faulting_name, "socket task of nowhere length"},
	{"faulting-address.setOption", faulting_set_option, "socket task option length"},
	{"faulting-address.getOption", faulting_get_option, "socket task option nowhere length"},
	{"faulting-address.memory", faulting_memory, "task"},
	{NULL, NULL, NULL},
};
