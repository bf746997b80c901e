/*
 * pipe.c - pipes and FIFOs: handles become open files, names become FIFOs.
 *
 * "end-1" is the first end that was handed out. A closed one keeps its handle, so that its use is noticed.
 */
#include "../kernel/pipe.h"

#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "../kernel/kernel.h"
#include "ports.h"
#include "sleepers.h"

struct descriptor {
	struct pipe_file *file; /* NULL: closed */
	char handle[16];
	struct descriptor *next;
};

struct fifo {
	char name[KS_NAME_SIZE];
	bool linked;       /* the name leads here */
	struct pipe *pipe; /* while somebody has it open */
	struct fifo *next;
};

static struct descriptor *descriptors;
static struct fifo *fifos;
static unsigned handles;

static void put_file(struct pipe_file *file)
{
	struct pipe *pipe = file->pipe;
	struct fifo *fifo;

	if (!pipe_file_put(file))
		return;
	for (fifo = fifos; fifo != NULL; fifo = fifo->next)
		if (fifo->pipe == pipe)
			fifo->pipe = NULL;
}

void pipe_reset(void)
{
	while (descriptors != NULL) {
		struct descriptor *next = descriptors->next;

		if (descriptors->file != NULL)
			put_file(descriptors->file);
		free(descriptors);
		descriptors = next;
	}
	while (fifos != NULL) {
		struct fifo *next = fifos->next;

		free(fifos);
		fifos = next;
	}
	handles = 0;
}

static struct pipe_file *or_no_memory(struct pipe_file *file)
{
	if (file == NULL)
		ks_fault("out of memory");
	return file;
}

static void put_new_handle(const char *name, struct pipe_file *file)
{
	struct descriptor *descriptor = call_new(sizeof *descriptor);

	descriptor->file = file;
	snprintf(descriptor->handle, sizeof descriptor->handle, "end-%u", ++handles);
	descriptor->next = descriptors;
	descriptors = descriptor;
	ks_put_text(name, descriptor->handle);
}

static struct descriptor *descriptor_arg(const struct ks_value *args)
{
	const char *handle = ks_text(args, "end");
	struct descriptor *descriptor;

	for (descriptor = descriptors; descriptor != NULL; descriptor = descriptor->next)
		if (strcmp(descriptor->handle, handle) == 0)
			return descriptor;
	ks_wrong(args, "end", "no such end");
}

static struct pipe_file *file_arg(const struct ks_value *args)
{
	struct pipe_file *file = descriptor_arg(args)->file;

	if (file == NULL)
		ks_errno(EBADF);
	return file;
}

static bool nonblock_arg(const struct ks_value *args)
{
	return ks_has(args, "nonblock") && ks_bool(args, "nonblock");
}

/* --- Reading and writing ------------------------------------------------------------------ */

struct transfer_call {
	struct call call; /* first, so that the one is the other */
	struct pipe_transfer transfer;
};

static int attempt_read(struct call *call)
{
	struct transfer_call *self = (struct transfer_call *)call;

	self->transfer.signalled = call->signalled;
	return pipe_read(&self->transfer);
}

static int attempt_write(struct call *call)
{
	struct transfer_call *self = (struct transfer_call *)call;
	int result;

	self->transfer.signalled = call->signalled;
	result = pipe_write(&self->transfer);
	if (self->transfer.sigpipe)
		signal_note(call->task, "SIGPIPE");
	return result;
}

static void answer_read(struct call *call)
{
	struct pipe_transfer *transfer = &((struct transfer_call *)call)->transfer;

	ks_put_octets("octets", transfer->octets, transfer->done);
}

static void answer_write(struct call *call)
{
	ks_put_int("length", (int64_t)((struct transfer_call *)call)->transfer.done);
}

static void release_transfer(struct call *call)
{
	struct pipe_transfer *transfer = &((struct transfer_call *)call)->transfer;

	free(transfer->octets);
	put_file(transfer->file);
}

/* The file stays open as long as the call is under way. */
static struct transfer_call *transfer_new(struct pipe_file *file, size_t length, bool nonblock)
{
	struct transfer_call *self = call_new(sizeof *self);

	self->transfer.octets = malloc(length + 1);
	if (self->transfer.octets == NULL)
		ks_fault("out of memory");
	self->transfer.file = file;
	self->transfer.length = length;
	self->transfer.nonblock = nonblock;
	self->call.release = release_transfer;
	file->references++;
	return self;
}

void pipe_port_read(const struct ks_value *args)
{
	size_t count = (size_t)ks_int(args, "count", 0, KS_MAX_OCTETS);
	bool nonblock = nonblock_arg(args);
	struct transfer_call *self;

	ks_name(args, "task");
	self = transfer_new(file_arg(args), count, nonblock);
	self->call.attempt = attempt_read;
	self->call.answer = answer_read;
	call_begin(&self->call, args, "octets in a pipe");
}

void pipe_port_write(const struct ks_value *args)
{
	size_t length;
	const uint8_t *octets = ks_octets(args, "octets", &length);
	bool nonblock = nonblock_arg(args);
	struct transfer_call *self;

	ks_name(args, "task");
	self = transfer_new(file_arg(args), length, nonblock);
	memcpy(self->transfer.octets, octets, length);
	self->call.attempt = attempt_write;
	self->call.answer = answer_write;
	call_begin(&self->call, args, "room in a pipe");
}

/* --- Ends --------------------------------------------------------------------------------- */

