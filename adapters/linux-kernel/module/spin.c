// SPDX-License-Identifier: GPL-2.0
/*
 * spin.c - spin locks, taken and released by two processors that take turns.
 *
 * Each has a thread: the one that calls, and the one of the processor that a scenario has for itself.
 * The turn says whose step is next; so everything here is written by one of them at a time, but for the locks.
 * Who spins has no turns: the other one takes them for it. When the lock is released it has it at once, and says
 * so before whoever has released it goes on.
 */
#include <linux/hrtimer.h>
#include <linux/preempt.h>
#include <linux/spinlock.h>

#include "processor.h"

#define LOCKS_MAX (KSPEC_SPIN_PROCESSORS * KSPEC_SPIN_ACTIONS)
#define LOOK_NS (NSEC_PER_MSEC)
#define LOOKS 5 /* in vain, and nobody comes back from a spin any more */

struct player {
	u32 at;
	u32 waits_for; /* while it spins */
	enum { RUNS, BEGINS_TO_SPIN, SPINS } spins;
	bool over;
	bool half; /* of an increment is done */
	s32 read;
	int held; /* locks, which keep preemption off */
};

static struct contest {
	const struct kspec_spin *scene;
	struct kspec_spin_step *steps;
	u32 count, place;
	int turn;
	bool ends; /* before its end: stuck, or endless */
	bool stuck, endless;
	int looks;
	struct player players[KSPEC_SPIN_PROCESSORS];
	spinlock_t locks[LOCKS_MAX];
	int holders[LOCKS_MAX];
	s32 counters[LOCKS_MAX];
} contest;

/* --- Turns -------------------------------------------------------------------------------- */

static bool is_over(int processor)
{
	return processor >= contest.scene->processors || contest.players[processor].over;
}

static int next_in_order(void)
{
	int other = (contest.turn + 1) % KSPEC_SPIN_PROCESSORS;

	return is_over(other) ? contest.turn : other;
}

static void next_turn(void)
{
	const struct kspec_spin *scene = contest.scene;
	int next;

	while (contest.place < scene->schedule_count && is_over(scene->schedule[contest.place]))
		contest.place++;
	if (contest.place < scene->schedule_count)
		next = scene->schedule[contest.place++];
	else if (contest.place++ == scene->schedule_count)
		next = is_over(0) ? 1 : 0;
	else
		next = next_in_order();
	smp_store_release(&contest.turn, next);
}

static void note(int processor, u32 action, enum kspec_spin_result result)
{
	if (contest.ends)
		return;
	if (contest.count == KSPEC_SPIN_STEPS_MAX) {
		contest.endless = true;
		WRITE_ONCE(contest.ends, true);
		return;
	}
	contest.steps[contest.count++] =
		(struct kspec_spin_step){.processor = processor, .action = action, .result = result};
}

/* Until it is its turn. The turns of the other one, while that spins, are spent spinning. */
static void wait_for_turn(int me)
{
	int turn;

	while (!READ_ONCE(contest.ends) && (turn = smp_load_acquire(&contest.turn)) != me) {
		/* It may have passed its turn on in between. */
		if (smp_load_acquire(&contest.players[turn].spins) == SPINS &&
		    smp_load_acquire(&contest.turn) == turn) {
			note(turn, contest.players[turn].at, KSPEC_SPINS);
			next_turn();
		}
		cpu_relax();
	}
}

/* --- Steps -------------------------------------------------------------------------------- */

static void goes_to(struct player *player, int me, u32 at)
{
	player->at = at;
	if (at >= contest.scene->counts[me])
		WRITE_ONCE(player->over, true);
}

static void took(struct player *player, int me, u32 lock)
{
	player->held++;
	contest.holders[lock] = me;
	note(me, player->at, KSPEC_DOES);
	goes_to(player, me, player->at + 1);
}

static void take(struct player *player, int me, u32 lock)
{
	if (spin_trylock(&contest.locks[lock])) {
		took(player, me, lock);
		next_turn();
		return;
	}
	note(me, player->at, KSPEC_SPINS);
	player->waits_for = lock;
	/* Its turns are taken for it only once it has passed this one on. */
	smp_store_release(&player->spins, BEGINS_TO_SPIN);
	next_turn();
	smp_store_release(&player->spins, SPINS);
	spin_lock(&contest.locks[lock]);
	if (READ_ONCE(contest.ends))
		player->held++;
	else
		took(player, me, lock);
	smp_store_release(&player->spins, RUNS);
}

/* Behind the block of a lock that it did not get. */
static u32 behind_block(int me, u32 from, u32 lock)
{
	const struct kspec_spin_action *actions = contest.scene->actions[me];
	u32 at;

	for (at = from + 1; at < contest.scene->counts[me]; at++)
		if (actions[at].verb == KSPEC_SPIN_UNLOCK && actions[at].which == lock)
			return at + 1;
	return at;
}

static void try(struct player *player, int me, u32 lock)
{
	if (spin_trylock(&contest.locks[lock])) {
		took(player, me, lock);
		return;
	}
	note(me, player->at, KSPEC_BUSY);
	goes_to(player, me, behind_block(me, player->at, lock));
}

