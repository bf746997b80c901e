/*
 * checksum.h - the Internet checksum.
 *
 * A sum is a 32-bit one's complement sum of 16-bit words as they lie in memory. The machine's byte
 * order does not matter: swapping the octets of every word swaps those of the sum, so a sum that is
 * kept and stored in one order throughout comes out right (RFC 1071, section 2 (B)).
 */
#ifndef CHECKSUM_H
#define CHECKSUM_H

#include <stddef.h>
#include <stdint.h>

/* Adds the words of a region to a sum. */
uint32_t csum_partial(const void *region, size_t length, uint32_t sum);

/* The same, by words of 16 and of 32 bits. Sums may differ, what they fold to does not. */
uint32_t csum_partial_words16(const void *region, size_t length, uint32_t sum);
uint32_t csum_partial_words32(const void *region, size_t length, uint32_t sum);

/* One's complement addition. */
uint32_t csum_add(uint32_t sum, uint32_t addend);

/* Adds the sum of a block that begins `offset` octets after the start of the first. */
uint32_t csum_block_add(uint32_t sum, uint32_t addend, size_t offset);

/* Folds to 16 bits and complements: the number to store in a check field. */
uint16_t csum_fold(uint32_t sum);

/* Adds the pseudo-header. Addresses in network order, length and protocol in host order. */
uint32_t csum_tcpudp_nofold(uint32_t saddr, uint32_t daddr, uint16_t length, uint8_t protocol,
			    uint32_t sum);
uint16_t csum_tcpudp_magic(uint32_t saddr, uint32_t daddr, uint16_t length, uint8_t protocol,
			   uint32_t sum);

/* The checksum of a region, in the order of memory. */
uint16_t ip_compute_csum(const void *region, size_t length);

/* The checksum after one word under it has changed. Any byte order, if it is the same for all. */
uint16_t csum_update(uint16_t check, uint16_t before, uint16_t after);

#endif
