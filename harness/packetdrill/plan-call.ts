/** System calls: from the script's words to the contract's. */
import type { Call, Expression } from './ast.ts';
import {
  argumentsOf,
  came,
  returned,
  TASK,
  type CallScene,
  type Came,
  type Planned,
  type Planner,
  type Sleeping,
} from './call-scene.ts';
import { Connection } from './connection.ts';
import { anythingIn, numberOf, wordsOf } from './constants.ts';
import { planFcntl, planGetsockopt, planIoctl, planSetsockopt } from './plan-options.ts';
import { planPoll } from './plan-poll.ts';
import {
  planRead,
  planRecv,
  planRecvfrom,
  planSend,
  planSendto,
  planWrite,
} from './plan-transfer.ts';
import { Unsupported } from './problems.ts';

const PLANNERS: Readonly<Record<string, Planner>> = {
  accept: planAccept,
  bind: planBind,
  close: planClose,
  connect: planConnect,
  fcntl: planFcntl,
  getsockopt: planGetsockopt,
  ioctl: planIoctl,
  listen: planListen,
  poll: planPoll,
  read: planRead,
  recv: planRecv,
  recvfrom: planRecvfrom,
  send: planSend,
  sendto: planSendto,
  setsockopt: planSetsockopt,
  shutdown: planShutdown,
  socket: planSocket,
  write: planWrite,
};

export const CALLS: readonly string[] = Object.keys(PLANNERS);

/** @throws Unsupported — there is no such call here, or it asks for what is not there. */
export function planCall(call: Call): Planned {
  const planner = Object.hasOwn(PLANNERS, call.name) ? PLANNERS[call.name] : undefined;
  if (planner === undefined) {
    throw new Unsupported(
      call.place,
      `the system call ${call.name}; there are ${CALLS.join(', ')}`,
    );
  }
  if (call.result.kind !== 'anything') numberOf(call.result);
  return planner(call);
}

/** The number that the script gives what a call makes; undefined: it expects no success. */
function givenNumber({ result }: Call): number | undefined {
  const number = result.kind === 'number' ? result.value : -1;
  return number >= 0 ? number : undefined;
}

function planSocket(call: Call): Planned {
  const [domain, type, protocol] = argumentsOf(call, 3) as [Expression, Expression, Expression];
  if (domain.kind !== 'anything') expectWord(domain, ['AF_INET', 'PF_INET']);
  const types = wordsOf(type);
  const strange = types.find((word) => word !== 'SOCK_STREAM' && word !== 'SOCK_NONBLOCK');
  if (strange !== undefined || !types.includes('SOCK_STREAM')) {
    throw new Unsupported(type.place, 'a socket that is not SOCK_STREAM');
  }
  if (protocol.kind !== 'number') expectWord(protocol, ['IPPROTO_TCP', 'IPPROTO_IP']);
  else if (protocol.value !== 0) throw new Unsupported(protocol.place, 'a protocol other than TCP');
  const number = givenNumber(call);
  if (number === undefined) throw new Unsupported(call.place, 'a socket call that fails');
  const act = async (scene: CallScene): Promise<Came> => {
    const outcome = await scene.ports.tcp.open({});
    if ('ok' in outcome) {
      const connection = scene.begin(new Connection('new'));
      const nonBlocking = types.includes('SOCK_NONBLOCK');
      scene.number(number, { connection, socket: outcome.ok.socket, nonBlocking });
    }
    return returned(outcome, () => number);
  };
  return { needs: ['tcp'], act };
}

function expectWord(expression: Expression, words: readonly string[]): void {
  if (expression.kind === 'word' && words.includes(expression.word)) return;
  throw new Unsupported(expression.place, `a value other than ${words.join(' or ')}`);
}

