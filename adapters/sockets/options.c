/*
 * options.c - options of sockets, by their names.
 */
#include <errno.h>
#include <netinet/tcp.h>
#include <netinet/udp.h>
#include <stdlib.h>
#include <string.h>
#include <sys/time.h>

#include "kernspec.h"
#include "sockets.h"
#include "system.h"

#define SOL_RAW_SOCKET 255

/* The header that has it gets in the way of others. */
#define ICMP_FILTER 1

enum value_kind {
	IS_NUMBER, IS_TIME, IS_ERROR, IS_TYPE, IS_DISCOVERY, IS_LINGER, IS_NAME, IS_DEVICE
};

/* More than any device's name has. */
#define DEVICE_SIZE 64

static const struct {
	int level, option;
	enum value_kind kind;
} options[] = {
	{SOL_SOCKET, SO_BROADCAST, IS_NUMBER}, {SOL_SOCKET, SO_ERROR, IS_ERROR},
	{SOL_SOCKET, SO_PRIORITY, IS_NUMBER},  {SOL_SOCKET, SO_RCVBUF, IS_NUMBER},
	{SOL_SOCKET, SO_RCVTIMEO, IS_TIME},    {SOL_SOCKET, SO_REUSEADDR, IS_NUMBER},
	{SOL_SOCKET, SO_SNDBUF, IS_NUMBER},    {SOL_SOCKET, SO_SNDTIMEO, IS_TIME},
	{SOL_SOCKET, SO_TYPE, IS_TYPE},        {IPPROTO_IP, IP_HDRINCL, IS_NUMBER},
	{IPPROTO_IP, IP_MTU, IS_NUMBER},       {IPPROTO_IP, IP_MTU_DISCOVER, IS_DISCOVERY},
	{IPPROTO_IP, IP_MULTICAST_LOOP, IS_NUMBER}, {IPPROTO_IP, IP_MULTICAST_TTL, IS_NUMBER},
	{IPPROTO_IP, IP_RECVERR, IS_NUMBER},   {IPPROTO_IP, IP_TOS, IS_NUMBER},
	{IPPROTO_IP, IP_TTL, IS_NUMBER},       {IPPROTO_UDP, UDP_CORK, IS_NUMBER},
	{SOL_RAW_SOCKET, ICMP_FILTER, IS_NUMBER},
	{SOL_SOCKET, SO_ACCEPTCONN, IS_NUMBER},   {SOL_SOCKET, SO_KEEPALIVE, IS_NUMBER},
	{SOL_SOCKET, SO_LINGER, IS_LINGER},       {SOL_SOCKET, SO_OOBINLINE, IS_NUMBER},
	{SOL_SOCKET, SO_RCVLOWAT, IS_NUMBER},     {SOL_SOCKET, SO_SNDLOWAT, IS_NUMBER},
	{IPPROTO_TCP, TCP_CONGESTION, IS_NAME},   {IPPROTO_TCP, TCP_CORK, IS_NUMBER},
	{IPPROTO_TCP, TCP_DEFER_ACCEPT, IS_NUMBER}, {IPPROTO_TCP, TCP_KEEPCNT, IS_NUMBER},
	{IPPROTO_TCP, TCP_KEEPIDLE, IS_NUMBER},   {IPPROTO_TCP, TCP_KEEPINTVL, IS_NUMBER},
	{IPPROTO_TCP, TCP_LINGER2, IS_NUMBER},    {IPPROTO_TCP, TCP_MAXSEG, IS_NUMBER},
	{IPPROTO_TCP, TCP_NODELAY, IS_NUMBER},    {IPPROTO_TCP, TCP_QUICKACK, IS_NUMBER},
	{IPPROTO_TCP, TCP_SYNCNT, IS_NUMBER},     {IPPROTO_TCP, TCP_WINDOW_CLAMP, IS_NUMBER},
	{SOL_SOCKET, SO_BINDTODEVICE, IS_DEVICE},
};

static const char names[] = "SO_BROADCAST SO_ERROR SO_PRIORITY SO_RCVBUF SO_RCVTIMEO SO_REUSEADDR "
			    "SO_SNDBUF SO_SNDTIMEO SO_TYPE IP_HDRINCL IP_MTU IP_MTU_DISCOVER "
			    "IP_MULTICAST_LOOP IP_MULTICAST_TTL IP_RECVERR IP_TOS IP_TTL UDP_CORK ICMP_FILTER SO_ACCEPTCONN "
			    "SO_KEEPALIVE SO_LINGER SO_OOBINLINE SO_RCVLOWAT SO_SNDLOWAT "
			    "TCP_CONGESTION TCP_CORK TCP_DEFER_ACCEPT TCP_KEEPCNT TCP_KEEPIDLE "
			    "TCP_KEEPINTVL TCP_LINGER2 TCP_MAXSEG TCP_NODELAY TCP_QUICKACK "
			    "TCP_SYNCNT TCP_WINDOW_CLAMP SO_BINDTODEVICE";

