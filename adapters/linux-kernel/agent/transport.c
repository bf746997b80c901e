/*
 * transport.c - the operations of `transport-checksum`.
 */
#include "module.h"
#include "ports.h"

#include <arpa/inet.h>
#include <netinet/in.h>

#define PROTOCOLS "tcp udp"
#define KNOWLEDGE "CHECKSUM_NONE CHECKSUM_HW CHECKSUM_UNNECESSARY"

#define UDP_HEADER 8

/* Where the data begin. */
static size_t header_length(int64_t protocol, const uint8_t *segment, size_t length)
{
	size_t header = UDP_HEADER;

	if (protocol == IPPROTO_TCP)
		header = length > 12 ? (segment[12] >> 4) * 4 : 0;
	return header < length ? header : length;
}

/* The segment, and behind it what csum is the sum of: from an offset in it on, where nothing else is said. */
static void take_segment(struct kspec_call *call, const struct ks_value *args, bool of_data)
{
	size_t length, count, from = 0;
	const uint8_t *segment = ks_octets(args, "segment", &length), *summed;

	call->in[0] = ks_choice(args, "protocol", PROTOCOLS) == 0 ? IPPROTO_TCP : IPPROTO_UDP;
	call->in[1] = ks_ipv4(args, "source");
	call->in[2] = ks_ipv4(args, "destination");
	call->in[4] = (int64_t)length;
	if (of_data)
		from = header_length(call->in[0], segment, length);
	summed = segment + from;
	count = length - from;
	if (ks_has(args, "csumOf"))
		summed = ks_octets(args, "csumOf", &count);
	memcpy(module_octets, segment, length);
	memcpy(module_octets + length, summed, count);
	call->length = (uint32_t)(length + count);
}

static void put_routines(const uint8_t *entered, size_t count)
{
	char names[] = KSPEC_TRANSPORT_ROUTINES, *all[8], *name;
	size_t which = 0;

	for (name = strtok(names, " "); name != NULL; name = strtok(NULL, " "))
		all[which++] = name;
	ks_open_array("calls");
	for (which = 0; which < count; which++)
		ks_put_text(NULL, all[entered[which]]);
	ks_close();
}

static void send_segment(const struct ks_value *args)
{
	struct kspec_call call = {.op = KSPEC_TRANSPORT_SEND};
	bool hardware = ks_bool(args, "hardware");

	take_segment(&call, args, true);
	call.in[3] = hardware;
	module_call(&call);
	ks_put_int("check", call.out[0]);
	ks_put_text("ipSummed", call.out[1] ? "CHECKSUM_HW" : "CHECKSUM_NONE");
	if (call.out[2] < 0)
		ks_put_null("csumOffset");
	else
		ks_put_int("csumOffset", call.out[2]);
	ks_put_int("summed", call.out[3]);
	put_routines(module_octets + call.out[4], call.length - (size_t)call.out[4]);
	ks_put_octets("wire", module_octets, (size_t)call.out[4]);
}

static void receive_segment(const struct ks_value *args)
{
	struct kspec_call call = {.op = KSPEC_TRANSPORT_RECEIVE};

	take_segment(&call, args, false);
	call.in[3] = ks_choice(args, "ipSummed", KNOWLEDGE);
	module_call(&call);
	ks_put_bool("accepted", call.out[0] != 0);
	ks_put_int("summed", call.out[1]);
	ks_put_int("errors", call.out[2]);
}

const struct ks_operation transport_operations[] = {
	{"transport-checksum.send", send_segment,
	 "protocol source destination segment hardware csumOf?"},
	{"transport-checksum.receive", receive_segment,
	 "protocol source destination segment ipSummed csumOf?"},
	{NULL, NULL, NULL},
};

/* --- The self-test ------------------------------------------------------------------------ */

/* From 0.0.0.0 to 0.0.0.0, port 1 to port 2, without data: the sum is 1 + 2 + 8 + 17 + 8. */
static const uint8_t datagram[] = {0, 1, 0, 2, 0, 8, 0, 0};
#define SUM_OF_DATAGRAM (0xffff & ~0x24)

static struct kspec_call try_datagram(uint32_t op, uint16_t check)
{
	struct kspec_call call = {.op = op, .length = sizeof datagram};

	call.in[0] = IPPROTO_UDP;
	call.in[4] = sizeof datagram;
	memcpy(module_octets, datagram, sizeof datagram);
	module_octets[6] = (uint8_t)(check >> 8);
	module_octets[7] = (uint8_t)check;
	module_try(&call);
	return call;
}

/* It leaves with its checksum, of which the header alone was summed; so it is taken, and with another it is not. */
bool transport_works(void)
{
	struct kspec_call sent = try_datagram(KSPEC_TRANSPORT_SEND, 0);
	struct kspec_call good = try_datagram(KSPEC_TRANSPORT_RECEIVE, SUM_OF_DATAGRAM);
	struct kspec_call bad = try_datagram(KSPEC_TRANSPORT_RECEIVE, SUM_OF_DATAGRAM - 1);

	return sent.status == KSPEC_DONE && sent.error == 0 && sent.out[0] == SUM_OF_DATAGRAM &&
	       sent.out[3] == sizeof datagram && good.out[0] == 1 &&
	       good.out[1] == sizeof datagram && bad.status == KSPEC_DONE && bad.out[0] == 0 &&
	       bad.out[2] == 1;
}
