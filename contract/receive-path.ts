/**
 * How a host takes in frames: the queue between interrupt and protocol, and the whole path in time.
 *
 * Source: Linux 2.6.11 and 6.18, net/core/dev.c; 4.4BSD-Lite2, net/if.h, net/if_ethersubr.c and
 * netinet/ip_input.c.
 */
import { z } from 'zod';
import { Nothing } from './data.ts';
import { method, type PortSpec } from './port.ts';

/** Most packets in one call. */
const MAX_PACKETS = 10_000;

/** What netif_rx answers. */
export const NET_RX_ANSWERS = [
  'NET_RX_SUCCESS',
  'NET_RX_DROP',
  'NET_RX_CN_LOW',
  'NET_RX_CN_MOD',
  'NET_RX_CN_HIGH',
] as const;

const Packets = z.int().min(1).max(MAX_PACKETS);

const Answers = z.array(z.strictObject({ packets: Packets, answer: z.enum(NET_RX_ANSWERS) })).meta({
  description:
    'what each packet was answered, as runs of equal answers in order of arrival; a system whose ' +
    'drivers get no answer says NET_RX_SUCCESS for queued and NET_RX_DROP for dropped',
});

export const inputQueue = {
  does: 'The queue that interrupt handlers fill with packets and that a softirq empties. Packets have the numbers 1, 2, 3 … in the order in which they arrive.',
  version: 1,
  methods: {
    netifRx: method({
      does: 'So many packets arrive by interrupt, one right after the other: nothing is processed in between.',
      kernel: 'netif_rx; in 4.4BSD the end of ether_input',
      args: z.strictObject({ packets: Packets }),
      ok: z.strictObject({ answers: Answers }),
    }),
    netRxAction: method({
      does: 'Runs the NET_RX softirq once, if it is raised. Jiffies rises 1000 microseconds after the call began and each 1000 from there.',
      kernel: 'net_rx_action with process_backlog; in 4.4BSD ipintr',
      args: z.strictObject({
        packetUs: z.int().min(0).max(100_000).meta({
          description: 'microseconds that the protocols take for each packet',
        }),
        meanwhile: z
          .array(z.strictObject({ after: z.int().min(1).max(MAX_PACKETS), packets: Packets }))
          .max(64)
          .optional()
          .meta({
            description:
              'interrupts: when so many packets of this call have been handed to the protocols, ' +
              'so many more arrive',
          }),
      }),
      ok: z.strictObject({
        processed: z
          .array(z.int().min(1))
          .max(70 * MAX_PACKETS)
          .meta({ description: 'numbers of the packets handed to the protocols, in order' }),
        answers: Answers.meta({ description: 'to the packets that arrived meanwhile' }),
      }),
    }),
    stat: method({
      does: 'Tells the state and the counters.',
      kernel: 'struct softnet_data, struct netif_rx_stats; in 4.4BSD struct ifqueue',
      args: Nothing,
      ok: z.strictObject({
        length: z.int().min(0).meta({ description: 'packets that wait' }),
        raised: z.boolean().meta({ description: 'NET_RX, or NETISR_IP, is raised' }),
        throttle: z.boolean().meta({ description: 'always false where there is no throttle' }),
        total: z.int().min(0).meta({ description: 'packets that arrived' }),
        dropped: z.int().min(0),
        throttled: z.int().min(0).meta({ description: 'how often the throttle was switched on' }),
        timeSqueeze: z.int().min(0).meta({
          description: 'how often the softirq gave up with work left; 0 where there is no budget',
        }),
      }),
    }),
  },
} as const satisfies PortSpec;

const Frames = z.int().min(0).max(1_000_000);
const Nanoseconds = z.int().min(0).max(5_000_000_000);

export const receivePath = {
  does: 'A host with one processor that receives frames, in virtual time: the case study of receive livelock.',
  version: 1,
  methods: {
    offer: method({
      does: 'Boots, offers frames at a steady rate and tells what became of them. A hard interrupt goes before a softirq and ksoftirqd, these go before the user process, which takes all that is left. No switch between them takes time. EINVAL: the system does not have that mode.',
      kernel: 'a driver of its own; netif_rx or a poll function, net_rx_action, __do_softirq',
      args: z.strictObject({
        mode: z.enum(['interrupts', 'polling']).meta({
          description:
            'interrupts: each interrupt takes one frame from the ring, then calls netif_rx. ' +
            'polling: an interrupt masks itself and has the device polled for up to a weight of 64 frames ' +
            'at a time out of a budget of 300; when the ring is empty the mask goes',
        }),
        framesPerSecond: z.int().min(1).max(200_000).meta({
          description: 'frame k, from 0, arrives at k/rate seconds, rounded down to nanoseconds',
        }),
        durationMs: z.int().min(1).max(5000),
        interruptUs: z.int().min(1).max(1000).meta({
          description: 'microseconds that each hard interrupt takes; a frame is queued at its end',
        }),
        protocolUs: z.int().min(1).max(1000).meta({
          description: 'microseconds of processing that each frame takes after it',
        }),
        ring: z.int().min(1).max(4096).meta({
          description:
            'frames that the device itself holds; the device drops what comes when it is full',
        }),
      }),
      ok: z.strictObject({
        offered: Frames.meta({ description: 'frames that arrived before the end' }),
        delivered: Frames.meta({ description: 'frames whose processing was finished' }),
        droppedAtRing: Frames,
        droppedAtQueue: Frames,
        waiting: Frames.meta({ description: 'in the ring, the queue or the midst of processing' }),
        interrupts: Frames.meta({ description: 'hard interrupts that were begun' }),
        interruptNs: Nanoseconds.meta({ description: 'nanoseconds in hard interrupts' }),
        softirqNs: Nanoseconds.meta({ description: 'in softirqs on interrupt exit' }),
        ksoftirqdNs: Nanoseconds.meta({ description: 'in ksoftirqd' }),
        userNs: Nanoseconds.meta({ description: 'left to the user process' }),
      }),
      errnos: ['EINVAL'],
      bugs: ['the host does not come to the end of an instant'],
    }),
  },
} as const satisfies PortSpec;