void pipe_port_create(const struct ks_value *args)
{
	struct pipe *pipe = pipe_new();

	(void)args;
	if (pipe == NULL)
		ks_fault("out of memory");
	put_new_handle("reader", or_no_memory(pipe_file_open(pipe, O_READS)));
	put_new_handle("writer", or_no_memory(pipe_file_open(pipe, O_WRITES)));
}

void pipe_port_dup(const struct ks_value *args)
{
	struct pipe_file *file = file_arg(args);

	file->references++;
	put_new_handle("end", file);
}

void pipe_port_close(const struct ks_value *args)
{
	struct pipe_file *file = file_arg(args);

	descriptor_arg(args)->file = NULL;
	put_file(file);
	calls_try();
}

void pipe_port_lseek(const struct ks_value *args)
{
	ks_word32(args, "offset");
	file_arg(args);
	ks_errno(ESPIPE);
}

void pipe_port_ready(const struct ks_value *args)
{
	const struct pipe_file *file = file_arg(args);
	const struct pipe *pipe = file->pipe;
	bool hidden = file->hang_up_hidden && file->writers_at_open == pipe->writers_ever;

	ks_open_array("events");
	if (file->mode & O_READS) {
		if (pipe_length(pipe) > 0)
			ks_put_text(NULL, "IN");
		if (pipe->writers == 0 && !hidden)
			ks_put_text(NULL, "HUP");
	}
	if (file->mode & O_WRITES) {
		if (pipe_writable(pipe))
			ks_put_text(NULL, "OUT");
		if (pipe->readers == 0)
			ks_put_text(NULL, "ERR");
	}
	ks_close();
	ks_put_int("available", (int64_t)pipe_length(pipe));
}

/* --- FIFOs -------------------------------------------------------------------------------- */

static struct fifo *fifo_named(const char *name)
{
	struct fifo *fifo;

	for (fifo = fifos; fifo != NULL; fifo = fifo->next)
		if (fifo->linked && strcmp(fifo->name, name) == 0)
			return fifo;
	return NULL;
}

void fifo_port_make(const struct ks_value *args)
{
	const char *name = ks_name(args, "name");
	struct fifo *fifo;

	if (fifo_named(name) != NULL)
		ks_errno(EEXIST);
	fifo = call_new(sizeof *fifo);
	strcpy(fifo->name, name);
	fifo->linked = true;
	fifo->next = fifos;
	fifos = fifo;
}

/* Whoever has it open keeps it; it is freed at reset. */
void fifo_port_unlink(const struct ks_value *args)
{
	struct fifo *fifo = fifo_named(ks_name(args, "name"));

	if (fifo == NULL)
		ks_errno(ENOENT);
	fifo->linked = false;
}

/* An open that waits until the count of partners moves. */
struct open_call {
	struct call call; /* first, so that the one is the other */
	struct fifo *fifo;
	int mode;
	bool nonblock;
	struct pipe_file *file; /* NULL: not counted in yet */
	unsigned partners_before;
	bool answered;
};

static unsigned partners_ever(const struct pipe_file *file)
{
	return file->mode & O_READS ? file->pipe->writers_ever : file->pipe->readers_ever;
}

static bool has_partner(const struct pipe_file *file)
{
	return (file->mode & O_READS ? file->pipe->writers : file->pipe->readers) > 0;
}

/* Counts the opener in. Returns 0 if it need not wait. */
static int enter_fifo(struct open_call *self)
{
	struct fifo *fifo = self->fifo;

	if (self->mode == O_WRITES && self->nonblock &&
	    (fifo->pipe == NULL || fifo->pipe->readers == 0))
		return -ENXIO;
	if (fifo->pipe == NULL)
		fifo->pipe = pipe_new();
	if (fifo->pipe == NULL)
		return -ENOMEM;
	self->file = pipe_file_open(fifo->pipe, self->mode);
	if (self->file == NULL)
		return -ENOMEM;
	self->file->hang_up_hidden = self->mode == O_READS && fifo->pipe->writers == 0;
	self->file->writers_at_open = fifo->pipe->writers_ever;
	self->partners_before = partners_ever(self->file);
	return self->nonblock || has_partner(self->file) ? 0 : CALL_SLEEPS;
}

static int attempt_open(struct call *call)
{
	struct open_call *self = (struct open_call *)call;

	if (self->file == NULL)
		return enter_fifo(self);
	if (partners_ever(self->file) != self->partners_before)
		return 0;
	if (!call->signalled)
		return CALL_SLEEPS;
	put_file(self->file);
	self->file = NULL;
	return CALL_RESTART;
}

static void answer_open(struct call *call)
{
	struct open_call *self = (struct open_call *)call;

	put_new_handle("end", self->file);
	self->answered = true;
}

static void release_open(struct call *call)
{
	struct open_call *self = (struct open_call *)call;

	if (self->file != NULL && !self->answered)
		put_file(self->file);
}

void fifo_port_open(const struct ks_value *args)
{
	static const int modes[] = {O_READS, O_WRITES, O_READS | O_WRITES};
	const char *name = ks_name(args, "name");
	int mode = modes[ks_choice(args, "mode", "O_RDONLY O_WRONLY O_RDWR")];
	bool nonblock = nonblock_arg(args);
	struct open_call *self;
	struct fifo *fifo;

	ks_name(args, "task");
	fifo = fifo_named(name);
	if (fifo == NULL)
		ks_errno(ENOENT);
	self = call_new(sizeof *self);
	self->fifo = fifo;
	self->mode = mode;
	self->nonblock = nonblock;
	self->call.attempt = attempt_open;
	self->call.answer = answer_open;
	self->call.release = release_open;
	call_begin(&self->call, args, "a partner");
}
