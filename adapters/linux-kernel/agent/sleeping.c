/*
 * sleeping.c - the operations of `semaphore` and `wait-queue`: tasks that sleep.
 *
 * A task is a thread of the kernel. Its name is the token of the call that it sleeps in.
 */
#include "module.h"
#include "ports.h"

static char *name_at(int place)
{
	return (char *)module_octets + (size_t)place * KSPEC_NAME_SIZE;
}

static void take_names(struct kspec_call *call, const struct ks_value *args, const char *first,
		       const char *second)
{
	memset(module_octets, 0, 3 * KSPEC_NAME_SIZE);
	strcpy(name_at(0), ks_name(args, first));
	if (second != NULL)
		strcpy(name_at(1), ks_name(args, second));
	call->length = 3 * KSPEC_NAME_SIZE;
}

/* The task of the call has come back, or sleeps. */
static void answer_for(struct kspec_call *call, const char *task)
{
	module_call(call);
	if (!call->out[0])
		ks_parked(task, NULL);
	if (call->out[1])
		ks_errno((int)call->out[1]);
}

void sleeping_poll(const char *task)
{
	struct kspec_call call = {.op = KSPEC_TASK_POLL, .length = KSPEC_NAME_SIZE};

	memset(module_octets, 0, KSPEC_NAME_SIZE);
	strncpy(name_at(0), task, KSPEC_NAME_SIZE - 1);
	answer_for(&call, task);
}

static void post_signal(const struct ks_value *args)
{
	struct kspec_call call = {.op = KSPEC_TASK_SIGNAL};

	module_take_name(&call, args, "task");
	module_call(&call);
}

/* --- Semaphores --------------------------------------------------------------------------- */

static bool in_handler(const struct ks_value *args)
{
	return ks_has(args, "context") && ks_choice(args, "context", "process interrupt") == 1;
}

static void init(const struct ks_value *args)
{
	struct kspec_call call = {.op = KSPEC_SEMAPHORE_INIT};

	call.in[0] = ks_int(args, "count", 0, INT32_MAX);
	module_take_name(&call, args, "semaphore");
	module_call(&call);
}

static void take(const struct ks_value *args, bool interruptible)
{
	struct kspec_call call = {.op = KSPEC_SEMAPHORE_DOWN, .in = {interruptible}};

	if (in_handler(args)) {
		call.op = KSPEC_SEMAPHORE_DOWN_IN_HANDLER;
		module_take_name(&call, args, "semaphore");
		module_call(&call);
		return;
	}
	take_names(&call, args, "task", "semaphore");
	answer_for(&call, ks_name(args, "task"));
}

static void down(const struct ks_value *args)
{
	take(args, false);
}

static void down_interruptible(const struct ks_value *args)
{
	take(args, true);
}

static struct kspec_call call_semaphore(uint32_t op, const struct ks_value *args)
{
	struct kspec_call call = {.op = op};

	call.in[0] = in_handler(args);
	module_take_name(&call, args, "semaphore");
	module_call(&call);
	return call;
}

static void down_trylock(const struct ks_value *args)
{
	ks_put_int("result", call_semaphore(KSPEC_SEMAPHORE_TRYLOCK, args).out[0]);
}

static void up(const struct ks_value *args)
{
	call_semaphore(KSPEC_SEMAPHORE_UP, args);
}

static void count(const struct ks_value *args)
{
	ks_put_int("count", call_semaphore(KSPEC_SEMAPHORE_COUNT, args).out[0]);
}

/* --- Wait queues -------------------------------------------------------------------------- */

static bool flag(const struct ks_value *args, const char *name)
{
	return ks_has(args, name) && ks_bool(args, name);
}

static void wait_on(const struct ks_value *args)
{
	struct kspec_call call = {.op = KSPEC_QUEUE_WAIT};

	call.in[0] = flag(args, "interruptible");
	call.in[1] = flag(args, "exclusive");
	take_names(&call, args, "task", "queue");
	if (ks_has(args, "event"))
		strcpy(name_at(2), ks_name(args, "event"));
	answer_for(&call, ks_name(args, "task"));
}

static void wake_up(const struct ks_value *args)
{
	struct kspec_call call = {.op = KSPEC_QUEUE_WAKE};

	call.in[0] = flag(args, "all");
	module_take_name(&call, args, "queue");
	module_call(&call);
}

static void happen(const struct ks_value *args)
{
	struct kspec_call call = {.op = KSPEC_EVENT_HAPPEN};

	module_take_name(&call, args, "event");
	module_call(&call);
}

static void woken(const struct ks_value *args)
{
	struct kspec_call call = {.op = KSPEC_TASK_WOKEN};
	const struct kspec_heard *task = (const struct kspec_heard *)module_octets, *end;

	(void)args;
	module_call(&call);
	ks_open_array("tasks");
	for (end = task + call.length / sizeof *task; task < end; task++)
		ks_put_text(NULL, task->name);
	ks_close();
}

const struct ks_operation sleeping_operations[] = {
	{"semaphore.init", init, "semaphore count"},
	{"semaphore.down", down, "semaphore task context?"},
	{"semaphore.downInterruptible", down_interruptible, "semaphore task context?"},
	{"semaphore.downTrylock", down_trylock, "semaphore context?"},
	{"semaphore.up", up, "semaphore context?"},
	{"semaphore.count", count, "semaphore"},
	{"semaphore.signal", post_signal, "task"},
	{"wait-queue.wait", wait_on, "task queue event? interruptible? exclusive?"},
	{"wait-queue.wakeUp", wake_up, "queue all?"},
	{"wait-queue.happen", happen, "event"},
	{"wait-queue.signal", post_signal, "task"},
	{"wait-queue.woken", woken, ""},
	{NULL, NULL, NULL},
};

static struct kspec_call try_names(uint32_t op, const char *first, const char *second)
{
	struct kspec_call call = {.op = op, .length = 3 * KSPEC_NAME_SIZE};

	memset(module_octets, 0, 3 * KSPEC_NAME_SIZE);
	strcpy(name_at(0), first);
	strcpy(name_at(1), second);
	module_try(&call);
	return call;
}

bool semaphore_works(void)
{
	struct kspec_call call;

	try_names(KSPEC_SEMAPHORE_INIT, "self-test", "");
	call = try_names(KSPEC_SEMAPHORE_DOWN, "one", "self-test");
	if (call.status != KSPEC_DONE || call.out[0])
		return false;
	try_names(KSPEC_SEMAPHORE_UP, "self-test", "");
	return try_names(KSPEC_TASK_POLL, "one", "").out[0] == 1;
}

bool wait_queue_works(void)
{
	struct kspec_call call = try_names(KSPEC_QUEUE_WAIT, "two", "self-test");

	if (call.status != KSPEC_DONE || call.out[0])
		return false;
	try_names(KSPEC_QUEUE_WAKE, "self-test", "");
	return try_names(KSPEC_TASK_POLL, "two", "").out[0] == 1;
}
