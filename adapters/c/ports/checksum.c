/*
 * ports/checksum.c - the operations of `checksum` and `csum`.
 */
#include <arpa/inet.h>

#include "../kernel/checksum.h"
#include "ports.h"

void checksum_compute(const struct ks_value *args)
{
	size_t length;
	const uint8_t *octets = ks_octets(args, "octets", &length);

	ks_put_int("checksum", ntohs(ip_compute_csum(octets, length)));
}

void checksum_update(const struct ks_value *args)
{
	uint16_t check = ks_word16(args, "checksum");
	uint16_t before = ks_word16(args, "before");
	uint16_t after = ks_word16(args, "after");

	ks_put_int("checksum", csum_update(check, before, after));
}

static const struct routine {
	const char *name;
	uint32_t (*sum)(const void *region, size_t length, uint32_t sum);
} routines[] = {
	{"words32", csum_partial_words32},
	{"words16", csum_partial_words16},
};

void csum_port_machine(const struct ks_value *args)
{
	size_t which;

	(void)args;
	ks_put_text("byteOrder", htons(1) == 1 ? "big" : "little");
	ks_open_array("routines");
	for (which = 0; which < sizeof routines / sizeof routines[0]; which++)
		ks_put_text(NULL, routines[which].name);
	ks_close();
}

void csum_port_partial(const struct ks_value *args)
{
	size_t length;
	const uint8_t *octets = ks_octets(args, "octets", &length);
	uint32_t sum = ks_word32(args, "sum");

	if (ks_has(args, "routine"))
		sum = routines[ks_choice(args, "routine", "words32 words16")].sum(octets, length, sum);
	else
		sum = csum_partial(octets, length, sum);
	ks_put_int("sum", sum);
}

void csum_port_block_add(const struct ks_value *args)
{
	uint32_t sum = ks_word32(args, "sum");
	uint32_t addend = ks_word32(args, "addend");
	size_t offset = (size_t)ks_int(args, "offset", 0, INT32_MAX);

	ks_put_int("sum", csum_block_add(sum, addend, offset));
}

void csum_port_fold(const struct ks_value *args)
{
	ks_put_int("checksum", csum_fold(ks_word32(args, "sum")));
}

/* The arguments of both pseudo-header routines. */
struct pseudo_header {
	uint32_t saddr, daddr;
	uint16_t length;
	uint8_t protocol;
	uint32_t sum;
};

static struct pseudo_header read_pseudo_header(const struct ks_value *args)
{
	struct pseudo_header header;

	header.saddr = ks_ipv4(args, "source");
	header.daddr = ks_ipv4(args, "destination");
	header.length = ks_word16(args, "length");
	header.protocol = (uint8_t)ks_int(args, "protocol", 0, 255);
	header.sum = ks_word32(args, "sum");
	return header;
}

void csum_port_tcpudp_nofold(const struct ks_value *args)
{
	struct pseudo_header header = read_pseudo_header(args);

	ks_put_int("sum", csum_tcpudp_nofold(header.saddr, header.daddr, header.length,
					     header.protocol, header.sum));
}

void csum_port_tcpudp_magic(const struct ks_value *args)
{
	struct pseudo_header header = read_pseudo_header(args);

	ks_put_int("checksum", csum_tcpudp_magic(header.saddr, header.daddr, header.length,
						 header.protocol, header.sum));
}
