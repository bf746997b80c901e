/*
 * interfaces.c - see interfaces.h.
 *
 * An interface of lwIP has one address, and the only route is the default one: what goes beyond is refused with
 * EOPNOTSUPP, and the scene is not set.
 */
#include "interfaces.h"

#include <arpa/inet.h>
#include <errno.h>
#include <stdbool.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include "lwip/etharp.h"
#include "lwip/netif.h"
#include "lwip/pbuf.h"
#include "lwip/tcpip.h"
#include "netif/ethernet.h"

#include "fibers.h"
#include "frames.h"
#include "kernspec.h"
#include "lookahead.h"

struct interface {
	struct interface *next;
	char name[KS_NAME_SIZE];
	uint8_t mac[NETIF_MAX_HWADDR_LEN];
	uint16_t mtu;
	struct netif netif;
};

static struct interface *interfaces;
static struct netif loopback;

static struct interface *find(const char *name)
{
	struct interface *interface;

	for (interface = interfaces; interface != NULL; interface = interface->next)
		if (strcmp(interface->name, name) == 0)
			return interface;
	return NULL;
}

const char *interface_device(const char *name)
{
	static char device[NETIF_NAMESIZE];
	struct interface *interface = find(name);

	return interface == NULL ? name : netif_index_to_name(netif_get_index(&interface->netif), device);
}

const char *interface_name(const char *device)
{
	const struct interface *interface;
	const struct netif *netif = netif_find(device);

	for (interface = interfaces; interface != NULL; interface = interface->next)
		if (&interface->netif == netif)
			return interface->name;
	return device;
}

static struct interface *interface_of(const struct ks_value *args)
{
	struct interface *interface = find(ks_name(args, "interface"));

	if (interface == NULL)
		ks_errno(ENODEV);
	return interface;
}

/* --- The driver ------------------------------------------------------------------------------ */

static err_t send_frame(struct netif *netif, struct pbuf *frame)
{
	const struct interface *interface = netif->state;
	uint8_t *octets = malloc(frame->tot_len + 1u);

	if (octets == NULL)
		return ERR_MEM;
	pbuf_copy_partial(frame, octets, frame->tot_len, 0);
	frame_keep(interface->name, clock_now(), octets, frame->tot_len);
	free(octets);
	return ERR_OK;
}

static err_t set_up(struct netif *netif)
{
	const struct interface *interface = netif->state;

	netif->name[0] = 'e';
	netif->name[1] = 'n';
	netif->mtu = interface->mtu;
	netif->hwaddr_len = sizeof interface->mac;
	memcpy(netif->hwaddr, interface->mac, sizeof interface->mac);
	netif->flags |= NETIF_FLAG_BROADCAST | NETIF_FLAG_ETHERNET;
	netif->output = etharp_output;
	netif->linkoutput = send_frame;
	return ERR_OK;
}

/* Whether the device takes it: lwIP itself does not ask whose link address stands in a frame. */
static bool is_for(const struct netif *netif, const uint8_t *octets, size_t length)
{
	return length >= SIZEOF_ETH_HDR && length <= UINT16_MAX &&
	       ((octets[0] & 1) != 0 || memcmp(octets, netif->hwaddr, netif->hwaddr_len) == 0);
}

/* Memory of the library's own pools for frames is too short for some (Debian 2.1.3), so it is not asked for. */
static void receive(struct netif *netif, const uint8_t *octets, size_t length)
{
	struct pbuf *frame;

	if (!is_for(netif, octets, length))
		return;
	frame = pbuf_alloc(PBUF_RAW, (u16_t)length, PBUF_RAM);
	if (frame == NULL)
		ks_fault("no memory for a frame");
	pbuf_take(frame, octets, (u16_t)length);
	if (netif->input(frame, netif) != ERR_OK)
		pbuf_free(frame);
}

void network_receive(const struct ks_value *args)
{
	struct interface *interface = interface_of(args);
	size_t length;
	const uint8_t *octets = ks_octets(args, "frame", &length);

	receive(&interface->netif, octets, length);
	fibers_run();
}

void network_transmitted(const struct ks_value *args)
{
	(void)args;
	frames_put();
}

/* --- Interfaces ------------------------------------------------------------------------------ */

