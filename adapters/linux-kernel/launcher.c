/*
 * launcher.c - starts the machine and sees to it that it ends.
 *
 *	kernspec-linux-kernel              restores the machine as it was after its start
 *	kernspec-linux-kernel --check      says whether it can
 *	kernspec-linux-kernel --snapshot   starts it and keeps it in the file `state`
 *
 * The machine has this program's standard input and output as its serial port. When the other end of
 * these is closed, the agent in the machine ends it; should it not, it is killed.
 */
#include <errno.h>
#include <fcntl.h>
#include <libgen.h>
#include <limits.h>
#include <poll.h>
#include <signal.h>
#include <stdbool.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/prctl.h>
#include <sys/socket.h>
#include <sys/wait.h>
#include <unistd.h>

#define QEMU "qemu-system-x86_64"

/* How long the machine may take to start, in ms; and to end when nobody listens any more. */
#define START_MS 120000
#define END_MS 1000

/* KVM is not asked for: a processor that has it need not be able to run this kernel by it. */
static const char *const machine[] = {
	QEMU, "-accel", "tcg,thread=multi", "-cpu", "max", "-smp", "2", "-m", "96",
	"-display", "none", "-nodefaults", "-no-reboot", "-no-user-config",
	"-kernel", "vmlinuz", "-initrd", "initramfs",
	"-append", "console=null quiet panic=-1 nokaslr mitigations=off tsc=reliable "
		   "no_timer_check oops_limit=0 rcupdate.rcu_cpu_stall_suppress=1",
	"-device", "isa-debug-exit,iobase=0xf4,iosize=4",
	"-device", "virtio-serial-pci", "-device", "virtserialport,chardev=agent",
	"-chardev", "stdio,id=agent,signal=off",
	"-serial", "chardev:log",
};

#define MACHINE_WORDS (sizeof machine / sizeof machine[0])

static void fail(const char *what)
{
	fprintf(stderr, "%s: %s\n", what, strerror(errno));
	exit(1);
}

/* The files of the machine lie beside the program. */
static void go_home(void)
{
	static char program[PATH_MAX];

	if (readlink("/proc/self/exe", program, sizeof program - 1) < 0 ||
	    chdir(dirname(program)) != 0)
		fail("the folder of the program");
}

static void make_pipe(int ends[2])
{
	if (pipe(ends) != 0)
		fail("pipe");
	fcntl(ends[0], F_SETFD, FD_CLOEXEC);
}

static int said; /* what the machine says to people, as it goes to standard error */

/* QEMU takes a file by name only, and standard error need not have one: so it gets a pipe. */
static void exec_machine(int log, const char *const *more)
{
	const char *words[MACHINE_WORDS + 10];
	char chardev[64];
	size_t count = MACHINE_WORDS;

	prctl(PR_SET_PDEATHSIG, SIGKILL);
	snprintf(chardev, sizeof chardev, "file,id=log,path=/proc/self/fd/%d", log);
	memcpy(words, machine, sizeof machine);
	words[count++] = "-chardev";
	words[count++] = chardev;
	while (*more != NULL)
		words[count++] = *more++;
	words[count] = NULL;
	execvp(QEMU, (char *const *)words);
	fail(QEMU);
}

/* Starts QEMU with these words more, of which the last is NULL. */
static pid_t start_machine(const char *const *more)
{
	int log[2];
	pid_t child;

	make_pipe(log);
	child = fork();
	if (child < 0)
		fail("fork");
	if (child == 0)
		exec_machine(log[1], more);
	close(log[1]);
	said = log[0];
	fcntl(said, F_SETFL, O_NONBLOCK);
	return child;
}

/* Returns whether there may be more. */
static bool pass_on_what_is_said(void)
{
	char text[4096];
	ssize_t length = read(said, text, sizeof text);

	return length > 0 && write(STDERR_FILENO, text, (size_t)length) == length;
}

/* --- A run -------------------------------------------------------------------------------- */

static volatile sig_atomic_t ended;

static void note_end(int signal)
{
	(void)signal;
	ended = 1;
}

