/*
 * module.c - calling the module.
 */
#include "module.h"

#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <sys/ioctl.h>

uint8_t module_octets[KSPEC_OCTETS_MAX];

static int device = -1;

const char *module_open(void)
{
	device = open(KSPEC_DEVICE, O_RDWR | O_CLOEXEC);
	return device < 0 ? "the module is not there" : NULL;
}

void module_try(struct kspec_call *call)
{
	call->octets = (uintptr_t)module_octets;
	if (ioctl(device, KSPEC_CALL, call) == 0)
		return;
	call->status = KSPEC_FAULT;
	snprintf(call->reason, sizeof call->reason, "the module cannot be called: %s",
		 strerror(errno));
}

void module_call(struct kspec_call *call)
{
	module_try(call);
	if (call->status == KSPEC_FAULT)
		ks_fault("%s", call->reason);
	if (call->status == KSPEC_BUG)
		ks_bug("%s", call->reason);
	if (call->error)
		ks_errno(call->error);
}

void module_take_octets(struct kspec_call *call, const struct ks_value *args, const char *name)
{
	size_t length;
	const uint8_t *octets = ks_octets(args, name, &length);

	memcpy(module_octets, octets, length);
	call->length = (uint32_t)length;
}

void module_take_name(struct kspec_call *call, const struct ks_value *args, const char *name)
{
	memset(module_octets, 0, KSPEC_NAME_SIZE);
	strcpy((char *)module_octets, ks_name(args, name));
	call->length = KSPEC_NAME_SIZE;
}
