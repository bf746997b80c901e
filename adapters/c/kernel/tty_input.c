/*
 * tty_input.c - what is done with each octet that arrives.
 *
 * An octet is first turned into another, then looked at as flow control, then as a signal, then, in cooked
 * mode, as a character that edits or ends the line. What is none of these is input.
 *
 * Source: Linux 2.6.11, drivers/char/n_tty.c, n_tty_receive_char(); 4.4BSD, kern/tty.c, ttyinput().
 */
#include <string.h>

#include "tty.h"

#define BEL 0x07

static bool is_character(const struct tty *tty, int octet, enum tty_character which)
{
	return tty->termios.characters[which] == octet;
}

static bool is_on(const struct tty *tty, unsigned flag)
{
	return (tty->termios.flags & flag) != 0;
}

/* Carriage return and newline as the settings have them; -1: ignored. */
static int translated(const struct tty *tty, uint8_t octet)
{
	if (octet == '\r') {
		if (is_on(tty, IGNCR))
			return -1;
		return is_on(tty, ICRNL) ? '\n' : '\r';
	}
	return octet == '\n' && is_on(tty, INLCR) ? '\r' : octet;
}

static bool controls_flow(struct tty *tty, int octet)
{
	if (!is_on(tty, IXON))
		return false;
	if (is_character(tty, octet, VSTART))
		line_start(&tty->line, *tty->now_ms);
	else if (is_character(tty, octet, VSTOP))
		line_stop(&tty->line);
	else
		return false;
	return true;
}

void tty_flush_input(struct tty *tty)
{
	tty->held = 0;
	tty->complete = 0;
}

static bool raises_signal(struct tty *tty, int octet)
{
	static const enum tty_character keys[] = {VINTR, VQUIT, VSUSP};
	enum tty_signal signal = TTY_SIGINT;

	if (!is_on(tty, ISIG))
		return false;
	while (!is_character(tty, octet, keys[signal]))
		if (++signal > TTY_SIGTSTP)
			return false;
	if (!is_on(tty, NOFLSH)) {
		tty_flush_input(tty);
		if (signal != TTY_SIGTSTP || !tty->rules->suspend_keeps_output)
			line_discard(&tty->line);
	}
	if (is_on(tty, ECHO) && tty->rules->echoes_signals)
		tty_echo(tty, (uint8_t)octet);
	tty_log_add(&tty->signals, (uint8_t)signal);
	tty->changes++;
	return true;
}

static void erase(struct tty *tty, uint8_t key)
{
	uint8_t erased;

	if (tty->held == tty->complete)
		return;
	erased = tty->input[--tty->held].octet;
	if (!is_on(tty, ECHO))
		return;
	if (is_on(tty, ECHOE))
		tty_echo_erased(tty, erased);
	else
		tty_opost(tty, key);
}

static void kill_line(struct tty *tty, uint8_t key)
{
	if (tty->held == tty->complete)
		return;
	tty->held = tty->complete;
	if (!is_on(tty, ECHO))
		return;
	tty_opost(tty, key);
	if (is_on(tty, ECHOK))
		tty_opost(tty, '\n');
}

static bool edits_line(struct tty *tty, int octet)
{
	if (is_character(tty, octet, VERASE))
		erase(tty, (uint8_t)octet);
	else if (is_character(tty, octet, VKILL))
		kill_line(tty, (uint8_t)octet);
	else
		return false;
	return true;
}

static bool has_room(const struct tty *tty)
{
	return tty->held < tty->rules->input_limit - (tty->rules->keeps_place_for_end ? 1 : 0);
}

static void keep(struct tty *tty, uint8_t octet, int kind)
{
	tty->input[tty->held].octet = octet;
	tty->input[tty->held++].kind = kind;
}

static bool ends_line(struct tty *tty, int octet)
{
	bool end_of_file = is_character(tty, octet, VEOF);

	if (octet != '\n' && !is_character(tty, octet, VEOL) && !end_of_file)
		return false;
	if (!tty->rules->keeps_place_for_end && !has_room(tty))
		return false;
	if (tty->held >= tty->rules->input_limit)
		return true;
	if (is_on(tty, ECHO) ? !end_of_file : octet == '\n' && is_on(tty, ECHONL))
		tty_echo(tty, (uint8_t)octet);
	keep(tty, end_of_file ? 0 : (uint8_t)octet, end_of_file ? END_OF_FILE : ENDS_LINE);
	tty->complete = tty->held;
	tty->changes++;
	return true;
}

static void receive_char(struct tty *tty, uint8_t arrived)
{
	int octet = translated(tty, arrived);

	if (octet < 0 || controls_flow(tty, octet) || raises_signal(tty, octet))
		return;
	if (is_on(tty, ICANON) && (edits_line(tty, octet) || ends_line(tty, octet)))
		return;
	if (!has_room(tty)) {
		if (is_on(tty, ECHO))
			tty_put_char(tty, tty->rules->beeps ? BEL : (uint8_t)octet);
		return;
	}
	if (is_on(tty, ECHO))
		tty_echo(tty, (uint8_t)octet);
	keep(tty, (uint8_t)octet, ORDINARY);
	if (!is_on(tty, ICANON))
		tty->changes++;
}

void tty_receive(struct tty *tty, const uint8_t *octets, size_t length)
{
	size_t at;

	for (at = 0; at < length && !tty->hung_up; at++)
		receive_char(tty, octets[at]);
}
