/*
 * semaphore.c - as many as the count says, the others in the order of coming.
 *
 * Invariant: nobody waits while the count is above 0. So up() need not count and wake: what it gives
 * back goes to the first waiter, and nobody who comes meanwhile can take it away.
 *
 * Source: Linux 2.6.11, arch/i386/kernel/semaphore.c, whose negative counts say what the queue says here.
 */
#include "semaphore.h"

#include <stddef.h>

void sema_init(struct semaphore *sem, unsigned count)
{
	sem->count = count;
	sem->waiters = NULL;
}

bool down_or_wait(struct semaphore *sem, struct semaphore_waiter *waiter)
{
	struct semaphore_waiter **link = &sem->waiters;

	if (down_trylock(sem) == 0)
		return true;
	while (*link != NULL)
		link = &(*link)->next;
	waiter->waits = true;
	waiter->next = NULL;
	*link = waiter;
	return false;
}

void down_give_up(struct semaphore *sem, struct semaphore_waiter *waiter)
{
	struct semaphore_waiter **link = &sem->waiters;

	while (*link != waiter)
		link = &(*link)->next;
	*link = waiter->next;
	waiter->waits = false;
}

int down_trylock(struct semaphore *sem)
{
	if (sem->count == 0)
		return 1;
	sem->count--;
	return 0;
}

void up(struct semaphore *sem)
{
	struct semaphore_waiter *first = sem->waiters;

	if (first == NULL) {
		sem->count++;
		return;
	}
	sem->waiters = first->next;
	first->waits = false;
}
