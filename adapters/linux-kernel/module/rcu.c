// SPDX-License-Identifier: GPL-2.0
/*
 * rcu.c - readers and writers on two processors, who take turns.
 *
 * Each task is a thread of the kernel on its processor, and who has the turn does the next step, or lets the clock
 * tick. One that waits for its turn waits as one that computes, whom the kernel may put aside for its own threads even
 * in a read-side section; one that is in user mode sleeps. When grace periods begin and end is the kernel's own affair.
 */
#include <linux/completion.h>
#include <linux/jiffies.h>
#include <linux/kthread.h>
#include <linux/preempt.h>
#include <linux/rcupdate.h>
#include <linux/slab.h>
#include <linux/spinlock.h>

#include "kernspec.h"
#include "kspec_rcu.h"

#define NOBODY (-1)
#define THE_STAGE (-2) /* before anybody has had a turn */
#define TASKS KSPEC_RCU_TASKS

/* Octets that whoever reads what is freed finds. */
struct copy {
	bool freed;
	s32 fields[KSPEC_RCU_NAMES];
};

struct callback {
	struct rcu_head head;
	struct copy *copy; /* NULL: no structure */
	u8 task, local;
};

struct actor {
	struct task_struct *thread;
	struct completion ended;
	u32 at;
	bool over, asleep, in_user_mode;
	u32 locks; /* a bit for each that it holds */
	struct copy *locals[KSPEC_RCU_LOCALS];
};

static struct scene {
	const struct kspec_rcu *script;
	struct actor actors[TASKS];
	struct copy *globals[KSPEC_RCU_NAMES];
	spinlock_t locks[KSPEC_RCU_NAMES];
	u32 place; /* in the schedule, and behind its end */
	int turn;
	bool ticks; /* what the turn is for */
	const char *misuse;
	atomic_t waiting; /* callbacks, and those that sleep, for grace periods */
	raw_spinlock_t writing; /* of the trace */
	struct kspec_rcu_event *trace;
	u32 count;
	struct copy *copies;
	struct callback *callbacks;
	u32 copy_count, callback_count;
} *scene;

/* --- What happens ------------------------------------------------------------------------- */

static void note(struct kspec_rcu_event event)
{
	unsigned long flags;

	raw_spin_lock_irqsave(&scene->writing, flags);
	if (scene->count < KSPEC_RCU_EVENTS_MAX)
		scene->trace[scene->count++] = event;
	raw_spin_unlock_irqrestore(&scene->writing, flags);
}

static void note_simply(u32 me, enum kspec_rcu_happens what)
{
	note((struct kspec_rcu_event){
		.what = what, .processor = scene->script->tasks[me].processor, .task = me});
}

static void misuse(const char *what)
{
	cmpxchg(&scene->misuse, NULL, what);
}

static bool is_ending(void)
{
	return READ_ONCE(scene->misuse) != NULL;
}

/* --- Turns -------------------------------------------------------------------------------- */

static int task_on(u32 processor)
{
	int which;

	for (which = 0; which < scene->script->task_count; which++)
		if (scene->script->tasks[which].processor == processor)
			return which;
	return NOBODY;
}

static bool all_are_over(void)
{
	int which;

	for (which = 0; which < scene->script->task_count; which++)
		if (!READ_ONCE(scene->actors[which].over))
			return false;
	return true;
}

/* Behind the schedule each processor has a step and a tick, from the first on. */
static u8 next_turn(void)
{
	u32 place = scene->place++, count = scene->script->schedule_count;

	return place < count ? scene->script->schedule[place] : (place - count) % (2 * TASKS);
}

/* Whether anybody could take a step: whoever sleeps will be back. */
static bool somebody_is_awake(void)
{
	int which;

	for (which = 0; which < scene->script->task_count; which++)
		if (!READ_ONCE(scene->actors[which].over) &&
		    !smp_load_acquire(&scene->actors[which].asleep))
			return true;
	return false;
}