static void add(struct netif *netif, void *state, netif_init_fn init, netif_input_fn input)
{
	static const ip4_addr_t none;

	LOCK_TCPIP_CORE();
	netif_add(netif, &none, &none, &none, state, init, input);
	netif_set_up(netif);
	netif_set_link_up(netif);
	UNLOCK_TCPIP_CORE();
	fibers_run();
}

void network_attach(const struct ks_value *args)
{
	const char *name = ks_name(args, "interface");
	uint16_t mtu = (uint16_t)ks_int(args, "mtu", 68, 65535);
	struct interface *interface;
	uint8_t mac[NETIF_MAX_HWADDR_LEN];

	mac_of(args, mac);
	if (find(name) != NULL)
		ks_errno(EEXIST);
	interface = calloc(1, sizeof *interface);
	if (interface == NULL)
		ks_fault("no memory for an interface");
	strcpy(interface->name, name);
	memcpy(interface->mac, mac, sizeof mac);
	interface->mtu = mtu;
	interface->next = interfaces;
	interfaces = interface;
	add(&interface->netif, interface, set_up, tcpip_input);
}

static err_t loop_back(struct netif *netif, struct pbuf *packet, const ip4_addr_t *to)
{
	(void)to;
	return netif_loop_output(netif, packet);
}

static err_t set_up_loopback(struct netif *netif)
{
	netif->name[0] = 'l';
	netif->name[1] = 'o';
	netif->output = loop_back;
	return ERR_OK;
}

static uint32_t mask_of(int prefix)
{
	return prefix == 0 ? 0 : htonl(UINT32_MAX << (32 - prefix));
}

static void set_address(struct netif *netif, uint32_t address, int prefix)
{
	ip4_addr_t own = {address}, mask = {mask_of(prefix)}, none = {0};

	LOCK_TCPIP_CORE();
	netif_set_addr(netif, &own, &mask, &none);
	UNLOCK_TCPIP_CORE();
	fibers_run();
}

void interfaces_begin(void)
{
	add(&loopback, NULL, set_up_loopback, tcpip_input);
	set_address(&loopback, htonl(0x7f000001), 8);
}

/*
 * The flag is set after the address, since lwIP would announce that with a frame that no scenario has asked
 * for. Nothing else of ARP depends on it.
 */
void network_add_address(const struct ks_value *args)
{
	uint32_t address = ks_ipv4(args, "address");
	int prefix = (int)ks_int(args, "prefix", 0, 32);
	struct netif *netif = &interface_of(args)->netif;
	const ip4_addr_t *own = netif_ip4_addr(netif);

	if (own->addr == address)
		ks_errno(EEXIST);
	if (own->addr != 0)
		ks_errno(EOPNOTSUPP);
	set_address(netif, address, prefix);
	netif->flags |= NETIF_FLAG_ETHARP;
}

/* --- The route ------------------------------------------------------------------------------- */

static struct netif *netif_towards(uint32_t gateway)
{
	struct interface *interface;

	for (interface = interfaces; interface != NULL; interface = interface->next) {
		uint32_t mask = netif_ip4_netmask(&interface->netif)->addr;

		if (((netif_ip4_addr(&interface->netif)->addr ^ gateway) & mask) == 0)
			return &interface->netif;
	}
	return NULL;
}

void network_add_route(const struct ks_value *args)
{
	uint32_t destination = ks_ipv4(args, "destination");
	int prefix = (int)ks_int(args, "prefix", 0, 32);
	ip4_addr_t gateway = {ks_ipv4(args, "gateway")};
	struct netif *netif = netif_towards(gateway.addr);

	if ((destination & ~mask_of(prefix)) != 0)
		ks_errno(EINVAL);
	if (netif == NULL)
		ks_errno(ENETUNREACH);
	if (prefix != 0)
		ks_errno(EOPNOTSUPP);
	if (netif_default != NULL)
		ks_errno(EEXIST);
	LOCK_TCPIP_CORE();
	netif_set_gw(netif, &gateway);
	netif_set_default(netif);
	UNLOCK_TCPIP_CORE();
}

/* --- Time ------------------------------------------------------------------------------------ */

void network_now(const struct ks_value *args)
{
	int64_t next = lookahead();

	(void)args;
	ks_put_int("at", clock_now());
	if (next == NEVER)
		ks_put_null("next");
	else
		ks_put_int("next", next);
}

void network_advance(const struct ks_value *args)
{
	clock_advance(ks_int(args, "to", 0, INT64_C(4000000000000000)));
}
