/*
 * file.c - the generic calls, and the types that have no file of their own for them.
 *
 * Source: Linux 2.6.11, fs/read_write.c, fs/ioctl.c, fs/file_table.c, fs/pipe.c, drivers/char/mem.c,
 * tty_io.c; 4.4BSD, kern/sys_generic.c, kern/sys_socket.c.
 */
#include "file.h"

#include <errno.h>
#include <stdlib.h>
#include <string.h>

#include "kernel.h"

const struct file_rules linux_2_6_files = {
	-EINVAL, true, false, READY_IN | READY_OUT, -EINVAL, -EINVAL, true, true, true, true, 1024,
};
const struct file_rules linux_6_files = {
	-EINVAL, false, false, READY_IN | READY_OUT, -ENOTTY, -ENOTTY, true, true, true, true, 1024,
};
const struct file_rules bsd_files = {
	-ENODEV,     true,    true,  READY_IN | READY_OUT | READY_PRI,
	-EOPNOTSUPP, -ENOTTY, false, false, false, false, 64,
};

struct file *file_new(const struct file_operations *operations, void *data)
{
	struct file *file = calloc(1, sizeof *file);

	if (file == NULL)
		return NULL;
	file->operations = operations;
	file->data = data;
	file->references = 1;
	return file;
}

void file_put(struct file *file)
{
	if (--file->references > 0)
		return;
	if (file->operations->release != NULL)
		file->operations->release(file);
	free(file);
}

void io_begin(struct io *io, struct file *file, uint64_t now_ms)
{
	io->file = file;
	io->begun_ms = now_ms;
	file->references++;
}

int file_read(struct io *io)
{
	const struct file *file = io->file;
	int result;

	if (!file->reads)
		return -EBADF;
	if (file->operations->read == NULL)
		return behaviour.files->without_read_or_write;
	result = file->operations->read(io);
	io->tried = true;
	return result;
}

int file_write(struct io *io)
{
	const struct file *file = io->file;
	int result;

	if (!file->writes)
		return -EBADF;
	if (file->operations->write == NULL)
		return behaviour.files->without_read_or_write;
	result = file->operations->write(io);
	io->tried = true;
	return result;
}

int file_ioctl(struct file *file, const char *request, int32_t argument, int32_t *value)
{
	if (file->operations->ioctl == NULL)
		return -ENOTTY;
	return file->operations->ioctl(file, request, argument, value);
}

static int no_llseek(struct file *file, int64_t offset, bool from_here)
{
	(void)file, (void)offset, (void)from_here;
	return -ESPIPE;
}

/* Of a type that does not care where it is. */
static int default_llseek(struct file *file, int64_t offset, bool from_here)
{
	if (from_here)
		offset += file->offset;
	if (offset < 0 && !behaviour.files->moves_below_zero)
		return -EINVAL;
	file->offset = offset;
	return 0;
}

int file_lseek(struct file *file, int64_t offset, bool from_here)
{
	if (file->operations->llseek != NULL)
		return file->operations->llseek(file, offset, from_here);
	if (!behaviour.files->moves_without_llseek)
		return no_llseek(file, offset, from_here);
	return default_llseek(file, offset, from_here);
}

unsigned file_poll(const struct file *file)
{
	if (file->operations->poll == NULL)
		return behaviour.files->without_poll;
	return file->operations->poll(file);
}

/* --- The null device ---------------------------------------------------------------------- */

static int null_read(struct io *io)
{
	io->done = 0;
	return 0;
}

static int null_write(struct io *io)
{
	io->done = io->length;
	return 0;
}

static int null_lseek(struct file *file, int64_t offset, bool from_here)
{
	return behaviour.files->null_rewinds ? 0 : default_llseek(file, offset, from_here);
}

const struct file_operations null_operations = {
	null_read, null_write, NULL, null_lseek, NULL, NULL,
};

/* --- Pipes -------------------------------------------------------------------------------- */

