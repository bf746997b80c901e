// SPDX-License-Identifier: GPL-2.0
/*
 * scene.c - a scene of softirqs is played on a processor that has nothing else to do.
 *
 * A line that interrupts is an interrupt that the processor sends itself; it arrives when interrupts are on. Time
 * stands still but where a script spends it. If anybody else has interrupted, the scene is played again.
 */
#include <linux/hardirq.h>
#include <linux/jiffies.h>
#include <linux/sched.h>
#include <linux/slab.h>

#include "clock.h"
#include "processor.h"
#include "scene.h"

#define TICK_US (USEC_PER_SEC / HZ)
#define ATTEMPTS 20

struct stage *stage;

/* --- What happens ------------------------------------------------------------------------- */

void stage_note(enum kspec_event event, enum kspec_context context, u32 which, u32 pass)
{
	if (!stage->over && stage->misuse == NULL && stage->happened < 2 * KSPEC_SCENE_STEPS_MAX)
		stage->trace[stage->happened++] = (struct kspec_happening){
			.event = event, .context = context, .which = which, .pass = pass};
}

void stage_misuse(const char *what)
{
	if (stage->misuse == NULL)
		stage->misuse = what;
}

bool stage_step(void)
{
	if (stage->over)
		return false;
	if (++stage->steps > KSPEC_SCENE_STEPS_MAX)
		stage_misuse("the scene does not come to an end");
	return stage->misuse == NULL;
}

enum kspec_context stage_context(void)
{
	if (in_hardirq())
		return KSPEC_IN_INTERRUPT;
	return in_serving_softirq() ? stage->run : KSPEC_IN_PROCESS;
}

void stage_run_begins(enum kspec_context from)
{
	stage->run = from;
	stage->pass = 0;
	stage->left_pending = 0;
}

/* --- Interrupts --------------------------------------------------------------------------- */

/* Of the lines that wait the first is served; the next one is another interrupt. */
static void serve_line(struct irq_work *work)
{
	u32 which = stage->waiting[0];

	memmove(stage->waiting, stage->waiting + 1, --stage->waiting_count * sizeof(u16));
	if (stage->waiting_count > 0 && irq_work_queue(work))
		processor_expects_interrupt();
	WRITE_ONCE(stage->lines[which].began, true);
	if (!in_serving_softirq())
		stage_run_begins(KSPEC_AT_INTERRUPT_EXIT);
	if (stage_step()) {
		stage_note(KSPEC_SEES_HANDLER, KSPEC_IN_INTERRUPT, which, 0);
		stage_perform(&stage->scene->lines[which]);
	}
	stage->lines[which].busy = false;
}

static void interrupt(u32 which)
{
	struct line *line = &stage->lines[which];

	if (line->busy) {
		stage_misuse("a line interrupts again before its handler has ended");
		return;
	}
	line->busy = true;
	WRITE_ONCE(line->began, false);
	stage->waiting[stage->waiting_count++] = which;
	if (irq_work_queue(&stage->interrupt))
		processor_expects_interrupt();
	/* With interrupts on it comes at once, which may be some instructions later. */
	while (!irqs_disabled() && !READ_ONCE(line->began))
		cpu_relax();
}

/* --- Scripts ------------------------------------------------------------------------------ */

static bool has_effect(const struct kspec_scene_action *action)
{
	u16 *done = &stage->done[action - stage->actions];

	if (action->number == 0)
		return true;
	if (*done == action->number)
		return false;
	++*done;
	return true;
}

static void take_all(void)
{
	u32 which;

	for (which = 0; which < stage->item_count; which++)
		stage_note(KSPEC_SEES_TAKE, stage_context(), stage->items[which], 0);
	stage->item_count = 0;
}

static void spend(u32 us)
{
	u32 before = stage->us / TICK_US;

	stage->us += us;
	clock_tick(stage->us / TICK_US - before);
}

static void enable_bh(int depth)
{
	if (stage->disabled <= depth) {
		stage_misuse("local_bh_enable without local_bh_disable");
		return;
	}
	stage->disabled--;
	if (stage->disabled == 0 && !in_serving_softirq())
		stage_run_begins(KSPEC_AT_BH_ENABLE);
	local_bh_enable();
}

static void go_to_sleep(void)
{
	if (stage->disabled > 0)
		stage_misuse("the process sleeps with bottom halves disabled");
	else
		processor_sleep();
}

/* Whoever has interrupted it would wait for its end for ever, and so would it for itself. */
static void disable_tasklet(struct tasklet_struct *tasklet)
{
	if (test_bit(TASKLET_STATE_RUN, &tasklet->state))
		stage_misuse("a tasklet is to be disabled by what interrupted it, or by itself");
	else if (in_interrupt())
		tasklet_disable_in_atomic(tasklet);
	else
		tasklet_disable(tasklet);
}

