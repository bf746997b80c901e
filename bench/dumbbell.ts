/**
 * Transfers one after the other over the bottleneck of the experiment on Vegas, as a whole process: what
 * bench/ns3/dumbbell.cc does in ns-3, with real octets and checksums.
 *
 *   node dist/bench/dumbbell.js TRANSFERS KB_EACH BUFFERS CONTROL
 *
 * Prints data packets, packets either way, KB a second, and seconds of processor time.
 */
import { onDumbbell } from '../harness/experiment/boot.ts';
import type { FlowPlan } from '../harness/experiment/flow.ts';
import { cpuSeconds } from './processor-time.ts';

const KB = 1024;
const NS_PER_S = 1_000_000_000;
const FIRST_PORT = 3001;

const [transfers, kbEach, buffers, control = ''] = process.argv.slice(2) as [
  string,
  string,
  string,
  string?,
];
const octets = Number(kbEach) * KB;
/** Each begins when the slowest before it would have ended. */
const eachNs = (5 + Number(kbEach) / 40) * NS_PER_S;

const plans = Array.from({ length: Number(transfers) }, (_, place): FlowPlan => {
  return { port: FIRST_PORT + place, octets, control, startNs: (place + 1) * eachNs };
});

await onDumbbell(
  { impl: 'reference', profile: 'bsd-4.4', seed: 1, buffers: Number(buffers) },
  async (dumbbell) => {
    dumbbell.plan(plans);
    await dumbbell.run((plans.length + 1) * eachNs, () => false);
    const flows = plans.map(({ port }) => dumbbell.flow(port));
    const busyNs = flows.reduce((sum, flow) => {
      if (flow?.done !== true) throw new Error('a transfer does not end');
      return sum + flow.endedAt - flow.startedAt;
    }, 0);
    const rate = (octets * plans.length * NS_PER_S) / KB / busyNs;
    const { frames } = dumbbell.sniffer;
    const numbers = [frames, dumbbell.lab.sent, rate.toFixed(1), cpuSeconds().toFixed(3)];
    process.stdout.write(`${numbers.join(' ')}\n`);
  },
);
