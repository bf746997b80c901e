/** The port of descriptors that go with messages between local sockets of the reference kernel. */
import { bytesOf, octetsOf } from '../../contract/index.ts';
import type { descriptorPassing, PortOf } from '../../contract/index.ts';
import type { UnixFamily } from '../../reference/net/unix/family.ts';
import type { OpenSockets } from './open-sockets.ts';

export function descriptorPassingPort<Socket>(
  family: UnixFamily<Socket>,
  open: OpenSockets<Socket>,
): PortOf<typeof descriptorPassing> {
  return {
    send: ({ octets, rights: handles, to = null, nonblock = false, ...by }) =>
      open.call(
        by,
        (sk, task) => {
          const rights = handles.map((handle) => open.at(handle)?.file ?? null);
          const message = { octets: bytesOf(octets), to, nonblock, noSignal: false, rights };
          return family.send(sk, task, message);
        },
        (length) => ({ length }),
        'room to send',
      ),
    receive: ({ size, room, peek = false, nonblock = false, ...by }) =>
      open.call(
        by,
        (sk, task) => family.receive(sk, task, { size, peek, nonblock }),
        ({ octets, rights, ...how }) => {
          const { rights: passed, cut } = family.pass(rights, room);
          return {
            octets: octetsOf(octets),
            ...how,
            rights: passed.map((file) => open.installFile(file)),
            controlTruncated: cut,
          };
        },
        'something to receive',
      ),
  };
}
