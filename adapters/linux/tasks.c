/*
 * tasks.c - tasks are threads, and calls that may sleep are made by them. See tasks.h.
 *
 * Whether a call sleeps is seen, not waited for: a thread that has entered its system call and that the kernel
 * shows as sleeping waits for something to happen. Whatever wakes it makes it runnable at once, before the
 * call that did so returns; so there is no moment at which a thread that is about to run looks asleep.
 */
#include "tasks.h"

#include <errno.h>
#include <fcntl.h>
#include <pthread.h>
#include <semaphore.h>
#include <signal.h>
#include <stdatomic.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/syscall.h>
#include <time.h>
#include <unistd.h>

#define TASKS_MAX 64
#define SIGNALS_MAX 1000

/* A handler of the first lets a system call fail with EINTR, one of the second lets it go on. */
#define INTERRUPTS SIGUSR1
#define RESTARTS SIGUSR2

struct task {
	char name[KS_NAME_SIZE];
	bool has_thread;
	pthread_t thread;
	sem_t work;
	_Atomic pid_t tid;
	struct call *call;    /* under way, or come back and not yet asked after */
	_Atomic bool entered; /* its system call */
	_Atomic bool back;    /* from it */
	char token[24];
	bool owns; /* a socket, so that its thread may get SIGURG at any time */
	_Atomic unsigned int signals; /* since it was asked after */
	_Atomic int raised[SIGNALS_MAX];
};

/* A call that has come back, and that nobody has asked after when its task made the next one. */
struct unasked {
	struct unasked *next;
	struct call *call;
	char token[24];
};

static struct task tasks[TASKS_MAX];
static struct unasked *all_unasked;
static int task_count;
static unsigned int tokens;
static struct call *answered; /* freed when the next one is */

/* Handlers that have run. */
static _Atomic unsigned int handled;

/* The task that this thread makes calls for. */
static _Thread_local struct task *self;

static void handle(int signal)
{
	(void)signal;
	atomic_fetch_add(&handled, 1);
}

static void note_signal(int signal)
{
	unsigned int place;

	if (self == NULL)
		return;
	place = atomic_fetch_add(&self->signals, 1);
	if (place < SIGNALS_MAX)
		atomic_store(&self->raised[place], signal);
}

static void install_handlers(void)
{
	struct sigaction action;

	memset(&action, 0, sizeof action);
	action.sa_handler = handle;
	sigaction(INTERRUPTS, &action, NULL);
	action.sa_flags = SA_RESTART;
	sigaction(RESTARTS, &action, NULL);
	action.sa_handler = note_signal;
	sigaction(SIGPIPE, &action, NULL);
	sigaction(SIGURG, &action, NULL);
}

static void *run(void *argument)
{
	struct task *task = argument;

	self = task;
	atomic_store(&task->tid, (pid_t)syscall(SYS_gettid));
	for (;;) {
		while (sem_wait(&task->work) != 0)
			continue;
		atomic_store(&task->entered, true);
		task->call->error = task->call->make(task->call);
		atomic_store(&task->back, true);
	}
	return NULL;
}

static struct task *find(const char *name)
{
	int which;

	for (which = 0; which < task_count; which++)
		if (strcmp(tasks[which].name, name) == 0)
			return &tasks[which];
	return NULL;
}

static struct task *task_named(const char *name)
{
	struct task *task = find(name);

	if (task != NULL)
		return task;
	if (task_count == TASKS_MAX)
		ks_fault("more than %d tasks", TASKS_MAX);
	if (task_count == 0)
		install_handlers();
	task = &tasks[task_count++];
	strcpy(task->name, name);
	return task;
}

/* A task whose calls have never slept needs no thread. */
static void need_thread(struct task *task)
{
	if (task->has_thread)
		return;
	sem_init(&task->work, 0, 0);
	if (pthread_create(&task->thread, NULL, run, task) != 0)
		ks_fault("no thread can be made for %s", task->name);
	task->has_thread = true;
}

/* --- Looking at threads ---------------------------------------------------------------------- */

/* Reads /proc/self/task/TID/NAME. */
static bool look(const struct task *task, const char *name, char *text, size_t size)
{
	char path[64];
	ssize_t length;
	int file;

	snprintf(path, sizeof path, "/proc/self/task/%d/%s", (int)atomic_load(&task->tid), name);
	file = open(path, O_RDONLY | O_CLOEXEC);
	if (file < 0)
		return false;
	length = read(file, text, size - 1);
	close(file);
	text[length < 0 ? 0 : length] = '\0';
	return length > 0;
}

/* The state stands behind the name, which is in brackets and may hold any. */
static bool is_asleep(const struct task *task)
{
	char text[512];
	const char *bracket;

	if (!look(task, "stat", text, sizeof text))
		return false;
	bracket = strrchr(text, ')');
	return bracket != NULL && bracket[1] == ' ' && bracket[2] == 'S';
}

static bool sleeps(const struct task *task)
{
	/* If it had come back before it was looked at, it slept for want of work. */
	return atomic_load(&task->entered) && is_asleep(task) && !atomic_load(&task->back);
}

/* Gives way, for longer when that was of no use. */
static void give_way(int round)
{
	static const struct timespec moment = {0, 50000};

	if (round < 50)
		sched_yield();
	else
		nanosleep(&moment, NULL);
}

