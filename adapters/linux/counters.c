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
		ks_fault("nothing is counted for %s", protocol);
	for (numbers++; *names != '\n' && *numbers != '\0';) {
		length = strcspn(names, " \n");
		if (length == strlen(counter) && memcmp(names, counter, length) == 0)
			return strtoll(numbers, NULL, 10);
		names += length + (names[length] == ' ');
		length = strcspn(numbers, " \n");
		numbers += length + (numbers[length] == ' ');
	}
	ks_fault("%s of %s is not counted", counter, protocol);
}

static void read_all(const char *path, char *text, size_t size)
{
	FILE *file = fopen(path, "r");

	if (file == NULL)
		ks_fault("%s cannot be read", path);
	text[fread(text, 1, size - 1, file)] = '\0';
	fclose(file);
}

#define TEXT_SIZE 32768

void mib_read(const struct ks_value *args)
{
	static char text[TEXT_SIZE];
	size_t which;

	(void)args;
	read_all("/proc/net/snmp", text, sizeof text);
	ks_open_object("counters");
	for (which = 0; which < sizeof counters / sizeof counters[0]; which++)
		ks_put_int(counters[which].name,
			   number_under(text, counters[which].protocol, counters[which].counter));
	ks_close();
}

void tcp_mib_read(const struct ks_value *args)
{
	static const char *const names[] = {"ActiveOpens", "PassiveOpens", "AttemptFails",
					    "EstabResets", "CurrEstab",    "InSegs",
					    "OutSegs",     "RetransSegs",  "InErrs",
					    "OutRsts"};
	static const char *const extended[] = {"ListenOverflows", "ListenDrops"};
	static char text[TEXT_SIZE];
	size_t which;

	(void)args;
	ks_open_object("counters");
	read_all("/proc/net/snmp", text, sizeof text);
	for (which = 0; which < sizeof names / sizeof names[0]; which++)
		ks_put_int(names[which], number_under(text, "Tcp", names[which]));
	read_all("/proc/net/netstat", text, sizeof text);
	for (which = 0; which < sizeof extended / sizeof extended[0]; which++)
		ks_put_int(extended[which], number_under(text, "TcpExt", extended[which]));
	ks_close();
}

void forwarding_set(const struct ks_value *args)
{
	if (!sysctl_write("net/ipv4/ip_forward", ks_bool(args, "on") ? "1" : "0"))
		ks_fault("forwarding cannot be switched");
}
