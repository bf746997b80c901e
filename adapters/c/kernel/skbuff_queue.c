/*
 * skbuff_queue.c - lists of buffers.
 *
 * A list is a ring that its head closes: an empty list's head points to itself both ways, and no
 * operation has a special case for the first or the last. Invariant: qlen buffers stand between
 * the head and itself, each says so in skb->list, and a buffer is on one list at a time.
 *
 * Not here: the lock around each operation. With one processor nobody can tell, and
 * ports/skbuff_queue.c steps through it with several.
 *
 * Source: Linux 2.6.11, include/linux/skbuff.h.
 */
#include "kernel.h"
#include "skbuff.h"

void skb_queue_head_init(struct sk_buff_head *list)
{
	list->links.next = list->links.prev = &list->links;
	list->qlen = 0;
	list->lock.held = false;
}

static void link_between(struct sk_buff_head *list, struct skb_links *prev, struct skb_links *next,
			 struct sk_buff *skb)
{
	BUG_ON(skb->list != NULL, "the buffer is on a list already");
	skb->links.next = next;
	skb->links.prev = prev;
	next->prev = prev->next = &skb->links;
	skb->list = list;
	list->qlen++;
}

void skb_queue_head(struct sk_buff_head *list, struct sk_buff *skb)
{
	link_between(list, &list->links, list->links.next, skb);
}

void skb_queue_tail(struct sk_buff_head *list, struct sk_buff *skb)
{
	link_between(list, list->links.prev, &list->links, skb);
}

void skb_insert(struct sk_buff *before, struct sk_buff *skb)
{
	BUG_ON(before->list == NULL, "skb_insert: the other buffer is on no list");
	link_between(before->list, before->links.prev, &before->links, skb);
}

void skb_append(struct sk_buff *after, struct sk_buff *skb)
{
	BUG_ON(after->list == NULL, "skb_append: the other buffer is on no list");
	link_between(after->list, &after->links, after->links.next, skb);
}

void skb_unlink(struct sk_buff *skb)
{
	struct sk_buff_head *list = skb->list;

	if (list == NULL)
		return;
	skb->links.next->prev = skb->links.prev;
	skb->links.prev->next = skb->links.next;
	skb->links.next = skb->links.prev = NULL;
	skb->list = NULL;
	list->qlen--;
}

/* The head is no buffer: to arrive at it is to find none. */
static struct sk_buff *buffer_or_null(struct sk_buff_head *list, struct skb_links *links)
{
	return links == &list->links ? NULL : (struct sk_buff *)links;
}

struct sk_buff *skb_peek(struct sk_buff_head *list)
{
	return buffer_or_null(list, list->links.next);
}

struct sk_buff *skb_peek_tail(struct sk_buff_head *list)
{
	return buffer_or_null(list, list->links.prev);
}

static struct sk_buff *take_off(struct sk_buff *skb)
{
	if (skb != NULL)
		skb_unlink(skb);
	return skb;
}

struct sk_buff *skb_dequeue(struct sk_buff_head *list)
{
	return take_off(skb_peek(list));
}

struct sk_buff *skb_dequeue_tail(struct sk_buff_head *list)
{
	return take_off(skb_peek_tail(list));
}

void skb_queue_purge(struct sk_buff_head *list)
{
	struct sk_buff *skb;

	while ((skb = skb_dequeue(list)) != NULL)
		kfree_skb(skb);
}
