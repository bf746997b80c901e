/*
 * rcu.c - the operation of `rcu`: tasks are read, and handed to the module.
 */
#include "../module/kspec_rcu.h"
#include "module.h"
#include "ports.h"

#include <errno.h>

/* As many as the contract has; the machine has fewer. */
#define TASKS_MAX 8
#define PROCESSORS_MAX 4

struct names {
	const char *all[TASKS_MAX * KSPEC_RCU_ACTIONS * 2];
	int count;
};

static struct names tasks, globals, fields, locks, locals[TASKS_MAX];

static int number_of(struct names *names, const char *name)
{
	int which;

	for (which = 0; which < names->count; which++)
		if (strcmp(names->all[which], name) == 0)
			return which;
	names->all[names->count] = name;
	return names->count++;
}

/* --- Reading ------------------------------------------------------------------------------ */

#define VERBS                                                                                      \
	"rcu-read-lock rcu-read-unlock rcu-dereference read copy set add rcu-assign-pointer "       \
	"call-rcu synchronize-rcu free spin-lock spin-unlock schedule user-mode kernel-mode work"

/* The members of each beside "do", by what they name; NULL: there is none. */
static const struct form {
	const char *members, *from, *to;
	struct names *from_global, *to_global; /* NULL: pointers of the task */
	bool has_field, has_value;
} forms[] = {
	[KSPEC_RCU_LOCK] = {"do"},
	[KSPEC_RCU_UNLOCK] = {"do"},
	[KSPEC_RCU_DEREFERENCE] = {"do pointer into", "pointer", "into", &globals},
	[KSPEC_RCU_READ] = {"do from field", "from", NULL, .has_field = true},
	[KSPEC_RCU_COPY] = {"do from into", "from", "into"},
	[KSPEC_RCU_SET] = {"do in field value", "in", NULL, .has_field = true, .has_value = true},
	[KSPEC_RCU_ADD] = {"do in field value", "in", NULL, .has_field = true, .has_value = true},
	[KSPEC_RCU_ASSIGN] = {"do pointer from", "from", "pointer", NULL, &globals},
	[KSPEC_RCU_CALL] = {"do structure", "structure"},
	[KSPEC_RCU_SYNCHRONIZE] = {"do"},
	[KSPEC_RCU_FREE] = {"do structure", "structure"},
	[KSPEC_RCU_SPIN_LOCK] = {"do lock", NULL, "lock", NULL, &locks},
	[KSPEC_RCU_SPIN_UNLOCK] = {"do lock", NULL, "lock", NULL, &locks},
	[KSPEC_RCU_SCHEDULE] = {"do"},
	[KSPEC_RCU_USER_MODE] = {"do"},
	[KSPEC_RCU_KERNEL_MODE] = {"do"},
	[KSPEC_RCU_WORK] = {"do"},
};

static struct kspec_rcu_action read_action(const struct ks_value *item, struct names *own)
{
	struct kspec_rcu_action action = {.verb = (uint8_t)ks_choice(item, "do", VERBS)};
	const struct form *form = &forms[action.verb];

	ks_members(item, form->members);
	if (form->from != NULL)
		action.from = (uint8_t)number_of(form->from_global ? form->from_global : own,
						 ks_name(item, form->from));
	if (form->to != NULL)
		action.to = (uint8_t)number_of(form->to_global ? form->to_global : own,
					       ks_name(item, form->to));
	if (form->has_field)
		action.field = (uint8_t)number_of(&fields, ks_name(item, "field"));
	if (form->has_value)
		action.value = ks_int32(item, "value");
	return action;
}

/* Whether there is a place for it: a processor that no other task has. */
static bool read_task(struct kspec_rcu *scene, const struct ks_value *item)
{
	const struct ks_value *actions = ks_array(item, "actions", KSPEC_RCU_ACTIONS), *action;
	uint32_t processor = (uint32_t)ks_int(item, "processor", 0, PROCESSORS_MAX - 1);
	int me = number_of(&tasks, ks_name(item, "name"));
	struct kspec_rcu_task *task = &scene->tasks[me];
	int other;

	ks_members(item, "name processor actions");
	if (processor >= KSPEC_RCU_TASKS || me >= KSPEC_RCU_TASKS)
		return false;
	for (other = 0; other < me; other++)
		if (scene->tasks[other].processor == processor)
			return false;
	scene->task_count++;
	task->processor = processor;
	for (action = ks_first(actions); action != NULL; action = ks_next(action))
		task->actions[task->count++] = read_action(action, &locals[me]);
	return true;
}

static bool read_tasks(struct kspec_rcu *scene, const struct ks_value *args)
{
	const struct ks_value *item = ks_first(ks_array(args, "tasks", TASKS_MAX));
	int me;

	for (; item != NULL; item = ks_next(item))
		if (!read_task(scene, item))
			return false;
	for (me = 0; me < KSPEC_RCU_TASKS; me++)
		if (locals[me].count > KSPEC_RCU_LOCALS)
			return false;
	return globals.count <= KSPEC_RCU_NAMES && fields.count <= KSPEC_RCU_NAMES &&
	       locks.count <= KSPEC_RCU_NAMES;
}

