/*
 * transport_checksum.h - TCP's and UDP's checksum, with and without a device that helps.
 */
#ifndef TRANSPORT_CHECKSUM_H
#define TRANSPORT_CHECKSUM_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

enum { IPPROTO_OF_TCP = 6, IPPROTO_OF_UDP = 17 };

#define TCP_HEADER_LENGTH 20 /* octets, without options */
#define UDP_HEADER_LENGTH 8

/* What the device knows of a segment, or is asked to do for it. */
enum ip_summed { CHECKSUM_NONE, CHECKSUM_HW, CHECKSUM_UNNECESSARY };

/* A segment on its way: what of an sk_buff and its route matters here. */
struct segment {
	uint8_t protocol;      /* IPPROTO_OF_TCP or IPPROTO_OF_UDP */
	uint32_t saddr, daddr; /* network order */
	uint8_t *octets;       /* transport header and data */
	uint16_t length;
	enum ip_summed ip_summed;
	/*
	 * Out, in software: the sum of the data behind the header. Out, with hardware: the offset of
	 * the check field. In, with CHECKSUM_HW: the sum of the segment.
	 */
	uint32_t csum;
	uint16_t summed; /* octets that software has summed, the pseudo-header apart */
};

/* Octets of the transport header; 0 if the segment is shorter or the header says nonsense. */
uint16_t segment_header_length(const struct segment *segment);

/* Offset of the check field in the header: 16 for TCP, 6 for UDP. */
uint16_t segment_check_offset(const struct segment *segment);

/* Fill in the check field, or prepare it for a device that can do so. */
void tcp_v4_send_check(struct segment *segment, bool hardware);
void udp_push_pending_frames(struct segment *segment, bool hardware);

/* The part of a device that was handed a segment with CHECKSUM_HW. */
void device_checksum(struct segment *segment);

/* Whether a segment that came in may be believed. */
bool segment_checksum_good(struct segment *segment);

#endif