static void wait_for_jiffies(u32 count)
{
	u64 end = get_jiffies_64() + count;

	while (get_jiffies_64() < end) {
		cond_resched();
		cpu_relax();
	}
}

/* Where nobody waits for a grace period there is nothing that time could bring. */
static void tick(u32 processor)
{
	if (atomic_read(&scene->waiting) > 0)
		wait_for_jiffies(1);
	note((struct kspec_rcu_event){.what = KSPEC_RCU_TICKS, .processor = processor});
}

/* Who has the turn hands it on; where all others sleep, to whoever comes back first. */
static void hand_on(void)
{
	for (;;) {
		u8 turn;
		int task;

		if (all_are_over() || is_ending() || !somebody_is_awake())
			break;
		if (scene->place > KSPEC_RCU_TURNS_MAX) {
			misuse("the tasks do not come to an end");
			break;
		}
		turn = next_turn();
		task = task_on(turn / 2);
		if (turn % 2) {
			tick(turn / 2);
		} else if (task != NOBODY && !READ_ONCE(scene->actors[task].over) &&
			   !smp_load_acquire(&scene->actors[task].asleep)) {
			smp_store_release(&scene->turn, task);
			return;
		}
	}
	smp_store_release(&scene->turn, NOBODY);
}

static void wait_for_turn(const struct actor *actor, int me)
{
	while (smp_load_acquire(&scene->turn) != me && !is_ending()) {
		if (cmpxchg(&scene->turn, NOBODY, me) == NOBODY)
			hand_on();
		else if (actor->in_user_mode)
			schedule_timeout_idle(1);
		else
			cond_resched();
		cpu_relax();
	}
}

/* --- Steps -------------------------------------------------------------------------------- */

static struct copy *pointee(const struct actor *actor, u32 local)
{
	if (actor->locals[local] == NULL)
		misuse("NULL is dereferenced");
	return actor->locals[local];
}

static void free_copy(struct copy *copy)
{
	if (cmpxchg(&copy->freed, false, true))
		misuse("a structure is freed twice");
}

static void run_callback(struct rcu_head *head)
{
	struct callback *callback = container_of(head, struct callback, head);

	note((struct kspec_rcu_event){.what = KSPEC_RCU_CALLS_BACK,
				      .processor = smp_processor_id(),
				      .task = callback->task,
				      .local = callback->local});
	if (callback->copy != NULL)
		free_copy(callback->copy);
	atomic_dec(&scene->waiting);
}

static void retire(const struct actor *actor, int me, u32 local)
{
	struct callback *callback = &scene->callbacks[scene->callback_count++];

	callback->copy = actor->locals[local];
	callback->task = me;
	callback->local = local;
	atomic_inc(&scene->waiting);
	call_rcu(&callback->head, run_callback);
}

static struct copy *duplicate(const struct copy *copy)
{
	struct copy *new = &scene->copies[scene->copy_count++];

	*new = *copy;
	new->freed = false;
	return new;
}

static void leave_kernel(struct actor *actor)
{
	if (rcu_preempt_depth() > 0 || preempt_count() > 0)
		misuse("a task leaves the kernel in a read-side critical section");
	actor->in_user_mode = true;
}

/* The turn is others' while it sleeps; when it is back, it waits for its own. */
static void wait_for_readers(struct actor *actor, int me)
{
	if (rcu_preempt_depth() > 0) {
		misuse("a task sleeps in a read-side critical section");
		return;
	}
	note_simply(me, KSPEC_RCU_SLEEPS);
	note_simply(me, KSPEC_RCU_IDLES);
	atomic_inc(&scene->waiting);
	smp_store_release(&actor->asleep, true);
	hand_on();
	synchronize_rcu();
	atomic_dec(&scene->waiting);
	smp_store_release(&actor->asleep, false);
	wait_for_turn(actor, me);
	note_simply(me, KSPEC_RCU_RUNS);
}

static void unlock(struct actor *actor, u32 lock)
{
	if (!(actor->locks & BIT(lock))) {
		misuse("spin_unlock of a lock that is not held");
		return;
	}
	actor->locks &= ~BIT(lock);
	spin_unlock(&scene->locks[lock]);
}

