/*
 * main.c - the first process of a machine whose time is virtual: its kernel, offered to kernspec.
 *
 * Each machine is one host, from its boot to its end. What is offered by system calls is what adapters/linux
 * offers of the kernel of the machine that the suite runs on; here no clock but the suite's is looked at.
 */
#include "clock.h"
#include "host.h"
#include "inside.h"
#include "kernspec.h"
#include "machine.h"
#include "offer.h"
#include "ports.h"
#include "tasks.h"

#include <stdio.h>
#include <sys/utsname.h>

static struct findings findings;
static struct utsname kernel;

/* --- What is offered: by system calls, and of the inside ---------------------------------- */

static struct ks_capability capabilities[64];
static struct ks_operation operations[256];

static void gather(void)
{
	size_t which;

	for (which = 0; offered_capabilities[which].name != NULL; which++)
		capabilities[which] = offered_capabilities[which];
	for (which = 0; offered_operations[which].name != NULL; which++)
		operations[which] = offered_operations[which];
	inside_offer(capabilities);
	inside_add_operations(operations);
}

static void poll_either(const char *token)
{
	if (task_has(token))
		task_poll(token);
	else
		sleeping_poll(token);
}

/* The machine has just booted; the kernel chooses for itself, so the seed has no say. */
static void boot(const char *profile, uint32_t seed)
{
	(void)profile;
	(void)seed;
}

static void introduce(void)
{
	clock_put();
	ks_open_object("pinned");
	ks_put_text("kernel", kernel.version);
	ks_put_text("rcu", findings.rcu_waits ? "waits for readers" : "broken");
	ks_put_text("spin locks", findings.locks_count ? "count" : "come to nothing");
	tunables_put();
	ks_close();
}

static void give_up(const char *what)
{
	fprintf(stderr, "%s\n", what);
	machine_end();
}

int main(void)
{
	struct ks_adapter adapter = {
		.name = "linux-uml",
		.capabilities = capabilities,
		.operations = operations,
		.reset = boot,
		.profile = "linux-6",
		.poll = poll_either,
		.cannot_reset = true,
		.introduce = introduce,
	};
	const char *missing;

	findings = machine_boot();
	missing = host_set_up();
	if (missing == NULL)
		missing = inside_begin();
	if (missing != NULL)
		give_up(missing);
	gather();
	uname(&kernel);
	adapter.version = kernel.release;
	machine_make_midnight();
	clock_begin(findings.time_is_virtual ? machine_next_timer : NULL);
	ks_run(&adapter);
	machine_end();
	return 0;
}