static void pipe_begin(struct io *io)
{
	io->own.pipe.file = io->file->data;
	io->own.pipe.octets = io->octets;
	io->own.pipe.length = io->length;
	io->own.pipe.nonblock = io->file->nonblock;
	io->own.pipe.signalled = io->signalled;
}

static int pipe_end(struct io *io, int result)
{
	io->done = io->own.pipe.done;
	io->sigpipe = io->own.pipe.sigpipe;
	return result;
}

static int read_pipe(struct io *io)
{
	pipe_begin(io);
	return pipe_end(io, pipe_read(&io->own.pipe));
}

static int write_pipe(struct io *io)
{
	pipe_begin(io);
	return pipe_end(io, pipe_write(&io->own.pipe));
}

static int pipe_ioctl(struct file *file, const char *request, int32_t argument, int32_t *value)
{
	const struct pipe_file *end = file->data;

	(void)argument;
	if (strcmp(request, "FIONREAD") != 0)
		return behaviour.files->unknown_pipe_request;
	*value = (int32_t)pipe_length(end->pipe);
	return 0;
}

static unsigned pipe_poll(const struct file *file)
{
	const struct pipe_file *end = file->data;
	unsigned events = 0;

	if (end->mode & O_READS) {
		events |= pipe_length(end->pipe) > 0 ? READY_IN : 0;
		events |= end->pipe->writers == 0 ? READY_HUP : 0;
	}
	if (end->mode & O_WRITES) {
		events |= pipe_writable(end->pipe) ? READY_OUT : 0;
		events |= end->pipe->readers == 0 ? READY_ERR : 0;
	}
	return events;
}

static void pipe_release(struct file *file)
{
	pipe_file_put(file->data);
}

const struct file_operations pipe_operations = {
	read_pipe, write_pipe, pipe_ioctl, no_llseek, pipe_poll, pipe_release,
};

/* --- Terminals ---------------------------------------------------------------------------- */

static void tty_begin(struct io *io)
{
	io->own.tty.tty = io->file->data;
	io->own.tty.octets = io->octets;
	io->own.tty.length = io->length;
	io->own.tty.nonblock = io->file->nonblock;
	io->own.tty.signalled = io->signalled;
	io->own.tty.begun_ms = io->begun_ms;
}

static int read_tty(struct io *io)
{
	int result;

	tty_begin(io);
	result = tty_read(&io->own.tty);
	io->done = io->own.tty.done;
	return result;
}

static int write_tty(struct io *io)
{
	int result;

	tty_begin(io);
	result = tty_write(&io->own.tty);
	io->done = io->own.tty.done;
	return result;
}

static int tty_ioctl(struct file *file, const char *request, int32_t argument, int32_t *value)
{
	struct tty *tty = file->data;
	uint8_t octet = (uint8_t)argument;

	*value = 0;
	if (strcmp(request, "FIONREAD") == 0)
		*value = (int32_t)tty_available(tty);
	else if (strcmp(request, "TIOCOUTQ") == 0)
		*value = (int32_t)tty->line.count;
	else if (strcmp(request, "TIOCSTI") == 0)
		tty_receive(tty, &octet, 1);
	else
		return behaviour.files->unknown_tty_request;
	return 0;
}

static int tty_llseek(struct file *file, int64_t offset, bool from_here)
{
	if (behaviour.files->tty_refuses_to_seek)
		return no_llseek(file, offset, from_here);
	return default_llseek(file, offset, from_here);
}

static unsigned tty_poll(const struct file *file)
{
	const struct tty *tty = file->data;

	if (tty->hung_up)
		return READY_IN | READY_OUT | READY_HUP;
	return (tty_readable(tty) ? READY_IN : 0) |
	       (tty->line.count < WAKEUP_CHARS ? READY_OUT : 0);
}

const struct file_operations tty_operations = {
	read_tty, write_tty, tty_ioctl, tty_llseek, tty_poll, NULL,
};
