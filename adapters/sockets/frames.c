/*
 * frames.c - see frames.h.
 */
#include "frames.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "kernspec.h"

/* Octets of frames in one answer, written as hex, that surely fit into a line. */
#define ANSWER_MAX (1536u * 1024)

struct frame {
	struct frame *next;
	const char *interface;
	int64_t at;
	size_t length;
	uint8_t octets[];
};

static struct frame *first, **last = &first;
static unsigned long kept;

void frame_keep(const char *interface, int64_t at, const uint8_t *octets, size_t length)
{
	struct frame *frame = malloc(sizeof *frame + length);

	if (frame == NULL)
		ks_fault("no memory for a frame");
	frame->next = NULL;
	frame->interface = interface;
	frame->at = at;
	frame->length = length;
	memcpy(frame->octets, octets, length);
	*last = frame;
	last = &frame->next;
	kept++;
}

unsigned long frames_kept(void)
{
	return kept;
}

void frames_put(void)
{
	size_t octets = 0;

	ks_open_array("frames");
	while (first != NULL && octets + first->length <= ANSWER_MAX) {
		struct frame *frame = first;

		ks_open_object(NULL);
		ks_put_text("interface", frame->interface);
		ks_put_int("at", frame->at);
		ks_put_octets("frame", frame->octets, frame->length);
		ks_close();
		octets += frame->length + 64;
		first = frame->next;
		free(frame);
	}
	if (first == NULL)
		last = &first;
	ks_close();
}

void mac_of(const struct ks_value *args, uint8_t *mac)
{
	const char *text = ks_text(args, "mac");
	unsigned int octets[6];
	int which, end = 0;

	if (sscanf(text, "%2x:%2x:%2x:%2x:%2x:%2x%n", &octets[0], &octets[1], &octets[2], &octets[3],
		   &octets[4], &octets[5], &end) != 6 ||
	    text[end] != '\0')
		ks_wrong(args, "mac", "not a link address");
	for (which = 0; which < 6; which++)
		mac[which] = (uint8_t)octets[which];
}
