/*
 * skbuff.c - descriptors and blocks: allocation, references, clones and copies.
 *
 * Invariants: a block lives as long as a descriptor names it, a descriptor as long as it has
 * users. Only a block that is not cloned may be written to.
 *
 * Not here: destructors, routes and connection tracking, which a last reference also gives up.
 *
 * Source: Linux 2.6.11, net/core/skbuff.c and include/linux/skbuff.h.
 */
#include "skbuff.h"

#include <errno.h>
#include <stdlib.h>
#include <string.h>

#include "kernel.h"

/*
 * The largest piece that kmalloc gives is 128 KiB, and the kernel puts the shared info, 160 octets,
 * behind the block. The limit is the kernel's even though this block is laid out differently.
 */
#define MAX_BLOCK (131072 - 160)

/* Headroom that a driver's buffer has from the start, for whoever forwards the frame. */
#define DEV_HEADROOM 16

/* --- The cache of descriptors ---- */

/* A freed descriptor is not used again before the cache is destroyed: users of 0 gives it away. */
static struct sk_buff **descriptors;
static uint32_t descriptor_count, descriptor_room;

uint32_t skb_count(void)
{
	return descriptor_count;
}

struct sk_buff *skb_by_number(uint32_t number)
{
	return number >= 1 && number <= descriptor_count ? descriptors[number - 1] : NULL;
}

static bool make_room_for_descriptor(void)
{
	uint32_t room = 2 * descriptor_room + 16;
	struct sk_buff **bigger;

	if (descriptor_count < descriptor_room)
		return true;
	bigger = realloc(descriptors, room * sizeof *bigger);
	if (bigger == NULL)
		return false;
	descriptors = bigger;
	descriptor_room = room;
	return true;
}

static struct sk_buff *alloc_descriptor(void)
{
	struct sk_buff *skb;

	if (!make_room_for_descriptor())
		return NULL;
	skb = calloc(1, sizeof *skb);
	if (skb == NULL)
		return NULL;
	descriptors[descriptor_count++] = skb;
	skb->number = descriptor_count;
	skb->users = 1;
	skb->h = skb->mac = NO_HEADER;
	skb->nh = behaviour.network_header_is_offset ? 0 : NO_HEADER;
	return skb;
}

/* --- Blocks ---- */

struct skb_shared_info *skb_shinfo(const struct sk_buff *skb)
{
	return (struct skb_shared_info *)(void *)skb->head - 1;
}

/* A new block of zeros, or NULL. Positions are for the caller to set. */
static uint8_t *alloc_block(uint64_t size)
{
	struct skb_shared_info *shinfo;

	if (size > MAX_BLOCK)
		return NULL;
	shinfo = calloc(1, sizeof *shinfo + (size_t)size);
	if (shinfo == NULL)
		return NULL;
	shinfo->dataref = 1;
	return (uint8_t *)(shinfo + 1);
}

static void set_block(struct sk_buff *skb, uint8_t *head, uint32_t size)
{
	skb->head = head;
	skb->end = (int32_t)size;
	skb->truesize = size + (uint32_t)sizeof *skb;
}

static void put_page(struct page *page)
{
	if (--page->count == 0)
		free(page);
}

static bool release_block(struct sk_buff *skb)
{
	struct skb_shared_info *shinfo = skb_shinfo(skb);
	int which;

	skb->head = NULL;
	if (--shinfo->dataref > 0)
		return false;
	for (which = 0; which < shinfo->nr_frags; which++)
		put_page(shinfo->frags[which].page);
	free(shinfo);
	return true;
}

static void share_frags(struct skb_shared_info *to, const struct skb_shared_info *from)
{
	int which;

	to->nr_frags = from->nr_frags;
	for (which = 0; which < from->nr_frags; which++) {
		to->frags[which] = from->frags[which];
		to->frags[which].page->count++;
	}
}

/* --- Allocation ---- */

struct sk_buff *alloc_skb(uint32_t size)
{
	uint8_t *head = alloc_block(size);
	struct sk_buff *skb;

	if (head == NULL)
		return NULL;
	skb = alloc_descriptor();
	if (skb == NULL) {
		free((struct skb_shared_info *)(void *)head - 1);
		return NULL;
	}
	set_block(skb, head, size);
	return skb;
}

struct sk_buff *dev_alloc_skb(uint32_t size)
{
	struct sk_buff *skb = size <= MAX_BLOCK ? alloc_skb(size + DEV_HEADROOM) : NULL;

	if (skb != NULL)
		skb_reserve(skb, DEV_HEADROOM);
	return skb;
}

void skb_cache_destroy(void)
{
	uint32_t which;

	for (which = 0; which < descriptor_count; which++) {
		if (descriptors[which]->head != NULL)
			release_block(descriptors[which]);
		free(descriptors[which]);
	}
	free(descriptors);
	descriptors = NULL;
	descriptor_count = descriptor_room = 0;
}

/* --- References ---- */

bool skb_shared(const struct sk_buff *skb)
{
	return skb->users != 1;
}

/* The flag alone would not do: it stays when the other descriptors have gone. */
bool skb_cloned(const struct sk_buff *skb)
{
	return skb->cloned && skb_shinfo(skb)->dataref != 1;
}

void skb_get(struct sk_buff *skb)
{
	skb->users++;
}

bool kfree_skb(struct sk_buff *skb)
{
	BUG_ON(skb->users == 1 && skb->list != NULL, "kfree_skb: the buffer is still on a list");
	if (--skb->users > 0)
		return false;
	return release_block(skb);
}

/* --- Clones and copies ---- */

