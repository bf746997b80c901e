/*
 * interfaces.c - see interfaces.h.
 *
 * Writing a frame to a TAP device runs the kernel's whole receive path before write() returns, and what the
 * kernel sends is in the device's ring at once. So a call is at rest when it returns, as soon as the tasks
 * that it has woken are asleep again.
 */
#include "interfaces.h"

#include <errno.h>
#include <fcntl.h>
#include <linux/if_tun.h>
#include <net/if.h>
#include <net/if_arp.h>
#include <poll.h>
#include <stdio.h>
#include <string.h>
#include <sys/ioctl.h>
#include <sys/socket.h>
#include <time.h>
#include <unistd.h>

#include "clock.h"
#include "frames.h"
#include "host.h"
#include "kernspec.h"
#include "netlink.h"
#include "tasks.h"

#define INTERFACES_MAX 1000
#define FRAME_MAX (65535 + 64)

/* Frames that the device keeps until they are taken: more than one call makes the kernel send. */
#define RING 4096

/* Linux allows shorter names than the contract. */
struct interface {
	char name[KS_NAME_SIZE];
	char device[IFNAMSIZ];
	int file;
};

static struct interface interfaces[INTERFACES_MAX];
static struct pollfd files[INTERFACES_MAX];
static int interface_count;

static const struct interface *find(const char *name)
{
	int which;

	for (which = 0; which < interface_count; which++)
		if (strcmp(interfaces[which].name, name) == 0)
			return &interfaces[which];
	return NULL;
}

const char *interface_device(const char *name)
{
	const struct interface *interface = find(name);

	return interface == NULL ? name : interface->device;
}

const char *interface_name(const char *device)
{
	int which;

	for (which = 0; which < interface_count; which++)
		if (strcmp(interfaces[which].device, device) == 0)
			return interfaces[which].name;
	return device;
}

static const struct interface *interface_of(const struct ks_value *args)
{
	const struct interface *interface = find(ks_name(args, "interface"));

	if (interface == NULL)
		ks_errno(ENODEV);
	return interface;
}

/* --- Frames that the kernel sends ------------------------------------------------------------ */

static void drain(const struct interface *interface)
{
	static uint8_t octets[FRAME_MAX];
	ssize_t length;

	while ((length = read(interface->file, octets, sizeof octets)) > 0)
		frame_keep(interface->name, clock_now(), octets, (size_t)length);
}

static void drain_ready(const struct timespec *wait)
{
	int which;

	if (ppoll(files, (nfds_t)interface_count, wait, NULL) <= 0)
		return;
	for (which = 0; which < interface_count; which++)
		if ((files[which].revents & POLLIN) != 0)
			drain(&interfaces[which]);
}

void interfaces_drain(void)
{
	static const struct timespec at_once;

	drain_ready(&at_once);
}

/* poll() may come back late by a thousandth: so it is asked for a little less, until little is left. */
#define SHORT_NS 20000

void interfaces_wait(int64_t until)
{
	int64_t left;

	clock_allow(until);
	while ((left = until - clock_now()) > 0) {
		int64_t sure = left > SHORT_NS ? left - left / 500 : left;
		struct timespec wait = {sure / 1000000000, sure % 1000000000};

		drain_ready(&wait);
	}
	interfaces_drain();
}

void network_transmitted(const struct ks_value *args)
{
	(void)args;
	interfaces_drain();
	frames_put();
}

/* --- Interfaces ------------------------------------------------------------------------------ */

static void fail(int file, const char *what)
{
	int error = errno;

	if (file >= 0)
		close(file);
	ks_fault("%s: %s", what, strerror(error));
}

static int open_tap(struct ifreq *request)
{
	int file = open("/dev/net/tun", O_RDWR | O_NONBLOCK | O_CLOEXEC);

	request->ifr_flags = IFF_TAP | IFF_NO_PI;
	if (file < 0 || ioctl(file, TUNSETIFF, request) != 0)
		fail(file, "no TAP device can be made");
	return file;
}

/* The devices are known by number, so that no name is too long. */
static void configure(int file, struct ifreq *request, const uint8_t *mac, int mtu)
{
	int channel = socket(AF_INET, SOCK_DGRAM | SOCK_CLOEXEC, 0);
	bool done;

	request->ifr_hwaddr.sa_family = ARPHRD_ETHER;
	memcpy(request->ifr_hwaddr.sa_data, mac, 6);
	done = ioctl(channel, SIOCSIFHWADDR, request) == 0;
	request->ifr_mtu = mtu;
	done = done && ioctl(channel, SIOCSIFMTU, request) == 0;
	request->ifr_qlen = RING;
	done = done && ioctl(channel, SIOCSIFTXQLEN, request) == 0;
	close(channel);
	if (!done)
		fail(file, "the TAP device cannot be set up");
}

void network_attach(const struct ks_value *args)
{
	const char *name = ks_name(args, "interface");
	struct interface *interface = &interfaces[interface_count];
	int mtu = (int)ks_int(args, "mtu", 68, 65535), error;
	struct ifreq request;
	uint8_t mac[6];

	mac_of(args, mac);
	if (find(name) != NULL)
		ks_errno(EEXIST);
	if (interface_count == INTERFACES_MAX)
		ks_fault("more than %d interfaces", INTERFACES_MAX);
	memset(&request, 0, sizeof request);
	snprintf(request.ifr_name, IFNAMSIZ, "tap%d", interface_count);
	interface->file = open_tap(&request);
	configure(interface->file, &request, mac, mtu);
	tunables_pin_interface(request.ifr_name);
	error = netlink_up(request.ifr_name);
	if (error != 0)
		fail(interface->file, "the TAP device cannot be brought up");
	strcpy(interface->name, name);
	strcpy(interface->device, request.ifr_name);
	files[interface_count].fd = interface->file;
	files[interface_count].events = POLLIN;
	interface_count++;
}

static void answer(int error)
{
	if (error != 0)
		ks_errno(error);
}

void network_add_address(const struct ks_value *args)
{
	uint32_t address = ks_ipv4(args, "address");
	int prefix = (int)ks_int(args, "prefix", 0, 32);

	answer(netlink_add_address(interface_of(args)->device, address, prefix));
}

void network_add_route(const struct ks_value *args)
{
	uint32_t destination = ks_ipv4(args, "destination");
	int prefix = (int)ks_int(args, "prefix", 0, 32);

	answer(netlink_add_route(destination, prefix, ks_ipv4(args, "gateway")));
}

/* A driver throws a frame away that has no whole header, as a TAP device does: EINVAL. */
void network_receive(const struct ks_value *args)
{
	const struct interface *interface = interface_of(args);
	size_t length;
	const uint8_t *octets = ks_octets(args, "frame", &length);

	if (write(interface->file, octets, length) < 0 && errno != EINVAL)
		ks_fault("the TAP device takes no frame: %s", strerror(errno));
	tasks_settle();
	interfaces_drain();
}

/* --- Time ------------------------------------------------------------------------------------ */

void network_now(const struct ks_value *args)
{
	(void)args;
	ks_put_int("at", clock_now());
	clock_put_next();
}

void network_advance(const struct ks_value *args)
{
	interfaces_wait(ks_int(args, "to", 0, INT64_C(4000000000000000)));
	tasks_settle();
	interfaces_drain();
}
