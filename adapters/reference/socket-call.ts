/** The socket-call port of the reference kernel: numbers become calls on the table of a task. */
import {
  bytesOf,
  octetsOf,
  type ArgsOf,
  type PortOf,
  type socketCall,
} from '../../contract/index.ts';
import type { FileRules } from '../../reference/kernel/file.ts';
import type { FileTable } from '../../reference/kernel/file-table.ts';
import { addrText, inAddr } from '../../reference/net/bytes.ts';
import type { Net } from '../../reference/net/net.ts';
import { callOfNumber, numbersOf } from '../../reference/net/socket-numbers.ts';
import { sysCall, type SocketAnswer, type SocketArgs } from '../../reference/net/sys-socket.ts';
import { answeringOk } from './answering.ts';
import { mapped, type Interruptible } from './interruptible.ts';

type Port = PortOf<typeof socketCall>;
type Args = ArgsOf<(typeof socketCall)['methods']['call']>;

/** The tables of all tasks. */
interface Tables {
  readonly rules: FileRules;
  of(task: string): FileTable;
}

/** An argument that is left out is as if it were zero. */
function argsOf(args: Args): SocketArgs {
  const to = args.to ?? { address: '0.0.0.0', port: 0 };
  return {
    fd: args.fd ?? 0,
    domain: args.domain ?? 'AF_INET',
    type: args.type ?? 'SOCK_STREAM',
    protocol: args.protocol ?? 0,
    to: { address: inAddr(to.address), port: to.port },
    backlog: args.backlog ?? 0,
    octets: bytesOf(args.octets ?? ''),
    size: args.size ?? 0,
    dontWait: args.dontWait ?? false,
    how: args.how ?? 'SHUT_RD',
    option: args.option ?? 'SO_TYPE',
    optionValue: args.optionValue ?? 0,
  };
}

function shown({ value, octets, address, optionValue }: SocketAnswer) {
  return {
    value,
    ...(octets !== undefined && { octets: octetsOf(octets) }),
    ...(address !== undefined && {
      address: { address: addrText(address.address), port: address.port },
    }),
    ...(optionValue !== undefined && { optionValue }),
  };
}

export function socketCallPort(net: Net, tables: Tables, calls: Interruptible): Port {
  const { profile } = net;
  return {
    numbers: () => answeringOk(() => ({ calls: [...numbersOf(profile)] })),
    call: ({ task: name, number, code, ...args }) =>
      calls.call(
        name,
        (task) => {
          const caller = { net, table: tables.of(name), task, rules: tables.rules };
          const call = callOfNumber(profile, number, code);
          return mapped(sysCall(caller, call, argsOf({ task: name, number, ...args })), shown);
        },
        'what the call is about',
      ) as ReturnType<Port['call']>,
  };
}