/* The lock, or a turn spent for nothing. */
static bool try_lock(struct actor *actor, int me, u32 lock)
{
	if (!spin_trylock(&scene->locks[lock])) {
		note_simply(me, KSPEC_RCU_SPINS);
		return false;
	}
	actor->locks |= BIT(lock);
	return true;
}

/* What a step is noted as, before or behind it: nothing that it lets happen is to be noted before it. */
static bool perform(struct actor *actor, int me, const struct kspec_rcu_action *action)
{
	struct kspec_rcu_event event = {.what = KSPEC_RCU_ACTS,
					.processor = scene->script->tasks[me].processor,
					.task = me,
					.action = actor->at,
					.preempt_count = preempt_count()};
	struct copy *copy;

	switch (action->verb) {
	case KSPEC_RCU_LOCK:
		rcu_read_lock();
		break;
	case KSPEC_RCU_UNLOCK:
		note(event);
		rcu_read_unlock();
		return true;
	case KSPEC_RCU_DEREFERENCE:
		actor->locals[action->to] = rcu_dereference_check(scene->globals[action->from], 1);
		break;
	case KSPEC_RCU_READ:
		copy = pointee(actor, action->from);
		if (copy == NULL)
			return true;
		event.has_value = true;
		event.is_poison = READ_ONCE(copy->freed);
		event.value = READ_ONCE(copy->fields[action->field]);
		break;
	case KSPEC_RCU_COPY:
		copy = pointee(actor, action->from);
		if (copy != NULL)
			actor->locals[action->to] = duplicate(copy);
		break;
	case KSPEC_RCU_SET:
	case KSPEC_RCU_ADD:
		copy = pointee(actor, action->from);
		if (copy != NULL)
			WRITE_ONCE(copy->fields[action->field],
				   (action->verb == KSPEC_RCU_ADD ? copy->fields[action->field] : 0) +
					   action->value);
		break;
	case KSPEC_RCU_ASSIGN:
		rcu_assign_pointer(scene->globals[action->to], actor->locals[action->from]);
		break;
	case KSPEC_RCU_CALL:
		note(event);
		retire(actor, me, action->from);
		return true;
	case KSPEC_RCU_SYNCHRONIZE:
		wait_for_readers(actor, me);
		break;
	case KSPEC_RCU_FREE:
		copy = pointee(actor, action->from);
		if (copy != NULL)
			free_copy(copy);
		break;
	case KSPEC_RCU_SPIN_LOCK:
		if (!try_lock(actor, me, action->to))
			return false;
		break;
	case KSPEC_RCU_SPIN_UNLOCK:
		unlock(actor, action->to);
		break;
	case KSPEC_RCU_SCHEDULE:
		if (rcu_preempt_depth() > 0 || preempt_count() > 0)
			misuse("a task sleeps in a read-side critical section");
		else
			schedule();
		break;
	case KSPEC_RCU_USER_MODE:
		leave_kernel(actor);
		break;
	case KSPEC_RCU_KERNEL_MODE:
		actor->in_user_mode = false;
		break;
	default:
		break;
	}
	event.preempt_count = preempt_count();
	note(event);
	return true;
}

/* What is held is given back, so that the machine goes on; but a section ends with its task. */
static void let_go(struct actor *actor)
{
	u32 lock;

	for (lock = 0; lock < KSPEC_RCU_NAMES; lock++)
		if (actor->locks & BIT(lock))
			unlock(actor, lock);
}

static int act(void *data)
{
	struct actor *actor = data;
	int me = actor - scene->actors;
	const struct kspec_rcu_task *task = &scene->script->tasks[me];

	if (task->count > 0)
		wait_for_turn(actor, me);
	while (actor->at < task->count && !is_ending()) {
		if (perform(actor, me, &task->actions[actor->at]))
			actor->at++;
		if (actor->at == task->count) {
			note_simply(me, KSPEC_RCU_IDLES);
			WRITE_ONCE(actor->over, true);
		}
		hand_on();
		if (actor->at < task->count)
			wait_for_turn(actor, me);
	}
	WRITE_ONCE(actor->over, true);
	let_go(actor);
	kthread_complete_and_exit(&actor->ended, 0);
}

