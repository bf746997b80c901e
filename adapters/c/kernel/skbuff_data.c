/*
 * skbuff_data.c - the contents: the pointers move, and page fragments continue the linear block.
 *
 * Invariant: head <= data <= tail <= end and tail - data = len - data_len, as long as nobody has
 * reserved more than there is. skb_reserve() checks nothing; the next skb_put() notices.
 *
 * The kernel moves the pointers before it notices that they have passed the bounds, and panics.
 * Here the check comes first, so that whoever catches the panic finds the buffer as it was.
 *
 * Source: Linux 2.6.11, net/core/skbuff.c and include/linux/skbuff.h.
 */
#include "skbuff.h"

#include <errno.h>
#include <stdlib.h>
#include <string.h>

#include "kernel.h"

/* More room than asked for when a linear part grows: the next layer will pull, too. */
#define PULL_SPARE 128

uint32_t skb_headlen(const struct sk_buff *skb)
{
	return skb->len - skb->data_len;
}

int32_t skb_headroom(const struct sk_buff *skb)
{
	return skb->data;
}

/* Behind page fragments nothing can be added to the linear block. */
int32_t skb_tailroom(const struct sk_buff *skb)
{
	return skb->data_len > 0 ? 0 : (int32_t)((uint32_t)skb->end - (uint32_t)skb->tail);
}

bool skb_has_octets(const struct sk_buff *skb, int64_t from, int64_t length)
{
	return from >= 0 && length >= 0 && from + length <= skb->end;
}

void skb_move(int32_t *position, uint32_t length)
{
	*position = (int32_t)((uint32_t)*position + length);
}

void skb_reserve(struct sk_buff *skb, uint32_t length)
{
	skb_move(&skb->data, length);
	skb_move(&skb->tail, length);
}

int32_t skb_put(struct sk_buff *skb, uint32_t length)
{
	int32_t at = skb->tail;

	BUG_ON(skb->data_len > 0, "skb_put: the buffer has page fragments");
	BUG_ON((int64_t)at + length > skb->end, "skb_over_panic: the tail passes the end");
	BUG_ON(at < 0, "skb_put: the tail is before the head");
	skb->tail += (int32_t)length;
	skb->len += length;
	return at;
}

int32_t skb_push(struct sk_buff *skb, uint32_t length)
{
	int64_t at = (int64_t)skb->data - length;

	BUG_ON(at < 0, "skb_under_panic: data passes the head");
	BUG_ON(skb->data > skb->end, "skb_push: data is beyond the end");
	skb->data = (int32_t)at;
	skb->len += length;
	return skb->data;
}

bool skb_pull(struct sk_buff *skb, uint32_t length)
{
	if (length > skb->len)
		return false;
	BUG_ON(length > skb_headlen(skb), "skb_pull: the linear part is too short");
	skb_move(&skb->data, length);
	skb->len -= length;
	return true;
}

/* --- Page fragments ---- */

static struct page *alloc_page_for(const uint8_t *octets, uint32_t length)
{
	struct page *page = malloc(sizeof *page + length);

	if (page == NULL)
		return NULL;
	page->count = 1;
	memcpy(page->octets, octets, length);
	return page;
}

int skb_add_frag(struct sk_buff *skb, const uint8_t *octets, uint32_t length)
{
	struct skb_shared_info *shinfo = skb_shinfo(skb);
	struct skb_frag *frag = &shinfo->frags[shinfo->nr_frags];
	struct page *page;

	BUG_ON(shinfo->nr_frags == behaviour.most_frags, "there are MAX_SKB_FRAGS page fragments already");
	page = alloc_page_for(octets, length);
	if (page == NULL)
		return -ENOMEM;
	frag->page = page;
	frag->offset = 0;
	frag->size = length;
	shinfo->nr_frags++;
	skb->len += length;
	skb->data_len += length;
	return 0;
}

static uint32_t smaller(uint32_t one, uint32_t other)
{
	return one < other ? one : other;
}

/* Copies from the fragments, counted from the first; returns how many octets there were. */
static uint32_t copy_from_frags(const struct sk_buff *skb, uint32_t offset, uint8_t *to,
				uint32_t length)
{
	const struct skb_shared_info *shinfo = skb_shinfo(skb);
	uint32_t done = 0;
	int which;

	for (which = 0; which < shinfo->nr_frags && done < length; which++) {
		const struct skb_frag *frag = &shinfo->frags[which];
		uint32_t skipped = smaller(offset, frag->size);
		uint32_t taken = smaller(length - done, frag->size - skipped);

		memcpy(to + done, frag->page->octets + frag->offset + skipped, taken);
		offset -= skipped;
		done += taken;
	}
	return done;
}

