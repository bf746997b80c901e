// SPDX-License-Identifier: GPL-2.0
/*
 * line.c - the machine's line to the suite, at which it waits without time going by.
 *
 * At a serial line of User-Mode Linux a machine that waits is idle, and in an idle machine virtual time goes
 * on to the next timer, and the next. Here the wait is a read() of the host's that the processor itself is
 * in: for all that the machine can tell, the processor is busy, and time stands still.
 */
#include <linux/fs.h>
#include <linux/ktime.h>
#include <linux/miscdevice.h>
#include <linux/module.h>
#include <linux/mutex.h>
#include <linux/slab.h>
#include <linux/uaccess.h>

#include <os.h>

#include "line.h"
#include "self_test.h"

/* Descriptors of the host. */
#define HOST_IN 0
#define HOST_OUT 1
#define HOST_LOG 2

#define OCTETS_MAX 65536

/*
 * Where the host reads and writes. It is not a variable of the module, whose memory the host finds only after this
 * kernel has touched it.
 */
static void *octets;
static DEFINE_MUTEX(octets_in_use);

static u32 findings;

static ssize_t line_read(struct file *file, char __user *to, size_t size, loff_t *position)
{
	ssize_t got;

	mutex_lock(&octets_in_use);
	do {
		got = os_read_file(HOST_IN, octets, min_t(size_t, size, OCTETS_MAX));
	} while (got == -EINTR);
	if (got > 0 && copy_to_user(to, octets, got))
		got = -EFAULT;
	mutex_unlock(&octets_in_use);
	return got;
}

static ssize_t pass_on(int host, const char __user *from, size_t size)
{
	ssize_t put;

	size = min_t(size_t, size, OCTETS_MAX);
	mutex_lock(&octets_in_use);
	if (copy_from_user(octets, from, size)) {
		mutex_unlock(&octets_in_use);
		return -EFAULT;
	}
	do {
		put = os_write_file(host, octets, size);
	} while (put == -EINTR);
	mutex_unlock(&octets_in_use);
	return put;
}

static ssize_t line_write(struct file *file, const char __user *from, size_t size, loff_t *position)
{
	return pass_on(HOST_OUT, from, size);
}

static ssize_t log_write(struct file *file, const char __user *from, size_t size, loff_t *position)
{
	return pass_on(HOST_LOG, from, size);
}

/* Added to the kernel by ../kernel/uml.patch. */
extern u64 tick_next_timer(void);

static s64 next_timer(void)
{
	u64 due = tick_next_timer();

	return due == KTIME_MAX ? -1 : (s64)due;
}

static long line_ioctl(struct file *file, unsigned int request, unsigned long argument)
{
	switch (request) {
	case LINE_FINDINGS:
		return put_user(findings, (u32 __user *)argument);
	case LINE_NEXT_TIMER:
		return put_user(next_timer(), (s64 __user *)argument);
	default:
		return -ENOTTY;
	}
}

static const struct file_operations line_operations = {
	.owner = THIS_MODULE,
	.read = line_read,
	.write = line_write,
	.unlocked_ioctl = line_ioctl,
};

static const struct file_operations log_operations = {
	.owner = THIS_MODULE,
	.write = log_write,
};

static struct miscdevice line = {
	.minor = MISC_DYNAMIC_MINOR,
	.name = "kernspec-line",
	.fops = &line_operations,
	.mode = 0600,
};

static struct miscdevice machine_log = {
	.minor = MISC_DYNAMIC_MINOR,
	.name = "kernspec-log",
	.fops = &log_operations,
	.mode = 0600,
};

static int __init line_init(void)
{
	int error;

	octets = kmalloc(OCTETS_MAX, GFP_KERNEL);
	if (octets == NULL)
		return -ENOMEM;
	findings = self_test();
	error = misc_register(&line);
	return error ? error : misc_register(&machine_log);
}

/* There is no way out: the machine ends with its first process. */
module_init(line_init);
MODULE_LICENSE("GPL");
MODULE_DESCRIPTION("The line of a machine without time to kernspec");
