/*
 * select.c - waiting for one of several descriptors.
 *
 * A call that sleeps is tried again whenever anything has happened, so it stands in no wait queue: each
 * time it asks all its files anew.
 */
#include <errno.h>
#include <string.h>

#include "../kernel/kernel.h"
#include "descriptor.h"
#include "ports.h"
#include "sleepers.h"
#include "terminal.h"

enum set { READ, WRITE, EXCEPT, SETS };

static const char *const set_names[SETS] = {"read", "write", "except"};

/* What makes a file ready, by set. */
static const unsigned wanted[SETS] = {
	READY_IN | READY_HUP | READY_ERR, READY_OUT | READY_ERR, READY_PRI,
};

struct member {
	int fd;
	enum set set;
	struct file *file;
	bool ready;
};

#define MEMBERS_MAX (SETS * 64)

struct select_call {
	struct call call; /* first, so that the one is the other */
	struct member members[MEMBERS_MAX];
	unsigned count;
	bool has_timeout;
	uint64_t timeout_ms, until_ms;
};

static int attempt(struct call *call)
{
	struct select_call *self = (struct select_call *)call;
	bool any = false;
	unsigned which;

	for (which = 0; which < self->count; which++) {
		struct member *member = &self->members[which];

		member->ready = file_poll(member->file) & wanted[member->set];
		any |= member->ready;
	}
	if (any || (self->has_timeout && terminal_now_ms() >= self->until_ms))
		return 0;
	/* Never restarted, whatever the handler says. */
	return call->signalled ? -EINTR : CALL_SLEEPS;
}

static void answer(struct call *call)
{
	struct select_call *self = (struct select_call *)call;
	uint64_t now_ms = terminal_now_ms();
	unsigned set, which, count = 0;

	for (set = 0; set < SETS; set++) {
		ks_open_array(set_names[set]);
		for (which = 0; which < self->count; which++) {
			const struct member *member = &self->members[which];

			if (member->set != set || !member->ready)
				continue;
			ks_put_int(NULL, member->fd);
			count++;
		}
		ks_close();
	}
	ks_put_int("count", count);
	if (!self->has_timeout)
		return;
	if (behaviour.files->select_updates_timeout)
		self->timeout_ms = now_ms < self->until_ms ? self->until_ms - now_ms : 0;
	ks_put_int("timeoutMs", (int64_t)self->timeout_ms);
}

static void release(struct call *call)
{
	struct select_call *self = (struct select_call *)call;
	unsigned which;

	for (which = 0; which < self->count; which++)
		file_put(self->members[which].file);
}

static bool is_member(const struct select_call *self, enum set set, int fd)
{
	unsigned which;

	for (which = 0; which < self->count; which++)
		if (self->members[which].set == set && self->members[which].fd == fd)
			return true;
	return false;
}

/* Says whether all that are below the bound are open. */
static bool add_members(struct select_call *self, const struct file_table *table, enum set set,
			const struct ks_value *array, int64_t bound)
{
	const struct ks_value *item;

	for (item = ks_first(array); item != NULL; item = ks_next(item)) {
		int fd = (int)ks_int_item(item, 0, DESCRIPTORS_MAX - 1);
		struct member *member = &self->members[self->count];

		if (fd >= bound || is_member(self, set, fd))
			continue;
		member->file = fd_file(table, fd);
		if (member->file == NULL)
			return false;
		member->file->references++;
		member->fd = fd;
		member->set = set;
		self->count++;
	}
	return true;
}

void select_select(const struct ks_value *args)
{
	struct file_table *table = table_arg(args);
	int64_t bound = ks_has(args, "nfds") ? ks_int32(args, "nfds") : DESCRIPTORS_MAX;
	struct select_call described = {0}, *self;
	bool open = true;
	unsigned set;

	described.has_timeout = ks_has(args, "timeoutMs");
	if (described.has_timeout)
		described.timeout_ms = (uint64_t)ks_int(args, "timeoutMs", 0, 3600000);
	described.until_ms = terminal_now_ms() + described.timeout_ms;
	if (bound < 0 && behaviour.files->select_refuses_negative)
		ks_errno(EINVAL);
	if (bound < 0)
		bound = DESCRIPTORS_MAX;
	for (set = 0; set < SETS; set++)
		open &= add_members(&described, table, set, ks_array(args, set_names[set], 64),
				    bound);
	if (!open) {
		release(&described.call);
		ks_errno(EBADF);
	}
	self = call_new(sizeof *self);
	*self = described;
	self->call.attempt = attempt;
	self->call.answer = answer;
	self->call.release = release;
	call_begin(&self->call, args, "a descriptor to be ready");
}
