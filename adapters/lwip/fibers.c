/*
 * fibers.c - see fibers.h.
 */
#include "fibers.h"

#include <stdlib.h>
#include <sys/mman.h>
#include <ucontext.h>

#include "kernspec.h"

#define STACK_SIZE (256u * 1024)

enum fiber_state { RUNS, WAITS, IS_DONE };

struct fiber {
	struct fiber *next;
	ucontext_t context;
	void *stack;
	void (*run)(void *argument);
	void *argument;
	enum fiber_state state;
	const void *on; /* what it waits on */
	int64_t until;
	bool timed_out;
};

static struct fiber *first;
static struct fiber *current; /* NULL: the program's own stack */
static ucontext_t outside;
static int64_t now;

/* What the program's own stack waits on. */
static const void *outside_waits_on;

static void begin(void)
{
	current->run(current->argument);
	current->state = IS_DONE;
	swapcontext(&current->context, &outside);
}

struct fiber *fiber_start(void (*run)(void *argument), void *argument)
{
	struct fiber *fiber = calloc(1, sizeof *fiber), **place;

	if (fiber != NULL)
		fiber->stack = mmap(NULL, STACK_SIZE, PROT_READ | PROT_WRITE,
				    MAP_PRIVATE | MAP_ANONYMOUS | MAP_NORESERVE, -1, 0);
	if (fiber == NULL || fiber->stack == MAP_FAILED || getcontext(&fiber->context) != 0)
		ks_fault("no memory for a fiber");
	fiber->run = run;
	fiber->argument = argument;
	fiber->until = NEVER;
	fiber->context.uc_stack.ss_sp = fiber->stack;
	fiber->context.uc_stack.ss_size = STACK_SIZE;
	makecontext(&fiber->context, begin, 0);
	for (place = &first; *place != NULL; place = &(*place)->next)
		continue;
	*place = fiber;
	return fiber;
}

bool fiber_is_done(const struct fiber *fiber)
{
	return fiber->state == IS_DONE;
}

void fiber_free(struct fiber *fiber)
{
	struct fiber **place = &first;

	while (*place != fiber)
		place = &(*place)->next;
	*place = fiber->next;
	munmap(fiber->stack, STACK_SIZE);
	free(fiber);
}

/* Nobody can wake the program's own stack when all fibers wait, as only a request lets time pass. */
static void wait_outside(const void *on)
{
	outside_waits_on = on;
	fibers_run();
	if (outside_waits_on == NULL)
		return;
	outside_waits_on = NULL;
	ks_fault("lwIP sleeps in a call that cannot");
}

bool fiber_wait(const void *on, int64_t until)
{
	struct fiber *self = current;

	if (self == NULL) {
		wait_outside(on);
		return true;
	}
	self->state = WAITS;
	self->on = on;
	self->until = until;
	self->timed_out = false;
	swapcontext(&self->context, &outside);
	self->on = NULL;
	self->until = NEVER;
	return !self->timed_out;
}

void fiber_wake(const void *on)
{
	struct fiber *fiber;

	if (outside_waits_on == on)
		outside_waits_on = NULL;
	for (fiber = first; fiber != NULL; fiber = fiber->next)
		if (fiber->state == WAITS && fiber->on == on) {
			fiber->state = RUNS;
			return;
		}
}

void fibers_run(void)
{
	struct fiber *fiber;
	bool any;

	do {
		any = false;
		for (fiber = first; fiber != NULL; fiber = fiber->next) {
			if (fiber->state != RUNS)
				continue;
			any = true;
			current = fiber;
			swapcontext(&outside, &fiber->context);
			current = NULL;
		}
	} while (any);
}

int64_t clock_now(void)
{
	return now;
}

int64_t clock_next(void)
{
	int64_t next = NEVER;
	struct fiber *fiber;

	for (fiber = first; fiber != NULL; fiber = fiber->next)
		if (fiber->state == WAITS && fiber->until < next)
			next = fiber->until;
	return next;
}

static void time_out(void)
{
	struct fiber *fiber;

	for (fiber = first; fiber != NULL; fiber = fiber->next)
		if (fiber->state == WAITS && fiber->until <= now) {
			fiber->state = RUNS;
			fiber->timed_out = true;
		}
}

void clock_advance_until(int64_t to, bool (*is_enough)(void))
{
	int64_t next;

	fibers_run();
	while ((next = clock_next()) <= to && !is_enough()) {
		if (next > now)
			now = next;
		time_out();
		fibers_run();
	}
	if (to > now && !is_enough())
		now = to;
}

static bool never_enough(void)
{
	return false;
}

void clock_advance(int64_t to)
{
	clock_advance_until(to, never_enough);
}
