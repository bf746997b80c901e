/*
 * host.c - makes the network namespace, and gives up privileges for a moment. See host.h.
 */
#include "host.h"

#include <errno.h>
#include <fcntl.h>
#include <linux/capability.h>
#include <sched.h>
#include <signal.h>
#include <stdint.h>
#include <stdio.h>
#include <string.h>
#include <sys/prctl.h>
#include <sys/syscall.h>
#include <unistd.h>

#include "netlink.h"

#define TUN "/dev/net/tun"

static char complaint[256];

static const char *complain(const char *what, const char *remedy)
{
	snprintf(complaint, sizeof complaint, "%s (%s); %s", what, strerror(errno), remedy);
	return complaint;
}

static bool write_file(const char *path, const char *text)
{
	int file = open(path, O_WRONLY | O_CLOEXEC);
	ssize_t written;

	if (file < 0)
		return false;
	written = write(file, text, strlen(text));
	close(file);
	return written == (ssize_t)strlen(text);
}

bool sysctl_write(const char *name, const char *value)
{
	char path[160];

	snprintf(path, sizeof path, "/proc/sys/%s", name);
	return write_file(path, value);
}

bool sysctl_read(const char *name, char *value, size_t size)
{
	char path[160], *octet;
	ssize_t length;
	int file;

	snprintf(path, sizeof path, "/proc/sys/%s", name);
	file = open(path, O_RDONLY | O_CLOEXEC);
	if (file < 0)
		return false;
	length = read(file, value, size - 1);
	close(file);
	if (length < 0)
		return false;
	value[length] = '\0';
	value[strcspn(value, "\n")] = '\0';
	for (octet = value; *octet != '\0'; octet++)
		if (*octet == '\t')
			*octet = ' ';
	return true;
}

/* Whoever is not root is root of a user namespace of its own, where it may make a network. */
static bool become_root(void)
{
	char map[64];
	uid_t user = geteuid();
	gid_t group = getegid();

	if (unshare(CLONE_NEWUSER) != 0)
		return false;
	write_file("/proc/self/setgroups", "deny");
	snprintf(map, sizeof map, "0 %u 1", (unsigned int)user);
	if (!write_file("/proc/self/uid_map", map))
		return false;
	snprintf(map, sizeof map, "0 %u 1", (unsigned int)group);
	return write_file("/proc/self/gid_map", map);
}

static bool make_namespace(void)
{
	if (unshare(CLONE_NEWNET) == 0)
		return true;
	return errno == EPERM && become_root() && unshare(CLONE_NEWNET) == 0;
}

const char *host_set_up(void)
{
	/* Sleeps end as exactly as the kernel can. */
	prctl(PR_SET_TIMERSLACK, 1UL);
	tunables_pin();
	if (netlink_up("lo") != 0)
		return complain("the loopback interface cannot be brought up",
				"see whether the kernel has CONFIG_NET_NS");
	return NULL;
}

const char *host_boot(void)
{
	int tun;

	/* A host whose suite was killed has nobody left to end it. */
	prctl(PR_SET_PDEATHSIG, SIGKILL);
	if (!make_namespace())
		return complain("no network namespace can be made",
				"run it as root, or allow user namespaces: "
				"sysctl -w user.max_user_namespaces=15000");
	tun = open(TUN, O_RDWR | O_CLOEXEC);
	if (tun < 0)
		return complain(TUN " cannot be opened",
				errno == EACCES ? "run it as root, or: chmod a+rw " TUN
						: "as root: modprobe tun");
	close(tun);
	return host_set_up();
}

static struct __user_cap_data_struct kept[2];

static void set_effective(uint32_t low, uint32_t high)
{
	struct __user_cap_header_struct header = {_LINUX_CAPABILITY_VERSION_3, 0};
	struct __user_cap_data_struct data[2] = {kept[0], kept[1]};

	data[0].effective = low;
	data[1].effective = high;
	syscall(SYS_capset, &header, data);
}

void privileges_drop(void)
{
	struct __user_cap_header_struct header = {_LINUX_CAPABILITY_VERSION_3, 0};

	syscall(SYS_capget, &header, kept);
	set_effective(0, 0);
}

void privileges_restore(void)
{
	int before = errno;

	set_effective(kept[0].effective, kept[1].effective);
	errno = before;
}
