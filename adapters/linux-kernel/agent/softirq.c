/*
 * softirq.c - the operations of `softirq` and `tasklet`: a scene is read, and handed to the module.
 *
 * What scripts name is looked up here, so that the module gets numbers.
 */
#include "module.h"
#include "ports.h"

#include <errno.h>

#define NAMES_MAX 3000
#define VECTORS_MAX KSPEC_ACTORS_MAX

#define VECTORS "HI TIMER NET_TX NET_RX SCSI BLOCK IRQ_POLL TASKLET SCHED HRTIMER RCU"

static const char *const vector_words[] = {"HI",    "TIMER",	"NET_TX",   "NET_RX",
					   "SCSI",  "BLOCK",	"IRQ_POLL", "TASKLET",
					   "SCHED", "HRTIMER",	"RCU"};

#define WORDS                                                                             \
	"mark raise interrupt queue spend resched take bh-disable bh-enable sleep schedule " \
	"disable enable"

enum place { IN_HANDLER, IN_SOFTIRQ, IN_PROCESS };

/* --- What the kernel calls its vectors ------------------------------------------------------ */

static char vectors[VECTORS_MAX][KSPEC_NAME_SIZE];
static int vector_count;

static bool ask_for_vectors(void)
{
	struct kspec_call call = {.op = KSPEC_SOFTIRQ_VECTORS};

	if (vector_count > 0)
		return true;
	module_try(&call);
	if (call.status != KSPEC_DONE || call.length > sizeof vectors)
		return false;
	memcpy(vectors, module_octets, call.length);
	vector_count = (int)(call.length / KSPEC_NAME_SIZE);
	return true;
}

/* Ends the call where this kernel has no such vector. */
static uint16_t vector_arg(const struct ks_value *item)
{
	const char *name = vector_words[ks_choice(item, "vector", VECTORS)];
	int which;

	for (which = 0; which < vector_count; which++)
		if (strcmp(vectors[which], name) == 0)
			return (uint16_t)which;
	ks_errno(EINVAL);
}

/* --- Reading ------------------------------------------------------------------------------ */

static struct kspec_scene *scene;
static struct kspec_scene_action *actions;
static int action_count;

static const char *names[NAMES_MAX]; /* of marks and items */
static int name_count;
static const char *lines[KSPEC_ACTORS_MAX], *tasklets[KSPEC_ACTORS_MAX];

static int place_of(const char *const *known, int count, const char *name)
{
	int which;

	for (which = 0; which < count; which++)
		if (strcmp(known[which], name) == 0)
			return which;
	return -1;
}

static uint16_t number_of(const char *name)
{
	int which = place_of(names, name_count, name);

	if (which >= 0)
		return (uint16_t)which;
	if (name_count == NAMES_MAX)
		ks_fault("more than %d names", NAMES_MAX);
	names[name_count] = name;
	return (uint16_t)name_count++;
}

/* Ends the call where it is none of them. */
static uint16_t known(const char *const *all, uint32_t count, const char *name)
{
	int which = place_of(all, (int)count, name);

	if (which < 0)
		ks_errno(EINVAL);
	return (uint16_t)which;
}

static bool allowed(int verb, enum place place)
{
	if (verb >= KSPEC_SCHEDULE)
		return scene->has_tasklets;
	if (verb == KSPEC_SLEEP)
		return place == IN_PROCESS;
	return verb < KSPEC_TAKE || place != IN_HANDLER;
}

static void read_times(const struct ks_value *item, struct kspec_scene_action *action)
{
	if (ks_has(item, "times"))
		action->number = (uint32_t)ks_int(item, "times", 1, 1000);
}

static void read_target(const struct ks_value *item, struct kspec_scene_action *action)
{
	switch (action->verb) {
	case KSPEC_MARK:
		action->which = number_of(ks_name(item, "name"));
		break;
	case KSPEC_RAISE:
		action->which = vector_arg(item);
		read_times(item, action);
		break;
	case KSPEC_INTERRUPT:
		action->which = known(lines, scene->line_count, ks_name(item, "line"));
		break;
	case KSPEC_QUEUE:
		action->which = number_of(ks_name(item, "item"));
		break;
	case KSPEC_SPEND:
		action->number = (uint32_t)ks_int(item, "us", 1, 100000);
		break;
	case KSPEC_SCHEDULE:
		read_times(item, action);
		/* fall through */
	case KSPEC_DISABLE:
	case KSPEC_ENABLE:
		action->which = known(tasklets, scene->tasklet_count, ks_name(item, "tasklet"));
		break;
	default:
		break;
	}
}

