/** What single features of the reference keep in a packet: marks, classes, ports of bridges, paths. */
import { bytesOf, failure, success } from '../../contract/index.ts';
import type {
  bridge,
  diffserv,
  netfilterMark,
  NfHook,
  NfVerdict,
  Outcome,
  PortOf,
  xfrmInput,
} from '../../contract/index.ts';
import { addBridge, addPort, learned, type Bridge } from '../../reference/net/bridge.ts';
import { inAddr } from '../../reference/net/bytes.ts';
import { newDiffServ } from '../../reference/net/diffserv.ts';
import { ipHeader } from '../../reference/net/ip-header.ts';
import { nfRegisterHook } from '../../reference/net/netfilter.ts';
import type { Net } from '../../reference/net/net.ts';
import type { SkBuff } from '../../reference/net/sk-buff.ts';
import { addInputState } from '../../reference/net/xfrm-input.ts';
import { answering } from './answering.ts';

const DONE = success({});

interface Rule {
  readonly name: string;
  readonly hook: NfHook;
  readonly priority: number;
}

function netfilterMarkPort({ netfilter }: Net): PortOf<typeof netfilterMark> {
  /** How many packets each function has found. */
  const found = new Map<string, number>();
  const register = (rule: Rule, fn: (skb: SkBuff) => NfVerdict) => {
    if (found.has(rule.name)) return failure('EEXIST');
    found.set(rule.name, 0);
    nfRegisterHook(netfilter, { ...rule, fn });
    return DONE;
  };
  const count = (name: string) => found.set(name, (found.get(name) ?? 0) + 1);
  return {
    mark: ({ source, mark, ...rule }) =>
      answering(() =>
        register(rule, (skb) => {
          if (source !== null && ipHeader(skb).saddr !== inAddr(source)) return 'ACCEPT';
          count(rule.name);
          skb.nfMark = mark;
          return 'ACCEPT';
        }),
      ),
    match: ({ mark, verdict, ...rule }) =>
      answering(() =>
        register(rule, (skb) => {
          if (skb.nfMark !== mark) return 'ACCEPT';
          count(rule.name);
          return verdict;
        }),
      ),
    matched: ({ name }) =>
      answering((): Outcome<{ packets: number }, 'ENOENT'> => {
        const packets = found.get(name);
        return packets === undefined ? failure('ENOENT') : success({ packets });
      }),
  };
}

function diffServPort(net: Net): PortOf<typeof diffserv> {
  return {
    attach: ({ interface: name, classes }) =>
      answering(() => {
        const device = net.devices.get(name);
        if (device === undefined) return failure('ENODEV');
        device.diffServ = newDiffServ(classes);
        return DONE;
      }),
    stat: ({ interface: name }) =>
      answering(() => {
        const device = net.devices.get(name);
        if (device === undefined) return failure('ENODEV');
        if (device.diffServ === null) return failure('EINVAL');
        const classes = device.diffServ.classes.map(({ sent, queue, dropped }) => ({
          sent,
          queued: queue.length,
          dropped,
        }));
        return success({ classes });
      }),
  };
}

function xfrmInputPort(net: Net): PortOf<typeof xfrmInput> {
  return {
    state: (state) => answering(() => (addInputState(net, state) ? DONE : failure('EEXIST'))),
    policy: ({ protocol, path }) =>
      answering(() => {
        if (path === null) net.inputPolicies.delete(protocol);
        else net.inputPolicies.set(protocol, path);
        return DONE;
      }),
  };
}

/** "020000000001" as 02:00:00:00:00:01. */
const macText = (digits: string): string => digits.match(/../g)?.join(':') ?? digits;

function bridgePort(net: Net): PortOf<typeof bridge> {
  const arrivals = new Map<string, string[]>();
  const withBridge = <Value, Failure extends 'EBUSY' | 'ENODEV'>(
    name: string,
    work: (made: Bridge) => Outcome<Value, Failure>,
  ) =>
    answering((): Outcome<Value, Failure | 'ENODEV'> => {
      const made = net.bridges.get(name);
      return made === undefined ? failure('ENODEV') : work(made);
    });
  /** Before all others that look at what is delivered here. */
  const watch = (name: string) => {
    arrivals.set(name, []);
    nfRegisterHook(net.netfilter, {
      name: `arrivals by ${name}`,
      hook: 'LOCAL_IN',
      priority: -0x8000_0000,
      fn({ dev, bridgePort: port }) {
        if (dev === name && port !== null) arrivals.get(name)?.push(port);
        return 'ACCEPT';
      },
    });
  };
  return {
    add: ({ bridge: name, mac }) =>
      answering(() => {
        if (net.devices.has(name)) return failure('EEXIST');
        addBridge(net, name, bytesOf(mac.replaceAll(':', '')));
        watch(name);
        return DONE;
      }),
    join: ({ bridge: name, interface: port }) =>
      withBridge(name, (made): Outcome<Record<string, never>, 'EBUSY' | 'ENODEV'> => {
        const device = net.devices.get(port);
        if (device === undefined) return failure('ENODEV');
        return addPort(net, made, device) ? DONE : failure('EBUSY');
      }),
    table: ({ bridge: name }) =>
      withBridge(name, (made) =>
        success({
          entries: learned(net, made).map(([mac, port]) => ({
            mac: macText(mac),
            interface: port.name,
          })),
        }),
      ),
    arrivals: ({ bridge: name }) =>
      withBridge(name, () => success({ interfaces: arrivals.get(name)?.splice(0) ?? [] })),
  };
}

export function packetMarksPorts(net: Net) {
  return {
    'netfilter-mark': netfilterMarkPort(net),
    diffserv: diffServPort(net),
    'xfrm-input': xfrmInputPort(net),
    bridge: bridgePort(net),
  };
}
