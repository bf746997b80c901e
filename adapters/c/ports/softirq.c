/*
 * ports/softirq.c - the operations of `softirq` and `tasklet`: a scene is read, then played.
 *
 * A script is an array of actions. Whoever runs it hands over the context in which it runs; an
 * `interrupt` in a script is a call of do_irq() from there.
 */
#include <errno.h>
#include <stddef.h>
#include <string.h>

#include "../kernel/kernel.h"
#include "../kernel/softirq.h"
#include "ports.h"

#define SCENE_MAX_STEPS 10000
#define SCRIPT_MAX 64
#define MAX_HZ 1535
#define OWN_HZ 1000 /* of a scene that says nothing of it */
#define LINES_MAX 16
#define TASKLETS_MAX 16

#define VECTORS "HI TIMER NET_TX NET_RX SCSI BLOCK IRQ_POLL TASKLET SCHED HRTIMER RCU"

static const char *const vector_names[] = {"HI",    "TIMER",	"NET_TX",  "NET_RX",
					   "SCSI",  "BLOCK",	"IRQ_POLL", "TASKLET",
					   "SCHED", "HRTIMER",	"RCU"};

#define VECTOR_COUNT ((int)(sizeof vector_names / sizeof vector_names[0]))

enum verb {
	MARK, RAISE, INTERRUPT, QUEUE, SPEND, RESCHED, /* anywhere */
	TAKE, DISABLE_BH, ENABLE_BH,		       /* not in a hard handler */
	SLEEP,					       /* in the process */
	SCHEDULE, DISABLE, ENABLE,		       /* where there are tasklets */
};

#define WORDS                                                                             \
	"mark raise interrupt queue spend resched take bh-disable bh-enable sleep schedule " \
	"disable enable"

enum place { IN_HANDLER, IN_SOFTIRQ, IN_PROCESS };

struct action {
	enum verb verb;
	const char *name; /* of whatever it is about */
	int vector;	  /* place in vector_names */
	int us;
	int times, done;  /* times: 0: always */
};

struct script {
	struct action *actions;
	int count;
};

struct scene;

/* A line, a softirq or a tasklet, with what it does. */
struct actor {
	struct scene *scene;
	const char *name;
	struct script script;
	bool busy; /* a line: it has interrupted and its handler has not ended */
	struct tasklet tasklet;
	struct tasklet_list *list;
};

struct scene {
	struct softirq_cpu cpu;
	struct actor lines[LINES_MAX], softirqs[SOFTIRQ_VECTORS_MAX], tasklets[TASKLETS_MAX];
	int line_count, softirq_count, tasklet_count;
	bool has_tasklets;
	struct tasklet_list hi, low;
	struct script process;
	const char **items; /* the work queue */
	int item_count;
	int steps;
	long us;
};

/* --- Reading ------------------------------------------------------------------------------ */

static bool allowed(const struct scene *scene, enum verb verb, enum place place)
{
	if (verb >= SCHEDULE)
		return scene->has_tasklets;
	if (verb == SLEEP)
		return place == IN_PROCESS;
	return verb < TAKE || place != IN_HANDLER;
}

static void read_times(const struct ks_value *item, struct action *action)
{
	if (ks_has(item, "times"))
		action->times = (int)ks_int(item, "times", 1, 1000);
}

static void read_action(const struct scene *scene, const struct ks_value *item, enum place place,
			struct action *action)
{
	action->verb = (enum verb)ks_choice(item, "do", WORDS);
	if (!allowed(scene, action->verb, place))
		ks_wrong(item, "do", "not possible here");
	switch (action->verb) {
	case MARK:
		ks_members(item, "do name");
		action->name = ks_name(item, "name");
		break;
	case RAISE:
		ks_members(item, "do vector times?");
		action->vector = ks_choice(item, "vector", VECTORS);
		read_times(item, action);
		break;
	case INTERRUPT:
		ks_members(item, "do line");
		action->name = ks_name(item, "line");
		break;
	case QUEUE:
		ks_members(item, "do item");
		action->name = ks_name(item, "item");
		break;
	case SPEND:
		ks_members(item, "do us");
		action->us = (int)ks_int(item, "us", 1, 100000);
		break;
	case SCHEDULE:
		ks_members(item, "do tasklet times?");
		action->name = ks_name(item, "tasklet");
		read_times(item, action);
		break;
	case DISABLE:
	case ENABLE:
		ks_members(item, "do tasklet");
		action->name = ks_name(item, "tasklet");
		break;
	default:
		ks_members(item, "do");
		break;
	}
}

