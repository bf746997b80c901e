/*
 * tty_output.c - what is done to octets on their way to the line, echo among them.
 *
 * Source: Linux 2.6.11, drivers/char/n_tty.c, opost(), echo_char(), eraser(), write_chan().
 */
#include <errno.h>

#include "tty.h"

#define SPACE 0x20
#define TAB_WIDTH 8

static bool is_control(uint8_t octet)
{
	return octet < SPACE || octet == 0x7f;
}

bool tty_put_char(struct tty *tty, uint8_t octet)
{
	if (!line_put(&tty->line, octet, *tty->now_ms))
		return false;
	tty_log_add(&tty->output, octet);
	return true;
}

static unsigned column_behind(uint8_t octet, unsigned column)
{
	switch (octet) {
	case '\r':
		return 0;
	case '\t':
		return column - column % TAB_WIDTH + TAB_WIDTH;
	case '\b':
		return column > 0 ? column - 1 : 0;
	default:
		return is_control(octet) ? column : column + 1;
	}
}

bool tty_opost(struct tty *tty, uint8_t octet)
{
	if (!(tty->termios.flags & OPOST))
		return tty_put_char(tty, octet);
	if (octet == '\n' && tty->termios.flags & ONLCR) {
		if (tty->line.count + 2 > XMIT_SIZE)
			return false;
		tty_put_char(tty, '\r');
		tty->column = 0;
	}
	if (!tty_put_char(tty, octet))
		return false;
	tty->column = column_behind(octet, tty->column);
	return true;
}

void tty_echo(struct tty *tty, uint8_t octet)
{
	if (tty->held == tty->complete)
		tty->line_column = tty->column;
	tty_opost(tty, octet);
}

/* What is left of the line was typed before what was erased. */
void tty_echo_erased(struct tty *tty, uint8_t erased)
{
	unsigned column = tty->line_column, at;

	if (erased == '\t') {
		for (at = tty->complete; at < tty->held; at++)
			column = column_behind(tty->input[at].octet, column);
		for (; tty->column > column; tty->column--)
			tty_put_char(tty, '\b');
	} else if (!is_control(erased)) {
		tty_put_char(tty, '\b');
		tty_put_char(tty, ' ');
		tty_put_char(tty, '\b');
		if (tty->column > 0)
			tty->column--;
	}
}

int tty_write(struct tty_transfer *transfer)
{
	struct tty *tty = transfer->tty;

	if (tty->hung_up)
		return -EIO;
	while (transfer->done < transfer->length &&
	       tty_opost(tty, transfer->octets[transfer->done]))
		transfer->done++;
	if (transfer->done == transfer->length)
		return 0;
	if (transfer->nonblock)
		return transfer->done > 0 ? 0 : -EAGAIN;
	if (transfer->signalled)
		return transfer->done > 0 ? 0 : TTY_RESTART;
	return TTY_SLEEPS;
}
