/*
 * skbuff.h - the buffer in which a packet travels through the network stack.
 *
 *	 0 .. headroom .. data .. contents .. tail .. tailroom .. end
 *
 * A descriptor (struct sk_buff) says which part of a block of octets is the packet. Layers add and
 * strip headers by moving data, so the octets themselves are copied once at most. Clones are
 * several descriptors of one block; the block counts them (dataref).
 *
 * Positions are 32-bit offsets from head rather than pointers: what a caller has moved out of the
 * block (skb_reserve checks nothing) is then a number out of range, not undefined behaviour.
 */
#ifndef SKBUFF_H
#define SKBUFF_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

/* As in 2.6.11, the most that any system takes. */
#define MAX_SKB_FRAGS 18
#define SKB_CB_SIZE 40

/* A header that was never set. */
#define NO_HEADER INT32_MIN

/* A page holds octets of fragments; several blocks may point to it. */
struct page {
	int count;
	uint8_t octets[];
};

struct skb_frag {
	struct page *page;
	uint32_t offset, size;
};

/* What all descriptors of one block share. It stands right before the octets of the block. */
struct skb_shared_info {
	int dataref;
	int nr_frags;
	struct skb_frag frags[MAX_SKB_FRAGS];
};

/* A device, known here by its name alone. */
struct net_device {
	struct net_device *next;
	char name[];
};

struct sock;
struct sk_buff_head;

/* The links of a list; first in a buffer and in a list head, so that both stand in one ring. */
struct skb_links {
	struct skb_links *next, *prev;
};

struct sk_buff {
	/* Layout */
	struct skb_links links;
	struct sk_buff_head *list;
	uint8_t *head;
	int32_t data, tail, end;
	uint32_t len;      /* octets of contents in all */
	uint32_t data_len; /* octets of contents in page fragments */
	int32_t h, nh, mac; /* transport, network and link header */
	uint32_t truesize; /* octets of memory, the descriptor included */
	int users;         /* 0: freed */

	/* Who owns it: NULL for a packet that is only passing through. */
	struct sock *sk;

	/* General */
	uint32_t stamp;
	struct net_device *dev, *input_dev, *real_dev;
	uint32_t csum, ip_summed, pkt_type, priority, protocol, security;
	bool cloned; /* its block had more than one descriptor at some time */
	uint8_t cb[SKB_CB_SIZE]; /* scratch memory of the layer that has the buffer now */

	/* Its handle: descriptors are numbered from 1 in the order of their allocation. */
	uint32_t number;
};

struct skb_lock {
	bool held;
};

/* One for each queue: a socket's, a device's. */
struct sk_buff_head {
	struct skb_links links;
	uint32_t qlen;
	struct skb_lock lock;
};

/* --- skbuff.c: allocation and sharing ---- */

/* Returns NULL when there is no memory. */
struct sk_buff *alloc_skb(uint32_t size);
struct sk_buff *dev_alloc_skb(uint32_t size);
struct sk_buff *skb_clone(struct sk_buff *skb);
struct sk_buff *skb_copy(struct sk_buff *skb);
struct sk_buff *pskb_copy(struct sk_buff *skb);
struct sk_buff *skb_realloc_headroom(struct sk_buff *skb, uint32_t headroom);

/* These give up the caller's reference to the old one if they return another, or NULL. */
struct sk_buff *skb_share_check(struct sk_buff *skb);
struct sk_buff *skb_unshare(struct sk_buff *skb);

/* Return 0 or -ENOMEM. */
int skb_cow(struct sk_buff *skb, uint32_t headroom);
int pskb_expand_head(struct sk_buff *skb, uint32_t headroom, uint32_t tailroom);

void skb_get(struct sk_buff *skb);
/* Returns whether the block was freed with the descriptor. */
bool kfree_skb(struct sk_buff *skb);

bool skb_cloned(const struct sk_buff *skb);
bool skb_shared(const struct sk_buff *skb);
struct skb_shared_info *skb_shinfo(const struct sk_buff *skb);

/* The descriptor of that number, freed or not; NULL if there never was one. */
struct sk_buff *skb_by_number(uint32_t number);
uint32_t skb_count(void);

/* Frees every descriptor and every block, whoever holds them. */
void skb_cache_destroy(void);

/* --- skbuff_data.c: the contents ---- */

void skb_reserve(struct sk_buff *skb, uint32_t length);
/* Return where there is room for the octets now; both are bugs where there is none. */
int32_t skb_put(struct sk_buff *skb, uint32_t length);
int32_t skb_push(struct sk_buff *skb, uint32_t length);
/* Returns whether there was as much; if not, nothing has changed. */
bool skb_pull(struct sk_buff *skb, uint32_t length);
void skb_trim(struct sk_buff *skb, uint32_t length);

int32_t skb_headroom(const struct sk_buff *skb);
int32_t skb_tailroom(const struct sk_buff *skb);
uint32_t skb_headlen(const struct sk_buff *skb);

/* Moves a position; wraps round as the machine's addition does. */
void skb_move(int32_t *position, uint32_t length);

/* Whether the linear block has all these octets. */
bool skb_has_octets(const struct sk_buff *skb, int64_t from, int64_t length);

/* Copies from the contents, counted from data; false if there is not as much. */
bool skb_copy_bits(const struct sk_buff *skb, uint32_t offset, uint8_t *to, uint32_t length);

/* Returns 0 or -ENOMEM. */
int skb_add_frag(struct sk_buff *skb, const uint8_t *octets, uint32_t length);
bool pskb_may_pull(struct sk_buff *skb, uint32_t length);
/* Returns 0 or -ENOMEM. */
int skb_linearize(struct sk_buff *skb);

/* --- skbuff_queue.c: lists ---- */

void skb_queue_head_init(struct sk_buff_head *list);
void skb_queue_head(struct sk_buff_head *list, struct sk_buff *skb);
void skb_queue_tail(struct sk_buff_head *list, struct sk_buff *skb);
void skb_insert(struct sk_buff *before, struct sk_buff *skb);
void skb_append(struct sk_buff *after, struct sk_buff *skb);
void skb_unlink(struct sk_buff *skb);
/* NULL where the list is empty. */
struct sk_buff *skb_dequeue(struct sk_buff_head *list);
struct sk_buff *skb_dequeue_tail(struct sk_buff_head *list);
struct sk_buff *skb_peek(struct sk_buff_head *list);
struct sk_buff *skb_peek_tail(struct sk_buff_head *list);
void skb_queue_purge(struct sk_buff_head *list);

#endif
