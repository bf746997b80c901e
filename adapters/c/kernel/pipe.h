/*
 * pipe.h - pipes and FIFOs.
 *
 * A call that would sleep returns PIPE_SLEEPS; whoever runs the tasks calls again when something has
 * happened to the pipe. What a call has done so far is kept in its transfer.
 */
#ifndef PIPE_H
#define PIPE_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#define PAGE_SIZE 4096
#define PIPE_BUFFERS 16

struct pipe_page {
	uint8_t octets[PAGE_SIZE];
	size_t from, to; /* those that were written and not yet read */
};

struct pipe {
	struct pipe_page pages[PIPE_BUFFERS]; /* a ring; 4.4BSD uses the first alone */
	unsigned first, count;
	unsigned readers, writers;           /* open ends */
	unsigned readers_ever, writers_ever; /* how many were ever opened */
	unsigned waiting_writers;
};

enum pipe_mode { O_READS = 1, O_WRITES = 2 };

struct pipe_file {
	struct pipe *pipe;
	int mode;
	unsigned references;
	bool hang_up_hidden; /* a FIFO opened while it had no writer ... */
	unsigned writers_at_open; /* ... tells of none until the count is another */
};

/* One read or write, from its beginning to its end. */
struct pipe_transfer {
	struct pipe_file *file;
	uint8_t *octets;
	size_t length, done;
	bool nonblock;
	bool signalled; /* a signal has come that ends a sleep */
	bool waits;     /* counted among the waiting writers */
	bool sigpipe;   /* set when SIGPIPE is to be sent */
};

enum { PIPE_SLEEPS = -1000, PIPE_RESTART = -1001 };

/* Return 0, a negative errno, PIPE_SLEEPS, or PIPE_RESTART: a signal came before anything was done. */
int pipe_read(struct pipe_transfer *transfer);
int pipe_write(struct pipe_transfer *transfer);

struct pipe *pipe_new(void);
size_t pipe_length(const struct pipe *pipe);
bool pipe_writable(const struct pipe *pipe);

/* Counts an end in; NULL when there is no memory. */
struct pipe_file *pipe_file_open(struct pipe *pipe, int mode);

/* Gives up a reference. Says whether that was the last end of the pipe, which is then no more. */
bool pipe_file_put(struct pipe_file *file);

#endif
