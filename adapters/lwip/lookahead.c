/*
 * lookahead.c - see lookahead.h.
 *
 * Timers of lwIP tick, ten times a second and for ever, and nearly always nothing comes of it. What will come of
 * it, and when, only lwIP can tell: so the process makes a copy of itself, which goes on until something happens.
 */
#include "lookahead.h"

#include <errno.h>
#include <stdbool.h>
#include <sys/wait.h>
#include <unistd.h>

#include "fibers.h"
#include "frames.h"
#include "kernspec.h"
#include "calls.h"

/* Far enough that few copies are made, and near enough that none takes long. */
#define HORIZON (INT64_C(64000) * NS_PER_MS)

static unsigned long frames_before, calls_before;

static bool has_happened(void)
{
	return frames_kept() != frames_before || calls_back() != calls_before;
}

static int64_t look(int64_t horizon)
{
	frames_before = frames_kept();
	calls_before = calls_back();
	clock_advance_until(horizon, has_happened);
	return clock_now();
}

static void copy(int channel, int64_t horizon)
{
	int64_t seen = look(horizon);

	_exit(write(channel, &seen, sizeof seen) == sizeof seen ? 0 : 1);
}

static bool hear(int channel, int64_t *seen)
{
	ssize_t length;

	do
		length = read(channel, seen, sizeof *seen);
	while (length < 0 && errno == EINTR);
	return length == sizeof *seen;
}

int64_t lookahead(void)
{
	int64_t next = clock_next(), horizon = clock_now() + HORIZON, seen = 0;
	int channel[2];
	bool heard;
	pid_t child;

	if (next == NEVER || next > horizon)
		return next;
	if (pipe(channel) != 0 || (child = fork()) < 0)
		ks_fault("no copy of the process can be made");
	if (child == 0)
		copy(channel[1], horizon);
	close(channel[1]);
	heard = hear(channel[0], &seen);
	close(channel[0]);
	waitpid(child, NULL, 0);
	/* A copy that dies shows that its time will be the end of this process as well. */
	return heard ? seen : next;
}
