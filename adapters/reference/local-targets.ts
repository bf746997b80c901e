/** Local sockets of the reference kernel, as calls with pointers that lead nowhere need them. */
import { success } from '../../contract/index.ts';
import type { Errno } from '../../contract/index.ts';
import type { Restartable } from '../../reference/kernel/interrupted-call.ts';
import type { Steps } from '../../reference/kernel/processors.ts';
import type { Task } from '../../reference/kernel/task.ts';
import type { UnixFamily } from '../../reference/net/unix/family.ts';
import type { Targets, Tell } from './faulting-address.ts';
import { mapped } from './interruptible.ts';
import type { OpenSockets } from './open-sockets.ts';

export function localTargets<Socket>(
  family: UnixFamily<Socket>,
  open: OpenSockets<Socket>,
): Targets {
  function* accept(
    sk: Socket,
    task: Task,
    tell: Tell,
  ): Steps<Restartable<{ readonly socket: string }, Errno>> {
    const got = yield* family.accept(sk, task, true);
    if (typeof got === 'symbol' || !('ok' in got)) return got;
    const { socket: end, from } = got.ok;
    const told = tell(family.address(from, 'accept'));
    if ('ok' in told) return success({ socket: open.install(end) });
    family.acceptedInVain(end);
    return told;
  }
  return (socket) => {
    const descriptor = open.at(socket);
    if (descriptor === undefined) return undefined;
    const { socket: sk } = descriptor;
    const call = { to: null, nonblock: true, noSignal: false, rights: [] };
    return {
      send: (task, { octets, mapped: there }) =>
        family.send(sk, task, { ...call, octets, mapped: there }),
      receive: (task, { size, peek, mapped: there }) =>
        mapped(
          family.receive(sk, task, { size, peek, nonblock: true, mapped: there }),
          ({ octets, from }) => ({ octets, from: family.senderAddress(sk, from) }),
        ),
      accept: (task, tell) => accept(sk, task, tell),
      name: () => success(family.address(family.name(sk), 'name')),
      peer() {
        const peer = family.peer(sk);
        return 'ok' in peer ? success(family.address(peer.ok, 'name')) : peer;
      },
      forgetError: () => void family.getOption(sk, 'SO_ERROR'),
    };
  };
}
