/*
 * serial_line.c - octets leave one after the other, each ten bit times after the one before.
 *
 * As long as the line does not fall idle, times are reckoned from the beginning of the run, so that no
 * rounding adds up. Whoever stops the line does so between two octets.
 */
#include "serial_line.h"

#define BITS_PER_OCTET 10 /* a start bit, eight of data, a stop bit */

/* Half bits a second, since one rate is no whole number. */
static uint64_t half_bits(uint32_t speed)
{
	return speed == 134 ? 269 : 2 * (uint64_t)speed;
}

static void begin_run(struct serial_line *line, uint64_t now_ms)
{
	if (line->running || line->stopped || line->count == 0 || line->speed == 0)
		return;
	line->running = true;
	line->since_ms = now_ms;
	line->octets = 0;
}

bool line_put(struct serial_line *line, uint8_t octet, uint64_t now_ms)
{
	if (line->count == XMIT_SIZE)
		return false;
	line->waiting[(line->first + line->count++) % XMIT_SIZE] = octet;
	begin_run(line, now_ms);
	return true;
}

bool line_octet_left(struct serial_line *line, uint64_t now_ms, uint8_t *octet)
{
	if (!line->running || (now_ms - line->since_ms) * half_bits(line->speed) <
				      (line->octets + 1) * BITS_PER_OCTET * 2 * 1000)
		return false;
	*octet = line->waiting[line->first];
	line->first = (line->first + 1) % XMIT_SIZE;
	line->count--;
	line->octets++;
	line->running = line->count > 0 && !line->stopped;
	return true;
}

void line_stop(struct serial_line *line)
{
	line->stopped = true;
}

void line_start(struct serial_line *line, uint64_t now_ms)
{
	line->stopped = false;
	begin_run(line, now_ms);
}

void line_set_speed(struct serial_line *line, uint32_t speed, uint64_t now_ms)
{
	if (speed == line->speed)
		return;
	line->speed = speed;
	line->running = false;
	begin_run(line, now_ms);
}

void line_discard(struct serial_line *line)
{
	line->count = line->running ? 1 : 0;
}