function planBind(call: Call): Planned {
  const [fd, ...rest] = argumentsOf(call, 3) as [Expression, ...Expression[]];
  rest.forEach(anythingIn);
  const act = async (scene: CallScene) => {
    const { connection, socket } = scene.descriptor(fd);
    const { localAddress: address, bindPort: port } = scene.settings;
    const outcome = await scene.ports.tcp.bind({ socket, to: { address, port } });
    if ('ok' in outcome) connection.localPort = port;
    return returned(outcome);
  };
  return { needs: ['tcp'], act };
}

function planListen(call: Call): Planned {
  const [fd, backlog] = argumentsOf(call, 2) as [Expression, Expression];
  const length = numberOf(backlog);
  const act = async (scene: CallScene) => {
    const { connection, socket } = scene.descriptor(fd);
    const outcome = await scene.ports.tcp.listen({ socket, backlog: length });
    if ('ok' in outcome) connection.phase = 'listening';
    return returned(outcome);
  };
  return { needs: ['tcp'], act };
}

function planAccept(call: Call): Planned {
  const [fd, ...rest] = argumentsOf(call, 3) as [Expression, ...Expression[]];
  rest.forEach(anythingIn);
  const number = givenNumber(call);
  const act = async (scene: CallScene) => {
    const { socket, nonBlocking } = scene.descriptor(fd);
    const outcome = await scene.ports.tcp.accept({ socket, task: TASK, dontWait: nonBlocking });
    return came(outcome, (accepted) => adopt(scene, number, accepted));
  };
  return { needs: ['tcp'], act };
}

/** Finds the connection whose client this is, and gives it its number. */
function adopt(
  scene: CallScene,
  number: number | undefined,
  { socket, from }: { readonly socket: string; readonly from: { readonly port: number } },
): number {
  if (number === undefined) return 0;
  const known = scene.connections.find(
    ({ remotePort, phase }) => remotePort === from.port && phase !== 'listening',
  );
  const connection = known ?? new Connection('known');
  scene.number(number, { connection, socket, nonBlocking: false });
  return number;
}

function planConnect(call: Call): Planned {
  const [fd, to, length] = argumentsOf(call, 3) as [Expression, Expression, Expression];
  anythingIn(length);
  const ends = to.kind === 'word' && to.word === 'AF_UNSPEC';
  if (!ends) anythingIn(to);
  const act = async (scene: CallScene): Promise<Came | Sleeping> => {
    const { connection, socket, nonBlocking } = scene.descriptor(fd);
    const { remoteAddress: address, connectPort: port } = scene.settings;
    if (ends) {
      connection.phase = 'new';
    } else if (connection.phase === 'new') {
      connection.phase = 'connecting';
      connection.remotePort = port;
    }
    const target = ends ? null : { address, port };
    const asked = { socket, task: TASK, to: target, dontWait: nonBlocking };
    return came(await scene.ports.tcp.connect(asked), () => 0);
  };
  return { needs: ['tcp'], act };
}

function planShutdown(call: Call): Planned {
  const [fd, direction] = argumentsOf(call, 2) as [Expression, Expression];
  const [word] = wordsOf(direction);
  const how = (['SHUT_RD', 'SHUT_WR', 'SHUT_RDWR'] as const).find((name) => name === word);
  if (how === undefined) {
    throw new Unsupported(direction.place, 'shutdown other than SHUT_RD, SHUT_WR and SHUT_RDWR');
  }
  const act = async (scene: CallScene) =>
    returned(await scene.ports.tcp.shutdown({ socket: scene.descriptor(fd).socket, how }));
  return { needs: ['tcp'], act };
}

function planClose(call: Call): Planned {
  const [fd] = argumentsOf(call, 1) as [Expression];
  const number = numberOf(fd);
  const act = async (scene: CallScene) => {
    const { socket } = scene.descriptor(fd);
    const outcome = await scene.ports.tcp.close({ socket, task: TASK });
    scene.forget(number);
    return came(outcome, () => 0);
  };
  return { needs: ['tcp'], act };
}
