/*
 * frames.h - frames that a host has sent and nobody has asked after, and how the contract writes links.
 */
#ifndef KERNSPEC_FRAMES_H
#define KERNSPEC_FRAMES_H

#include <stddef.h>
#include <stdint.h>

struct ks_value;

/* Keeps a frame. The interface's name must stay where it is; `at` is nanoseconds since boot. */
void frame_keep(const char *interface, int64_t at, const uint8_t *octets, size_t length);

/* How many have been kept since boot. */
unsigned long frames_kept(void);

/* Puts those that fit into one answer, and forgets them. */
void frames_put(void);

/* The link address that args names `mac`: six octets. */
void mac_of(const struct ks_value *args, uint8_t *mac);

#endif
