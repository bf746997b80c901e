/** Calls on the options of a socket: setsockopt, getsockopt, fcntl and ioctl. */
import { TCP_OPTIONS, type TcpOption } from '../../contract/index.ts';
import type { Call, Expression } from './ast.ts';
import { argumentsOf, returned, type CallScene, type Planned } from './call-scene.ts';
import { flagsOf, numberOf, O_NONBLOCK, O_RDWR, wordsOf } from './constants.ts';
import { printExpression } from './print.ts';
import { Difference, Unsupported } from './problems.ts';

/** Levels, each with what the names of its options begin with. */
const LEVELS: Readonly<Record<string, string>> = {
  SOL_SOCKET: 'SO_',
  SOL_TCP: 'TCP_',
  IPPROTO_TCP: 'TCP_',
  SOL_IP: 'IP_',
  IPPROTO_IP: 'IP_',
};

/** Values that scripts write as words. */
const VALUES: Readonly<Record<string, number>> = {
  IP_PMTUDISC_DONT: 0,
  IP_PMTUDISC_WANT: 1,
  IP_PMTUDISC_DO: 2,
};

/** Their values are times of two numbers. */
const TIMES = ['SO_RCVTIMEO', 'SO_SNDTIMEO'];

const NAMED = ['SO_ERROR', 'TCP_CONGESTION'];

export function planSetsockopt(call: Call): Planned {
  const args = argumentsOf(call, 5);
  const option = optionOf(args);
  const value = valueOf(option, args[3] as Expression);
  numberOf(args[4] as Expression);
  const act = async (scene: CallScene) => {
    const { socket } = scene.descriptor(args[0] as Expression);
    return returned(await scene.ports.tcp.setOption({ socket, option, value }));
  };
  return { needs: ['tcp'], act };
}

export function planGetsockopt(call: Call): Planned {
  const args = argumentsOf(call, 5);
  const option = optionOf(args);
  const [, , , written, length] = args as [
    Expression,
    Expression,
    Expression,
    Expression,
    Expression,
  ];
  const expected = written.kind === 'anything' ? undefined : valueOf(option, written);
  if (length.kind !== 'anything') numberOf(single(length));
  const act = async (scene: CallScene) => {
    const { socket } = scene.descriptor(args[0] as Expression);
    const outcome = await scene.ports.tcp.getOption({ socket, option });
    if ('ok' in outcome && expected !== undefined && outcome.ok.value !== expected) {
      const [wanted, found] = [shown(expected), shown(outcome.ok.value)];
      throw new Difference(`${option}: expected ${wanted}, got ${found}`, wanted, found);
    }
    return returned(outcome);
  };
  return { needs: ['tcp'], act };
}

function shown(value: number | string): string {
  return value === '' ? 'no error' : String(value);
}

function optionOf(args: readonly Expression[]): TcpOption {
  const [, level, name] = args as [Expression, Expression, Expression];
  const [levelWord = ''] = wordsOf(level);
  const [word = ''] = wordsOf(name);
  const prefix = Object.hasOwn(LEVELS, levelWord) ? LEVELS[levelWord] : undefined;
  if (prefix === undefined)
    throw new Unsupported(level.place, `the level ${printExpression(level)}`);
  const option = TCP_OPTIONS.find((each) => each === word && each.startsWith(prefix));
  if (option !== undefined && !TIMES.includes(option)) return option;
  throw new Unsupported(name.place, `the option ${printExpression(name)} of ${levelWord}`);
}

/** [1], "reno", {onoff=1, linger=0}, [ECONNREFUSED]. */
function valueOf(option: TcpOption, written: Expression): number | string {
  if (option === 'SO_LINGER') return lingerOf(single(written));
  const expression = single(written);
  if (expression.kind === 'text') return expression.parts.join('');
  if (expression.kind !== 'word') {
    const value = numberOf(expression);
    return option === 'SO_ERROR' && value === 0 ? '' : value;
  }
  const value = Object.hasOwn(VALUES, expression.word) ? VALUES[expression.word] : undefined;
  if (value !== undefined) return value;
  if (NAMED.includes(option)) return expression.word;
  throw new Unsupported(expression.place, `the value ${expression.word} of ${option}`);
}

function single(expression: Expression): Expression {
  const [item, ...more] = expression.kind === 'list' ? expression.items : [expression];
  if (item !== undefined && more.length === 0) return item;
  throw new Unsupported(expression.place, 'a value that is not one alone');
}

/** Seconds; -1 when it is off. */
function lingerOf(expression: Expression): number {
  if (expression.kind === 'struct') {
    const field = (name: string) => expression.fields.find((each) => each.name === name)?.value;
    const [onoff, linger] = [field('onoff'), field('linger')];
    if (onoff !== undefined && linger !== undefined) {
      return numberOf(onoff) === 0 ? -1 : numberOf(linger);
    }
  }
  throw new Unsupported(expression.place, 'a linger that is not {onoff=…, linger=…}');
}

/** Whether a socket waits is kept here; the contract says it with each call. */
export function planFcntl(call: Call): Planned {
  const [socket, command, flags] = call.args;
  const [word] = command === undefined ? [] : wordsOf(command);
  if (socket === undefined || (word !== 'F_SETFL' && word !== 'F_GETFL')) {
    throw new Unsupported(call.place, 'fcntl other than F_GETFL and F_SETFL');
  }
  if (word === 'F_GETFL') return { needs: [], act: (scene) => getFlags(scene, socket) };
  const set = flagsOf(flags ?? call.result, ['O_RDWR', 'O_NONBLOCK']);
  const act = async (scene: CallScene) => {
    scene.descriptor(socket).nonBlocking = set.has('O_NONBLOCK');
    return { value: 0 };
  };
  return { needs: [], act };
}

async function getFlags(scene: CallScene, socket: Expression) {
  const { nonBlocking } = scene.descriptor(socket);
  return { value: O_RDWR | (nonBlocking ? O_NONBLOCK : 0) };
}

/** What waits in the buffers. */
const REQUESTS = {
  SIOCINQ: 'receiving',
  FIONREAD: 'receiving',
  SIOCOUTQ: 'sending',
  SIOCOUTQNSD: 'unsent',
} as const;

export function planIoctl(call: Call): Planned {
  const args = argumentsOf(call, 3);
  const [socket, request, written] = args as [Expression, Expression, Expression];
  const [word = ''] = wordsOf(request);
  if (!Object.hasOwn(REQUESTS, word)) throw new Unsupported(request.place, `the ioctl ${word}`);
  const member = REQUESTS[word as keyof typeof REQUESTS];
  const expected = written.kind === 'anything' ? undefined : numberOf(single(written));
  const act = async (scene: CallScene) => {
    const outcome = await scene.ports.tcp.occupancy({ socket: scene.descriptor(socket).socket });
    const found = 'ok' in outcome ? outcome.ok[member] : undefined;
    if (found !== undefined && expected !== undefined && found !== expected) {
      const says = `${word}: expected ${expected} octets, got ${found}`;
      throw new Difference(says, String(expected), String(found));
    }
    return returned(outcome);
  };
  return { needs: ['tcp'], act };
}
