/*
 * machine.c - see machine.h.
 */
#include "machine.h"

#include <errno.h>
#include <fcntl.h>
#include <sched.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/ioctl.h>
#include <sys/mount.h>
#include <sys/reboot.h>
#include <sys/stat.h>
#include <sys/syscall.h>
#include <time.h>
#include <unistd.h>

#include "module/line.h"

/* How often others are let go first; and how often in all, since a task that never rests is not waited for. */
#define YIELDS_MAX 8
#define ROUNDS_MAX 1000

void machine_end(void)
{
	fflush(stdout);
	reboot(RB_POWER_OFF);
	exit(1);
}

static void give_up(const char *what)
{
	fprintf(stderr, "kernspec: %s: %s\n", what, strerror(errno));
	machine_end();
}

/* --- At rest ------------------------------------------------------------------------------ */

static int load_file;

/* How many tasks want to run, this one among them: "0.00 0.00 0.00 1/34 56". */
static int runnable(void)
{
	char text[64] = "";
	int count = 1;

	if (pread(load_file, text, sizeof text - 1, 0) > 0)
		sscanf(text, "%*s %*s %*s %d", &count);
	return count;
}

/*
 * The scheduler goes by time that tasks have had, and while time stands still that of this one does not grow: so who
 * has had more is not let go first. It has to sleep then, until nothing wants to run; which costs a microsecond.
 */
static void give_way(int round)
{
	static const struct timespec moment = {0, 1};

	if (round < YIELDS_MAX)
		sched_yield();
	else
		nanosleep(&moment, NULL);
}

/* While this process waits for the suite, nothing else in the machine goes on: so it is done before. */
static ssize_t read_at_rest(void *unused, char *to, size_t size)
{
	int round;

	(void)unused;
	for (round = 0; runnable() > 1 && round < ROUNDS_MAX; round++)
		give_way(round);
	return read(STDIN_FILENO, to, size);
}

static void wait_at_rest(void)
{
	static const cookie_io_functions_t functions = {.read = read_at_rest};

	load_file = open("/proc/loadavg", O_RDONLY | O_CLOEXEC);
	if (load_file < 0)
		give_up("/proc/loadavg");
	stdin = fopencookie(NULL, "r", functions);
}

void machine_make_midnight(void)
{
	static const struct timespec midnight = {10957 * INT64_C(86400), 0}; /* of the year 2000 */

	clock_settime(CLOCK_REALTIME, &midnight);
}

int64_t machine_next_timer(void)
{
	int64_t due = -1;

	ioctl(STDIN_FILENO, LINE_NEXT_TIMER, &due);
	return due;
}

/* --- Boot --------------------------------------------------------------------------------- */

static void make_mount(const char *type, const char *place)
{
	mkdir(place, 0755);
	if (mount(type, place, type, 0, NULL) != 0)
		give_up(place);
}

static void load(const char *file)
{
	int module = open(file, O_RDONLY | O_CLOEXEC);

	if (module < 0 || syscall(SYS_finit_module, module, "", 0) != 0)
		give_up(file);
	close(module);
}

/* Without a console no descriptor is taken, so each place is filled by its number. */
static void take(const char *device, int place)
{
	int file = open(device, O_RDWR | O_NOCTTY);

	if (file < 0)
		give_up(device);
	if (file == place)
		return;
	dup2(file, place);
	if (file > STDERR_FILENO)
		close(file);
}

struct findings machine_boot(void)
{
	uint32_t found = 0;

	make_mount("devtmpfs", "/dev");
	make_mount("proc", "/proc");
	load("/kernspec-line.ko");
	load("/kspec.ko");
	take(LINE_DEVICE, STDIN_FILENO);
	take(LINE_DEVICE, STDOUT_FILENO);
	take(LINE_LOG_DEVICE, STDERR_FILENO);
	if (ioctl(STDIN_FILENO, LINE_FINDINGS, &found) != 0)
		give_up(LINE_DEVICE);
	wait_at_rest();
	return (struct findings){
		.time_is_virtual = found & LINE_TIME_IS_VIRTUAL,
		.rcu_waits = found & LINE_RCU_WAITS,
		.locks_count = found & LINE_LOCKS_COUNT,
	};
}
