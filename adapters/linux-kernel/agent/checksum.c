/*
 * checksum.c - the operations of `checksum` and `csum`.
 */
#include "module.h"
#include "ports.h"

#include <arpa/inet.h>

static void compute(const struct ks_value *args)
{
	struct kspec_call call = {.op = KSPEC_CSUM_COMPUTE};

	module_take_octets(&call, args, "octets");
	module_call(&call);
	ks_put_int("checksum", ntohs((uint16_t)call.out[0]));
}

static void update(const struct ks_value *args)
{
	struct kspec_call call = {.op = KSPEC_CSUM_REPLACE};

	call.in[0] = htons(ks_word16(args, "checksum"));
	call.in[1] = htons(ks_word16(args, "before"));
	call.in[2] = htons(ks_word16(args, "after"));
	module_call(&call);
	ks_put_int("checksum", ntohs((uint16_t)call.out[0]));
}

static void machine(const struct ks_value *args)
{
	char names[] = KSPEC_ROUTINES, *name;

	(void)args;
	ks_put_text("byteOrder", htons(1) == 1 ? "big" : "little");
	ks_open_array("routines");
	for (name = strtok(names, " "); name != NULL; name = strtok(NULL, " "))
		ks_put_text(NULL, name);
	ks_close();
}

static void partial(const struct ks_value *args)
{
	struct kspec_call call = {.op = KSPEC_CSUM_PARTIAL};

	module_take_octets(&call, args, "octets");
	call.in[0] = ks_word32(args, "sum");
	call.in[1] = ks_has(args, "routine") ? ks_choice(args, "routine", KSPEC_ROUTINES) : 0;
	module_call(&call);
	ks_put_int("sum", call.out[0]);
}

static void block_add(const struct ks_value *args)
{
	struct kspec_call call = {.op = KSPEC_CSUM_BLOCK_ADD};

	call.in[0] = ks_word32(args, "sum");
	call.in[1] = ks_word32(args, "addend");
	call.in[2] = ks_int(args, "offset", 0, INT32_MAX);
	module_call(&call);
	ks_put_int("sum", call.out[0]);
}

static void fold(const struct ks_value *args)
{
	struct kspec_call call = {.op = KSPEC_CSUM_FOLD};

	call.in[0] = ks_word32(args, "sum");
	module_call(&call);
	ks_put_int("checksum", call.out[0]);
}

static void with_pseudo_header(struct kspec_call *call, const struct ks_value *args)
{
	call->in[0] = ks_ipv4(args, "source");
	call->in[1] = ks_ipv4(args, "destination");
	call->in[2] = ks_word16(args, "length");
	call->in[3] = ks_int(args, "protocol", 0, 255);
	call->in[4] = ks_word32(args, "sum");
	module_call(call);
}

static void nofold(const struct ks_value *args)
{
	struct kspec_call call = {.op = KSPEC_CSUM_NOFOLD};

	with_pseudo_header(&call, args);
	ks_put_int("sum", call.out[0]);
}

static void magic(const struct ks_value *args)
{
	struct kspec_call call = {.op = KSPEC_CSUM_MAGIC};

	with_pseudo_header(&call, args);
	ks_put_int("checksum", call.out[0]);
}

#define PSEUDO_HEADER "source destination length protocol sum"

const struct ks_operation checksum_operations[] = {
	{"checksum.compute", compute, "octets"},
	{"checksum.update", update, "checksum before after"},
	{"csum.machine", machine, ""},
	{"csum.partial", partial, "octets sum routine?"},
	{"csum.blockAdd", block_add, "sum addend offset"},
	{"csum.fold", fold, "sum"},
	{"csum.tcpudpNofold", nofold, PSEUDO_HEADER},
	{"csum.tcpudpMagic", magic, PSEUDO_HEADER},
	{NULL, NULL, NULL},
};

/* The example of RFC 1071, section 3: its sum is ddf2. */
static const uint8_t example[] = {0x00, 0x01, 0xf2, 0x03, 0xf4, 0xf5, 0xf6, 0xf7};

bool checksum_works(void)
{
	struct kspec_call call = {.op = KSPEC_CSUM_COMPUTE, .length = sizeof example};

	memcpy(module_octets, example, sizeof example);
	module_try(&call);
	return call.status == KSPEC_DONE && ntohs((uint16_t)call.out[0]) == (0xffff & ~0xddf2);
}

bool csum_works(void)
{
	struct kspec_call call = {.op = KSPEC_CSUM_PARTIAL, .length = sizeof example};
	struct kspec_call fold_call = {.op = KSPEC_CSUM_FOLD};

	memcpy(module_octets, example, sizeof example);
	module_try(&call);
	fold_call.in[0] = call.out[0];
	module_try(&fold_call);
	return call.status == KSPEC_DONE &&
	       ntohs((uint16_t)fold_call.out[0]) == (0xffff & ~0xddf2);
}
