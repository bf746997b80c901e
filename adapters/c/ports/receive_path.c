/*
 * ports/receive_path.c - the operations of `input-queue` and `receive-path`.
 *
 * The receive path is a host in virtual time. Whoever works on it spends time, and whatever arrives
 * meanwhile interrupts right there, by a call from inside; that is all there is to priorities.
 */
#include <errno.h>
#include <setjmp.h>
#include <string.h>

#include "../kernel/kernel.h"
#include "../kernel/netdev.h"
#include "../kernel/softirq.h"
#include "ports.h"

#define MOST_PACKETS 10000
#define MEANWHILE_MAX 64

static const char *const answer_names[] = {"NET_RX_SUCCESS", "NET_RX_DROP", "NET_RX_CN_LOW",
					   "NET_RX_CN_MOD", "NET_RX_CN_HIGH"};

/* --- The input queue ---------------------------------------------------------------------- */

/* Answers as runs of equal ones. */
struct answers {
	struct {
		enum net_rx answer;
		int packets;
	} *runs;
	int count;
};

static struct {
	struct softnet softnet;
	bool raised;
	/* Of the call that runs: */
	uint32_t *processed;
	int processed_count, packet_us;
	struct {
		int after, packets;
	} meanwhile[MEANWHILE_MAX];
	int meanwhile_count;
	struct answers answers;
} input;

static long input_jiffies(void *owner)
{
	(void)owner;
	return (long)input.processed_count * input.packet_us / 1000;
}

static void input_raise(void *owner)
{
	(void)owner;
	input.raised = true;
}

static void arrive(int packets)
{
	struct answers *answers = &input.answers;

	for (; packets > 0; packets--) {
		enum net_rx answer =
			netif_rx(&input.softnet, (uint32_t)input.softnet.total + 1);

		if (answers->count == 0 || answers->runs[answers->count - 1].answer != answer)
			answers->runs[answers->count++].answer = answer;
		answers->runs[answers->count - 1].packets++;
	}
}

static void input_receive(void *owner, uint32_t packet)
{
	int which;

	(void)owner;
	input.processed[input.processed_count++] = packet;
	for (which = 0; which < input.meanwhile_count; which++)
		if (input.meanwhile[which].after == input.processed_count)
			arrive(input.meanwhile[which].packets);
}

void input_queue_reset(void)
{
	memset(&input, 0, sizeof input);
	input.softnet.system = behaviour.network;
	input.softnet.jiffies = input_jiffies;
	input.softnet.raise = input_raise;
	input.softnet.receive = input_receive;
	softnet_init(&input.softnet);
}

static void begin_answers(int most)
{
	input.answers.runs = ks_alloc(((size_t)most + 1) * sizeof *input.answers.runs);
	input.answers.count = 0;
}

static void put_answers(void)
{
	int which;

	ks_open_array("answers");
	for (which = 0; which < input.answers.count; which++) {
		ks_open_object(NULL);
		ks_put_int("packets", input.answers.runs[which].packets);
		ks_put_text("answer", answer_names[input.answers.runs[which].answer]);
		ks_close();
	}
	ks_close();
}

void input_queue_netif_rx(const struct ks_value *args)
{
	int packets = (int)ks_int(args, "packets", 1, MOST_PACKETS);

	begin_answers(packets);
	arrive(packets);
	put_answers();
}

/* Returns how many packets arrive meanwhile. */
static int read_meanwhile(const struct ks_value *args)
{
	const struct ks_value *item;
	int total = 0, count = 0;

	input.meanwhile_count = 0;
	if (!ks_has(args, "meanwhile"))
		return 0;
	for (item = ks_first(ks_array(args, "meanwhile", MEANWHILE_MAX)); item != NULL;
	     item = ks_next(item)) {
		ks_members(item, "after packets");
		input.meanwhile[count].after = (int)ks_int(item, "after", 1, MOST_PACKETS);
		input.meanwhile[count].packets = (int)ks_int(item, "packets", 1, MOST_PACKETS);
		total += input.meanwhile[count++].packets;
	}
	input.meanwhile_count = count;
	return total;
}

void input_queue_net_rx_action(const struct ks_value *args)
{
	int which, most;

	input.packet_us = (int)ks_int(args, "packetUs", 0, 100000);
	most = read_meanwhile(args);
	begin_answers(most);
	most += input.softnet.queue.length + input.softnet.aside.length;
	input.processed = ks_alloc(((size_t)most + 1) * sizeof *input.processed);
	input.processed_count = 0;
	if (input.raised) {
		input.raised = false;
		net_rx_action(&input.softnet);
	}
	ks_open_array("processed");
	for (which = 0; which < input.processed_count; which++)
		ks_put_int(NULL, input.processed[which]);
	ks_close();
	put_answers();
}

void input_queue_stat(const struct ks_value *args)
{
	const struct softnet *softnet = &input.softnet;

	(void)args;
	ks_put_int("length", softnet->queue.length + softnet->aside.length);
	ks_put_bool("raised", input.raised);
	ks_put_bool("throttle", softnet->throttle);
	ks_put_int("total", (int64_t)softnet->total);
	ks_put_int("dropped", (int64_t)softnet->dropped);
	ks_put_int("throttled", (int64_t)softnet->throttled);
	ks_put_int("timeSqueeze", (int64_t)softnet->time_squeeze);
}

/* --- The receive path --------------------------------------------------------------------- */

#define NS_PER_SECOND INT64_C(1000000000)
#define NS_PER_JIFFY INT64_C(1000000)

enum where { IN_INTERRUPT, IN_SOFTIRQ, IN_KSOFTIRQD, IN_USER, WHERES };

