/*
 * launcher.c - becomes the machine.
 *
 *	kernspec-linux-uml            the machine, whose line is standard input and output
 *	kernspec-linux-uml --check    says whether it can start
 *
 * The kernel is a program like any other: when it is killed, its processes are, and when nobody is at the other end
 * of its line any more, it ends.
 */
#include <errno.h>
#include <fcntl.h>
#include <libgen.h>
#include <limits.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/prctl.h>
#include <sys/resource.h>
#include <sys/wait.h>
#include <unistd.h>

#define KERNEL "./linux"

static char *const words[] = {
	"linux", "mem=64M", "initrd=initramfs", "time-travel=inf-cpu", "time-travel-start=0", "con=null",
	"con0=null", "ssl=null", "quiet", "loglevel=1", "panic=-1", "noreboot", NULL,
};

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

static void become_machine(void)
{
	static const struct rlimit no_core = {0, 0};
	static char *const environment[] = {"HOME=/", "PATH=/usr/bin:/bin", NULL};

	/* A machine whose suite was killed has nobody left to end it. */
	prctl(PR_SET_PDEATHSIG, SIGKILL);
	setrlimit(RLIMIT_CORE, &no_core);
	execve(KERNEL, words, environment);
	fail(KERNEL);
}

static void point(int descriptor, int file)
{
	if (dup2(file, descriptor) < 0)
		fail("dup2");
}

/* Nobody is at the other end, so the machine ends as soon as it has started. */
static int check(void)
{
	int nobody = open("/dev/null", O_RDWR | O_CLOEXEC), status = 1;
	pid_t child = fork();

	if (child < 0)
		fail("fork");
	if (child == 0) {
		point(STDIN_FILENO, nobody);
		point(STDOUT_FILENO, nobody);
		become_machine();
	}
	waitpid(child, &status, 0);
	if (WIFEXITED(status) && WEXITSTATUS(status) == 0)
		return 0;
	fprintf(stderr, "User-Mode Linux does not start; it needs to be allowed ptrace, and 64 MB "
			"of memory in /dev/shm that programs may be run from\n");
	return 1;
}

int main(int count, char **arguments)
{
	go_home();
	if (count == 2 && strcmp(arguments[1], "--check") == 0)
		return check();
	become_machine();
}
