// SPDX-License-Identifier: GPL-2.0
/*
 * symbol.c - where functions and data of the kernel are that it does not export.
 *
 * A probe finds one of them by its name, the one that finds all others. A kernel without probes has
 * none of this, and what needs it fails its test.
 */
#include <linux/kprobes.h>

#include "kernspec.h"

#ifdef CONFIG_KPROBES

typedef unsigned long lookup(const char *name);

static lookup *find_lookup(void)
{
	struct kprobe probe = {.symbol_name = "kallsyms_lookup_name"};
	lookup *found;

	if (register_kprobe(&probe) != 0)
		return NULL;
	found = (lookup *)probe.addr;
	unregister_kprobe(&probe);
	return found;
}

void *kspec_symbol(const char *name)
{
	static lookup *known;

	if (known == NULL)
		known = find_lookup();
	return known ? (void *)known(name) : NULL;
}

#else

void *kspec_symbol(const char *name)
{
	return NULL;
}

#endif

bool kspec_symbols(const struct kspec_wanted *wanted, size_t count)
{
	size_t which;

	for (which = 0; which < count; which++) {
		*wanted[which].where = kspec_symbol(wanted[which].name);
		if (*wanted[which].where == NULL)
			return false;
	}
	return true;
}
