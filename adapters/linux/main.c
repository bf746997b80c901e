/*
 * main.c - the kernel that this program runs on, offered to kernspec.
 *
 * Everything happens in a network namespace of its own. Time is real, tasks are threads, interfaces are TAP
 * devices. Nothing is emulated: each call is the system call that it is named after.
 */
#include <stdio.h>
#include <string.h>
#include <sys/utsname.h>

#include "clock.h"
#include "host.h"
#include "kernspec.h"
#include "offer.h"
#include "tasks.h"

/* The host was made before anybody asked; the kernel chooses for itself, so the seed has no say. */
static void boot(const char *profile, uint32_t seed)
{
	(void)profile;
	(void)seed;
}

static void introduce(void)
{
	clock_put();
	ks_open_object("pinned");
	tunables_put();
	ks_close();
}

int main(int count, char **arguments)
{
	struct utsname kernel;
	const char *missing = host_boot();
	struct ks_adapter adapter = {
		.name = "linux",
		.capabilities = offered_capabilities,
		.operations = offered_operations,
		.reset = boot,
		.profile = "linux-6",
		.poll = task_poll,
		.cannot_reset = true,
		.introduce = introduce,
	};

	if (missing != NULL) {
		fprintf(stderr, "%s\n", missing);
		return 1;
	}
	if (count == 2 && strcmp(arguments[1], "--check") == 0)
		return 0;
	uname(&kernel);
	adapter.version = kernel.release;
	/* The kernel does not say when its next timer is due. */
	clock_begin(NULL);
	return ks_run(&adapter);
}
