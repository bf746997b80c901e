/*
 * terminal.c - terminals by name, the calls on them, and virtual time.
 */
#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "../kernel/tty.h"
#include "ports.h"
#include "sleepers.h"
#include "terminal.h"

static const char flag_words[] = "ICANON ECHO ECHOE ECHOK ECHONL ISIG NOFLSH ICRNL INLCR IGNCR IXON "
				 "OPOST ONLCR";
static const char *const flag_names[] = {"ICANON", "ECHO",  "ECHOE", "ECHOK", "ECHONL",
					 "ISIG",   "NOFLSH", "ICRNL", "INLCR", "IGNCR",
					 "IXON",   "OPOST", "ONLCR"};
static const char *const character_names[CHARACTERS] = {"VINTR", "VQUIT", "VSUSP",
							"VERASE", "VKILL", "VEOF",
							"VEOL",  "VSTART", "VSTOP"};
static const char character_words[] = "VINTR VQUIT VSUSP VERASE VKILL VEOF VEOL VSTART VSTOP";

static const struct tty_rules linux_rules = {
	4096, true, true, false, false, false, false, false, RAW_IS_TYPED,
};
static const struct tty_rules linux_6_rules = {
	4096, true, false, true, false, false, false, false, RAW_IS_LINE,
};
static const struct tty_rules bsd_rules = {
	1024, false, true, true, true, true, true, true, RAW_IS_RETYPED,
};

struct terminal {
	struct tty tty;
	char name[KS_NAME_SIZE];
	struct terminal *next;
};

static struct terminal *terminals;
static const struct tty_rules *rules;
static uint64_t now_ms;

void terminal_reset(const char *profile)
{
	while (terminals != NULL) {
		struct terminal *next = terminals->next;

		free(terminals->tty.output.octets);
		free(terminals->tty.sent.octets);
		free(terminals->tty.signals.octets);
		free(terminals);
		terminals = next;
	}
	now_ms = 0;
	if (strcmp(profile, "bsd-4.4") == 0)
		rules = &bsd_rules;
	else
		rules = strcmp(profile, "linux-6") == 0 ? &linux_6_rules : &linux_rules;
}

uint64_t terminal_now_ms(void)
{
	return now_ms;
}

struct tty *terminal_named(const char *name)
{
	struct terminal *terminal;

	for (terminal = terminals; terminal != NULL; terminal = terminal->next)
		if (strcmp(terminal->name, name) == 0)
			return &terminal->tty;
	terminal = call_new(sizeof *terminal);
	snprintf(terminal->name, sizeof terminal->name, "%s", name);
	terminal->tty.rules = rules;
	terminal->tty.termios = tty_std_termios;
	terminal->tty.line.speed = tty_std_termios.speed;
	terminal->tty.now_ms = &now_ms;
	terminal->next = terminals;
	terminals = terminal;
	return &terminal->tty;
}

static struct tty *tty_arg(const struct ks_value *args)
{
	return terminal_named(ks_name(args, "tty"));
}

/* --- Settings ----------------------------------------------------------------------------- */

static int character_arg(const struct ks_value *characters, const char *name)
{
	return ks_is_null(characters, name) ? -1 : (int)ks_int(characters, name, 0, 255);
}

static struct termios settings_arg(const struct ks_value *args)
{
	const struct ks_value *settings =
		ks_object(args, "settings", "flags characters VMIN VTIME speed");
	const struct ks_value *characters = ks_object(settings, "characters", character_words);
	const struct ks_value *flags = ks_array(settings, "flags", 13), *flag;
	struct termios termios = {0};
	int which;

	for (flag = ks_first(flags); flag != NULL; flag = ks_next(flag))
		termios.flags |= 1U << ks_choice_item(flag, flag_words);
	for (which = 0; which < CHARACTERS; which++)
		termios.characters[which] = character_arg(characters, character_names[which]);
	termios.vmin = (unsigned)ks_int(settings, "VMIN", 0, 255);
	termios.vtime = (unsigned)ks_int(settings, "VTIME", 0, 255);
	termios.speed = ks_word32(settings, "speed");
	return termios;
}

void terminal_settings(const struct ks_value *args)
{
	const struct termios *termios = &tty_arg(args)->termios;
	size_t which;

	ks_open_array("flags");
	for (which = 0; which < sizeof flag_names / sizeof flag_names[0]; which++)
		if (termios->flags & 1U << which)
			ks_put_text(NULL, flag_names[which]);
	ks_close();
	ks_open_object("characters");
	for (which = 0; which < CHARACTERS; which++) {
		if (termios->characters[which] < 0)
			ks_put_null(character_names[which]);
		else
			ks_put_int(character_names[which], termios->characters[which]);
	}
	ks_close();
	ks_put_int("VMIN", termios->vmin);
	ks_put_int("VTIME", termios->vtime);
	ks_put_int("speed", termios->speed);
}

/* --- Calls that may sleep ----------------------------------------------------------------- */

struct tty_call {
	struct call call; /* first, so that the one is the other */
	struct tty_transfer transfer;
	struct termios termios; /* to set, after a wait for the output */
	bool drains, flushes;
};

static int attempt_read(struct call *call)
{
	struct tty_call *self = (struct tty_call *)call;

	self->transfer.signalled = call->signalled;
	return tty_read(&self->transfer);
}

static int attempt_write(struct call *call)
{
	struct tty_call *self = (struct tty_call *)call;

	self->transfer.signalled = call->signalled;
	return tty_write(&self->transfer);
}