static void read_script(const struct scene *scene, const struct ks_value *object, const char *name,
			enum place place, struct script *script)
{
	const struct ks_value *array = ks_array(object, name, SCRIPT_MAX), *item;

	script->actions = ks_alloc((ks_count(array) + 1) * sizeof *script->actions);
	for (item = ks_first(array); item != NULL; item = ks_next(item))
		read_action(scene, item, place, &script->actions[script->count++]);
}

static void read_lines(struct scene *scene, const struct ks_value *args)
{
	const struct ks_value *item = ks_first(ks_array(args, "interrupts", LINES_MAX));

	for (; item != NULL; item = ks_next(item)) {
		struct actor *line = &scene->lines[scene->line_count++];

		ks_members(item, "line does");
		line->name = ks_name(item, "line");
		read_script(scene, item, "does", IN_HANDLER, &line->script);
	}
}

static void read_softirqs(struct scene *scene, const struct ks_value *args)
{
	const struct ks_value *item = ks_first(ks_array(args, "softirqs", (size_t)VECTOR_COUNT));

	for (; item != NULL; item = ks_next(item)) {
		struct actor *softirq = &scene->softirqs[scene->softirq_count++];

		ks_members(item, "vector does");
		softirq->name = vector_names[ks_choice(item, "vector", VECTORS)];
		read_script(scene, item, "does", IN_SOFTIRQ, &softirq->script);
	}
}

static void read_tasklets(struct scene *scene, const struct ks_value *args)
{
	const struct ks_value *item = ks_first(ks_array(args, "tasklets", TASKLETS_MAX));

	for (; item != NULL; item = ks_next(item)) {
		struct actor *tasklet = &scene->tasklets[scene->tasklet_count++];

		ks_members(item, "tasklet vector does");
		tasklet->name = ks_name(item, "tasklet");
		tasklet->list = ks_choice(item, "vector", "HI TASKLET") == 0 ? &scene->hi
									     : &scene->low;
		read_script(scene, item, "does", IN_SOFTIRQ, &tasklet->script);
	}
}

static struct actor *actor_named(struct actor *actors, int count, const char *name)
{
	int which;

	for (which = 0; which < count; which++)
		if (strcmp(actors[which].name, name) == 0)
			return &actors[which];
	return NULL;
}

static bool all_differ(struct actor *actors, int count)
{
	int which;

	for (which = 0; which < count; which++)
		if (actor_named(actors, count, actors[which].name) != &actors[which])
			return false;
	return true;
}

static bool has_vector(const struct scene *scene, const char *name)
{
	return softirq_bit(scene->cpu.rules, name) >= 0;
}

/* Whether whatever the script names is there. */
static bool is_meaningful(struct scene *scene, const struct script *script)
{
	int which;

	for (which = 0; which < script->count; which++) {
		const struct action *action = &script->actions[which];
		bool there = true;

		if (action->verb == RAISE)
			there = has_vector(scene, vector_names[action->vector]);
		else if (action->verb == INTERRUPT)
			there = actor_named(scene->lines, scene->line_count, action->name);
		else if (action->verb >= SCHEDULE)
			there = actor_named(scene->tasklets, scene->tasklet_count, action->name);
		if (!there)
			return false;
	}
	return true;
}

static bool all_meaningful(struct scene *scene, struct actor *actors, int count)
{
	int which;

	for (which = 0; which < count; which++)
		if (!is_meaningful(scene, &actors[which].script))
			return false;
	return all_differ(actors, count);
}

