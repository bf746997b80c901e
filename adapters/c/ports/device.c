/*
 * device.c - drivers of character devices by name, and what their hardware does.
 */
#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "descriptor.h"
#include "ports.h"
#include "sleepers.h"

static const char routine_words[] = "open read write ioctl release poll";
static const char *const routine_names[DEVICE_ROUTINES] = {
	"open", "read", "write", "ioctl", "release", "poll",
};

struct registered {
	char name[KS_NAME_SIZE];
	struct char_device device;
	struct registered *next;
};

static struct registered *devices;

/* Nothing may have one open any more. */
void device_reset(void)
{
	while (devices != NULL) {
		struct registered *next = devices->next;

		free(devices->device.arrived.octets);
		free(devices->device.waiting.octets);
		free(devices);
		devices = next;
	}
}

struct char_device *device_named(const char *name)
{
	struct registered *registered;

	for (registered = devices; registered != NULL; registered = registered->next)
		if (strcmp(registered->name, name) == 0)
			return &registered->device;
	return NULL;
}

static struct char_device *device_arg(const struct ks_value *args)
{
	struct char_device *device = device_named(ks_name(args, "device"));

	if (device == NULL)
		ks_wrong(args, "device", "no such device");
	return device;
}

static void read_requests(struct char_device *device, const struct ks_value *array)
{
	const struct ks_value *item;

	for (item = ks_first(array); item != NULL; item = ks_next(item)) {
		unsigned which = device->requests_count++;

		ks_members(item, "request adds");
		snprintf(device->requests[which].name, sizeof device->requests[which].name, "%s",
			 ks_text(item, "request"));
		device->requests[which].adds = ks_int32(item, "adds");
	}
}

void device_register(const struct ks_value *args)
{
	const char *name = ks_name(args, "device");
	const struct ks_value *array = ks_array(args, "routines", DEVICE_ROUTINES), *item;
	const struct ks_value *requests = ks_array(args, "requests", REQUESTS_MAX);
	struct char_device described = {0};
	struct registered *registered;
	unsigned routines = 0;

	for (item = ks_first(array); item != NULL; item = ks_next(item))
		routines |= 1U << ks_choice_item(item, routine_words);
	described.exclusive = ks_bool(args, "exclusive");
	described.room = (size_t)ks_int(args, "room", 0, KS_MAX_OCTETS);
	read_requests(&described, requests);
	device_has(&described, routines);
	if (device_named(name) != NULL)
		ks_errno(EBUSY);
	registered = call_new(sizeof *registered);
	strcpy(registered->name, name);
	registered->device = described;
	registered->next = devices;
	devices = registered;
}

void device_arrive(const struct ks_value *args)
{
	size_t length;
	const uint8_t *octets = ks_octets(args, "octets", &length);

	if (!queue_add(&device_arg(args)->arrived, octets, length))
		ks_fault("out of memory");
	calls_try();
}

void device_take(const struct ks_value *args)
{
	struct octet_queue *waiting = &device_arg(args)->waiting;

	ks_put_octets("octets", waiting->octets, waiting->count);
	queue_remove(waiting, waiting->count);
	calls_try();
}

void device_routines(const struct ks_value *args)
{
	struct char_device *device = device_arg(args);
	unsigned which;

	ks_open_array("called");
	for (which = 0; which < device->called_count; which++)
		ks_put_text(NULL, routine_names[device->called[which]]);
	ks_close();
	device->called_count = 0;
}
