// SPDX-License-Identifier: GPL-2.0
/*
 * softirq.c - the vectors of a processor, of which a scene has those that it raises.
 *
 * The kernel's own functions do it all: raise_softirq(), the loop over the pending vectors,
 * local_bh_enable(), ksoftirqd. What is exchanged is what a vector does, on one processor and as long as
 * the scene is played; what somebody else has raised does what it always does.
 */
#include <linux/sched.h>
#include <linux/smpboot.h>
#include <linux/tracepoint.h>

#include "processor.h"
#include "scene.h"

/* What the kernel does not export. */
static struct softirq_action *vectors;
static struct smp_hotplug_thread *threads;
static struct task_struct **thread_of_all;
static const char *const *names;
static void (*raise)(unsigned int vector);

static const struct kspec_wanted wanted[] = {
	{"softirq_vec", (void **)&vectors},      {"softirq_threads", (void **)&threads},
	{"ksoftirqd", (void **)&thread_of_all}, {"softirq_to_name", (void **)&names},
	{"raise_softirq", (void **)&raise},
};

static void (*originals[NR_SOFTIRQS])(struct softirq_action *action);
static void (*run_thread)(unsigned int processor);

static struct task_struct *ksoftirqd_thread(void)
{
	return *per_cpu_ptr((struct task_struct *__percpu *)thread_of_all, OWN_PROCESSOR);
}

static bool is_ours(void)
{
	return stage != NULL && smp_processor_id() == OWN_PROCESSOR;
}

/* --- A pass ------------------------------------------------------------------------------- */

/*
 * A pass begins by clearing what is pending, which then only grows. So if something is not pending any
 * more that was when the last function came back, it is another pass.
 */
static void find_pass(void)
{
	if (stage->pass == 0 || stage->left_pending & ~local_softirq_pending())
		stage->pass++;
}

static void do_vector(u32 vector)
{
	int disabled = stage->disabled;

	if (!stage_step())
		return;
	find_pass();
	stage_note(KSPEC_SEES_SOFTIRQ, stage->run, vector, stage->pass);
	if (!(stage->scene->vectors & BIT(vector)))
		stage_misuse("a raised vector has no handler");
	stage_perform(&stage->scene->softirqs[vector]);
	if (stage->disabled > disabled)
		stage_misuse("a softirq ends with bottom halves disabled");
	for (; stage->disabled > disabled; stage->disabled--)
		local_bh_enable();
	stage->left_pending = local_softirq_pending();
}

/* It may find none that it could run, time and again. */
static void do_tasklets(u32 vector, struct softirq_action *action)
{
	if (stage_step())
		originals[vector](action);
}

static void on_vector(struct softirq_action *action)
{
	u32 vector = action - vectors;

	if (!is_ours() || !(stage->raised & BIT(vector)))
		originals[vector](action);
	else if (stage->scene->has_tasklets && (vector == HI_SOFTIRQ || vector == TASKLET_SOFTIRQ))
		do_tasklets(vector, action);
	else
		do_vector(vector);
}

void softirq_raise(u32 vector)
{
	stage->raised |= BIT(vector);
	raise(vector);
}

void softirq_raise_rest(void)
{
	stage->raised = 0;
	raise(HI_SOFTIRQ);
	raise(TASKLET_SOFTIRQ);
}

/* --- ksoftirqd ---------------------------------------------------------------------------- */

bool softirq_thread_runs(void)
{
	return task_is_running(ksoftirqd_thread());
}

static void on_run_thread(unsigned int processor)
{
	if (is_ours())
		stage_run_begins(KSPEC_IN_KSOFTIRQD);
	run_thread(processor);
}

static void __maybe_unused on_waking(void *unused, struct task_struct *task)
{
	/* Before the scene has raised anything, others have woken it. */
	if (is_ours() && stage->raised && task == ksoftirqd_thread())
		stage_note(KSPEC_SEES_WAKE, stage_context(), 0, 0);
}

#ifdef CONFIG_TRACEPOINTS

static void find_waking(struct tracepoint *point, void *found)
{
	if (strcmp(point->name, "sched_waking") == 0)
		*(struct tracepoint **)found = point;
}

static bool can_hear_of_wakes(void)
{
	struct tracepoint *waking = NULL;

	for_each_kernel_tracepoint(find_waking, &waking);
	return waking && tracepoint_probe_register(waking, on_waking, NULL) == 0;
}

#else

static bool can_hear_of_wakes(void)
{
	return false;
}

#endif

/* --- There and not ------------------------------------------------------------------------ */

bool softirq_is_there(void)
{
	static int there = -1;

	if (there >= 0)
		return there;
	there = processor_is_there() && kspec_symbols(wanted, ARRAY_SIZE(wanted)) &&
		can_hear_of_wakes();
	return there;
}

void softirq_install(void)
{
	u32 vector;

	for (vector = 0; vector < NR_SOFTIRQS; vector++) {
		originals[vector] = vectors[vector].action;
		WRITE_ONCE(vectors[vector].action, on_vector);
	}
	run_thread = threads->thread_fn;
	WRITE_ONCE(threads->thread_fn, on_run_thread);
}

void softirq_remove(void)
{
	u32 vector;

	WRITE_ONCE(threads->thread_fn, run_thread);
	for (vector = 0; vector < NR_SOFTIRQS; vector++)
		WRITE_ONCE(vectors[vector].action, originals[vector]);
}

static int name_vectors(struct kspec_call *call, void *octets)
{
	u32 vector;

	if (!softirq_is_there())
		return kspec_fault(call, "the kernel does not show its softirqs");
	memset(octets, 0, NR_SOFTIRQS * KSPEC_NAME_SIZE);
	for (vector = 0; vector < NR_SOFTIRQS; vector++)
		strscpy(octets + vector * KSPEC_NAME_SIZE, names[vector], KSPEC_NAME_SIZE);
	call->length = NR_SOFTIRQS * KSPEC_NAME_SIZE;
	return 0;
}

kspec_handler softirq_handler(u32 op)
{
	switch (op) {
	case KSPEC_SOFTIRQ_VECTORS:
		return name_vectors;
	case KSPEC_SOFTIRQ_PLAY:
		return scene_play;
	default:
		return NULL;
	}
}
