/*
 * ports/transport_checksum.c - the operations of `transport-checksum`.
 */
#include <string.h>

#include "../kernel/checksum.h"
#include "../kernel/transport_checksum.h"
#include "ports.h"

/* Input errors by protocol: TCP's InErrs and UDP's InErrors. */
static int tcp_errors, udp_errors;

void transport_checksum_reset(void)
{
	tcp_errors = 0;
	udp_errors = 0;
}

static const char summed_names[] = "CHECKSUM_NONE CHECKSUM_HW CHECKSUM_UNNECESSARY";

static const char *name_of_summed(enum ip_summed ip_summed)
{
	static const char *const names[] = {"CHECKSUM_NONE", "CHECKSUM_HW", "CHECKSUM_UNNECESSARY"};

	return names[ip_summed];
}

/* The segment is a copy: the check field will be written to. */
static struct segment read_segment(const struct ks_value *args)
{
	struct segment segment = {0};
	size_t length;
	const uint8_t *octets = ks_octets(args, "segment", &length);

	if (length > UINT16_MAX)
		ks_wrong(args, "segment", "longer than a datagram can be");
	segment.protocol =
		ks_choice(args, "protocol", "tcp udp") == 0 ? IPPROTO_OF_TCP : IPPROTO_OF_UDP;
	segment.saddr = ks_ipv4(args, "source");
	segment.daddr = ks_ipv4(args, "destination");
	segment.octets = memcpy(ks_alloc(length + 1), octets, length);
	segment.length = (uint16_t)length;
	return segment;
}

/* The sum of `csumOf`, or of the octets that it stands for when it is left out. */
static uint32_t sum_of(const struct ks_value *args, const uint8_t *octets, size_t length)
{
	if (ks_has(args, "csumOf"))
		octets = ks_octets(args, "csumOf", &length);
	return csum_partial(octets, length, 0);
}

static uint16_t check_of(const struct segment *segment)
{
	const uint8_t *field = segment->octets + segment_check_offset(segment);

	return (uint16_t)(field[0] << 8 | field[1]);
}

static void send(struct segment *segment, bool hardware)
{
	if (segment->protocol == IPPROTO_OF_TCP)
		tcp_v4_send_check(segment, hardware);
	else
		udp_push_pending_frames(segment, hardware);
}

void transport_checksum_send(const struct ks_value *args)
{
	struct segment segment = read_segment(args);
	bool hardware = ks_bool(args, "hardware");
	uint16_t header = segment_header_length(&segment);

	if (header == 0)
		ks_wrong(args, "segment", "shorter than its header");
	segment.csum = sum_of(args, segment.octets + header, (size_t)(segment.length - header));
	trace_begin();
	send(&segment, hardware);
	trace_put("calls");
	ks_put_int("check", check_of(&segment));
	ks_put_text("ipSummed", name_of_summed(segment.ip_summed));
	if (hardware)
		ks_put_int("csumOffset", segment.csum);
	else
		ks_put_null("csumOffset");
	ks_put_int("summed", segment.summed);
	device_checksum(&segment);
	ks_put_octets("wire", segment.octets, segment.length);
}

void transport_checksum_receive(const struct ks_value *args)
{
	struct segment segment = read_segment(args);
	int *errors = segment.protocol == IPPROTO_OF_TCP ? &tcp_errors : &udp_errors;
	bool good;

	segment.ip_summed = (enum ip_summed)ks_choice(args, "ipSummed", summed_names);
	segment.csum = sum_of(args, segment.octets, segment.length);
	good = segment_checksum_good(&segment);
	if (!good)
		++*errors;
	ks_put_bool("accepted", good);
	ks_put_int("summed", segment.summed);
	ks_put_int("errors", *errors);
}
