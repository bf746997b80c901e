/*
 * descriptor.c - tables of descriptors by the names of tasks, and the generic calls.
 */
#include "descriptor.h"

#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "../kernel/kernel.h"
#include "ports.h"
#include "sleepers.h"
#include "terminal.h"

struct task {
	char name[KS_NAME_SIZE];
	struct file_table table;
	struct task *next;
};

static struct task *tasks;

void descriptor_reset(void)
{
	while (tasks != NULL) {
		struct task *next = tasks->next;

		fd_close_all(&tasks->table);
		free(tasks);
		tasks = next;
	}
}

static struct file_table *table_of(const char *name)
{
	struct task *task;

	for (task = tasks; task != NULL; task = task->next)
		if (strcmp(task->name, name) == 0)
			return &task->table;
	task = call_new(sizeof *task);
	snprintf(task->name, sizeof task->name, "%s", name);
	task->table.limit = behaviour.files->limit;
	task->next = tasks;
	tasks = task;
	return &task->table;
}

struct file_table *table_arg(const struct ks_value *args)
{
	return table_of(ks_name(args, "task"));
}

static struct file *file_arg(const struct ks_value *args)
{
	int32_t fd = ks_int32(args, "fd");
	struct file *file = fd_file(table_arg(args), fd);

	if (file == NULL)
		ks_errno(EBADF);
	return file;
}

static void put_descriptor(int fd)
{
	if (fd < 0)
		ks_errno(fd);
	ks_put_int("fd", fd);
}

/* --- The table ---------------------------------------------------------------------------- */

void descriptor_limit(const struct ks_value *args)
{
	unsigned limit = (unsigned)ks_int(args, "descriptors", 20, DESCRIPTORS_MAX);

	table_arg(args)->limit = limit;
}

/* What a path leads to, open. There is no file system, so everything is in /dev. */
static struct file *open_path(const char *path)
{
	struct char_device *device;
	struct file *file;
	int refusal;

	if (strncmp(path, "/dev/", 5) != 0)
		ks_errno(ENOENT);
	path += 5;
	if (strcmp(path, "null") == 0)
		return file_new(&null_operations, NULL);
	if (strncmp(path, "tty-", 4) == 0)
		return file_new(&tty_operations, terminal_named(path + 4));
	device = device_named(path);
	if (device == NULL)
		ks_errno(ENXIO);
	refusal = device_open(device);
	if (refusal != 0)
		ks_errno(refusal);
	file = file_new(&device->operations, device);
	return file;
}

void descriptor_open(const struct ks_value *args)
{
	enum { CREAT = 0, EXCL = 1, NONBLOCK = 4 };
	struct file_table *table = table_arg(args);
	const char *path = ks_text(args, "path");
	int mode = ks_choice(args, "mode", "O_RDONLY O_WRONLY O_RDWR");
	const struct ks_value *array = ks_array(args, "flags", 5), *item;
	unsigned flags = 0;
	struct file *file;
	int free_fd;

	for (item = ks_first(array); item != NULL; item = ks_next(item))
		flags |= 1U << ks_choice_item(item, "O_CREAT O_EXCL O_TRUNC O_APPEND O_NONBLOCK");
	free_fd = fd_lowest(table, 0);
	if (free_fd < 0)
		ks_errno(free_fd);
	if (flags & 1U << CREAT && flags & 1U << EXCL && strncmp(path, "/dev/", 5) == 0)
		ks_errno(EEXIST);
	file = open_path(path);
	if (file == NULL)
		ks_fault("out of memory");
	file->reads = mode != 1;
	file->writes = mode != 0;
	file->nonblock = flags & 1U << NONBLOCK;
	put_descriptor(fd_install(table, file));
}

static struct file *pipe_end_new(struct pipe *pipe, int mode)
{
	struct pipe_file *end = pipe_file_open(pipe, mode);
	struct file *file = end == NULL ? NULL : file_new(&pipe_operations, end);

	if (file == NULL)
		ks_fault("out of memory");
	file->reads = mode == O_READS;
	file->writes = mode == O_WRITES;
	return file;
}

void descriptor_pipe(const struct ks_value *args)
{
	struct file_table *table = table_arg(args);
	int reader = fd_lowest(table, 0);
	int writer = reader < 0 ? reader : fd_lowest(table, (unsigned)reader + 1);
	struct pipe *pipe;

	if (writer < 0)
		ks_errno(writer);
	pipe = pipe_new();
	if (pipe == NULL)
		ks_fault("out of memory");
	table->files[reader] = pipe_end_new(pipe, O_READS);
	table->files[writer] = pipe_end_new(pipe, O_WRITES);
	ks_put_int("reader", reader);
	ks_put_int("writer", writer);
}