static void check_scene(struct scene *scene)
{
	bool good = is_meaningful(scene, &scene->process) &&
		    all_meaningful(scene, scene->lines, scene->line_count) &&
		    all_meaningful(scene, scene->softirqs, scene->softirq_count) &&
		    all_meaningful(scene, scene->tasklets, scene->tasklet_count);
	int which;

	for (which = 0; which < scene->softirq_count; which++) {
		const char *name = scene->softirqs[which].name;

		good = good && has_vector(scene, name);
		if (scene->has_tasklets && (!strcmp(name, "HI") || !strcmp(name, "TASKLET")))
			good = false;
	}
	if (!good)
		ks_errno(EINVAL);
}

/* --- Playing ------------------------------------------------------------------------------ */

static const char *const context_names[] = {"interrupt exit", "bh enable", "ksoftirqd", "process"};

static void put_happening(const char *event, const char *name, const char *context)
{
	ks_open_object(NULL);
	ks_put_text("event", event);
	ks_put_text("name", name);
	ks_put_text("context", context);
	ks_close();
}

static void count_step(struct scene *scene)
{
	BUG_ON(++scene->steps > SCENE_MAX_STEPS, "the scene does not come to an end");
}

static long scene_jiffies(void *owner)
{
	const struct scene *scene = owner;

	return scene->us * scene->cpu.hz / 1000000;
}

static void scene_wake_up(void *owner, enum softirq_context by)
{
	(void)owner;
	put_happening("wake", "ksoftirqd", context_names[by]);
}

static void perform(struct scene *scene, const struct script *script, const char *context);

static void line_handler(void *data)
{
	struct actor *line = data;

	count_step(line->scene);
	put_happening("handler", line->name, "interrupt");
	perform(line->scene, &line->script, "interrupt");
	line->busy = false;
}

static void softirq_action(void *data, enum softirq_context context, int pass)
{
	struct actor *softirq = data;

	count_step(softirq->scene);
	ks_open_object(NULL);
	ks_put_text("event", "softirq");
	ks_put_text("name", softirq->name);
	ks_put_text("context", context_names[context]);
	ks_put_int("pass", pass);
	ks_close();
	perform(softirq->scene, &softirq->script, context_names[context]);
}

static void tasklet_func(void *data, enum softirq_context context, int pass)
{
	struct actor *tasklet = data;

	(void)pass;
	count_step(tasklet->scene);
	put_happening("tasklet", tasklet->name, context_names[context]);
	perform(tasklet->scene, &tasklet->script, context_names[context]);
}

static bool has_effect(struct action *action)
{
	return ++action->done <= action->times || action->times == 0;
}

static void interrupt(struct scene *scene, const char *name)
{
	struct actor *line = actor_named(scene->lines, scene->line_count, name);

	BUG_ON(line->busy, "a line interrupts again before its handler has ended");
	line->busy = true;
	do_irq(&scene->cpu, line_handler, line);
}

static void take_all(struct scene *scene, const char *context)
{
	int which;

	for (which = 0; which < scene->item_count; which++)
		put_happening("take", scene->items[which], context);
	scene->item_count = 0;
}

static void sleep_now(struct scene *scene)
{
	BUG_ON(scene->cpu.softirqs > 0, "the process sleeps with bottom halves disabled");
	scene->cpu.need_resched = false;
	if (scene->cpu.ksoftirqd_ready)
		ksoftirqd(&scene->cpu);
}

static void perform_on_tasklet(struct scene *scene, struct action *action)
{
	struct actor *actor = actor_named(scene->tasklets, scene->tasklet_count, action->name);

	if (action->verb == DISABLE)
		tasklet_disable(&actor->tasklet);
	else if (action->verb == ENABLE)
		tasklet_enable(&actor->tasklet);
	else if (has_effect(action))
		tasklet_schedule(actor->list, &actor->tasklet);
}

