/*
 * file.h - open files of every type, and the tables of descriptors that lead to them.
 *
 * A type is a table of routines; a routine that it lacks is NULL. Reading and writing may sleep: then
 * they return FILE_SLEEPS, and are called again when something has happened. What such a call has done
 * so far is kept in its struct io.
 */
#ifndef FILE_H
#define FILE_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "pipe.h"
#include "tty.h"

enum { FILE_SLEEPS = -1000, FILE_RESTART = -1001 };

/* What poll tells. */
enum poll_event { READY_IN = 1, READY_OUT = 2, READY_HUP = 4, READY_ERR = 8, READY_PRI = 16 };

struct file;

/* One read or write, from its beginning to its end. */
struct io {
	struct file *file;
	uint8_t *octets;
	size_t length, done;
	uint64_t begun_ms;
	bool signalled; /* a signal has come that ends a sleep */
	bool sigpipe;   /* set when SIGPIPE is to be sent */
	bool tried;     /* this is not the first time that the routine is called for it */
	union {
		struct pipe_transfer pipe;
		struct tty_transfer tty;
	} own; /* what the type keeps */
};

struct file_operations {
	int (*read)(struct io *io);
	int (*write)(struct io *io);
	/* Returns a negative errno, or 0 with *value set. */
	int (*ioctl)(struct file *file, const char *request, int32_t argument, int32_t *value);
	/* Moves file->offset. Returns 0 or a negative errno. */
	int (*llseek)(struct file *file, int64_t offset, bool from_here);
	unsigned (*poll)(const struct file *file);
	void (*release)(struct file *file);
};

struct file {
	const struct file_operations *operations;
	void *data;
	bool reads, writes, nonblock;
	int64_t offset;
	unsigned references; /* of descriptors, and of calls under way */
};

/* Where systems differ. */
struct file_rules {
	int without_read_or_write; /* what a call gives for which a type has no routine */
	bool moves_without_llseek; /* else ESPIPE */
	bool moves_below_zero;
	unsigned without_poll;     /* what is told of a type that cannot be polled */
	int unknown_pipe_request, unknown_tty_request;
	bool tty_refuses_to_seek, null_rewinds;
	bool select_refuses_negative; /* else a negative bound bounds nothing */
	bool select_updates_timeout;
	unsigned limit; /* descriptors that a task may have at first */
};

extern const struct file_rules linux_2_6_files, linux_6_files, bsd_files;

/* Returns NULL when there is no memory. */
struct file *file_new(const struct file_operations *operations, void *data);
void file_put(struct file *file);

/* The generic calls; `io` is begun by io_begin. */
void io_begin(struct io *io, struct file *file, uint64_t now_ms);
int file_read(struct io *io);
int file_write(struct io *io);
int file_ioctl(struct file *file, const char *request, int32_t argument, int32_t *value);
int file_lseek(struct file *file, int64_t offset, bool from_here);
unsigned file_poll(const struct file *file);

extern const struct file_operations null_operations, pipe_operations, tty_operations;

/* --- Tables ------------------------------------------------------------------------------- */

#define DESCRIPTORS_MAX 1024

struct file_table {
	struct file *files[DESCRIPTORS_MAX];
	unsigned limit;
};

/* NULL: the number is no open descriptor. */
struct file *fd_file(const struct file_table *table, int32_t fd);

/* The lowest number that is free from there on, or -EMFILE. */
int fd_lowest(const struct file_table *table, unsigned from);

/* These return the descriptor, or a negative errno. */
int fd_install(struct file_table *table, struct file *file);
int fd_dup(struct file_table *table, int32_t fd);
int fd_dup2(struct file_table *table, int32_t fd, int32_t to);
int fd_close(struct file_table *table, int32_t fd);

void fd_copy(struct file_table *child, const struct file_table *parent);
void fd_close_all(struct file_table *table);

#endif