static const char *members_of(int verb)
{
	static const char *const members[] = {
		[KSPEC_MARK] = "do name",      [KSPEC_RAISE] = "do vector times?",
		[KSPEC_INTERRUPT] = "do line", [KSPEC_QUEUE] = "do item",
		[KSPEC_SPEND] = "do us",       [KSPEC_SCHEDULE] = "do tasklet times?",
		[KSPEC_DISABLE] = "do tasklet", [KSPEC_ENABLE] = "do tasklet",
	};

	return members[verb] != NULL ? members[verb] : "do";
}

static struct kspec_script read_script(const struct ks_value *object, const char *name,
				       enum place place)
{
	const struct ks_value *item = ks_first(ks_array(object, name, KSPEC_SCRIPT_MAX));
	struct kspec_script script = {.first = (uint16_t)action_count};

	for (; item != NULL; item = ks_next(item)) {
		struct kspec_scene_action *action = &actions[action_count++];

		memset(action, 0, sizeof *action);
		action->verb = (uint16_t)ks_choice(item, "do", WORDS);
		if (!allowed(action->verb, place))
			ks_wrong(item, "do", "not possible here");
		ks_members(item, members_of(action->verb));
		read_target(item, action);
		script.count++;
	}
	return script;
}

/* First who is there, since scripts may name who comes later. */
static const struct ks_value *read_names(const struct ks_value *args, const char *array,
					 const char *member, const char *members,
					 const char **all, uint32_t *count)
{
	const struct ks_value *first = ks_first(ks_array(args, array, KSPEC_ACTORS_MAX)), *item;

	for (item = first; item != NULL; item = ks_next(item)) {
		ks_members(item, members);
		all[*count] = ks_name(item, member);
		if (place_of(all, (int)*count, all[*count]) >= 0)
			ks_errno(EINVAL);
		++*count;
	}
	return first;
}

static void read_softirqs(const struct ks_value *args)
{
	const struct ks_value *item = ks_first(ks_array(args, "softirqs", VECTORS_MAX));

	for (; item != NULL; item = ks_next(item)) {
		uint16_t vector;

		ks_members(item, "vector does");
		vector = vector_arg(item);
		if (scene->vectors >> vector & 1)
			ks_errno(EINVAL);
		if (scene->has_tasklets && (strcmp(vectors[vector], "HI") == 0 ||
					    strcmp(vectors[vector], "TASKLET") == 0))
			ks_errno(EINVAL);
		scene->vectors |= 1u << vector;
		scene->softirqs[vector] = read_script(item, "does", IN_SOFTIRQ);
	}
}

static void read_scene(const struct ks_value *args, bool has_tasklets)
{
	const struct ks_value *line, *tasklet = NULL;
	int which;

	scene = (struct kspec_scene *)module_octets;
	memset(scene, 0, sizeof *scene);
	actions = (struct kspec_scene_action *)(scene + 1);
	action_count = name_count = 0;
	scene->has_tasklets = has_tasklets;
	line = read_names(args, "interrupts", "line", "line does", lines, &scene->line_count);
	if (has_tasklets)
		tasklet = read_names(args, "tasklets", "tasklet", "tasklet vector does", tasklets,
				     &scene->tasklet_count);
	for (which = 0; line != NULL; line = ks_next(line))
		scene->lines[which++] = read_script(line, "does", IN_HANDLER);
	for (which = 0; tasklet != NULL; tasklet = ks_next(tasklet), which++) {
		scene->high[which] = ks_choice(tasklet, "vector", "HI TASKLET") == 0;
		scene->tasklets[which] = read_script(tasklet, "does", IN_SOFTIRQ);
	}
	read_softirqs(args);
	scene->process = read_script(args, "process", IN_PROCESS);
}

/* --- Answering ---------------------------------------------------------------------------- */

