/** What TCP of the reference keeps of a socket: control blocks become plain data. */
import { failure, success, TCP_FLAGS } from '../../contract/index.ts';
import type { Outcome, PortOf, socketLock, tcpSegments } from '../../contract/index.ts';
import { NS_PER_MS } from '../../reference/net/clock.ts';
import type { TcpBuffer } from '../../reference/net/tcp/buffers.ts';
import { lockSock, releaseSock } from '../../reference/net/tcp/lock.ts';
import { TcpSock } from '../../reference/net/tcp/tcp-sock.ts';
import type { Sockets } from './socket.ts';

const shown = ({ seq, endSeq, flags, when, transmissions }: TcpBuffer) => ({
  sequence: seq >>> 0,
  endSequence: endSeq >>> 0,
  flags: TCP_FLAGS.filter((_, bit) => (flags & (1 << bit)) !== 0),
  when: transmissions === 0 ? null : when * NS_PER_MS,
});

function segmentsOf({ sendQueue }: TcpSock) {
  const segments = [];
  for (let buffer = sendQueue.head; buffer !== null; buffer = buffer.next) {
    segments.push(shown(buffer));
  }
  return { segments };
}

/** Does something with a stream socket; those of other kinds are not among what the port knows. */
function withStream<Value>(sockets: Sockets, socket: string, work: (sk: TcpSock) => Value) {
  return sockets.with(socket, (sk): Outcome<Value, 'EBADF'> =>
    sk instanceof TcpSock ? success(work(sk)) : failure('EBADF'),
  );
}

export function tcpSocketPorts(sockets: Sockets) {
  const nothing = (work: (sk: TcpSock) => void) => (sk: TcpSock) => {
    work(sk);
    return {};
  };
  return {
    'tcp-segments': {
      read: ({ socket }) => withStream(sockets, socket, segmentsOf),
    } satisfies PortOf<typeof tcpSegments>,
    'socket-lock': {
      own: ({ socket }) => withStream(sockets, socket, nothing(lockSock)),
      release: ({ socket }) => withStream(sockets, socket, nothing(releaseSock)),
      read: ({ socket }) =>
        withStream(sockets, socket, ({ backlog }) => ({ segments: backlog.length })),
    } satisfies PortOf<typeof socketLock>,
  };
}