struct host {
	struct softirq_cpu cpu;
	struct softnet softnet;
	struct rx_ring ring;
	bool polling;
	int64_t rate, interrupt_ns, protocol_ns; /* rate: frames a second */
	int64_t now, end;
	int64_t offered, delivered, interrupts, in_hand;
	int64_t time[WHERES];
	enum where softirq_runs;
	int bit; /* of NET_RX */
	jmp_buf over;
};

static int64_t next_arrival(const struct host *host)
{
	return host->offered * NS_PER_SECOND / host->rate;
}

static void frame_handler(void *data);

/* What has arrived by now interrupts, unless it may not. */
static void take_interrupts(struct host *host)
{
	while (next_arrival(host) <= host->now)
		rx_ring_frame(&host->ring, (uint32_t)host->offered++);
	while (rx_ring_asserts(&host->ring) && host->cpu.hardirqs == 0 && !host->cpu.irqs_off)
		do_irq(&host->cpu, frame_handler, host);
}

/* Time passes for whoever calls; when the run is over, nobody comes back from here. */
static void spend(struct host *host, enum where where, int64_t ns)
{
	for (;;) {
		int64_t step = ns;

		if (host->now >= host->end)
			longjmp(host->over, 1);
		take_interrupts(host);
		if (ns == 0)
			return;
		if (step > next_arrival(host) - host->now)
			step = next_arrival(host) - host->now;
		if (step > host->end - host->now)
			step = host->end - host->now;
		host->time[where] += step;
		host->now += step;
		ns -= step;
	}
}

static void frame_handler(void *data)
{
	struct host *host = data;
	uint32_t frame;

	host->interrupts++;
	if (host->polling) {
		spend(host, IN_INTERRUPT, host->interrupt_ns);
		rx_ring_mask_and_schedule(&host->ring, &host->softnet);
		return;
	}
	frame = packet_take(&host->ring.frames);
	host->in_hand++;
	spend(host, IN_INTERRUPT, host->interrupt_ns);
	host->in_hand--;
	netif_rx(&host->softnet, frame);
}

static long host_jiffies(void *owner)
{
	return (long)(((struct host *)owner)->now / NS_PER_JIFFY);
}

static void host_wake_up(void *owner, enum softirq_context by)
{
	(void)owner;
	(void)by;
}

static void host_raise(void *owner)
{
	struct host *host = owner;

	mark_softirq(&host->cpu, host->bit);
}

static void host_receive(void *owner, uint32_t packet)
{
	struct host *host = owner;

	(void)packet;
	host->in_hand++;
	spend(host, host->softirq_runs, host->protocol_ns);
	host->in_hand--;
	host->delivered++;
}

static void host_softirq(void *data, enum softirq_context context, int pass)
{
	struct host *host = data;

	(void)pass;
	host->softirq_runs = context == KSOFTIRQD ? IN_KSOFTIRQD : IN_SOFTIRQ;
	net_rx_action(&host->softnet);
}

static void host_run(struct host *host)
{
	if (setjmp(host->over))
		return;
	for (;;) {
		take_interrupts(host);
		if (host->cpu.ksoftirqd_ready)
			ksoftirqd(&host->cpu);
		else
			spend(host, IN_USER, next_arrival(host) - host->now);
	}
}

static struct host *read_host(const struct ks_value *args)
{
	struct host *host = ks_alloc(sizeof *host);

	host->polling = ks_choice(args, "mode", "interrupts polling") == 1;
	host->rate = ks_int(args, "framesPerSecond", 1, 200000);
	host->end = ks_int(args, "durationMs", 1, 5000) * NS_PER_JIFFY;
	host->interrupt_ns = ks_int(args, "interruptUs", 1, 1000) * 1000;
	host->protocol_ns = ks_int(args, "protocolUs", 1, 1000) * 1000;
	rx_ring_init(&host->ring, (int)ks_int(args, "ring", 1, PACKETS_MAX));
	return host;
}

static void boot_host(struct host *host)
{
	host->cpu.rules =
		behaviour.network == NETDEV_4_4BSD ? &netisrs_4_4bsd : behaviour.softirqs;
	host->cpu.owner = host->softnet.owner = host;
	host->cpu.jiffies = host->softnet.jiffies = host_jiffies;
	host->cpu.hz = NS_PER_SECOND / NS_PER_JIFFY;
	host->cpu.wake_up = host_wake_up;
	host->softnet.system = behaviour.network;
	host->softnet.raise = host_raise;
	host->softnet.receive = host_receive;
	softnet_init(&host->softnet);
	host->bit = softirq_bit(host->cpu.rules, "NET_RX");
	open_softirq(&host->cpu, host->bit, host_softirq, host);
}

void receive_path_offer(const struct ks_value *args)
{
	struct host *host = read_host(args);
	const struct softnet *softnet = &host->softnet;

	boot_host(host);
	if (host->polling && softnet->system == NETDEV_4_4BSD)
		ks_errno(EINVAL);
	host_run(host);
	ks_put_int("offered", host->offered);
	ks_put_int("delivered", host->delivered);
	ks_put_int("droppedAtRing", (int64_t)host->ring.dropped);
	ks_put_int("droppedAtQueue", (int64_t)softnet->dropped);
	ks_put_int("waiting", host->ring.frames.length + softnet->queue.length +
				      softnet->aside.length + host->in_hand);
	ks_put_int("interrupts", host->interrupts);
	ks_put_int("interruptNs", host->time[IN_INTERRUPT]);
	ks_put_int("softirqNs", host->time[IN_SOFTIRQ]);
	ks_put_int("ksoftirqdNs", host->time[IN_KSOFTIRQD]);
	ks_put_int("userNs", host->time[IN_USER]);
}
