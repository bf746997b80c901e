/*
 * pipe.c - octets from task to task.
 *
 * Invariant: a write of at most a page needs at most one new page, so it goes in whole or not at all.
 * Its odd tail, the length beyond whole pages, goes behind what the last page holds if it fits there.
 *
 * 4.4BSD has a pair of sockets instead: one buffer of a page, and who does not get all in waits for room
 * of a cluster. The limit on mbufs is not modelled.
 *
 * Source: Linux 2.6.11, fs/pipe.c; 4.4BSD, kern/uipc_socket.c.
 */
#include "pipe.h"

#include <errno.h>
#include <stdlib.h>
#include <string.h>

#include "kernel.h"

#define MCLBYTES 2048

struct pipe *pipe_new(void)
{
	return calloc(1, sizeof(struct pipe));
}

static struct pipe_page *page_at(struct pipe *pipe, unsigned which)
{
	return &pipe->pages[(pipe->first + which) % PIPE_BUFFERS];
}

size_t pipe_length(const struct pipe *pipe)
{
	size_t length = 0;
	unsigned which;

	for (which = 0; which < pipe->count; which++) {
		const struct pipe_page *page =
			&pipe->pages[(pipe->first + which) % PIPE_BUFFERS];

		length += page->to - page->from;
	}
	return length;
}

bool pipe_writable(const struct pipe *pipe)
{
	if (behaviour.pipe_is_sockets)
		return PAGE_SIZE - pipe_length(pipe) >= MCLBYTES;
	return pipe->count < PIPE_BUFFERS;
}

static void append(struct pipe_page *page, const uint8_t *octets, size_t length)
{
	memcpy(page->octets + page->to, octets, length);
	page->to += length;
}

static struct pipe_page *new_page(struct pipe *pipe)
{
	struct pipe_page *page = page_at(pipe, pipe->count++);

	page->from = 0;
	page->to = 0;
	return page;
}

static size_t put_in_pages(struct pipe *pipe, const uint8_t *octets, size_t length, bool begins)
{
	size_t tail = length % PAGE_SIZE, put = 0;

	if (begins && tail > 0 && pipe->count > 0) {
		struct pipe_page *last = page_at(pipe, pipe->count - 1);

		if (last->to + tail <= PAGE_SIZE) {
			append(last, octets, tail);
			put = tail;
		}
	}
	while (put < length && pipe->count < PIPE_BUFFERS) {
		size_t part = length - put < PAGE_SIZE ? length - put : PAGE_SIZE;

		append(new_page(pipe), octets + put, part);
		put += part;
	}
	return put;
}

static size_t put_in_sockets(struct pipe *pipe, const uint8_t *octets, size_t length)
{
	struct pipe_page *buffer = pipe->count > 0 ? page_at(pipe, 0) : new_page(pipe);
	size_t held = buffer->to - buffer->from, put = 0;

	memmove(buffer->octets, buffer->octets + buffer->from, held);
	buffer->from = 0;
	buffer->to = held;
	while (put < length) {
		size_t space = PAGE_SIZE - buffer->to, part = length - put;

		if (part > space && space < MCLBYTES)
			break;
		if (part > MCLBYTES)
			part = MCLBYTES;
		append(buffer, octets + put, part);
		put += part;
	}
	return put;
}

static size_t pipe_take(struct pipe *pipe, uint8_t *octets, size_t count)
{
	size_t taken = 0;

	while (pipe->count > 0 && taken < count) {
		struct pipe_page *page = page_at(pipe, 0);
		size_t part = page->to - page->from;

		if (part > count - taken)
			part = count - taken;
		memcpy(octets + taken, page->octets + page->from, part);
		page->from += part;
		taken += part;
		if (page->from == page->to) {
			pipe->first = (pipe->first + 1) % PIPE_BUFFERS;
			pipe->count--;
		}
	}
	return taken;
}

int pipe_read(struct pipe_transfer *transfer)
{
	struct pipe *pipe = transfer->file->pipe;
	bool more_comes;

	if (!(transfer->file->mode & O_READS))
		return -EBADF;
	transfer->done += pipe_take(pipe, transfer->octets + transfer->done,
				    transfer->length - transfer->done);
	if (transfer->done == transfer->length || pipe->writers == 0)
		return 0;
	/* A writer that sleeps has more to give; 2.6.11 waits for that as well. */
	more_comes = behaviour.pipe_merges_calls && pipe->waiting_writers > 0;
	if (transfer->done > 0 && !more_comes)
		return 0;
	if (transfer->nonblock && !more_comes)
		return -EAGAIN;
	if (transfer->signalled)
		return transfer->done > 0 ? 0 : PIPE_RESTART;
	return PIPE_SLEEPS;
}

static int write_some(struct pipe_transfer *transfer)
{
	struct pipe *pipe = transfer->file->pipe;
	const uint8_t *rest = transfer->octets + transfer->done;
	size_t left = transfer->length - transfer->done;

	if (left == 0)
		return 0;
	if (pipe->readers == 0) {
		transfer->sigpipe = true;
		return transfer->done > 0 ? 0 : -EPIPE;
	}
	if (behaviour.pipe_is_sockets)
		transfer->done += put_in_sockets(pipe, rest, left);
	else
		transfer->done += put_in_pages(pipe, rest, left, transfer->done == 0);
	if (transfer->done == transfer->length)
		return 0;
	if (transfer->nonblock)
		return transfer->done > 0 ? 0 : -EAGAIN;
	if (transfer->signalled)
		return transfer->done > 0 ? 0 : PIPE_RESTART;
	return PIPE_SLEEPS;
}

int pipe_write(struct pipe_transfer *transfer)
{
	int result;

	if (!(transfer->file->mode & O_WRITES))
		return -EBADF;
	result = write_some(transfer);
	if (transfer->waits != (result == PIPE_SLEEPS)) {
		transfer->waits = result == PIPE_SLEEPS;
		transfer->file->pipe->waiting_writers += transfer->waits ? 1 : -1;
	}
	return result;
}

struct pipe_file *pipe_file_open(struct pipe *pipe, int mode)
{
	struct pipe_file *file = calloc(1, sizeof *file);

	if (file == NULL)
		return NULL;
	file->pipe = pipe;
	file->mode = mode;
	file->references = 1;
	if (mode & O_READS) {
		pipe->readers++;
		pipe->readers_ever++;
	}
	if (mode & O_WRITES) {
		pipe->writers++;
		pipe->writers_ever++;
	}
	return file;
}

bool pipe_file_put(struct pipe_file *file)
{
	struct pipe *pipe = file->pipe;
	bool last;

	if (--file->references > 0)
		return false;
	if (file->mode & O_READS)
		pipe->readers--;
	if (file->mode & O_WRITES)
		pipe->writers--;
	last = pipe->readers + pipe->writers == 0;
	if (last)
		free(pipe);
	free(file);
	return last;
}
