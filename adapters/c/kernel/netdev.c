/*
 * netdev.c - from a network driver to the protocols: input queue, poll list, receive ring.
 *
 * Invariant: a packet that was let in is handed over once, in the order of arrival; one that was
 * not is counted. Whoever has packets is on the poll list, or asks to be.
 *
 * Source: Linux 2.6.11 and 6.18, net/core/dev.c; 4.4BSD-Lite2, net/if.h and netinet/ip_input.c.
 */
#include "netdev.h"

#include <stddef.h>

#define WEIGHT 64
#define BUDGET 300
#define MAX_BACKLOG_2_6_11 300
#define MAX_BACKLOG_6_18 1000
#define IFQ_MAXLEN 50

void packet_put(struct packet_queue *queue, uint32_t packet)
{
	queue->packets[(queue->first + queue->length++) % PACKETS_MAX] = packet;
}

uint32_t packet_take(struct packet_queue *queue)
{
	uint32_t packet = queue->packets[queue->first];

	queue->first = (queue->first + 1) % PACKETS_MAX;
	queue->length--;
	return packet;
}

void netif_rx_schedule(struct softnet *softnet, struct poll_device *device)
{
	struct poll_device **place = &softnet->poll_list;

	if (device->scheduled)
		return;
	device->scheduled = true;
	device->next = NULL;
	while (*place != NULL)
		place = &(*place)->next;
	*place = device;
	softnet->raise(softnet->owner);
}

void netif_rx_complete(struct softnet *softnet, struct poll_device *device)
{
	struct poll_device **place = &softnet->poll_list;

	device->scheduled = false;
	while (*place != NULL && *place != device)
		place = &(*place)->next;
	if (*place != NULL)
		*place = device->next;
}

static enum net_rx drop(struct softnet *softnet)
{
	softnet->dropped++;
	return NET_RX_DROP;
}

static enum net_rx netif_rx_2_6_11(struct softnet *softnet, uint32_t packet)
{
	struct packet_queue *queue = &softnet->queue;

	if (queue->length > MAX_BACKLOG_2_6_11) {
		softnet->throttled += !softnet->throttle;
		softnet->throttle = true;
		return drop(softnet);
	}
	if (queue->length == 0) {
		softnet->throttle = false;
		netif_rx_schedule(softnet, &softnet->backlog);
	}
	if (softnet->throttle)
		return drop(softnet);
	packet_put(queue, packet);
	softnet->average = softnet->average / 2 + queue->length / 2;
	if (softnet->average > 290)
		return NET_RX_CN_HIGH;
	if (softnet->average > 100)
		return NET_RX_CN_MOD;
	return softnet->average > 20 ? NET_RX_CN_LOW : NET_RX_SUCCESS;
}

static enum net_rx netif_rx_6_18(struct softnet *softnet, uint32_t packet)
{
	if (softnet->queue.length > MAX_BACKLOG_6_18)
		return drop(softnet);
	if (softnet->queue.length == 0)
		netif_rx_schedule(softnet, &softnet->backlog);
	packet_put(&softnet->queue, packet);
	return NET_RX_SUCCESS;
}

static enum net_rx ether_input(struct softnet *softnet, uint32_t packet)
{
	softnet->raise(softnet->owner);
	if (softnet->queue.length >= IFQ_MAXLEN)
		return drop(softnet);
	packet_put(&softnet->queue, packet);
	return NET_RX_SUCCESS;
}

enum net_rx netif_rx(struct softnet *softnet, uint32_t packet)
{
	softnet->total++;
	switch (softnet->system) {
	case NETDEV_4_4BSD:
		return ether_input(softnet, packet);
	case NETDEV_6_18:
		return netif_rx_6_18(softnet, packet);
	default:
		return netif_rx_2_6_11(softnet, packet);
	}
}

static int backlog_poll_2_6_11(struct softnet *softnet, struct poll_device *self, int limit)
{
	long start = softnet->jiffies(softnet->owner);
	int work = 0;

	while (softnet->queue.length > 0) {
		softnet->receive(softnet->owner, packet_take(&softnet->queue));
		work++;
		if (work >= limit || softnet->jiffies(softnet->owner) - start > 1)
			return work;
	}
	netif_rx_complete(softnet, self);
	softnet->throttle = false;
	return work;
}