/* In the order of the numbers behind them. */
static const char discoveries[] = "IP_PMTUDISC_DONT IP_PMTUDISC_WANT IP_PMTUDISC_DO "
				  "IP_PMTUDISC_PROBE IP_PMTUDISC_INTERFACE IP_PMTUDISC_OMIT";
static const char types[] = "- SOCK_STREAM SOCK_DGRAM SOCK_RAW";

/* --- Setting --------------------------------------------------------------------------------- */

static int number_of(const struct ks_value *args, enum value_kind kind)
{
	if (kind == IS_DISCOVERY)
		return ks_choice(args, "value", discoveries);
	if (kind == IS_TYPE)
		return ks_choice(args, "value", types);
	return ks_int32(args, "value");
}

static int set_text(int file, int which, const char *text)
{
	char device[DEVICE_SIZE] = "";

	if (options[which].kind == IS_NAME)
		return setsockopt(file, options[which].level, options[which].option, text,
				  (socklen_t)strlen(text));
	if (text[0] != '\0')
		strncpy(device, interface_device(text), sizeof device - 1);
	return setsockopt(file, options[which].level, options[which].option, device, sizeof device);
}

static int set(int file, int which, int number)
{
	struct timeval time = {number / 1000, number % 1000 * 1000};
	struct linger linger = {number >= 0, number >= 0 ? number : 0};

	if (options[which].kind == IS_LINGER)
		return setsockopt(file, SOL_SOCKET, SO_LINGER, &linger, sizeof linger);

	if (options[which].kind == IS_TIME)
		return setsockopt(file, options[which].level, options[which].option, &time,
				  sizeof time);
	return setsockopt(file, options[which].level, options[which].option, &number,
			  sizeof number);
}

void socket_set_option(const struct ks_value *args)
{
	struct socket *socket = socket_of(args);
	int which = ks_choice(args, "option", names);
	bool is_text = options[which].kind == IS_NAME || options[which].kind == IS_DEVICE;
	const char *text = is_text ? ks_text(args, "value") : "";
	int number = is_text ? 0 : number_of(args, options[which].kind);
	bool unprivileged = is_unprivileged(args);
	int result;

	if (unprivileged)
		privileges_drop();
	result = is_text ? set_text(socket->file, which, text) : set(socket->file, which, number);
	if (unprivileged)
		privileges_restore();
	answer_result(result);
}

/* --- Reading --------------------------------------------------------------------------------- */

static void get_time(const struct socket *socket, int which)
{
	struct timeval time;
	socklen_t length = sizeof time;

	answer_result(
		getsockopt(socket->file, SOL_SOCKET, options[which].option, &time, &length));
	ks_put_int("value", (int64_t)time.tv_sec * 1000 + time.tv_usec / 1000);
}

static void get_linger(const struct socket *socket)
{
	struct linger linger;
	socklen_t length = sizeof linger;

	answer_result(getsockopt(socket->file, SOL_SOCKET, SO_LINGER, &linger, &length));
	ks_put_int("value", linger.l_onoff ? linger.l_linger : -1);
}

static void get_name(const struct socket *socket, int which)
{
	char name[32] = "";
	socklen_t length = sizeof name - 1;

	answer_result(getsockopt(socket->file, options[which].level, options[which].option, name,
				 &length));
	ks_put_text("value", name);
}

static void get_device(const struct socket *socket)
{
	char device[DEVICE_SIZE] = "";
	socklen_t length = sizeof device - 1;

	answer_result(getsockopt(socket->file, SOL_SOCKET, SO_BINDTODEVICE, device, &length));
	ks_put_text("value", interface_name(device));
}

/* Which of the words has this number. */
static void put_word(const char *words, int number)
{
	for (; number > 0 && *words != '\0'; number--) {
		words += strcspn(words, " ");
		words += strspn(words, " ");
	}
	ks_put_string("value", words, strcspn(words, " "));
}

static void put_error(int error)
{
	const char *name = error == 0 ? "" : ks_errno_name(error);

	if (name == NULL)
		ks_fault("errno %d has no name in the contract", error);
	ks_put_text("value", name);
}

static void put_value(enum value_kind kind, int number)
{
	if (kind == IS_ERROR)
		put_error(number);
	else if (kind == IS_TYPE)
		put_word(types, number);
	else if (kind == IS_DISCOVERY)
		put_word(discoveries, number);
	else
		ks_put_int("value", number);
}

void socket_get_option(const struct ks_value *args)
{
	struct socket *socket = socket_of(args);
	int which = ks_choice(args, "option", names), number = 0;
	socklen_t length = sizeof number;

	if (options[which].kind == IS_TIME) {
		get_time(socket, which);
		return;
	}
	if (options[which].kind == IS_LINGER) {
		get_linger(socket);
		return;
	}
	if (options[which].kind == IS_NAME) {
		get_name(socket, which);
		return;
	}
	if (options[which].kind == IS_DEVICE) {
		get_device(socket);
		return;
	}
	answer_result(getsockopt(socket->file, options[which].level, options[which].option, &number,
				 &length));
	put_value(options[which].kind, number);
}
