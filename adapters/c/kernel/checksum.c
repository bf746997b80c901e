/*
 * checksum.c - the Internet checksum: sums of regions, the pseudo-header, the fold.
 *
 * What makes it work: one's complement addition is associative and commutative, and 2^16 = 1 in it.
 * So words may be added in any order and width, carries put back whenever that is convenient.
 *
 * Source: RFC 1071; RFC 1624, equation 3; Linux 2.6.11, include/asm-i386/checksum.h.
 */
#include "checksum.h"

#include <string.h>

#include "kernel.h"

uint32_t csum_add(uint32_t sum, uint32_t addend)
{
	uint32_t total = sum + addend;

	return total + (total < addend); /* a carry out of the top comes back in at the bottom */
}

/* An odd last octet is the first of a word whose second is zero, in memory order. */
static uint16_t last_word(const uint8_t *octet)
{
	uint8_t padded[2] = {*octet, 0};
	uint16_t word;

	memcpy(&word, padded, sizeof word);
	return word;
}

uint32_t csum_partial_words16(const void *region, size_t length, uint32_t sum)
{
	const uint8_t *at = region;
	uint16_t word;

	for (; length >= sizeof word; at += sizeof word, length -= sizeof word) {
		memcpy(&word, at, sizeof word); /* the region need not be aligned */
		sum = csum_add(sum, word);
	}
	return length > 0 ? csum_add(sum, last_word(at)) : sum;
}

/* Two words at a time: half the additions, carries gathered in the upper half of 64 bits. */
uint32_t csum_partial_words32(const void *region, size_t length, uint32_t sum)
{
	const uint8_t *at = region;
	uint64_t total = sum;
	uint32_t words;

	for (; length >= sizeof words; at += sizeof words, length -= sizeof words) {
		memcpy(&words, at, sizeof words);
		total += words;
	}
	sum = csum_add((uint32_t)total, (uint32_t)(total >> 32));
	return csum_partial_words16(at, length, sum);
}

uint32_t csum_partial(const void *region, size_t length, uint32_t sum)
{
	TRACE();
	return csum_partial_words32(region, length, sum);
}

static uint32_t swap_octets_of_words(uint32_t sum)
{
	return (sum & 0x00ff00ff) << 8 | (sum >> 8 & 0x00ff00ff);
}

/* Behind an odd number of octets, every octet of the block lies in the other half of its word. */
uint32_t csum_block_add(uint32_t sum, uint32_t addend, size_t offset)
{
	TRACE();
	return csum_add(sum, offset % 2 ? swap_octets_of_words(addend) : addend);
}

uint16_t csum_fold(uint32_t sum)
{
	TRACE();
	sum = (sum & 0xffff) + (sum >> 16);
	sum = (sum & 0xffff) + (sum >> 16); /* the first addition may have carried once more */
	return (uint16_t)~sum;
}

uint32_t csum_tcpudp_nofold(uint32_t saddr, uint32_t daddr, uint16_t length, uint8_t protocol,
			    uint32_t sum)
{
	/* The last four octets of the pseudo-header: zero, protocol, length in network order. */
	uint8_t octets[4] = {0, protocol, (uint8_t)(length >> 8), (uint8_t)length};
	uint32_t words;

	TRACE();
	memcpy(&words, octets, sizeof words);
	sum = csum_add(sum, daddr);
	sum = csum_add(sum, saddr);
	return csum_add(sum, words);
}

uint16_t csum_tcpudp_magic(uint32_t saddr, uint32_t daddr, uint16_t length, uint8_t protocol,
			   uint32_t sum)
{
	TRACE();
	return csum_fold(csum_tcpudp_nofold(saddr, daddr, length, protocol, sum));
}

uint16_t ip_compute_csum(const void *region, size_t length)
{
	return csum_fold(csum_partial(region, length, 0));
}

/*
 * HC' = ~(~HC + ~m + m'). Subtracting from HC instead would be shorter, but gives 0xffff where a
 * checksum computed anew gives zero.
 */
uint16_t csum_update(uint16_t check, uint16_t before, uint16_t after)
{
	return csum_fold((uint32_t)(uint16_t)~check + (uint16_t)~before + after);
}