static void settle(const struct task *task)
{
	int round;

	for (round = 0; !atomic_load(&task->back) && !sleeps(task); round++)
		give_way(round);
}

/* A signal wakes the thread before whoever sent it goes on: so if it sleeps, it has handled it. */
static void settle_signals(const struct task *task)
{
	int round;

	for (round = 0; !is_asleep(task); round++)
		give_way(round);
}

void tasks_settle(void)
{
	int which;

	for (which = 0; which < task_count; which++) {
		if (tasks[which].call != NULL)
			settle(&tasks[which]);
		if (tasks[which].owns)
			settle_signals(&tasks[which]);
	}
}

/* --- Calls ----------------------------------------------------------------------------------- */

static void finish(struct call *call)
{
	free(answered);
	answered = call;
	if (call->error != 0)
		ks_errno(call->error);
	call->answer(call);
}

static void answer(struct task *task)
{
	char where[128] = "";

	if (atomic_load(&task->back)) {
		struct call *call = task->call;

		task->call = NULL;
		finish(call);
		return;
	}
	if (!look(task, "wchan", where, sizeof where) || strcmp(where, "0") == 0)
		where[0] = '\0';
	ks_parked(task->token, where);
}

static void start(struct task *task, struct call *call)
{
	need_thread(task);
	snprintf(task->token, sizeof task->token, "call%u", ++tokens);
	atomic_store(&task->entered, false);
	atomic_store(&task->back, false);
	task->call = call;
	sem_post(&task->work);
	/* What it does may wake others. */
	tasks_settle();
}

static void keep_unasked(struct task *task)
{
	struct unasked *unasked = malloc(sizeof *unasked);

	if (unasked == NULL)
		ks_fault("no memory for a call");
	unasked->next = all_unasked;
	unasked->call = task->call;
	strcpy(unasked->token, task->token);
	all_unasked = unasked;
	task->call = NULL;
}

/* Takes the call of this token out; NULL if there is none. */
static struct call *take_unasked(const char *token)
{
	struct unasked **place = &all_unasked, *found;
	struct call *call;

	while (*place != NULL && strcmp((*place)->token, token) != 0)
		place = &(*place)->next;
	found = *place;
	if (found == NULL)
		return NULL;
	*place = found->next;
	call = found->call;
	free(found);
	return call;
}

void *call_new(size_t size, int (*make)(struct call *), void (*answer)(const struct call *))
{
	struct call *call = calloc(1, size);

	if (call == NULL)
		ks_fault("no memory for a call");
	call->make = make;
	call->answer = answer;
	return call;
}

void task_call(const struct ks_value *args, struct call *call, bool may_sleep)
{
	const char *name = ks_name(args, "task");
	struct task *task = task_named(name);

	if (task->call != NULL && !atomic_load(&task->back)) {
		free(call);
		ks_fault("args.task: %s is in a call already", name);
	}
	if (task->call != NULL)
		keep_unasked(task);
	if (may_sleep) {
		start(task, call);
		answer(task);
		return;
	}
	self = task;
	call->error = call->make(call);
	self = NULL;
	tasks_settle();
	finish(call);
}

void task_poll(const char *token)
{
	struct call *call;
	int which;

	tasks_settle();
	for (which = 0; which < task_count; which++)
		if (tasks[which].call != NULL && strcmp(tasks[which].token, token) == 0) {
			answer(&tasks[which]);
			return;
		}
	call = take_unasked(token);
	if (call == NULL)
		ks_fault("args.call: no such call");
	finish(call);
}

void task_interrupt(const struct ks_value *args)
{
	struct task *task = find(ks_name(args, "task"));
	int signal = ks_bool(args, "restart") ? RESTARTS : INTERRUPTS, round;
	unsigned int before = atomic_load(&handled);

	/* A task that is in no call handles its signal, and nothing is seen of it. */
	if (task == NULL || task->call == NULL || atomic_load(&task->back))
		return;
	syscall(SYS_tgkill, getpid(), atomic_load(&task->tid), signal);
	for (round = 0; atomic_load(&handled) == before; round++)
		give_way(round);
	tasks_settle();
}

/* A thread and no process gets the signal, so that it is known whose it is. */
void task_owns(const struct ks_value *args, int file)
{
	struct f_owner_ex owner = {F_OWNER_TID, 0};
	struct task *task;
	int round;

	if (fcntl(file, F_GETOWN_EX, &owner) != 0 || owner.pid != 0)
		return;
	task = task_named(ks_name(args, "task"));
	need_thread(task);
	for (round = 0; atomic_load(&task->tid) == 0; round++)
		give_way(round);
	owner.type = F_OWNER_TID;
	owner.pid = atomic_load(&task->tid);
	if (fcntl(file, F_SETOWN_EX, &owner) == 0)
		task->owns = true;
}

void task_signals(const struct ks_value *args)
{
	struct task *task = find(ks_name(args, "task"));
	unsigned int count, place;

	tasks_settle();
	count = task == NULL ? 0 : atomic_exchange(&task->signals, 0);
	ks_open_array("signals");
	for (place = 0; place < count && place < SIGNALS_MAX; place++)
		ks_put_text(NULL, atomic_load(&task->raised[place]) == SIGURG ? "SIGURG" : "SIGPIPE");
	ks_close();
}
