/*
 * descriptor.h - the tables of tasks, and the devices that they may open.
 */
#ifndef DESCRIPTOR_H
#define DESCRIPTOR_H

#include "../kernel/char_device.h"
#include "../kernel/file.h"
#include "../kernspec.h"

/* The table of the task that `args` names; it is there when it is first named. */
struct file_table *table_arg(const struct ks_value *args);

/* NULL: no driver of that name is registered. */
struct char_device *device_named(const char *name);

#endif