static const char *const event_words[] = {"mark", "handler", "softirq", "tasklet", "take", "wake"};
static const char *const context_words[] = {"process", "interrupt", "interrupt exit", "bh enable",
					    "ksoftirqd"};

static const char *name_in(const struct kspec_happening *happening)
{
	switch (happening->event) {
	case KSPEC_SEES_HANDLER:
		return lines[happening->which];
	case KSPEC_SEES_SOFTIRQ:
		return vectors[happening->which];
	case KSPEC_SEES_TASKLET:
		return tasklets[happening->which];
	case KSPEC_SEES_WAKE:
		return "ksoftirqd";
	default:
		return names[happening->which];
	}
}

static void put_happening(const struct kspec_happening *happening)
{
	ks_open_object(NULL);
	ks_put_text("event", event_words[happening->event]);
	ks_put_text("name", name_in(happening));
	ks_put_text("context", context_words[happening->context]);
	if (happening->event == KSPEC_SEES_SOFTIRQ)
		ks_put_int("pass", happening->pass);
	ks_close();
}

static void put_trace(const struct kspec_call *call)
{
	const struct kspec_happening *happening = (const struct kspec_happening *)module_octets;
	const struct kspec_happening *end = happening + call->length / sizeof *happening;
	int vector;

	ks_open_array("trace");
	for (; happening < end; happening++)
		put_happening(happening);
	ks_close();
	ks_open_array("pending");
	for (vector = 0; vector < vector_count; vector++)
		if (call->out[0] >> vector & 1)
			ks_put_text(NULL, vectors[vector]);
	ks_close();
	ks_put_text("ksoftirqd", call->out[1] ? "woken" : "asleep");
}

/* The kernel is built for one. */
static void check_hz(const struct ks_value *args)
{
	struct kspec_call kernel = {.op = KSPEC_CLOCK_AS_IT_IS};

	if (!ks_has(args, "hz"))
		return;
	module_call(&kernel);
	if (ks_int(args, "hz", 1, 1535) != kernel.out[0])
		ks_errno(EINVAL);
}

static void play(const struct ks_value *args, bool has_tasklets)
{
	struct kspec_call call = {.op = KSPEC_SOFTIRQ_PLAY};

	if (!ask_for_vectors())
		ks_fault("the kernel does not name its softirqs");
	check_hz(args);
	read_scene(args, has_tasklets);
	call.length = (uint32_t)(sizeof *scene + (size_t)action_count * sizeof *actions);
	module_call(&call);
	put_trace(&call);
}

static void play_softirqs(const struct ks_value *args)
{
	play(args, false);
}

static void play_tasklets(const struct ks_value *args)
{
	play(args, true);
}

const struct ks_operation softirq_operations[] = {
	{"softirq.play", play_softirqs, "hz? interrupts softirqs process"},
	{"tasklet.play", play_tasklets, "hz? interrupts softirqs tasklets process"},
	{NULL, NULL, NULL},
};

/* --- A known answer ------------------------------------------------------------------------- */

/* A line interrupts, and raises what runs when it has ended; the process comes last. */
bool softirq_works(void)
{
	static const struct kspec_happening right[] = {
		{KSPEC_SEES_HANDLER, KSPEC_IN_INTERRUPT, 0, 0},
		{KSPEC_SEES_SOFTIRQ, KSPEC_AT_INTERRUPT_EXIT, 0, 1},
		{KSPEC_SEES_MARK, KSPEC_IN_PROCESS, 7, 0},
	};
	struct kspec_call call = {.op = KSPEC_SOFTIRQ_PLAY};
	static const struct kspec_scene_action script[] = {
		{KSPEC_INTERRUPT, 0, 0}, {KSPEC_MARK, 7, 0}, {KSPEC_RAISE, 0, 0}};

	if (!ask_for_vectors())
		return false;
	scene = (struct kspec_scene *)module_octets;
	*scene = (struct kspec_scene){
		.line_count = 1, .vectors = 1, .process = {0, 2}, .lines = {{2, 1}}};
	memcpy(scene + 1, script, sizeof script);
	call.length = sizeof *scene + sizeof script;
	module_try(&call);
	return call.status == KSPEC_DONE && call.length == sizeof right &&
	       memcmp(module_octets, right, sizeof right) == 0;
}