static void read_schedule(struct kspec_rcu *scene, const struct ks_value *args)
{
	const struct ks_value *item = ks_first(ks_array(args, "schedule", KSPEC_RCU_SCHEDULE_MAX));

	for (; item != NULL; item = ks_next(item)) {
		int64_t processor = ks_int(item, "processor", 0, PROCESSORS_MAX - 1);
		int ticks = ks_choice(item, "does", "step tick");

		ks_members(item, "processor does");
		if (processor < KSPEC_RCU_TASKS)
			scene->schedule[scene->schedule_count++] = (uint8_t)(2 * processor + ticks);
	}
}

static void read_structures(struct kspec_rcu *scene, const struct ks_value *args)
{
	const struct ks_value *structure = ks_first(ks_record(args, "structures")), *field;

	for (; structure != NULL; structure = ks_next(structure)) {
		int pointer = number_of(&globals, ks_key(structure));

		if (pointer >= KSPEC_RCU_NAMES)
			ks_errno(EINVAL);
		scene->pointers |= 1u << pointer;
		for (field = ks_first(ks_record_item(structure)); field != NULL; field = ks_next(field)) {
			int which = number_of(&fields, ks_key(field));

			if (which >= KSPEC_RCU_NAMES)
				ks_errno(EINVAL);
			scene->values[pointer][which] =
				(int32_t)ks_int_item(field, INT32_MIN, INT32_MAX);
		}
	}
}

static bool read_scene(struct kspec_rcu *scene, const struct ks_value *args)
{
	int which;

	memset(scene, 0, sizeof *scene);
	tasks.count = globals.count = fields.count = locks.count = 0;
	for (which = 0; which < TASKS_MAX; which++)
		locals[which].count = 0;
	if (ks_has(args, "quantum"))
		return false;
	read_structures(scene, args);
	read_schedule(scene, args);
	return read_tasks(scene, args);
}

/* --- Answering ---------------------------------------------------------------------------- */

static void put_value(const char *name, int32_t value, bool poison)
{
	if (poison)
		ks_put_null(name);
	else
		ks_put_int(name, value);
}

static void put_event(const struct kspec_rcu_event *event)
{
	static const char *const words[] = {"action", "spin",   "sleep",   "switch",
					    "switch", "tick", "callback"};

	ks_open_object(NULL);
	ks_put_text("event", words[event->what]);
	ks_put_int("processor", event->processor);
	if (event->what == KSPEC_RCU_IDLES)
		ks_put_null("task");
	else if (event->what != KSPEC_RCU_TICKS)
		ks_put_text("task", tasks.all[event->task]);
	if (event->what == KSPEC_RCU_ACTS) {
		ks_put_int("action", event->action);
		ks_put_int("preemptCount", event->preempt_count);
		if (event->has_value)
			put_value("value", event->value, event->is_poison);
	}
	if (event->what == KSPEC_RCU_CALLS_BACK)
		ks_put_text("structure", locals[event->task].all[event->local]);
	ks_close();
}

static void put_structures(const struct kspec_rcu_end *end)
{
	int pointer, field;

	ks_open_object("structures");
	for (pointer = 0; pointer < globals.count; pointer++) {
		if (!(end->pointers & 1u << pointer))
			continue;
		ks_open_object(globals.all[pointer]);
		for (field = 0; field < fields.count; field++)
			put_value(fields.all[field], end->values[pointer][field],
				  end->freed & 1u << pointer);
		ks_close();
	}
	ks_close();
}

static void run(const struct ks_value *args)
{
	struct kspec_call call = {.op = KSPEC_RCU_RUN, .length = sizeof(struct kspec_rcu)};
	const struct kspec_rcu_end *end = (const struct kspec_rcu_end *)module_octets;
	const struct kspec_rcu_event *event = (const struct kspec_rcu_event *)(end + 1);
	uint32_t which;

	if (!read_scene((struct kspec_rcu *)module_octets, args))
		ks_errno(EINVAL);
	module_call(&call);
	ks_open_array("trace");
	for (which = 0; which < end->count; which++)
		put_event(&event[which]);
	ks_close();
	put_structures(end);
}

const struct ks_operation rcu_operations[] = {
	{"rcu.run", run, "structures quantum? tasks schedule"},
	{NULL, NULL, NULL},
};

/* --- The self-test ------------------------------------------------------------------------ */

static void add(struct kspec_rcu_task *task, enum kspec_rcu_verb verb)
{
	task->actions[task->count++].verb = (uint8_t)verb;
}

/* A reader that is in a section when a writer has something freed: it is out before that happens. */
bool rcu_works(void)
{
	struct kspec_call call = {.op = KSPEC_RCU_RUN, .length = sizeof(struct kspec_rcu)};
	struct kspec_rcu *scene = (struct kspec_rcu *)module_octets;
	const struct kspec_rcu_end *end = (const struct kspec_rcu_end *)module_octets;
	const struct kspec_rcu_event *event = (const struct kspec_rcu_event *)(end + 1), *last;

	memset(scene, 0, sizeof *scene);
	scene->task_count = 2;
	scene->tasks[1].processor = 1;
	add(&scene->tasks[0], KSPEC_RCU_LOCK);
	add(&scene->tasks[0], KSPEC_RCU_UNLOCK);
	add(&scene->tasks[1], KSPEC_RCU_CALL);
	memcpy(scene->schedule, "\0\2\1\1\1\1\1\1\1\1\0", scene->schedule_count = 11);
	module_try(&call);
	if (call.status != KSPEC_DONE || call.error || end->count == 0)
		return false;
	last = &event[end->count - 1];
	return last->what == KSPEC_RCU_CALLS_BACK && last->task == 1 && last->processor == 1;
}
