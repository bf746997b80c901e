/** IPv6 of the reference kernel: text becomes octets. */
import { bytesOf, failure, success } from '../../contract/index.ts';
import type { ipv6Forwarding, PortOf } from '../../contract/index.ts';
import type { In6Addr } from '../../reference/net/ip6-forward.ts';
import type { Net } from '../../reference/net/net.ts';
import { answering, answeringOk } from './answering.ts';

const GROUPS = 8;

/** Without an address of IPv4 at the end. */
function in6Addr(text: string): In6Addr {
  const [before = '', after] = text.toLowerCase().split('::');
  const groups = (part: string): string[] => (part === '' ? [] : part.split(':'));
  const [front, back] = [groups(before), groups(after ?? '')];
  const zeroes = after === undefined ? 0 : GROUPS - front.length - back.length;
  const all = [...front, ...Array.from({ length: zeroes }, () => '0'), ...back];
  return all.map((group) => group.padStart(4, '0')).join('');
}

export function ipv6ForwardingPort(net: Net): PortOf<typeof ipv6Forwarding> {
  return {
    addAddress: ({ interface: name, address, prefix }) =>
      answering(() => {
        const device = net.devices.get(name);
        if (device === undefined || device === net.loopback) return failure('ENODEV');
        net.ip6.addresses.push({ address: in6Addr(address), prefix, device });
        return success({});
      }),
    addNeighbour: ({ address, mac }) =>
      answeringOk(() => {
        net.ip6.neighbours.set(in6Addr(address), bytesOf(mac.replaceAll(':', '')));
        return {};
      }),
    set: ({ on }) =>
      answeringOk(() => {
        net.ip6.forwarding = on;
        return {};
      }),
  };
}
