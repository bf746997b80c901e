/*
 * spin.c - the operation of `spin-lock`: programs of processors are read, and handed to the module.
 */
#include "module.h"
#include "ports.h"

#include <errno.h>

#define PROCESSORS_MAX 4
#define NAMES_MAX (PROCESSORS_MAX * KSPEC_SPIN_ACTIONS)

/* Locks and counters have numbers of their own. */
struct names {
	const char *all[NAMES_MAX];
	int count;
};

static struct names locks, counters;

static uint8_t number_of(struct names *names, const char *name)
{
	int which;

	for (which = 0; which < names->count; which++)
		if (strcmp(names->all[which], name) == 0)
			return (uint8_t)which;
	names->all[names->count] = name;
	return (uint8_t)names->count++;
}

static struct kspec_spin_action read_action(const struct ks_value *item)
{
	struct kspec_spin_action action;

	action.verb = (uint8_t)ks_choice(item, "do",
					 "spin-lock spin-unlock spin-trylock increment work");
	action.which = 0;
	if (action.verb == KSPEC_SPIN_WORK) {
		ks_members(item, "do");
	} else if (action.verb == KSPEC_SPIN_INCREMENT) {
		ks_members(item, "do counter");
		action.which = number_of(&counters, ks_name(item, "counter"));
	} else {
		ks_members(item, "do lock");
		action.which = number_of(&locks, ks_name(item, "lock"));
	}
	return action;
}

static void read_program(struct kspec_spin *scene, const struct ks_value *program, uint32_t processor)
{
	const struct ks_value *item;

	for (item = ks_first(program); item != NULL; item = ks_next(item)) {
		struct kspec_spin_action action = read_action(item);

		if (processor < KSPEC_SPIN_PROCESSORS)
			scene->actions[processor][scene->counts[processor]++] = action;
	}
}

static void read_scene(struct kspec_spin *scene, const struct ks_value *args)
{
	const struct ks_value *processors = ks_array(args, "processors", PROCESSORS_MAX), *item;
	const struct ks_value *schedule = ks_array(args, "schedule", KSPEC_SPIN_SCHEDULE_MAX);

	memset(scene, 0, sizeof *scene);
	locks.count = counters.count = 0;
	for (item = ks_first(processors); item != NULL; item = ks_next(item))
		read_program(scene, ks_array_item(item, KSPEC_SPIN_ACTIONS), scene->processors++);
	for (item = ks_first(schedule); item != NULL; item = ks_next(item))
		scene->schedule[scene->schedule_count++] = (uint8_t)ks_int_item(item, 0, 7);
}

static void put_steps(const struct kspec_spin_step *step, const struct kspec_spin_step *end)
{
	static const char *const results[] = {"done", "spins", "busy", "reads"};

	ks_open_array("steps");
	for (; step < end; step++) {
		ks_open_object(NULL);
		ks_put_int("processor", step->processor);
		ks_put_int("action", step->action);
		ks_put_text("result", results[step->result]);
		ks_close();
	}
	ks_close();
}

static void put_deadlock(const struct kspec_spin_end *end)
{
	int processor;

	ks_open_array("deadlock");
	for (processor = 0; processor < KSPEC_SPIN_PROCESSORS; processor++) {
		if (!end->waits[processor])
			continue;
		ks_open_object(NULL);
		ks_put_int("processor", processor);
		ks_put_text("waitsFor", locks.all[end->waits_for[processor]]);
		ks_put_int("heldBy", end->held_by[processor]);
		ks_close();
	}
	ks_close();
}

static void run(const struct ks_value *args)
{
	struct kspec_call call = {.op = KSPEC_SPIN_RUN, .length = sizeof(struct kspec_spin)};
	struct kspec_spin *scene = (struct kspec_spin *)module_octets;
	const struct kspec_spin_end *end = (const struct kspec_spin_end *)module_octets;
	int counter;

	read_scene(scene, args);
	if (scene->processors > KSPEC_SPIN_PROCESSORS)
		ks_errno(EINVAL);
	module_call(&call);
	put_steps((const struct kspec_spin_step *)(end + 1),
		  (const struct kspec_spin_step *)(module_octets + call.length));
	ks_open_object("counters");
	for (counter = 0; counter < counters.count; counter++)
		ks_put_int(counters.all[counter], end->counters[counter]);
	ks_close();
	put_deadlock(end);
}

const struct ks_operation spin_operations[] = {
	{"spin-lock.run", run, "processors schedule"},
	{NULL, NULL, NULL},
};

/* A lock that is held is not got, by whoever has it or by another. */
bool spin_works(void)
{
	struct kspec_call call = {.op = KSPEC_SPIN_RUN, .length = sizeof(struct kspec_spin)};
	struct kspec_spin *scene = (struct kspec_spin *)module_octets;
	const struct kspec_spin_end *end = (const struct kspec_spin_end *)module_octets;
	const struct kspec_spin_step *steps = (const struct kspec_spin_step *)(end + 1);

	memset(scene, 0, sizeof *scene);
	scene->processors = 2;
	scene->counts[0] = scene->counts[1] = 1;
	scene->actions[0][0].verb = KSPEC_SPIN_LOCK;
	scene->actions[1][0].verb = KSPEC_SPIN_TRYLOCK;
	module_try(&call);
	return call.status == KSPEC_DONE && call.length == sizeof *end + 2 * sizeof *steps &&
	       steps[0].result == KSPEC_DOES && steps[1].result == KSPEC_BUSY;
}
