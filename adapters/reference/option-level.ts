/** Options of the reference by level and number. */
import { failure, success } from '../../contract/index.ts';
import type {
  Errno,
  optionLevel,
  OptionLevel,
  Outcome,
  PortOf,
  TcpOption,
} from '../../contract/index.ts';
import { optionAt, optionNumbers } from '../../reference/net/option-level.ts';
import { tcpGetOption, tcpSetOption } from '../../reference/net/tcp/tcp-option.ts';
import { TcpSock } from '../../reference/net/tcp/tcp-sock.ts';
import { answeringOk } from './answering.ts';
import type { Sockets } from './socket.ts';

type Port = PortOf<typeof optionLevel>;

interface Numbered {
  readonly socket: string;
  readonly level: OptionLevel;
  readonly number: number;
}

export function optionLevelPort(sockets: Sockets): Port {
  const { profile } = sockets.net;
  /** Does something with the option that is meant. */
  const withOption = <Value>(
    { socket, level, number }: Numbered,
    work: (sk: TcpSock, option: TcpOption) => Outcome<Value, Errno>,
  ) =>
    sockets.with(socket, (sk): Outcome<Value, Errno> => {
      if (!(sk instanceof TcpSock)) return failure('EBADF');
      const option = optionAt(profile, level, number);
      return option === undefined ? failure('ENOPROTOOPT') : work(sk, option);
    });
  return {
    numbers: () => answeringOk(() => ({ options: optionNumbers(profile) })),
    set: ({ value, ...numbered }) =>
      withOption(numbered, (sk, option) => {
        const set = tcpSetOption(sk, option, value, true);
        return 'ok' in set ? success({}) : set;
      }) as ReturnType<Port['set']>,
    get: (numbered) =>
      withOption(numbered, (sk, option) => {
        const got = tcpGetOption(sk, option);
        if (!('ok' in got)) return got;
        return success({ value: typeof got.ok === 'number' ? got.ok : 0 });
      }) as ReturnType<Port['get']>,
  };
}
