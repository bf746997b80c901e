/*
 * file_table.c - the descriptors of a task.
 *
 * Invariant: each entry of a table is one reference to its file.
 *
 * Source: Linux 2.6.11, fs/open.c, get_unused_fd(); fs/fcntl.c, sys_dup2(); kernel/fork.c, copy_files();
 * 4.4BSD, kern/kern_descrip.c.
 */
#include <errno.h>

#include "file.h"

struct file *fd_file(const struct file_table *table, int32_t fd)
{
	return fd < 0 || fd >= DESCRIPTORS_MAX ? NULL : table->files[fd];
}

int fd_lowest(const struct file_table *table, unsigned from)
{
	for (; from < table->limit; from++)
		if (table->files[from] == NULL)
			return (int)from;
	return -EMFILE;
}

int fd_install(struct file_table *table, struct file *file)
{
	int fd = fd_lowest(table, 0);

	if (fd >= 0)
		table->files[fd] = file;
	return fd;
}

int fd_dup(struct file_table *table, int32_t fd)
{
	struct file *file = fd_file(table, fd);
	int duplicate;

	if (file == NULL)
		return -EBADF;
	duplicate = fd_install(table, file);
	if (duplicate >= 0)
		file->references++;
	return duplicate;
}

int fd_dup2(struct file_table *table, int32_t fd, int32_t to)
{
	struct file *file = fd_file(table, fd), *before;

	if (file == NULL || to < 0 || to >= (int32_t)table->limit)
		return -EBADF;
	before = table->files[to];
	file->references++;
	table->files[to] = file;
	if (before != NULL)
		file_put(before);
	return to;
}

int fd_close(struct file_table *table, int32_t fd)
{
	struct file *file = fd_file(table, fd);

	if (file == NULL)
		return -EBADF;
	table->files[fd] = NULL;
	file_put(file);
	return 0;
}

void fd_copy(struct file_table *child, const struct file_table *parent)
{
	unsigned fd;

	*child = *parent;
	for (fd = 0; fd < DESCRIPTORS_MAX; fd++)
		if (child->files[fd] != NULL)
			child->files[fd]->references++;
}

void fd_close_all(struct file_table *table)
{
	int32_t fd;

	for (fd = 0; fd < DESCRIPTORS_MAX; fd++)
		fd_close(table, fd);
}
