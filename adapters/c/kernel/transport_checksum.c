/*
 * transport_checksum.c - where the transport protocols and the device share the work.
 *
 * On the way out, software sums the data while it copies them, so that only the header is left to
 * sum at the time of sending. A device that sums by itself finds the folded sum of the
 * pseudo-header in the check field, sums from the transport header to the end, that field
 * included, and stores the complement where skb->csum points.
 *
 * Source: Linux 2.6.11, net/ipv4/tcp_ipv4.c, net/ipv4/udp.c and net/core/dev.c.
 */
#include "transport_checksum.h"

#include <string.h>

#include "checksum.h"
#include "kernel.h"

static const uint16_t CSUM_MANGLED_0 = 0xffff; /* as a checksum the same as zero */

uint16_t segment_header_length(const struct segment *segment)
{
	uint16_t length = UDP_HEADER_LENGTH;

	if (segment->protocol == IPPROTO_OF_TCP) {
		if (segment->length < TCP_HEADER_LENGTH)
			return 0;
		length = (uint16_t)((segment->octets[12] >> 4) * 4);
		if (length < TCP_HEADER_LENGTH)
			return 0;
	}
	return length <= segment->length ? length : 0;
}

uint16_t segment_check_offset(const struct segment *segment)
{
	return segment->protocol == IPPROTO_OF_TCP ? 16 : 6;
}

static uint16_t get_check(const struct segment *segment)
{
	uint16_t check;

	memcpy(&check, segment->octets + segment_check_offset(segment), sizeof check);
	return check;
}

static void set_check(struct segment *segment, uint16_t check)
{
	memcpy(segment->octets + segment_check_offset(segment), &check, sizeof check);
}

/* Sums the first octets on top of skb->csum, and counts them. */
static uint32_t sum_octets(struct segment *segment, uint16_t length, uint32_t sum)
{
	segment->summed = length;
	return csum_partial(segment->octets, length, sum);
}

static uint16_t tcp_v4_check(const struct segment *segment, uint32_t sum)
{
	TRACE();
	return csum_tcpudp_magic(segment->saddr, segment->daddr, segment->length, IPPROTO_OF_TCP, sum);
}

static uint16_t udp_v4_check(const struct segment *segment, uint32_t sum)
{
	return csum_tcpudp_magic(segment->saddr, segment->daddr, segment->length, IPPROTO_OF_UDP, sum);
}

/* The device complements once more: the field holds the folded sum, not its complement. */
static void leave_to_device(struct segment *segment, uint16_t magic)
{
	set_check(segment, (uint16_t)~magic);
	segment->csum = segment_check_offset(segment);
	segment->ip_summed = CHECKSUM_HW;
}

void tcp_v4_send_check(struct segment *segment, bool hardware)
{
	uint32_t sum;

	TRACE();
	if (hardware) {
		leave_to_device(segment, tcp_v4_check(segment, 0));
		return;
	}
	sum = sum_octets(segment, segment_header_length(segment), segment->csum);
	set_check(segment, tcp_v4_check(segment, sum));
}

/* In a UDP header zero says "no checksum", so a checksum that comes out as zero is sent as ones. */
void udp_push_pending_frames(struct segment *segment, bool hardware)
{
	uint16_t check;
	uint32_t sum;

	TRACE();
	if (hardware) {
		leave_to_device(segment, udp_v4_check(segment, 0));
		return;
	}
	sum = sum_octets(segment, UDP_HEADER_LENGTH, segment->csum);
	check = udp_v4_check(segment, sum);
	set_check(segment, check == 0 ? CSUM_MANGLED_0 : check);
}

void device_checksum(struct segment *segment)
{
	uint16_t check;

	if (segment->ip_summed != CHECKSUM_HW)
		return;
	check = csum_fold(csum_partial(segment->octets, segment->length, 0));
	if (check == 0 && segment->protocol == IPPROTO_OF_UDP)
		check = CSUM_MANGLED_0;
	set_check(segment, check);
}

/* Over a good segment, check field and pseudo-header included, the sum is all ones. */
static bool sums_to_ones(const struct segment *segment, uint32_t sum)
{
	return csum_tcpudp_magic(segment->saddr, segment->daddr, segment->length, segment->protocol,
				 sum) == 0;
}

/*
 * UDP says its length again in its own header. What the link put behind a short datagram is cut off,
 * and the device's sum with it, which has it in.
 */
static bool take_whole(struct segment *segment)
{
	uint16_t length = segment_header_length(segment), said;

	if (length == 0 || segment->protocol == IPPROTO_OF_TCP)
		return length > 0;
	said = (uint16_t)(segment->octets[4] << 8 | segment->octets[5]);
	if (said < UDP_HEADER_LENGTH || said > segment->length)
		return false;
	if (said < segment->length && segment->ip_summed == CHECKSUM_HW)
		segment->ip_summed = CHECKSUM_NONE;
	segment->length = said;
	return true;
}

bool segment_checksum_good(struct segment *segment)
{
	if (!take_whole(segment))
		return false;
	if (segment->protocol == IPPROTO_OF_UDP && get_check(segment) == 0)
		return true;
	if (segment->ip_summed == CHECKSUM_UNNECESSARY)
		return true;
	if (segment->ip_summed == CHECKSUM_HW && sums_to_ones(segment, segment->csum))
		return true;
	/* Devices err: what they call bad is summed again before it is thrown away. */
	return sums_to_ones(segment, sum_octets(segment, segment->length, 0));
}