/* What a new descriptor takes over. Not the owner: a clone belongs to nobody yet. */
static void copy_fields(struct sk_buff *to, const struct sk_buff *from)
{
	to->h = from->h;
	to->nh = from->nh;
	to->mac = from->mac;
	to->stamp = from->stamp;
	to->dev = from->dev;
	to->input_dev = from->input_dev;
	to->real_dev = from->real_dev;
	to->csum = from->csum;
	to->ip_summed = from->ip_summed;
	to->pkt_type = from->pkt_type;
	to->priority = from->priority;
	to->protocol = from->protocol;
	to->security = from->security;
	memcpy(to->cb, from->cb, SKB_CB_SIZE);
}

struct sk_buff *skb_clone(struct sk_buff *skb)
{
	struct sk_buff *clone = alloc_descriptor();

	if (clone == NULL)
		return NULL;
	copy_fields(clone, skb);
	clone->head = skb->head;
	clone->data = skb->data;
	clone->tail = skb->tail;
	clone->end = skb->end;
	clone->len = skb->len;
	clone->data_len = skb->data_len;
	clone->truesize = skb->truesize;
	clone->cloned = skb->cloned = true;
	skb_shinfo(skb)->dataref++;
	return clone;
}

/*
 * Octets of the block from head to tail. An empty buffer may have its tail anywhere, see
 * skb_reserve(); contents that have left the block can be neither copied nor sent.
 */
static size_t octets_to_tail(const struct sk_buff *skb)
{
	BUG_ON(skb_headlen(skb) > 0 && !skb_has_octets(skb, skb->data, skb_headlen(skb)),
	       "the contents are not within head and end");
	if (skb->tail < 0)
		return 0;
	return (size_t)(skb->tail < skb->end ? skb->tail : skb->end);
}

/* The headroom is copied too: stripped headers are still of use to some. */
static struct sk_buff *copy_linear(struct sk_buff *skb, uint64_t size)
{
	size_t length = octets_to_tail(skb);
	struct sk_buff *copy;

	BUG_ON(skb->tail > skb->end, "skb_over_panic: the copy's tail passes its end");
	copy = size <= MAX_BLOCK ? alloc_skb((uint32_t)size) : NULL;
	if (copy == NULL)
		return NULL;
	memcpy(copy->head, skb->head, length);
	copy->data = skb->data;
	copy->tail = skb->tail;
	copy->len = skb_headlen(skb);
	copy_fields(copy, skb);
	return copy;
}

struct sk_buff *skb_copy(struct sk_buff *skb)
{
	struct sk_buff *copy = copy_linear(skb, (uint64_t)skb->end + skb->data_len);

	if (copy == NULL || skb->data_len == 0)
		return copy;
	BUG_ON(!skb_has_octets(copy, copy->tail, skb->data_len), "the tail is not within head and end");
	skb_copy_bits(skb, copy->len, copy->head + copy->tail, skb->data_len);
	copy->tail += (int32_t)skb->data_len;
	copy->len += skb->data_len;
	return copy;
}

struct sk_buff *pskb_copy(struct sk_buff *skb)
{
	struct sk_buff *copy = copy_linear(skb, (uint64_t)skb->end);

	if (copy == NULL)
		return NULL;
	share_frags(skb_shinfo(copy), skb_shinfo(skb));
	copy->data_len = skb->data_len;
	copy->len += skb->data_len;
	return copy;
}

struct sk_buff *skb_share_check(struct sk_buff *skb)
{
	struct sk_buff *own = skb;

	if (skb_shared(skb)) {
		own = skb_clone(skb);
		kfree_skb(skb);
	}
	return own;
}

struct sk_buff *skb_unshare(struct sk_buff *skb)
{
	struct sk_buff *own = skb;

	if (skb_cloned(skb)) {
		own = skb_copy(skb);
		kfree_skb(skb);
	}
	return own;
}

/* --- More room ---- */

static void move_header(int32_t *position, uint32_t headroom)
{
	if (*position != NO_HEADER)
		skb_move(position, headroom);
}

int pskb_expand_head(struct sk_buff *skb, uint32_t headroom, uint32_t tailroom)
{
	uint64_t size = (uint64_t)headroom + (uint64_t)skb->end + tailroom;
	size_t length = octets_to_tail(skb);
	uint8_t *head;

	BUG_ON(skb_shared(skb), "pskb_expand_head: the buffer is shared");
	head = alloc_block(size);
	if (head == NULL)
		return -ENOMEM;
	memcpy(head + headroom, skb->head, length);
	share_frags((struct skb_shared_info *)(void *)head - 1, skb_shinfo(skb));
	release_block(skb);
	set_block(skb, head, (uint32_t)size);
	skb->cloned = false; /* nobody else knows the new block */
	skb_move(&skb->data, headroom);
	skb_move(&skb->tail, headroom);
	move_header(&skb->h, headroom);
	move_header(&skb->nh, headroom);
	move_header(&skb->mac, headroom);
	return 0;
}

/* How much headroom is missing. */
static uint32_t missing_headroom(const struct sk_buff *skb, uint32_t headroom)
{
	int64_t missing = (int64_t)headroom - skb_headroom(skb);

	return missing > 0 ? (uint32_t)missing : 0;
}

int skb_cow(struct sk_buff *skb, uint32_t headroom)
{
	uint32_t missing = missing_headroom(skb, headroom);

	if (missing == 0 && !skb_cloned(skb))
		return 0;
	return pskb_expand_head(skb, missing, 0);
}

struct sk_buff *skb_realloc_headroom(struct sk_buff *skb, uint32_t headroom)
{
	uint32_t missing = missing_headroom(skb, headroom);
	struct sk_buff *copy = pskb_copy(skb);

	if (copy != NULL && missing > 0 && pskb_expand_head(copy, missing, 0) != 0) {
		kfree_skb(copy);
		copy = NULL;
	}
	return copy;
}
