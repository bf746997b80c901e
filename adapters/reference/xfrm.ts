/** Transforms of the reference kernel: names and hex become what it works with. */
import { bytesOf } from '../../contract/index.ts';
import type { PortOf, xfrm } from '../../contract/index.ts';
import { inAddr } from '../../reference/net/bytes.ts';
import type { Net } from '../../reference/net/net.ts';
import { answeringOk } from './answering.ts';

export function xfrmPort(net: Net): PortOf<typeof xfrm> {
  return {
    stack: ({ to, transforms }) =>
      answeringOk(() => {
        const stack = transforms.map(({ protocol, header, trailer, answer }) => ({
          protocol,
          header: bytesOf(header),
          trailer: bytesOf(trailer),
          answer: answer === '0' ? (0 as const) : answer,
        }));
        net.xfrms.set(inAddr(to), stack);
        net.routing.generation++;
        return {};
      }),
  };
}