static void wait_for_hangup(void)
{
	/* Of the input only whether its other end is there: what comes is for the machine. */
	struct pollfd ends[] = {{.fd = STDIN_FILENO}, {.fd = said, .events = POLLIN}};

	while (!ended && !(ends[0].revents & (POLLHUP | POLLERR))) {
		if (poll(ends, 2, 1000) < 0 && errno != EINTR)
			return;
		if (!pass_on_what_is_said() && ends[1].revents & POLLHUP)
			ends[1].fd = -1;
	}
}

static int run(void)
{
	static const char *const restore[] = {"-incoming", "exec:cat state", NULL};
	struct sigaction action = {.sa_handler = note_end};
	sigset_t child_signal, before;
	struct timespec patience = {END_MS / 1000, END_MS % 1000 * 1000000L};
	pid_t child;
	int status;

	sigaction(SIGCHLD, &action, NULL);
	child = start_machine(restore);
	wait_for_hangup();
	sigemptyset(&child_signal);
	sigaddset(&child_signal, SIGCHLD);
	sigprocmask(SIG_BLOCK, &child_signal, &before);
	if (!ended && sigtimedwait(&child_signal, NULL, &patience) < 0)
		kill(child, SIGKILL);
	waitpid(child, &status, 0);
	while (pass_on_what_is_said())
		continue;
	/* isa-debug-exit ends with 1 where the agent has said 0; anything else was no end of its own. */
	return WIFEXITED(status) && WEXITSTATUS(status) == 1 ? 0 : 1;
}

/* --- The snapshot ------------------------------------------------------------------------- */

/* Waits for a line that has this text in it. */
static void expect(int from, const char *text)
{
	struct pollfd answer = {.fd = from, .events = POLLIN};
	static char heard[65536];
	size_t length = 0;

	while (strstr(heard, text) == NULL) {
		ssize_t got;

		if (poll(&answer, 1, START_MS) <= 0)
			got = 0;
		else
			got = read(from, heard + length, sizeof heard - 1 - length);
		if (got <= 0) {
			fprintf(stderr, "the machine does not start; it answers: %s\n", heard);
			while (pass_on_what_is_said())
				continue;
			exit(1);
		}
		length += (size_t)got;
		heard[length] = '\0';
	}
}

static void say(int to, const char *text)
{
	if (write(to, text, strlen(text)) != (ssize_t)strlen(text))
		fail("write to the machine");
}

static int take_snapshot(void)
{
	static const char ready[] = "{\"id\":1,\"op\":\"kernspec.ready\",\"args\":{}}\n";
	char monitor[64];
	const char *const more[] = {"-chardev", monitor, "-mon", "chardev=monitor", NULL};
	int to[2], from[2], control[2], status;
	pid_t child;

	make_pipe(to);
	make_pipe(from);
	if (socketpair(AF_UNIX, SOCK_STREAM, 0, control) != 0)
		fail("socketpair");
	fcntl(control[0], F_SETFD, FD_CLOEXEC);
	snprintf(monitor, sizeof monitor, "socket,id=monitor,fd=%d", control[1]);
	dup2(to[0], STDIN_FILENO);
	dup2(from[1], STDOUT_FILENO);
	close(from[1]);
	child = start_machine(more);
	close(STDOUT_FILENO);
	close(control[1]);
	say(to[1], ready);
	expect(from[0], "unsupported");
	say(control[0], "migrate \"exec:cat > state\"\nquit\n");
	waitpid(child, &status, 0);
	while (pass_on_what_is_said())
		continue;
	return WIFEXITED(status) ? WEXITSTATUS(status) : 1;
}

static int check(void)
{
	if (access("state", R_OK) != 0)
		fail("the snapshot of the machine");
	return system(QEMU " --version > /dev/null") == 0 ? 0 : 1;
}

int main(int count, char **arguments)
{
	const char *wish = count == 2 ? arguments[1] : "";

	go_home();
	if (strcmp(wish, "--check") == 0)
		return check();
	if (strcmp(wish, "--snapshot") == 0)
		return take_snapshot();
	return run();
}