bool skb_copy_bits(const struct sk_buff *skb, uint32_t offset, uint8_t *to, uint32_t length)
{
	uint32_t linear = skb_headlen(skb), taken = 0;

	if ((uint64_t)offset + length > skb->len)
		return false;
	if (offset < linear) {
		taken = smaller(length, linear - offset);
		if (!skb_has_octets(skb, (int64_t)skb->data + offset, taken))
			return false;
		memcpy(to, skb->head + skb->data + offset, taken);
	}
	offset = offset > linear ? offset - linear : 0;
	return taken + copy_from_frags(skb, offset, to + taken, length - taken) == length;
}

static void put_frag(struct skb_frag *frag)
{
	if (--frag->page->count == 0)
		free(frag->page);
}

/* Cuts the fragments to so many octets; those that become empty are released. */
static void keep_frag_octets(struct skb_shared_info *shinfo, uint32_t length)
{
	int which;

	for (which = 0; which < shinfo->nr_frags && length > 0; which++) {
		shinfo->frags[which].size = smaller(shinfo->frags[which].size, length);
		length -= shinfo->frags[which].size;
	}
	while (shinfo->nr_frags > which)
		put_frag(&shinfo->frags[--shinfo->nr_frags]);
}

/* Removes octets from the front of the fragments. */
static void drop_frag_octets(struct skb_shared_info *shinfo, uint32_t length)
{
	int kept = 0, which;

	for (which = 0; which < shinfo->nr_frags; which++) {
		struct skb_frag frag = shinfo->frags[which];
		uint32_t dropped = smaller(frag.size, length);

		length -= dropped;
		frag.offset += dropped;
		frag.size -= dropped;
		if (frag.size == 0)
			put_frag(&frag);
		else
			shinfo->frags[kept++] = frag;
	}
	shinfo->nr_frags = kept;
}

/* The list of fragments belongs to the block: a clone must have one of its own to change it. */
static int own_frags(struct sk_buff *skb)
{
	return skb_cloned(skb) ? pskb_expand_head(skb, 0, 0) : 0;
}

static void set_linear_length(struct sk_buff *skb, uint32_t length)
{
	skb->tail = skb->data;
	skb_move(&skb->tail, length);
}

static void trim_nonlinear(struct sk_buff *skb, uint32_t length)
{
	uint32_t linear = skb_headlen(skb);
	uint32_t kept = length > linear ? length - linear : 0;

	BUG_ON(own_frags(skb) != 0, "skb_trim: no memory for fragments of its own");
	keep_frag_octets(skb_shinfo(skb), kept);
	skb->data_len = kept;
	skb->len = length;
	if (kept == 0)
		set_linear_length(skb, length);
}

/* Moves octets from the fragments to the tail; the caller knows that there are as many. */
static bool pull_tail(struct sk_buff *skb, uint32_t length)
{
	int64_t lacking = (int64_t)skb->tail + length - skb->end;
	uint32_t tailroom = lacking > 0 ? (uint32_t)lacking + PULL_SPARE : 0;

	if ((lacking > 0 || skb_cloned(skb)) && pskb_expand_head(skb, 0, tailroom) != 0)
		return false;
	BUG_ON(!skb_has_octets(skb, skb->tail, length), "the tail is not within head and end");
	copy_from_frags(skb, 0, skb->head + skb->tail, length);
	drop_frag_octets(skb_shinfo(skb), length);
	skb->tail += (int32_t)length;
	skb->data_len -= length;
	return true;
}

/* Makes all linear that is left if it fits behind the tail: so no page need be kept for it. */
static void condense(struct sk_buff *skb)
{
	if ((int64_t)skb->data_len <= (int64_t)skb->end - skb->tail)
		pull_tail(skb, skb->data_len);
}

void skb_trim(struct sk_buff *skb, uint32_t length)
{
	if (length >= skb->len)
		return;
	if (skb->data_len > 0) {
		trim_nonlinear(skb, length);
		if (behaviour.trim_condenses)
			condense(skb);
		return;
	}
	set_linear_length(skb, length);
	skb->len = length;
}

bool pskb_may_pull(struct sk_buff *skb, uint32_t length)
{
	uint32_t linear = skb_headlen(skb);

	if (length <= linear)
		return true;
	return length <= skb->len && pull_tail(skb, length - linear);
}

int skb_linearize(struct sk_buff *skb)
{
	return pskb_may_pull(skb, skb->len) ? 0 : -ENOMEM;
}