static int attempt_drain(struct call *call)
{
	struct tty *tty = ((struct tty_call *)call)->transfer.tty;

	if (tty->line.count > 0)
		return call->signalled ? CALL_RESTART : CALL_SLEEPS;
	return tty->hung_up ? -EIO : 0;
}

static int attempt_set(struct call *call)
{
	struct tty_call *self = (struct tty_call *)call;
	int result = self->drains ? attempt_drain(call) : 0;

	if (result != 0)
		return result;
	if (self->flushes)
		tty_flush_input(self->transfer.tty);
	tty_set(self->transfer.tty, &self->termios);
	return 0;
}

static void answer_read(struct call *call)
{
	struct tty_transfer *transfer = &((struct tty_call *)call)->transfer;

	ks_put_octets("octets", transfer->octets, transfer->done);
}

static void answer_write(struct call *call)
{
	ks_put_int("length", (int64_t)((struct tty_call *)call)->transfer.done);
}

static void answer_nothing(struct call *call)
{
	(void)call;
}

static void release(struct call *call)
{
	free(((struct tty_call *)call)->transfer.octets);
}

static struct tty_call *tty_call_new(struct tty *tty, size_t length, bool nonblock)
{
	struct tty_call *self = call_new(sizeof *self);

	self->transfer.tty = tty;
	self->transfer.octets = call_new(length + 1);
	self->transfer.length = length;
	self->transfer.nonblock = nonblock;
	self->transfer.begun_ms = now_ms;
	self->call.answer = answer_nothing;
	self->call.release = release;
	return self;
}

static bool nonblock_arg(const struct ks_value *args)
{
	return ks_has(args, "nonblock") && ks_bool(args, "nonblock");
}

void terminal_read(const struct ks_value *args)
{
	size_t count = (size_t)ks_int(args, "count", 0, KS_MAX_OCTETS);
	bool nonblock = nonblock_arg(args);
	struct tty_call *self;

	ks_name(args, "task");
	self = tty_call_new(tty_arg(args), count, nonblock);
	self->call.attempt = attempt_read;
	self->call.answer = answer_read;
	call_begin(&self->call, args, "input");
}

void terminal_write(const struct ks_value *args)
{
	size_t length;
	const uint8_t *octets = ks_octets(args, "octets", &length);
	bool nonblock = nonblock_arg(args);
	struct tty_call *self;

	ks_name(args, "task");
	self = tty_call_new(tty_arg(args), length, nonblock);
	memcpy(self->transfer.octets, octets, length);
	self->call.attempt = attempt_write;
	self->call.answer = answer_write;
	call_begin(&self->call, args, "room for output");
}

void terminal_drain(const struct ks_value *args)
{
	struct tty_call *self;

	ks_name(args, "task");
	self = tty_call_new(tty_arg(args), 0, false);
	self->call.attempt = attempt_drain;
	call_begin(&self->call, args, "the output to leave");
}

void terminal_set(const struct ks_value *args)
{
	int when = ks_choice(args, "when", "TCSANOW TCSADRAIN TCSAFLUSH");
	struct termios termios = settings_arg(args);
	struct tty_call *self;
	struct tty *tty;

	ks_name(args, "task");
	tty = tty_arg(args);
	if (!tty_is_rate(tty, termios.speed))
		ks_errno(EINVAL);
	self = tty_call_new(tty, 0, false);
	self->termios = termios;
	self->drains = when > 0;
	self->flushes = when == 2;
	self->call.attempt = attempt_set;
	call_begin(&self->call, args, "the output to leave");
}

/* --- The keyboard, the screen, and time --------------------------------------------------- */

void terminal_receive(const struct ks_value *args)
{
	size_t length;
	const uint8_t *octets = ks_octets(args, "octets", &length);

	tty_receive(tty_arg(args), octets, length);
	calls_try();
}

static void put_log(struct tty_log *log)
{
	ks_put_octets("octets", log->octets, log->count);
	log->count = 0;
}

void terminal_output(const struct ks_value *args)
{
	put_log(&tty_arg(args)->output);
}

void terminal_sent(const struct ks_value *args)
{
	put_log(&tty_arg(args)->sent);
}

void terminal_signals(const struct ks_value *args)
{
	static const char *const names[] = {"SIGINT", "SIGQUIT", "SIGTSTP", "SIGHUP"};
	struct tty_log *signals = &tty_arg(args)->signals;
	size_t which;

	ks_open_array("signals");
	for (which = 0; which < signals->count; which++)
		ks_put_text(NULL, names[signals->octets[which]]);
	ks_close();
	signals->count = 0;
}

void terminal_ready(const struct ks_value *args)
{
	const struct tty *tty = tty_arg(args);

	ks_open_array("events");
	if (tty->hung_up || tty_readable(tty))
		ks_put_text(NULL, "IN");
	if (tty->hung_up || tty->line.count < WAKEUP_CHARS)
		ks_put_text(NULL, "OUT");
	if (tty->hung_up)
		ks_put_text(NULL, "HUP");
	ks_close();
	ks_put_int("available", tty_available(tty));
}

void terminal_advance(const struct ks_value *args)
{
	int64_t ms = ks_int(args, "ms", 0, 3600000);
	struct terminal *terminal;
	uint8_t octet;

	for (; ms > 0; ms--) {
		now_ms++;
		for (terminal = terminals; terminal != NULL; terminal = terminal->next)
			while (line_octet_left(&terminal->tty.line, now_ms, &octet))
				tty_log_add(&terminal->tty.sent, octet);
		calls_try();
	}
}