static void release(struct player *player, int me, u32 lock)
{
	struct player *other = &contest.players[1 - me];

	note(me, player->at, KSPEC_DOES);
	if (player->held > 0) {
		player->held--;
		spin_unlock(&contest.locks[lock]);
	} else {
		/* Nothing has kept preemption off, so that is not given back. */
		arch_spin_unlock(&contest.locks[lock].rlock.raw_lock);
	}
	while (smp_load_acquire(&other->spins) && other->waits_for == lock)
		cpu_relax();
	/* Not before: if it were over, whoever still spins would seem to do so for ever. */
	goes_to(player, me, player->at + 1);
}

static void increment(struct player *player, int me, u32 counter)
{
	player->half = !player->half;
	if (player->half) {
		player->read = READ_ONCE(contest.counters[counter]);
		note(me, player->at, KSPEC_READS);
		return;
	}
	WRITE_ONCE(contest.counters[counter], player->read + 1);
	note(me, player->at, KSPEC_DOES);
	goes_to(player, me, player->at + 1);
}

static void step(struct player *player, int me)
{
	const struct kspec_spin_action *action = &contest.scene->actions[me][player->at];

	switch (action->verb) {
	case KSPEC_SPIN_LOCK:
		take(player, me, action->which);
		return;
	case KSPEC_SPIN_UNLOCK:
		release(player, me, action->which);
		break;
	case KSPEC_SPIN_TRYLOCK:
		try(player, me, action->which);
		break;
	case KSPEC_SPIN_INCREMENT:
		increment(player, me, action->which);
		break;
	default:
		note(me, player->at, KSPEC_DOES);
		goes_to(player, me, player->at + 1);
		break;
	}
	next_turn();
}

static void play(int me)
{
	struct player *player = &contest.players[me];

	while (!player->over && !READ_ONCE(contest.ends)) {
		wait_for_turn(me);
		if (!READ_ONCE(contest.ends))
			step(player, me);
	}
	for (; player->held > 0; player->held--)
		preempt_enable();
}

static void play_other(void)
{
	play(1);
}

/* --- Who spins for ever ------------------------------------------------------------------- */

static bool all_spin(void)
{
	int processor, spinning = 0;

	for (processor = 0; processor < contest.scene->processors; processor++) {
		if (READ_ONCE(contest.players[processor].over))
			continue;
		if (!READ_ONCE(contest.players[processor].spins))
			return false;
		spinning++;
	}
	return spinning > 0;
}

/* They would never come back, so the locks are opened for them. */
static void open_locks(void)
{
	int processor;

	for (processor = 0; processor < contest.scene->processors; processor++)
		if (READ_ONCE(contest.players[processor].spins))
			arch_spin_unlock(
				&contest.locks[contest.players[processor].waits_for].rlock.raw_lock);
}

static enum hrtimer_restart look(struct hrtimer *timer)
{
	contest.looks = all_spin() ? contest.looks + 1 : 0;
	if (contest.looks == LOOKS && !contest.ends) {
		contest.stuck = true;
		WRITE_ONCE(contest.ends, true);
	}
	if (READ_ONCE(contest.ends))
		open_locks();
	hrtimer_forward_now(timer, ns_to_ktime(LOOK_NS));
	return HRTIMER_RESTART;
}

/* --- A run -------------------------------------------------------------------------------- */

static void prepare(const struct kspec_spin *scene)
{
	static struct kspec_spin_step steps[KSPEC_SPIN_STEPS_MAX];
	u32 which;

	memset(&contest, 0, sizeof(contest));
	contest.scene = scene;
	contest.steps = steps;
	for (which = 0; which < LOCKS_MAX; which++)
		spin_lock_init(&contest.locks[which]);
	for (which = 0; which < scene->processors; which++)
		goes_to(&contest.players[which], which, 0);
	next_turn();
}

/* Before they are let go, who waits for what is written down. */
static void tell(struct kspec_call *call, void *octets)
{
	struct kspec_spin_end *end = octets;
	u32 processor;

	for (processor = 0; processor < KSPEC_SPIN_PROCESSORS; processor++) {
		struct player *player = &contest.players[processor];

		end->waits[processor] = contest.stuck && !player->over;
		end->waits_for[processor] = player->waits_for;
		end->held_by[processor] = contest.holders[player->waits_for];
	}
	memcpy(end->counters, contest.counters, sizeof(end->counters));
	memcpy(end + 1, contest.steps, contest.count * sizeof(*contest.steps));
	call->length = sizeof(*end) + contest.count * sizeof(*contest.steps);
}

static int run(struct kspec_call *call, void *octets)
{
	const struct kspec_spin *scene = octets;
	bool two = scene->processors > 1;
	struct hrtimer timer;
	int error = 0;

	call->length = 0;
	if (!processor_is_there())
		return kspec_fault(call, "there is no second processor");
	prepare(scene);
	hrtimer_init(&timer, CLOCK_MONOTONIC, HRTIMER_MODE_REL_PINNED_HARD);
	timer.function = look;
	if (two)
		error = processor_start(play_other);
	if (error)
		return error;
	hrtimer_start(&timer, ns_to_ktime(LOOK_NS), HRTIMER_MODE_REL_PINNED_HARD);
	play(0);
	if (two)
		processor_wait();
	hrtimer_cancel(&timer);
	if (contest.endless)
		return kspec_bug(call, "the processors do not come to an end");
	tell(call, octets);
	return 0;
}

kspec_handler spin_handler(u32 op)
{
	return op == KSPEC_SPIN_RUN ? run : NULL;
}
