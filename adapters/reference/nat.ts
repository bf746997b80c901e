/** NAT of the reference kernel. */
import { failure, success } from '../../contract/index.ts';
import type { nat, PortOf } from '../../contract/index.ts';
import { masquerade } from '../../reference/net/nat.ts';
import type { Net } from '../../reference/net/net.ts';
import { answering } from './answering.ts';

export function natPort(net: Net): PortOf<typeof nat> {
  return {
    masquerade: ({ interface: name, mapIds }) =>
      answering(() => {
        const out = net.devices.get(name);
        if (out === undefined || out === net.loopback) return failure('ENODEV');
        masquerade(net, out, mapIds);
        return success({});
      }),
  };
}
