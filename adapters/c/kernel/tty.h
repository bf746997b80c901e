/*
 * tty.h - terminals: the line discipline between a line and the tasks that read and write.
 *
 * A call that would sleep returns TTY_SLEEPS; whoever runs the tasks calls again when something has
 * happened. What a call has done so far is kept in its transfer.
 */
#ifndef TTY_H
#define TTY_H

#include "serial_line.h"

/* Flags and characters in the order in which the settings name them. */
enum tty_flag {
	ICANON = 1 << 0,
	ECHO = 1 << 1,
	ECHOE = 1 << 2,
	ECHOK = 1 << 3,
	ECHONL = 1 << 4,
	ISIG = 1 << 5,
	NOFLSH = 1 << 6,
	ICRNL = 1 << 7,
	INLCR = 1 << 8,
	IGNCR = 1 << 9,
	IXON = 1 << 10,
	OPOST = 1 << 11,
	ONLCR = 1 << 12
};

enum tty_character {
	VINTR,
	VQUIT,
	VSUSP,
	VERASE,
	VKILL,
	VEOF,
	VEOL,
	VSTART,
	VSTOP,
	CHARACTERS
};

struct termios {
	unsigned flags;
	int characters[CHARACTERS]; /* -1: none */
	unsigned vmin, vtime;
	uint32_t speed;
};

/* Where systems differ. */
struct tty_rules {
	unsigned input_limit;
	bool keeps_place_for_end;
	bool beeps;
	bool echoes_signals;
	bool suspend_keeps_output;
	bool mark_outlives_its_octets;
	bool interrupted_read_keeps_input;
	bool bsd_rates;
	enum { RAW_IS_TYPED, RAW_IS_LINE, RAW_IS_RETYPED } raw_input_becomes;
};

/* An octet of input; what ends a line is marked. */
struct tty_octet {
	uint8_t octet;
	enum { ORDINARY, ENDS_LINE, END_OF_FILE } kind;
};

#define INPUT_MAX 4096

/* A growing list of octets that an observer takes. */
struct tty_log {
	uint8_t *octets;
	size_t count, room;
};

enum tty_signal { TTY_SIGINT, TTY_SIGQUIT, TTY_SIGTSTP, TTY_SIGHUP };

struct tty {
	struct termios termios;
	const struct tty_rules *rules;
	struct tty_octet input[INPUT_MAX]; /* oldest first */
	unsigned held;     /* octets of input */
	unsigned complete; /* of these, the ones that belong to lines that were ended */
	unsigned column, line_column;
	struct serial_line line;
	const uint64_t *now_ms;
	unsigned changes; /* counts what a sleeping reader has to look at */
	bool hung_up;
	struct tty_log output, sent, signals;
};

enum { TTY_SLEEPS = -1000, TTY_RESTART = -1001 };

struct tty_transfer {
	struct tty *tty;
	uint8_t *octets;
	size_t length, done;
	bool nonblock, signalled;
	uint64_t begun_ms;
	unsigned changes;   /* those that a read has looked at */
	uint64_t until_ms;  /* when it gives up */
};

extern const struct termios tty_std_termios;

void tty_receive(struct tty *tty, const uint8_t *octets, size_t length);

/* Return 0, a negative errno, TTY_SLEEPS or TTY_RESTART. */
int tty_read(struct tty_transfer *transfer);
int tty_write(struct tty_transfer *transfer);

bool tty_is_rate(const struct tty *tty, uint32_t speed);
void tty_set(struct tty *tty, const struct termios *termios);
void tty_flush_input(struct tty *tty);
bool tty_readable(const struct tty *tty);
unsigned tty_available(const struct tty *tty);

/* Octets on their way to the line; for tty_input.c. */
bool tty_put_char(struct tty *tty, uint8_t octet);
bool tty_opost(struct tty *tty, uint8_t octet);
void tty_echo(struct tty *tty, uint8_t octet);
void tty_echo_erased(struct tty *tty, uint8_t erased);
void tty_hang_up(struct tty *tty);

void tty_log_add(struct tty_log *log, uint8_t octet);

#endif
