/*
 * char_device.c - what has arrived waits for a reader, what was written waits for the hardware.
 *
 * Source: Linux 2.6.11, include/linux/fs.h, struct file_operations; drivers/char/lp.c; 4.4BSD, sys/conf.h.
 */
#include "char_device.h"

#include <errno.h>
#include <stdlib.h>
#include <string.h>

#include "kernel.h"

static void note(struct char_device *device, enum device_routine routine)
{
	if (device->called_count < CALLED_MAX)
		device->called[device->called_count++] = routine;
}

bool queue_add(struct octet_queue *queue, const uint8_t *octets, size_t length)
{
	uint8_t *grown = realloc(queue->octets, queue->count + length + 1);

	if (grown == NULL)
		return false;
	memcpy(grown + queue->count, octets, length);
	queue->octets = grown;
	queue->count += length;
	return true;
}

void queue_remove(struct octet_queue *queue, size_t length)
{
	queue->count -= length;
	if (queue->count > 0)
		memmove(queue->octets, queue->octets + length, queue->count);
}

int device_open(struct char_device *device)
{
	if (!device->has_open)
		return 0;
	note(device, DEVICE_OPEN);
	if (device->exclusive && device->busy)
		return -EBUSY;
	device->busy = true;
	return 0;
}

/* Whether a call that cannot get on sleeps, fails, or ends because of a signal. */
static int hold_up(const struct io *io)
{
	if (io->file->nonblock)
		return -EAGAIN;
	return io->signalled ? FILE_RESTART : FILE_SLEEPS;
}

static int device_read(struct io *io)
{
	struct char_device *device = io->file->data;

	if (!io->tried)
		note(device, DEVICE_READ);
	if (device->arrived.count == 0 && io->length > 0)
		return hold_up(io);
	io->done = io->length < device->arrived.count ? io->length : device->arrived.count;
	if (io->done > 0)
		memcpy(io->octets, device->arrived.octets, io->done);
	queue_remove(&device->arrived, io->done);
	return 0;
}

static int device_write(struct io *io)
{
	struct char_device *device = io->file->data;
	size_t room;

	if (!io->tried)
		note(device, DEVICE_WRITE);
	room = device->room - device->waiting.count;
	if (room == 0 && io->length > 0)
		return hold_up(io);
	io->done = io->length < room ? io->length : room;
	BUG_ON(!queue_add(&device->waiting, io->octets, io->done), "out of memory");
	return 0;
}

static int device_ioctl(struct file *file, const char *request, int32_t argument, int32_t *value)
{
	struct char_device *device = file->data;
	unsigned which;

	note(device, DEVICE_IOCTL);
	for (which = 0; which < device->requests_count; which++) {
		if (strcmp(device->requests[which].name, request) != 0)
			continue;
		*value = (int32_t)((uint32_t)argument + (uint32_t)device->requests[which].adds);
		return 0;
	}
	return -ENOTTY;
}

static unsigned device_poll(const struct file *file)
{
	const struct char_device *device = file->data;

	return (device->arrived.count > 0 ? READY_IN : 0) |
	       (device->waiting.count < device->room ? READY_OUT : 0);
}

static void device_release(struct file *file)
{
	struct char_device *device = file->data;

	note(device, DEVICE_RELEASE);
	device->busy = false;
}

void device_has(struct char_device *device, unsigned routines)
{
	device->has_open = routines & 1U << DEVICE_OPEN;
	if (routines & 1U << DEVICE_READ)
		device->operations.read = device_read;
	if (routines & 1U << DEVICE_WRITE)
		device->operations.write = device_write;
	if (routines & 1U << DEVICE_IOCTL)
		device->operations.ioctl = device_ioctl;
	if (routines & 1U << DEVICE_POLL)
		device->operations.poll = device_poll;
	if (routines & 1U << DEVICE_RELEASE)
		device->operations.release = device_release;
}
