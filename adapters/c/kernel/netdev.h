/*
 * netdev.h - from a network driver to the protocols: input queue, poll list, receive ring.
 */
#ifndef NETDEV_H
#define NETDEV_H

#include <stdbool.h>
#include <stdint.h>

/* A queue of packets, which are numbers here. */
#define PACKETS_MAX 4096

struct packet_queue {
	uint32_t packets[PACKETS_MAX];
	int first, length;
};

void packet_put(struct packet_queue *queue, uint32_t packet);
uint32_t packet_take(struct packet_queue *queue);

enum netdev_system { NETDEV_2_6_11, NETDEV_6_18, NETDEV_4_4BSD };

enum net_rx { NET_RX_SUCCESS, NET_RX_DROP, NET_RX_CN_LOW, NET_RX_CN_MOD, NET_RX_CN_HIGH };

struct softnet;

struct poll_device {
	/* Hands over at most `limit` packets and returns how many. */
	int (*poll)(struct softnet *softnet, struct poll_device *self, int limit);
	bool scheduled;
	struct poll_device *next;
};

struct softnet {
	enum netdev_system system;
	void *owner; /* handed to these */
	long (*jiffies)(void *owner);
	void (*raise)(void *owner);
	void (*receive)(void *owner, uint32_t packet); /* netif_receive_skb */

	struct poll_device *poll_list;
	struct poll_device backlog;
	struct packet_queue queue, aside; /* aside: taken over from the queue (Linux 6) */
	bool throttle;
	int average;
	uint64_t total, dropped, throttled, time_squeeze;
};

/* The rest of the structure has to be zero but for what the owner sets. */
void softnet_init(struct softnet *softnet);

/* The last thing that an interrupt handler does with a packet. */
enum net_rx netif_rx(struct softnet *softnet, uint32_t packet);

/* The softirq; in 4.4BSD, ipintr. */
void net_rx_action(struct softnet *softnet);

void netif_rx_schedule(struct softnet *softnet, struct poll_device *device);
void netif_rx_complete(struct softnet *softnet, struct poll_device *device);

/* A device with a ring of its own. */
struct rx_ring {
	struct poll_device device; /* first, so that the one is the other */
	struct packet_queue frames;
	int size;
	bool masked;
	uint64_t dropped;
};

void rx_ring_init(struct rx_ring *ring, int size);
void rx_ring_frame(struct rx_ring *ring, uint32_t frame);
bool rx_ring_asserts(const struct rx_ring *ring);
void rx_ring_mask_and_schedule(struct rx_ring *ring, struct softnet *softnet);

#endif