/* --- A scene ------------------------------------------------------------------------------ */

static void free_scene(void)
{
	if (scene == NULL)
		return;
	kvfree(scene->trace);
	kvfree(scene->copies);
	kvfree(scene->callbacks);
	kfree(scene);
	scene = NULL;
}

#define OBJECTS (KSPEC_RCU_NAMES + TASKS * KSPEC_RCU_ACTIONS)

static int make_scene(const struct kspec_rcu *script)
{
	u32 which;

	scene = kzalloc(sizeof(*scene), GFP_KERNEL);
	if (scene == NULL)
		return -ENOMEM;
	scene->script = script;
	scene->trace = kvcalloc(KSPEC_RCU_EVENTS_MAX, sizeof(*scene->trace), GFP_KERNEL);
	scene->copies = kvcalloc(OBJECTS, sizeof(*scene->copies), GFP_KERNEL);
	scene->callbacks = kvcalloc(OBJECTS, sizeof(*scene->callbacks), GFP_KERNEL);
	if (scene->trace == NULL || scene->copies == NULL || scene->callbacks == NULL)
		return -ENOMEM;
	scene->turn = THE_STAGE;
	raw_spin_lock_init(&scene->writing);
	for (which = 0; which < KSPEC_RCU_NAMES; which++) {
		spin_lock_init(&scene->locks[which]);
		if (!(script->pointers & BIT(which)))
			continue;
		scene->globals[which] = &scene->copies[scene->copy_count++];
		memcpy(scene->globals[which]->fields, script->values[which],
		       sizeof(script->values[which]));
	}
	return 0;
}

/* As many as there are come to an end; who cannot be made has ended. */
static int run_scene(void)
{
	u32 count = scene->script->task_count, which;
	int error = 0;

	for (which = 0; which < count; which++)
		init_completion(&scene->actors[which].ended);
	for (which = 0; which < count; which++) {
		struct actor *actor = &scene->actors[which];

		actor->over = scene->script->tasks[which].count == 0;
		actor->thread = kthread_create(act, actor, "kspec-rcu");
		if (IS_ERR(actor->thread)) {
			error = PTR_ERR(actor->thread);
			misuse("no thread can be made");
			complete(&actor->ended);
			continue;
		}
		kthread_bind(actor->thread, scene->script->tasks[which].processor);
		wake_up_process(actor->thread);
	}
	/* The first turn is nobody's yet. */
	hand_on();
	for (which = 0; which < count; which++)
		wait_for_completion(&scene->actors[which].ended);
	rcu_barrier();
	return error;
}

static int run(struct kspec_call *call, void *octets)
{
	struct kspec_rcu_end end = {};
	u32 which;
	int error;

	call->length = 0;
	error = make_scene(octets);
	if (error == 0)
		error = run_scene();
	if (error == 0 && scene->misuse != NULL)
		error = kspec_bug(call, "%s", scene->misuse);
	else if (error == 0) {
		end.count = scene->count;
		for (which = 0; which < KSPEC_RCU_NAMES; which++) {
			const struct copy *copy = scene->globals[which];

			if (copy == NULL)
				continue;
			end.pointers |= BIT(which);
			end.freed |= copy->freed ? BIT(which) : 0;
			memcpy(end.values[which], copy->fields, sizeof(end.values[which]));
		}
		memcpy(octets, &end, sizeof(end));
		memcpy(octets + sizeof(end), scene->trace, end.count * sizeof(*scene->trace));
		call->length = sizeof(end) + end.count * sizeof(*scene->trace);
	}
	free_scene();
	return error;
}

kspec_handler rcu_handler(u32 op)
{
	return op == KSPEC_RCU_RUN ? run : NULL;
}