static void perform_one(struct scene *scene, struct action *action, const char *context, int depth)
{
	struct softirq_cpu *cpu = &scene->cpu;

	switch (action->verb) {
	case MARK:
		put_happening("mark", action->name, context);
		break;
	case RAISE:
		if (has_effect(action))
			raise_softirq(cpu, softirq_bit(cpu->rules, vector_names[action->vector]));
		break;
	case INTERRUPT:
		interrupt(scene, action->name);
		break;
	case QUEUE:
		scene->items[scene->item_count++] = action->name;
		break;
	case TAKE:
		take_all(scene, context);
		break;
	case SPEND:
		scene->us += action->us;
		break;
	case RESCHED:
		cpu->need_resched = true;
		break;
	case DISABLE_BH:
		local_bh_disable(cpu);
		break;
	case ENABLE_BH:
		BUG_ON(cpu->softirqs <= depth, "local_bh_enable without local_bh_disable");
		local_bh_enable(cpu);
		break;
	case SLEEP:
		sleep_now(scene);
		break;
	default:
		perform_on_tasklet(scene, action);
		break;
	}
}

static void perform(struct scene *scene, const struct script *script, const char *context)
{
	int depth = scene->cpu.softirqs, which;

	for (which = 0; which < script->count; which++) {
		count_step(scene);
		perform_one(scene, &script->actions[which], context, depth);
	}
}

/* It may find none that it could run, time and again. */
static void counted_tasklet_action(void *data, enum softirq_context context, int pass)
{
	struct tasklet_list *list = data;

	count_step(list->cpu->owner);
	tasklet_action(list, context, pass);
}

static void install_list(struct scene *scene, struct tasklet_list *list, const char *vector)
{
	int bit = softirq_bit(scene->cpu.rules, vector);

	tasklet_init(list, &scene->cpu, bit);
	open_softirq(&scene->cpu, bit, counted_tasklet_action, list);
}

/* The two softirqs that are theirs run no script of their own. */
static void install_tasklets(struct scene *scene)
{
	int which;

	if (!scene->has_tasklets)
		return;
	install_list(scene, &scene->hi, "HI");
	install_list(scene, &scene->low, "TASKLET");
	for (which = 0; which < scene->tasklet_count; which++) {
		struct actor *actor = &scene->tasklets[which];

		actor->scene = scene;
		actor->tasklet.func = tasklet_func;
		actor->tasklet.data = actor;
	}
}

static void install(struct scene *scene)
{
	int which;

	for (which = 0; which < scene->line_count; which++)
		scene->lines[which].scene = scene;
	for (which = 0; which < scene->softirq_count; which++) {
		struct actor *softirq = &scene->softirqs[which];

		softirq->scene = scene;
		open_softirq(&scene->cpu, softirq_bit(scene->cpu.rules, softirq->name),
			     softirq_action, softirq);
	}
	install_tasklets(scene);
}

static void put_pending(const struct softirq_cpu *cpu)
{
	int bit;

	ks_open_array("pending");
	for (bit = 0; cpu->rules->vectors[bit] != NULL; bit++)
		if (cpu->pending >> bit & 1)
			ks_put_text(NULL, cpu->rules->vectors[bit]);
	ks_close();
}

static void play(const struct ks_value *args, bool has_tasklets)
{
	struct scene *scene = ks_alloc(sizeof *scene);

	scene->cpu.rules = behaviour.softirqs;
	scene->cpu.owner = scene;
	scene->cpu.hz = ks_has(args, "hz") ? (int)ks_int(args, "hz", 1, MAX_HZ) : OWN_HZ;
	scene->cpu.jiffies = scene_jiffies;
	scene->cpu.wake_up = scene_wake_up;
	scene->has_tasklets = has_tasklets;
	scene->items = ks_alloc((SCENE_MAX_STEPS + 1) * sizeof *scene->items);
	read_lines(scene, args);
	read_softirqs(scene, args);
	if (has_tasklets)
		read_tasklets(scene, args);
	read_script(scene, args, "process", IN_PROCESS, &scene->process);
	check_scene(scene);
	install(scene);

	ks_open_array("trace");
	perform(scene, &scene->process, "process");
	ks_close();
	put_pending(&scene->cpu);
	ks_put_text("ksoftirqd", scene->cpu.ksoftirqd_ready ? "woken" : "asleep");
}

void softirq_play(const struct ks_value *args)
{
	play(args, false);
}

void tasklet_play(const struct ks_value *args)
{
	play(args, true);
}
