/*
 * netlink.c - one message, one acknowledgement. See netlink.h.
 */
#include "netlink.h"

#include <arpa/inet.h>
#include <errno.h>
#include <linux/rtnetlink.h>
#include <net/if.h>
#include <string.h>
#include <sys/ioctl.h>
#include <sys/socket.h>
#include <unistd.h>

struct message {
	struct nlmsghdr header;
	union {
		struct ifaddrmsg address;
		struct rtmsg route;
		char room[256];
	} body;
};

static struct message begin(int type, size_t size)
{
	struct message message;

	memset(&message, 0, sizeof message);
	message.header.nlmsg_len = NLMSG_LENGTH(size);
	message.header.nlmsg_type = (uint16_t)type;
	message.header.nlmsg_flags = NLM_F_REQUEST | NLM_F_ACK | NLM_F_CREATE | NLM_F_EXCL;
	return message;
}

static void attribute(struct message *message, int type, uint32_t value)
{
	struct rtattr *place =
		(struct rtattr *)((char *)message + NLMSG_ALIGN(message->header.nlmsg_len));

	place->rta_type = (uint16_t)type;
	place->rta_len = RTA_LENGTH(sizeof value);
	memcpy(RTA_DATA(place), &value, sizeof value);
	message->header.nlmsg_len = NLMSG_ALIGN(message->header.nlmsg_len) + place->rta_len;
}

static int talk(struct message *message)
{
	union {
		struct nlmsghdr header;
		char room[4096];
	} answer;
	int channel = socket(AF_NETLINK, SOCK_RAW | SOCK_CLOEXEC, NETLINK_ROUTE), error;

	if (channel < 0)
		return errno;
	if (send(channel, message, message->header.nlmsg_len, 0) < 0 ||
	    recv(channel, &answer, sizeof answer, 0) < 0)
		error = errno;
	else if (answer.header.nlmsg_type != NLMSG_ERROR)
		error = EPROTO;
	else
		error = -((struct nlmsgerr *)NLMSG_DATA(&answer.header))->error;
	close(channel);
	return error;
}

int netlink_up(const char *interface)
{
	struct ifreq request;
	int channel = socket(AF_INET, SOCK_DGRAM | SOCK_CLOEXEC, 0), error = 0;

	memset(&request, 0, sizeof request);
	strncpy(request.ifr_name, interface, IFNAMSIZ - 1);
	if (ioctl(channel, SIOCGIFFLAGS, &request) != 0)
		error = errno;
	request.ifr_flags |= IFF_UP;
	if (error == 0 && ioctl(channel, SIOCSIFFLAGS, &request) != 0)
		error = errno;
	close(channel);
	return error;
}

static uint32_t mask_of(int prefix)
{
	return prefix == 0 ? 0 : htonl(UINT32_MAX << (32 - prefix));
}

int netlink_add_address(const char *interface, uint32_t address, int prefix)
{
	struct message message = begin(RTM_NEWADDR, sizeof message.body.address);
	unsigned int index = if_nametoindex(interface);

	if (index == 0)
		return ENODEV;
	message.body.address.ifa_family = AF_INET;
	message.body.address.ifa_prefixlen = (uint8_t)prefix;
	message.body.address.ifa_index = index;
	attribute(&message, IFA_LOCAL, address);
	attribute(&message, IFA_ADDRESS, address);
	if (prefix < 31)
		attribute(&message, IFA_BROADCAST, address | ~mask_of(prefix));
	return talk(&message);
}

int netlink_add_route(uint32_t destination, int prefix, uint32_t gateway)
{
	struct message message = begin(RTM_NEWROUTE, sizeof message.body.route);

	message.body.route.rtm_family = AF_INET;
	message.body.route.rtm_dst_len = (uint8_t)prefix;
	message.body.route.rtm_table = RT_TABLE_MAIN;
	message.body.route.rtm_protocol = RTPROT_STATIC;
	message.body.route.rtm_scope = RT_SCOPE_UNIVERSE;
	message.body.route.rtm_type = RTN_UNICAST;
	attribute(&message, RTA_DST, destination);
	attribute(&message, RTA_GATEWAY, gateway);
	return talk(&message);
}