static void schedule_tasklet(u32 which)
{
	bool high = stage->scene->high[which];

	stage->raised |= BIT(high ? HI_SOFTIRQ : TASKLET_SOFTIRQ);
	if (high)
		tasklet_hi_schedule(&stage->tasklets[which]);
	else
		tasklet_schedule(&stage->tasklets[which]);
}

static void perform_one(const struct kspec_scene_action *action, int depth)
{
	switch (action->verb) {
	case KSPEC_MARK:
		stage_note(KSPEC_SEES_MARK, stage_context(), action->which, 0);
		break;
	case KSPEC_RAISE:
		if (has_effect(action))
			softirq_raise(action->which);
		break;
	case KSPEC_INTERRUPT:
		interrupt(action->which);
		break;
	case KSPEC_QUEUE:
		stage->items[stage->item_count++] = action->which;
		break;
	case KSPEC_TAKE:
		take_all();
		break;
	case KSPEC_SPEND:
		spend(action->number);
		break;
	case KSPEC_RESCHED:
		set_tsk_need_resched(current);
		set_preempt_need_resched();
		break;
	case KSPEC_BH_DISABLE:
		stage->disabled++;
		local_bh_disable();
		break;
	case KSPEC_BH_ENABLE:
		enable_bh(depth);
		break;
	case KSPEC_SLEEP:
		go_to_sleep();
		break;
	case KSPEC_SCHEDULE:
		if (has_effect(action))
			schedule_tasklet(action->which);
		break;
	case KSPEC_DISABLE:
		disable_tasklet(&stage->tasklets[action->which]);
		break;
	case KSPEC_ENABLE:
		tasklet_enable(&stage->tasklets[action->which]);
		break;
	}
}

void stage_perform(const struct kspec_script *script)
{
	int depth = stage->disabled;
	u32 which;

	for (which = 0; which < script->count && stage_step(); which++)
		perform_one(&stage->actions[script->first + which], depth);
}

static void do_tasklet(struct tasklet_struct *tasklet)
{
	u32 which = tasklet - stage->tasklets;

	if (!stage_step())
		return;
	stage_note(KSPEC_SEES_TASKLET, stage->run, which, 0);
	stage_perform(&stage->scene->tasklets[which]);
}

/* --- From beginning to end ---------------------------------------------------------------- */

static struct stage own;
static struct kspec_happening *trace;
static struct kspec_call *playing;

static void prepare(void *octets)
{
	u32 which;

	memset(&own, 0, sizeof(own));
	own.scene = octets;
	own.actions = (void *)(own.scene + 1);
	own.trace = trace;
	init_irq_work(&own.interrupt, serve_line);
	for (which = 0; which < own.scene->tasklet_count; which++)
		tasklet_setup(&own.tasklets[which], do_tasklet);
}

/* What is left of it is done by the kernel as it always does it, before anything is forgotten. */
static void clean_up(void)
{
	u32 which;

	stage->over = true;
	for (; stage->disabled > 0; stage->disabled--)
		local_bh_enable();
	for (which = 0; which < stage->scene->tasklet_count; which++)
		atomic_set(&stage->tasklets[which].count, 0);
	softirq_raise_rest();
	processor_sleep();
}

static void play(void)
{
	stage_perform(&stage->scene->process);
	playing->out[0] = local_softirq_pending() & stage->raised;
	playing->out[1] = softirq_thread_runs();
	clean_up();
}

static int attempt(void *octets)
{
	int error;

	prepare(octets);
	clock_freeze();
	stage = &own;
	softirq_install();
	error = processor_run(play);
	softirq_remove();
	stage = NULL;
	clock_thaw();
	return error;
}

int scene_play(struct kspec_call *call, void *octets)
{
	int left = ATTEMPTS, error;

	if (trace == NULL)
		trace = kvcalloc(2 * KSPEC_SCENE_STEPS_MAX, sizeof(*trace), GFP_KERNEL);
	if (trace == NULL)
		return -ENOMEM;
	if (!softirq_is_there())
		return kspec_fault(call, "the kernel does not show its softirqs");
	playing = call;
	do {
		error = attempt(octets);
	} while (error == 0 && processor_was_disturbed() && --left > 0);
	call->length = 0;
	if (left == 0)
		return kspec_fault(call, "the processor is interrupted again and again");
	if (own.misuse != NULL)
		return kspec_bug(call, "%s", own.misuse);
	call->length = own.happened * sizeof(*trace);
	memcpy(octets, trace, call->length);
	return error;
}