void descriptor_dup(const struct ks_value *args)
{
	int32_t fd = ks_int32(args, "fd");

	put_descriptor(fd_dup(table_arg(args), fd));
}

void descriptor_dup2(const struct ks_value *args)
{
	int32_t fd = ks_int32(args, "fd"), to = ks_int32(args, "to");
	int duplicate = fd_dup2(table_arg(args), fd, to);

	put_descriptor(duplicate);
	calls_try();
}

void descriptor_close(const struct ks_value *args)
{
	int32_t fd = ks_int32(args, "fd");
	int result = fd_close(table_arg(args), fd);

	if (result != 0)
		ks_errno(result);
	calls_try();
}

void descriptor_fork(const struct ks_value *args)
{
	struct file_table *parent = table_arg(args), before;
	struct file_table *child = table_of(ks_name(args, "child"));

	if (child == parent)
		return;
	before = *child;
	fd_copy(child, parent);
	fd_close_all(&before);
	calls_try();
}

void descriptor_exit(const struct ks_value *args)
{
	struct file_table *table = table_arg(args);

	fd_close_all(table);
	table->limit = behaviour.files->limit;
	calls_try();
}

/* --- Reading and writing ------------------------------------------------------------------ */

struct io_call {
	struct call call; /* first, so that the one is the other */
	struct io io;
};

static int attempt_read(struct call *call)
{
	struct io *io = &((struct io_call *)call)->io;

	io->signalled = call->signalled;
	return file_read(io);
}

static int attempt_write(struct call *call)
{
	struct io *io = &((struct io_call *)call)->io;
	int result;

	io->signalled = call->signalled;
	result = file_write(io);
	if (io->sigpipe)
		signal_note(call->task, "SIGPIPE");
	return result;
}

static void answer_read(struct call *call)
{
	struct io *io = &((struct io_call *)call)->io;

	ks_put_octets("octets", io->octets, io->done);
}

static void answer_write(struct call *call)
{
	ks_put_int("length", (int64_t)((struct io_call *)call)->io.done);
}

static void release_io(struct call *call)
{
	struct io *io = &((struct io_call *)call)->io;

	free(io->octets);
	file_put(io->file);
}

static struct io_call *io_new(struct file *file, size_t length)
{
	struct io_call *self = call_new(sizeof *self);

	self->io.octets = call_new(length + 1);
	self->io.length = length;
	io_begin(&self->io, file, terminal_now_ms());
	self->call.release = release_io;
	return self;
}

void descriptor_read(const struct ks_value *args)
{
	size_t count = (size_t)ks_int(args, "count", 0, KS_MAX_OCTETS);
	struct io_call *self = io_new(file_arg(args), count);

	self->call.attempt = attempt_read;
	self->call.answer = answer_read;
	call_begin(&self->call, args, "something to read");
}

void descriptor_write(const struct ks_value *args)
{
	size_t length;
	const uint8_t *octets = ks_octets(args, "octets", &length);
	struct io_call *self = io_new(file_arg(args), length);

	memcpy(self->io.octets, octets, length);
	self->call.attempt = attempt_write;
	self->call.answer = answer_write;
	call_begin(&self->call, args, "room to write");
}

/* --- The other generic calls -------------------------------------------------------------- */

void descriptor_lseek(const struct ks_value *args)
{
	int64_t offset = ks_int(args, "offset", -2147483648LL, 1LL << 40);
	int whence = ks_choice(args, "whence", "SEEK_SET SEEK_CUR SEEK_END");
	struct file *file = file_arg(args);
	int result = file_lseek(file, offset, whence == 1);

	if (result != 0)
		ks_errno(result);
	ks_put_int("offset", file->offset);
}

void descriptor_ioctl(const struct ks_value *args)
{
	const char *request = ks_text(args, "request");
	int32_t argument = ks_has(args, "argument") ? ks_int32(args, "argument") : 0;
	int32_t value = 0;
	int result = file_ioctl(file_arg(args), request, argument, &value);

	if (result != 0)
		ks_errno(result);
	ks_put_int("value", value);
	calls_try();
}

void descriptor_set_flags(const struct ks_value *args)
{
	bool nonblock = ks_bool(args, "nonblock");

	file_arg(args)->nonblock = nonblock;
}
