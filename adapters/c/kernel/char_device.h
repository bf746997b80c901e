/*
 * char_device.h - a driver of a character device with a queue to each side.
 */
#ifndef CHAR_DEVICE_H
#define CHAR_DEVICE_H

#include "file.h"

enum device_routine {
	DEVICE_OPEN,
	DEVICE_READ,
	DEVICE_WRITE,
	DEVICE_IOCTL,
	DEVICE_RELEASE,
	DEVICE_POLL,
	DEVICE_ROUTINES
};

#define REQUESTS_MAX 8
#define CALLED_MAX 1000

struct octet_queue {
	uint8_t *octets;
	size_t count;
};

struct char_device {
	struct file_operations operations; /* those routines that it has */
	bool has_open;
	bool exclusive, busy;
	size_t room; /* octets that may wait for the hardware */
	struct octet_queue arrived, waiting;
	struct {
		char name[33];
		int32_t adds;
	} requests[REQUESTS_MAX];
	unsigned requests_count;
	enum device_routine called[CALLED_MAX];
	unsigned called_count;
};

/* Gives the driver the routines whose bits are set. */
void device_has(struct char_device *device, unsigned routines);

/* 0, or -EBUSY. */
int device_open(struct char_device *device);

/* Says whether there was memory. */
bool queue_add(struct octet_queue *queue, const uint8_t *octets, size_t length);
void queue_remove(struct octet_queue *queue, size_t length);

#endif
