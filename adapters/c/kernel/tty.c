/*
 * tty.c - reading from a terminal, and setting it.
 *
 * Input is one list of octets, oldest first; in cooked mode a first part of it are lines that were ended,
 * each with a mark at its end, and the rest is the line that is being typed.
 *
 * Source: Linux 2.6.11, drivers/char/n_tty.c, read_chan(), n_tty_set_termios(); 4.4BSD, kern/tty.c, ttread().
 */
#include "tty.h"

#include <errno.h>
#include <stdlib.h>
#include <string.h>

#include "kernel.h"

#define TENTH_MS 100

const struct termios tty_std_termios = {
	ICANON | ECHO | ECHOE | ECHOK | ISIG | ICRNL | IXON | OPOST | ONLCR,
	{0x03, 0x1c, 0x1a, 0x7f, 0x15, 0x04, -1, 0x11, 0x13},
	1,
	0,
	38400,
};

void tty_log_add(struct tty_log *log, uint8_t octet)
{
	if (log->count == log->room) {
		log->room = 2 * log->room + 64;
		log->octets = realloc(log->octets, log->room);
		BUG_ON(log->octets == NULL, "out of memory");
	}
	log->octets[log->count++] = octet;
}

static bool is_cooked(const struct tty *tty)
{
	return (tty->termios.flags & ICANON) != 0;
}

unsigned tty_available(const struct tty *tty)
{
	unsigned at, available = 0;

	if (!is_cooked(tty))
		return tty->held;
	for (at = 0; at < tty->complete; at++)
		available += tty->input[at].kind != END_OF_FILE;
	return available;
}

bool tty_readable(const struct tty *tty)
{
	unsigned wanted = tty->termios.vtime > 0 || tty->termios.vmin == 0 ? 1 : tty->termios.vmin;

	if (is_cooked(tty))
		return tty->complete > 0;
	return tty->held >= wanted;
}

/* --- Reading ------------------------------------------------------------------------------ */

static void remove_first(struct tty *tty, unsigned count)
{
	tty->held -= count;
	tty->complete -= tty->complete < count ? tty->complete : count;
	memmove(tty->input, tty->input + count, tty->held * sizeof tty->input[0]);
}

/* At most a line when cooked; an end of file goes with the last octet before it. */
static void take(struct tty_transfer *transfer)
{
	struct tty *tty = transfer->tty;
	unsigned limit = is_cooked(tty) ? tty->complete : tty->held, at = 0;
	bool ended = false;

	while (at < limit && transfer->done < transfer->length && !ended) {
		const struct tty_octet *octet = &tty->input[at++];

		if (octet->kind != END_OF_FILE || !is_cooked(tty))
			transfer->octets[transfer->done++] = octet->octet;
		ended = is_cooked(tty) && octet->kind != ORDINARY;
	}
	if (!ended && at < limit && is_cooked(tty) && tty->input[at].kind == END_OF_FILE &&
	    !tty->rules->mark_outlives_its_octets)
		at++;
	remove_first(tty, at);
}

static bool is_enough(const struct tty_transfer *transfer)
{
	const struct tty *tty = transfer->tty;
	unsigned vmin = tty->termios.vmin;

	if (is_cooked(tty))
		return tty->complete > 0;
	if (vmin == 0)
		return tty->termios.vtime == 0 || tty->held > 0;
	return tty->held >= vmin || tty->held >= transfer->length;
}

/* When a read that has not enough gives up. */
static uint64_t patience_ends(const struct tty_transfer *transfer)
{
	const struct tty *tty = transfer->tty;
	const struct termios *termios = &tty->termios;

	if (is_cooked(tty) || termios->vtime == 0 || (termios->vmin > 0 && tty->held == 0))
		return UINT64_MAX;
	return (termios->vmin == 0 ? transfer->begun_ms : *tty->now_ms) +
	       (uint64_t)termios->vtime * TENTH_MS;
}

int tty_read(struct tty_transfer *transfer)
{
	struct tty *tty = transfer->tty;
	bool some = tty_available(tty) > 0;

	if (transfer->length == 0 || tty->hung_up)
		return 0;
	if (!is_enough(transfer)) {
		if (transfer->nonblock && !some)
			return -EAGAIN;
		if (transfer->signalled && (!some || tty->rules->interrupted_read_keeps_input))
			return TTY_RESTART;
		if (transfer->changes != tty->changes + 1) {
			transfer->changes = tty->changes + 1;
			transfer->until_ms = patience_ends(transfer);
		}
		if (!transfer->nonblock && !transfer->signalled &&
		    *tty->now_ms < transfer->until_ms)
			return TTY_SLEEPS;
	}
	take(transfer);
	return 0;
}

/* --- Setting ------------------------------------------------------------------------------ */

static const uint32_t common_rates[] = {0,   50,  75,   110,  134,  150,  200,  300,
					600, 1200, 1800, 2400, 4800, 9600, 19200, 38400};
static const uint32_t linux_rates[] = {57600,   115200,  230400,  460800,  500000,
				       576000,  921600,  1000000, 1152000, 1500000,
				       2000000, 2500000, 3000000, 3500000, 4000000};
static const uint32_t bsd_rates[] = {7200, 14400, 28800, 57600, 76800, 115200, 230400};

#define COUNT(array) (sizeof(array) / sizeof(array)[0])

static bool is_among(uint32_t speed, const uint32_t *rates, size_t count)
{
	while (count-- > 0)
		if (rates[count] == speed)
			return true;
	return false;
}

bool tty_is_rate(const struct tty *tty, uint32_t speed)
{
	return is_among(speed, common_rates, COUNT(common_rates)) ||
	       (tty->rules->bsd_rates ? is_among(speed, bsd_rates, COUNT(bsd_rates))
				      : is_among(speed, linux_rates, COUNT(linux_rates)));
}

void tty_hang_up(struct tty *tty)
{
	if (tty->hung_up)
		return;
	tty->hung_up = true;
	tty_flush_input(tty);
	tty->line.running = false;
	line_discard(&tty->line);
	tty_log_add(&tty->signals, TTY_SIGHUP);
}

static void retype(struct tty *tty)
{
	unsigned held = tty->held, at;
	uint8_t typed[INPUT_MAX];

	for (at = 0; at < held; at++)
		typed[at] = tty->input[at].octet;
	tty_flush_input(tty);
	tty_receive(tty, typed, held);
}

static void change_mode(struct tty *tty)
{
	unsigned at;

	tty->complete = 0;
	if (!is_cooked(tty)) {
		for (at = 0; at < tty->held; at++)
			tty->input[at].kind = ORDINARY;
	} else if (tty->rules->raw_input_becomes == RAW_IS_RETYPED) {
		retype(tty);
	} else if (tty->rules->raw_input_becomes == RAW_IS_LINE && tty->held > 0) {
		tty->input[tty->held - 1].kind = ENDS_LINE;
		tty->complete = tty->held;
	}
}

void tty_set(struct tty *tty, const struct termios *termios)
{
	bool was_cooked = is_cooked(tty);

	tty->termios = *termios;
	if (is_cooked(tty) != was_cooked)
		change_mode(tty);
	line_set_speed(&tty->line, termios->speed, *tty->now_ms);
	/* Nobody could start again what is stopped. */
	if (!(termios->flags & IXON))
		line_start(&tty->line, *tty->now_ms);
	if (termios->speed == 0)
		tty_hang_up(tty);
	else
		tty->hung_up = false;
	tty->changes++;
}
