/*
 * serial_line.h - the sending side of an asynchronous serial line.
 */
#ifndef SERIAL_LINE_H
#define SERIAL_LINE_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#define XMIT_SIZE 4096
#define WAKEUP_CHARS 256

struct serial_line {
	uint8_t waiting[XMIT_SIZE]; /* a ring; the first of a running line is on its way */
	size_t first, count;
	uint32_t speed;     /* as it was set; 134 stands for 134.5 */
	bool stopped;
	bool running;       /* without a pause ... */
	uint64_t since_ms;  /* ... since then, */
	uint64_t octets;    /* and so many have left since */
};

/* Queues an octet. Says whether there was room. */
bool line_put(struct serial_line *line, uint8_t octet, uint64_t now_ms);

/* Takes an octet that has left by now. Says whether there is one. */
bool line_octet_left(struct serial_line *line, uint64_t now_ms, uint8_t *octet);

void line_stop(struct serial_line *line);
void line_start(struct serial_line *line, uint64_t now_ms);
void line_set_speed(struct serial_line *line, uint32_t speed, uint64_t now_ms);

/* Forgets what waits, but for an octet that is on its way. */
void line_discard(struct serial_line *line);

#endif
