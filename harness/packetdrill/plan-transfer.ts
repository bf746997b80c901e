/** Calls that move octets: read, recv, recvfrom, write, send and sendto. */
import { MAX_OCTETS } from '../../contract/index.ts';
import type { Call, Expression } from './ast.ts';
import {
  argumentsOf,
  came,
  TASK,
  type CallScene,
  type Descriptor,
  type Planned,
} from './call-scene.ts';
import { anythingIn, bufferIn, flagsOf, numberOf } from './constants.ts';
import { Unsupported } from './problems.ts';

const RECEIVE_FLAGS = ['MSG_DONTWAIT', 'MSG_OOB', 'MSG_PEEK', 'MSG_WAITALL'];
const SEND_FLAGS = ['MSG_DONTWAIT', 'MSG_MORE', 'MSG_NOSIGNAL', 'MSG_OOB'];

type Flags = ReadonlySet<string>;

const NONE: Flags = new Set();

const at = (args: readonly Expression[], index: number) => args[index] as Expression;

export function planRead(call: Call): Planned {
  return receiving(argumentsOf(call, 3), NONE);
}

export function planRecv(call: Call): Planned {
  const args = argumentsOf(call, 4);
  return receiving(args, flagsOf(at(args, 3), RECEIVE_FLAGS));
}

export function planRecvfrom(call: Call): Planned {
  const args = argumentsOf(call, 6);
  args.slice(4).forEach(anythingIn);
  return receiving(args, flagsOf(at(args, 3), RECEIVE_FLAGS));
}

function receiving(args: readonly Expression[], flags: Flags): Planned {
  bufferIn(at(args, 1));
  const size = lengthOf(at(args, 2));
  const act = async ({ descriptor, ports }: Scene) => {
    const from = descriptor;
    const outcome = await ports.tcp.receive({
      socket: from.socket,
      task: TASK,
      // No more could come in one answer.
      size: Math.min(size, MAX_OCTETS),
      peek: flags.has('MSG_PEEK'),
      waitAll: flags.has('MSG_WAITALL'),
      outOfBand: flags.has('MSG_OOB'),
      dontWait: from.nonBlocking || flags.has('MSG_DONTWAIT'),
    });
    return came(outcome, ({ octets }) => octets.length / 2);
  };
  return { needs: ['tcp'], act: (scene) => act(sceneOf(scene, at(args, 0))) };
}

export function planWrite(call: Call): Planned {
  return sending(argumentsOf(call, 3), NONE, false);
}

export function planSend(call: Call): Planned {
  const args = argumentsOf(call, 4);
  return sending(args, flagsOf(at(args, 3), SEND_FLAGS), false);
}

export function planSendto(call: Call): Planned {
  const args = argumentsOf(call, 6);
  args.slice(4).forEach(anythingIn);
  return sending(args, flagsOf(at(args, 3), SEND_FLAGS), true);
}

function sending(args: readonly Expression[], flags: Flags, addressed: boolean): Planned {
  bufferIn(at(args, 1));
  const { place } = at(args, 2);
  const length = lengthOf(at(args, 2));
  if (length > MAX_OCTETS) {
    throw new Unsupported(place, `more than ${MAX_OCTETS} octets in one call`);
  }
  const act = async ({ descriptor, ports, settings }: Scene) => {
    const { remoteAddress: address, connectPort: port } = settings;
    const outcome = await ports.tcp.send({
      socket: descriptor.socket,
      task: TASK,
      octets: '00'.repeat(length),
      ...(addressed && { to: { address, port } }),
      more: flags.has('MSG_MORE'),
      outOfBand: flags.has('MSG_OOB'),
      noSignal: flags.has('MSG_NOSIGNAL'),
      dontWait: descriptor.nonBlocking || flags.has('MSG_DONTWAIT'),
    });
    return came(outcome, (taken) => taken.length);
  };
  return { needs: ['tcp'], act: (scene) => act(sceneOf(scene, at(args, 0))) };
}

interface Scene extends Pick<CallScene, 'ports' | 'settings'> {
  readonly descriptor: Descriptor;
}

function sceneOf(scene: CallScene, number: Expression): Scene {
  const { ports, settings } = scene;
  return { ports, settings, descriptor: scene.descriptor(number) };
}

function lengthOf(expression: Expression): number {
  const length = numberOf(expression);
  if (length >= 0) return length;
  throw new Unsupported(expression.place, `a length of ${length}`);
}
