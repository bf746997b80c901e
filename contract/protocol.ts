/**
 * The protocol over a pipe: one JSON object a line, requests on stdin, replies on stdout.
 *
 * A handle that was never given out, bad arguments and a request that cannot be read (its id is then 0)
 * are answered by a fault. Strictly one reply per request, in order; the implementation never speaks first. Compatibility:
 * within `kernspec/1`, ports, methods, optional arguments and members of hello may be added, and
 * nothing that exists changes its meaning; anything else becomes `kernspec/2`.
 */
import { z } from 'zod';
import { Nothing } from './data.ts';
import { ERRNOS } from './errno.ts';
import { PROFILES } from './implementation.ts';
import { PROTOCOL } from './wire.ts';

const RequestId = z.int().min(1).meta({
  description: 'rises by one with each request; after a reset it goes on from 2, as after hello',
});

export const HelloArgs = z.strictObject({
  protocols: z.array(z.string()).meta({ description: 'protocol versions that the suite speaks' }),
  suite: z.string().meta({ description: 'version of the suite' }),
  profile: z.enum(PROFILES).meta({ description: 'profile asked for' }),
  seed: z.int().min(0).max(0xffff_ffff).meta({ description: 'seed of every random choice' }),
});

export const HelloValue = z.looseObject({
  protocol: z.literal(PROTOCOL).meta({ description: 'the protocol version chosen' }),
  name: z.string().min(1).max(100),
  version: z.string().max(100),
  capabilities: z.record(z.string(), z.int().min(1)).meta({
    description: 'capability to the version of its port; those not named are never called',
  }),
  profile: z.enum(PROFILES).optional().meta({
    description: 'the profile it behaves by; left out: the one asked for',
  }),
  reset: z.boolean().optional().meta({
    description: 'it answers reset; left out or false: a fresh process for each scenario',
  }),
  batch: z.boolean().optional().meta({ description: 'it answers batch' }),
  clock: z
    .strictObject({
      kind: z.enum(['virtual', 'real']),
      tickMs: z.number().min(0).meta({ description: 'milliseconds from one tick to the next' }),
      lateness: z.number().min(0).meta({
        description: 'how late a timer may fire, as a fraction of its delay; it is never early',
      }),
    })
    .optional()
    .meta({ description: 'its clock; left out: it has none' }),
  pinned: z.record(z.string(), z.string()).optional().meta({
    description: 'every tunable that was fixed for the run, for the report',
  }),
});

export const ResetArgs = z.strictObject({
  seed: z.int().min(0).max(0xffff_ffff).meta({ description: 'as in hello, for what follows' }),
});

export const PollArgs = z.strictObject({
  call: z.string().min(1).max(64).meta({ description: 'the token of a call that was parked' }),
});

const Members = { id: RequestId, args: z.record(z.string(), z.unknown()) };

export const Request = z.strictObject({
  ...Members,
  op: z.string().meta({ description: 'hello, reset, batch, poll, bye, or PORT.METHOD' }),
});

export const BatchArgs = z.strictObject({
  calls: z
    .array(z.strictObject({ op: z.string(), args: z.record(z.string(), z.unknown()) }))
    .min(1)
    .meta({ description: 'calls to make in order' }),
});

const Reason = z.string().max(4096);

export const ParkedAnswer = z.strictObject({
  parked: z.strictObject({
    call: z.string().min(1).max(64),
    waitsFor: z.string().max(200).optional(),
  }),
});

/** A reply without its id: exactly one member. */
export const AnswerLine = z.union([
  z.strictObject({ ok: z.record(z.string(), z.unknown()) }),
  z.strictObject({ errno: z.enum(ERRNOS) }),
  z.strictObject({ bug: Reason }),
  ParkedAnswer,
  z.strictObject({ unsupported: Reason }),
  z.strictObject({ fault: Reason }),
]);

export const BatchValue = z.strictObject({
  answers: z.array(AnswerLine).meta({ description: 'one a call, in order' }),
});

/** What is checked of the operations that belong to no port. */
export const MESSAGES = {
  hello: { args: HelloArgs, ok: HelloValue },
  reset: { args: ResetArgs, ok: Nothing },
  batch: { args: BatchArgs, ok: BatchValue },
  /** What it answers while the call sleeps; after that, it answers as the call does. */
  poll: { args: PollArgs, ok: ParkedAnswer },
} as const;

export type BatchArgs = z.infer<typeof BatchArgs>;
export type HelloArgs = z.infer<typeof HelloArgs>;
export type HelloValue = z.infer<typeof HelloValue>;
export type PollArgs = z.infer<typeof PollArgs>;
export type Request = z.infer<typeof Request>;
export type ResetArgs = z.infer<typeof ResetArgs>;
