/**
 * The table of protocol handlers, looked up by RCU while it changes.
 *
 * Source: Linux 2.6.11, net/core/dev.c, include/linux/netdevice.h.
 */
import { z } from 'zod';
import { Name, Schedule, Word16 } from './data.ts';
import { method, type PortSpec } from './port.ts';

const Handler = z.strictObject({
  handler: Name,
  protocol: Word16.meta({
    description: 'as in the Ethernet header; ETH_P_ALL 0x0003 hears packets of every protocol',
  }),
});

const Action = z.discriminatedUnion('do', [
  z.strictObject({ do: z.literal('receive'), protocol: Word16 }),
  Handler.extend({ do: z.literal('add') }),
  z.strictObject({ do: z.literal('remove'), handler: Name }),
]);

export const packetType = {
  does: 'Packets handed to protocol handlers on some processors while others add and remove handlers.',
  version: 1,
  methods: {
    run: method({
      does: 'Each processor performs its actions by the schedule; a step is one look at the table or one change of it. Between two actions a processor is outside the kernel, and the clock ticks on all of them behind every step.',
      kernel: 'netif_receive_skb, dev_add_pack, dev_remove_pack, synchronize_net',
      args: z.strictObject({
        handlers: z.array(Handler).max(16).meta({ description: 'added before, in this order' }),
        processors: z.array(z.array(Action).max(8)).min(1).max(4),
        schedule: Schedule,
      }),
      ok: z.strictObject({
        steps: z
          .array(
            z.strictObject({
              processor: z.int().min(0).max(3),
              action: z.int().min(0).meta({ description: 'place in its list' }),
              event: z.enum(['step', 'spin', 'sleep', 'deliver', 'done']).meta({
                description:
                  '"spin" and "sleep": it waits; "deliver": `handler` is called with the ' +
                  'packet; "done": the action has returned',
              }),
              handler: Name.optional(),
            }),
          )
          .max(5_000),
        handlers: z.array(Name).meta({ description: 'in the table in the end, in any order' }),
      }),
      bugs: ['a handler that was freed is called', 'the processors do not come to an end'],
    }),
  },
} as const satisfies PortSpec;
