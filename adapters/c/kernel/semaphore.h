/*
 * semaphore.h - counting semaphores, whose waiters sleep.
 *
 * A call that has to wait leaves its waiter in the queue; whoever runs the tasks looks whether the
 * semaphore was given to it.
 */
#ifndef SEMAPHORE_H
#define SEMAPHORE_H

#include <stdbool.h>

struct semaphore_waiter {
	bool waits; /* stands in the queue */
	struct semaphore_waiter *next;
};

struct semaphore {
	unsigned count;                   /* how many can still take it */
	struct semaphore_waiter *waiters; /* oldest first; none while the count is above 0 */
};

void sema_init(struct semaphore *sem, unsigned count);

/* Takes the semaphore, or enters the queue. Says whether it was taken. */
bool down_or_wait(struct semaphore *sem, struct semaphore_waiter *waiter);

/* Leaves the queue: a signal has come, or the task is no more. */
void down_give_up(struct semaphore *sem, struct semaphore_waiter *waiter);

/* Never waits. 0: taken, 1: not - the reverse of spin_trylock(). */
int down_trylock(struct semaphore *sem);

/* Gives it to who has waited longest; with nobody there, counts. */
void up(struct semaphore *sem);

#endif
