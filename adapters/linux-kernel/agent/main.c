/*
 * main.c - the first process of a machine that offers its kernel: what it offers, and where each
 * operation is answered.
 *
 * It loads the modules that lie beside it, makes a serial port its standard input and output, asks
 * the kernel for some known answers, and offers what gives them. When nobody is at the other end any
 * more, the machine ends.
 */
#include "module.h"
#include "ports.h"

#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <sys/io.h>
#include <sys/mount.h>
#include <sys/reboot.h>
#include <sys/stat.h>
#include <sys/syscall.h>
#include <sys/utsname.h>
#include <unistd.h>

#define PORT "/dev/vport0p1"
#define EXIT_PORT 0xf4 /* of QEMU's isa-debug-exit */

/* --- The machine -------------------------------------------------------------------------- */

/* There is nobody to tell but the console. */
static void give_up(const char *what, const char *why)
{
	fprintf(stderr, "kernspec: %s: %s\n", what, why);
	sleep(1);
	reboot(RB_POWER_OFF);
	exit(1);
}

static void load(const char *file)
{
	int module = open(file, O_RDONLY | O_CLOEXEC);

	if (module < 0 || syscall(SYS_finit_module, module, "", 0) != 0)
		give_up(file, "cannot be loaded");
	close(module);
}

/* /modules names them, one a line, in the order in which they need each other. */
static void load_modules(void)
{
	FILE *list = fopen("/modules", "r");
	char file[256];

	if (list == NULL)
		give_up("/modules", "is not there");
	while (fscanf(list, "%255s", file) == 1)
		load(file);
	fclose(list);
}

/*
 * A second serial port leads to the log of whoever started the machine. It takes all three places, since
 * without a console none of them is taken, and a device that is opened must not get one.
 */
static void take_log(void)
{
	int log = open("/dev/ttyS0", O_RDWR | O_NOCTTY), file;

	for (file = STDIN_FILENO; log >= 0 && file <= STDERR_FILENO; file++)
		dup2(log, file);
}

static void take_port(void)
{
	int port = -1, attempt;

	for (attempt = 0; attempt < 5000 && port < 0; attempt++) {
		port = open(PORT, O_RDWR);
		if (port < 0)
			usleep(1000);
	}
	if (port < 0)
		give_up(PORT, "is not there");
	dup2(port, STDIN_FILENO);
	dup2(port, STDOUT_FILENO);
	close(port);
}

static void boot_machine(void)
{
	const char *missing;

	mkdir("/dev", 0755);
	mount("devtmpfs", "/dev", "devtmpfs", 0, NULL);
	take_log();
	load_modules();
	missing = module_open();
	if (missing != NULL)
		give_up(KSPEC_DEVICE, missing);
	take_port();
}

static void end_machine(void)
{
	if (iopl(3) == 0)
		outb(0, EXIT_PORT);
	reboot(RB_POWER_OFF);
}

/* --- What it offers ----------------------------------------------------------------------- */

/* Each with the question whose answer says whether it is offered. */
static const struct {
	struct ks_capability capability;
	bool (*works)(void);
} candidates[] = {
	{{"checksum", 1}, checksum_works},       {{"csum", 1}, csum_works},
	{{"notifier-chain", 1}, chain_works},    {{"sk-buff", 1}, skb_works},
	{{"sk-buff-headers", 1}, skb_works},     {{"sk-buff-sharing", 1}, sharing_works},
	{{"sk-buff-paged", 1}, sharing_works},   {{"sk-buff-queue", 1}, queue_works},
	{{"semaphore", 1}, semaphore_works},     {{"wait-queue", 1}, wait_queue_works},
	{{"jiffies", 1}, jiffies_works},         {{"timer-wheel", 1}, timer_works},
	{{"softirq", 1}, softirq_works},         {{"tasklet", 1}, softirq_works},
	{{"spin-lock", 1}, spin_works},           {{"transport-checksum", 1}, transport_works},
	{{"rcu", 1}, rcu_works},
};

#define CANDIDATES (sizeof candidates / sizeof candidates[0])

static struct ks_capability capabilities[CANDIDATES + 1];

static void forget(const char *profile, uint32_t seed)
{
	struct kspec_call call = {.op = KSPEC_RESET};

	(void)profile;
	(void)seed;
	module_try(&call);
}

static void choose_capabilities(void)
{
	size_t which, offered = 0;

	for (which = 0; which < CANDIDATES; which++)
		if (candidates[which].works())
			capabilities[offered++] = candidates[which].capability;
		else
			fprintf(stderr, "kernspec: %s is not offered: the kernel fails its test\n",
				candidates[which].capability.name);
	forget(NULL, 0);
}

static const struct ks_operation *const ports[] = {
	checksum_operations, chain_operations,   skb_operations,
	headers_operations,  sharing_operations, queue_operations,
	sleeping_operations, timer_operations,   softirq_operations,
	spin_operations,     transport_operations, rcu_operations,
};

static struct ks_operation operations[128];

static void gather_operations(void)
{
	const struct ks_operation *operation;
	size_t which, count = 0;

	for (which = 0; which < sizeof ports / sizeof ports[0]; which++)
		for (operation = ports[which]; operation->name != NULL; operation++)
			operations[count++] = *operation;
}

static struct utsname kernel;

static void introduce(void)
{
	char processors[16];

	snprintf(processors, sizeof processors, "%ld", sysconf(_SC_NPROCESSORS_ONLN));
	ks_open_object("pinned");
	ks_put_text("kernel", kernel.version);
	ks_put_text("processors", processors);
	ks_close();
}

int main(void)
{
	struct ks_adapter adapter = {
		.name = "linux-kernel",
		.capabilities = capabilities,
		.operations = operations,
		.reset = forget,
		.profile = "linux-6",
		.poll = sleeping_poll,
		.introduce = introduce,
	};

	boot_machine();
	forget(NULL, 0);
	uname(&kernel);
	adapter.version = kernel.release;
	choose_capabilities();
	gather_operations();
	ks_run(&adapter);
	end_machine();
	return 0;
}
