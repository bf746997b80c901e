/*
 * sys_arch.c - what lwIP wants of the system below it: semaphores, mailboxes, threads, time.
 *
 * The library has a port layer of its own, made of POSIX threads and real time. It calls that by name, and what
 * the program defines under the same names is found first.
 */
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>

#include "lwip/opt.h"
#include "lwip/sys.h"

#include "fibers.h"
#include "mailboxes.h"

struct sys_sem {
	unsigned int count;
};

struct sys_mutex {
	bool is_locked;
};

/* Messages that one fiber leaves for another: a ring. */
struct sys_mbox {
	int size, first, count;
	void *messages[];
};

/* Slots of a mailbox for which lwIP does not say how many: as its own port layer has. */
#define MAILBOX_SIZE 128

static void *zeroed(size_t size)
{
	void *memory = calloc(1, size);

	if (memory == NULL)
		abort();
	return memory;
}

/* --- Time ------------------------------------------------------------------------------------ */

void sys_init(void)
{
}

u32_t sys_now(void)
{
	return (u32_t)(clock_now() / NS_PER_MS);
}

u32_t sys_jiffies(void)
{
	return sys_now();
}

/* lwIP counts whole milliseconds, so it waits for the beginning of one; no time means for ever. */
static int64_t end_of(u32_t timeout)
{
	return timeout == 0 ? NEVER : (clock_now() / NS_PER_MS + timeout) * NS_PER_MS;
}

/* --- Semaphores and mutexes ------------------------------------------------------------------ */

err_t sys_sem_new(sys_sem_t *sem, u8_t count)
{
	*sem = zeroed(sizeof **sem);
	(*sem)->count = count;
	return ERR_OK;
}

void sys_sem_free(sys_sem_t *sem)
{
	free(*sem);
}

void sys_sem_signal(sys_sem_t *sem)
{
	(*sem)->count++;
	fiber_wake(*sem);
}

u32_t sys_arch_sem_wait(sys_sem_t *sem, u32_t timeout)
{
	struct sys_sem *waited = *sem;
	u32_t began = sys_now();
	int64_t end = end_of(timeout);

	while (waited->count == 0)
		if (!fiber_wait(waited, end))
			return SYS_ARCH_TIMEOUT;
	waited->count--;
	return sys_now() - began;
}

err_t sys_mutex_new(sys_mutex_t *mutex)
{
	*mutex = zeroed(sizeof **mutex);
	return ERR_OK;
}

void sys_mutex_free(sys_mutex_t *mutex)
{
	free(*mutex);
}

static void lock(struct sys_mutex *mutex)
{
	while (mutex->is_locked)
		fiber_wait(mutex, NEVER);
	mutex->is_locked = true;
}

static void unlock(struct sys_mutex *mutex)
{
	mutex->is_locked = false;
	fiber_wake(mutex);
}

void sys_mutex_lock(sys_mutex_t *mutex)
{
	lock(*mutex);
}

void sys_mutex_unlock(sys_mutex_t *mutex)
{
	unlock(*mutex);
}

/* --- Mailboxes ------------------------------------------------------------------------------- */

err_t sys_mbox_new(sys_mbox_t *mbox, int size)
{
	int slots = size > 0 ? size : MAILBOX_SIZE;

	*mbox = zeroed(sizeof **mbox + (size_t)slots * sizeof(void *));
	(*mbox)->size = slots;
	return ERR_OK;
}

void sys_mbox_free(sys_mbox_t *mbox)
{
	free(*mbox);
}

err_t sys_mbox_trypost(sys_mbox_t *mbox, void *message)
{
	struct sys_mbox *box = *mbox;

	if (box->count == box->size)
		return ERR_MEM;
	box->messages[(box->first + box->count++) % box->size] = message;
	fiber_wake(box);
	return ERR_OK;
}

err_t sys_mbox_trypost_fromisr(sys_mbox_t *mbox, void *message)
{
	return sys_mbox_trypost(mbox, message);
}

/* Who waits for room waits on another place than who waits for messages. */
void sys_mbox_post(sys_mbox_t *mbox, void *message)
{
	struct sys_mbox *box = *mbox;

	while (sys_mbox_trypost(&box, message) != ERR_OK)
		fiber_wait(&box->count, NEVER);
}

u32_t sys_arch_mbox_tryfetch(sys_mbox_t *mbox, void **message)
{
	struct sys_mbox *box = *mbox;

	if (box->count == 0)
		return SYS_MBOX_EMPTY;
	if (message != NULL)
		*message = box->messages[box->first];
	box->first = (box->first + 1) % box->size;
	box->count--;
	fiber_wake(&box->count);
	return 0;
}

u32_t sys_arch_mbox_fetch(sys_mbox_t *mbox, void **message, u32_t timeout)
{
	struct sys_mbox *box = *mbox;
	u32_t began = sys_now();
	int64_t end = end_of(timeout);

	while (sys_arch_mbox_tryfetch(&box, message) == SYS_MBOX_EMPTY)
		if (!fiber_wait(box, end)) {
			if (message != NULL)
				*message = NULL;
			return SYS_ARCH_TIMEOUT;
		}
	return sys_now() - began;
}

int mailbox_count(const struct sys_mbox *box)
{
	return box == NULL ? 0 : box->count;
}

void *mailbox_first(const struct sys_mbox *box)
{
	return mailbox_count(box) == 0 ? NULL : box->messages[box->first];
}

/* --- Threads --------------------------------------------------------------------------------- */

sys_thread_t sys_thread_new(const char *name, lwip_thread_fn run, void *argument, int stack,
			    int priority)
{
	(void)name;
	(void)stack;
	(void)priority;
	return (sys_thread_t)fiber_start(run, argument);
}

/* Only one fiber runs at a time, and no interrupt comes. */
sys_prot_t sys_arch_protect(void)
{
	return 0;
}

void sys_arch_unprotect(sys_prot_t before)
{
	(void)before;
}

static struct sys_mutex core;

void sys_lock_tcpip_core(void)
{
	lock(&core);
}

void sys_unlock_tcpip_core(void)
{
	unlock(&core);
}

void sys_mark_tcpip_thread(void)
{
}

void sys_check_core_locking(void)
{
}

/* --- Messages for people --------------------------------------------------------------------- */

/* lwIP prints why it gives up, and standard output belongs to the protocol. */
int __printf_chk(int flag, const char *format, ...)
{
	va_list arguments;
	int printed;

	(void)flag;
	va_start(arguments, format);
	printed = vfprintf(stderr, format, arguments);
	va_end(arguments);
	return printed;
}