static int backlog_poll_6_18(struct softnet *softnet, struct poll_device *self, int limit)
{
	int work = 0;

	for (;;) {
		while (softnet->aside.length > 0) {
			softnet->receive(softnet->owner, packet_take(&softnet->aside));
			if (++work >= limit)
				return work;
		}
		if (softnet->queue.length == 0)
			break;
		softnet->aside = softnet->queue;
		softnet->queue.length = 0;
	}
	netif_rx_complete(softnet, self);
	return work;
}

void softnet_init(struct softnet *softnet)
{
	bool later = softnet->system == NETDEV_6_18;

	softnet->backlog.poll = later ? backlog_poll_6_18 : backlog_poll_2_6_11;
}

/* Puts the first on the list behind the others. */
static void rotate(struct softnet *softnet)
{
	struct poll_device *first = softnet->poll_list, **place = &softnet->poll_list;

	softnet->poll_list = first->next;
	first->next = NULL;
	while (*place != NULL)
		place = &(*place)->next;
	*place = first;
}

static void action_2_6_11(struct softnet *softnet)
{
	long start = softnet->jiffies(softnet->owner);
	int budget = BUDGET;

	while (softnet->poll_list != NULL) {
		struct poll_device *device = softnet->poll_list;

		if (budget <= 0 || softnet->jiffies(softnet->owner) - start > 1) {
			softnet->time_squeeze++;
			softnet->raise(softnet->owner);
			return;
		}
		budget -= device->poll(softnet, device, budget < WEIGHT ? budget : WEIGHT);
		if (device->scheduled)
			rotate(softnet);
	}
}

/* Who hands over its full weight waits for the next run, behind those who came meanwhile. */
static void action_6_18(struct softnet *softnet)
{
	long start = softnet->jiffies(softnet->owner);
	int budget = BUDGET, devices = 0, work;
	struct poll_device *device;

	for (device = softnet->poll_list; device != NULL; device = device->next)
		devices++;
	while (devices-- > 0) {
		device = softnet->poll_list;
		work = device->poll(softnet, device, WEIGHT);
		budget -= work;
		if (device->scheduled)
			rotate(softnet);
		if (budget <= 0 || softnet->jiffies(softnet->owner) - start >= 2) {
			softnet->time_squeeze++;
			break;
		}
	}
	if (softnet->poll_list != NULL)
		softnet->raise(softnet->owner);
}

void net_rx_action(struct softnet *softnet)
{
	switch (softnet->system) {
	case NETDEV_4_4BSD:
		while (softnet->queue.length > 0)
			softnet->receive(softnet->owner, packet_take(&softnet->queue));
		break;
	case NETDEV_6_18:
		action_6_18(softnet);
		break;
	default:
		action_2_6_11(softnet);
		break;
	}
}

/* The mask goes when the ring was found empty; a full turn does not find out. */
static int rx_ring_poll(struct softnet *softnet, struct poll_device *self, int limit)
{
	struct rx_ring *ring = (struct rx_ring *)self;
	int work;

	for (work = 0; work < limit; work++) {
		if (ring->frames.length == 0) {
			netif_rx_complete(softnet, self);
			ring->masked = false;
			break;
		}
		softnet->receive(softnet->owner, packet_take(&ring->frames));
	}
	return work;
}

void rx_ring_init(struct rx_ring *ring, int size)
{
	ring->device.poll = rx_ring_poll;
	ring->size = size;
}

void rx_ring_frame(struct rx_ring *ring, uint32_t frame)
{
	if (ring->frames.length >= ring->size)
		ring->dropped++;
	else
		packet_put(&ring->frames, frame);
}

bool rx_ring_asserts(const struct rx_ring *ring)
{
	return !ring->masked && ring->frames.length > 0;
}

void rx_ring_mask_and_schedule(struct rx_ring *ring, struct softnet *softnet)
{
	ring->masked = true;
	netif_rx_schedule(softnet, &ring->device);
}
