/** The way to the network and to streams on which octets are no text. */
import {
  failure,
  success,
  type Answer,
  type RawFrame,
  type RawPorts,
  type RawStep,
} from '../../contract/index.ts';
import { advance, nextAt } from '../../reference/net/clock.ts';
import { frameArrives } from '../../reference/net/net-input.ts';
import { deviceAt } from './network.ts';
import type { Streams } from './tcp.ts';

/** @param streams - gives the same ones each time. */
export function rawPorts(streams: () => Streams): RawPorts {
  return {
    step: (to, incoming) => step(streams(), to, incoming),
    send: (call) => streams().send(call),
    receive: ({ socket, task, size }) =>
      streams().receive(
        { socket, task },
        { size, waitAll: true, peek: false, outOfBand: false, dontWait: false },
        (octets) => octets,
      ),
    poll: (call) => streams().sockets.sleepers.poll(call),
  };
}

function step(
  { sockets: { net, sleepers } }: Streams,
  to: number,
  incoming: readonly RawFrame[],
): Answer<RawStep, 'ENODEV'> {
  return sleepers.act(() => {
    if (to > net.clock.now) advance(net.clock, to, () => sleepers.settle());
    for (const { interface: name, frame } of incoming) {
      const device = deviceAt(net, name);
      if (device === undefined) return failure('ENODEV');
      frameArrives(net, device, frame);
      sleepers.settle();
    }
    const frames = net.wire;
    net.wire = [];
    return success({ frames, next: nextAt(net.clock) });
  });
}
