/*
 * counters.c - see counters.h. /proc/net/snmp has two lines a protocol: names, and numbers in the same order.
 */
#include "counters.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "host.h"
#include "kernspec.h"

/* The contract's name, and where it stands. */
static const struct {
	const char *name, *protocol, *counter;
} counters[] = {
	{"InReceives", "Ip", "InReceives"},
	{"InHdrErrors", "Ip", "InHdrErrors"},
	{"InAddrErrors", "Ip", "InAddrErrors"},
	{"ForwDatagrams", "Ip", "ForwDatagrams"},
	{"InUnknownProtos", "Ip", "InUnknownProtos"},
	{"InDiscards", "Ip", "InDiscards"},
	{"InDelivers", "Ip", "InDelivers"},
	{"OutRequests", "Ip", "OutRequests"},
	{"OutDiscards", "Ip", "OutDiscards"},
	{"OutNoRoutes", "Ip", "OutNoRoutes"},
	{"ReasmTimeout", "Ip", "ReasmTimeout"},
	{"ReasmReqds", "Ip", "ReasmReqds"},
	{"ReasmOKs", "Ip", "ReasmOKs"},
	{"ReasmFails", "Ip", "ReasmFails"},
	{"FragOKs", "Ip", "FragOKs"},
	{"FragFails", "Ip", "FragFails"},
	{"FragCreates", "Ip", "FragCreates"},
	{"IcmpInMsgs", "Icmp", "InMsgs"},
	{"IcmpInErrors", "Icmp", "InErrors"},
	{"IcmpOutMsgs", "Icmp", "OutMsgs"},
	{"UdpInDatagrams", "Udp", "InDatagrams"},
	{"UdpNoPorts", "Udp", "NoPorts"},
	{"UdpInErrors", "Udp", "InErrors"},
	{"UdpOutDatagrams", "Udp", "OutDatagrams"},
};

/* The number under a name; the text is left as it is. */
static int64_t number_under(const char *text, const char *protocol, const char *counter)
{
	char line[64];
	const char *names, *numbers;
	size_t length;

	snprintf(line, sizeof line, "%s: ", protocol);
	names = strstr(text, line);
	numbers = names == NULL ? NULL : strchr(names, '\n');
	if (numbers == NULL)
		ks_fault("/proc/net/snmp has no line for %s", protocol);
	for (numbers++; *names != '\n' && *numbers != '\0';) {
		length = strcspn(names, " \n");
		if (length == strlen(counter) && memcmp(names, counter, length) == 0)
			return strtoll(numbers, NULL, 10);
		names += length + (names[length] == ' ');
		length = strcspn(numbers, " \n");
		numbers += length + (numbers[length] == ' ');
	}
	ks_fault("/proc/net/snmp does not count %s of %s", counter, protocol);
}

void mib_read(const struct ks_value *args)
{
	static char text[16384];
	FILE *file = fopen("/proc/net/snmp", "r");
	size_t which;

	(void)args;
	if (file == NULL)
		ks_fault("/proc/net/snmp cannot be read");
	text[0] = '\n';
	text[1 + fread(text + 1, 1, sizeof text - 2, file)] = '\0';
	fclose(file);
	ks_open_object("counters");
	for (which = 0; which < sizeof counters / sizeof counters[0]; which++)
		ks_put_int(counters[which].name,
			   number_under(text, counters[which].protocol, counters[which].counter));
	ks_close();
}

void forwarding_set(const struct ks_value *args)
{
	if (!sysctl_write("net/ipv4/ip_forward", ks_bool(args, "on") ? "1" : "0"))
		ks_fault("forwarding cannot be switched");
}
