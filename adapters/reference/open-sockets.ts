/** Handles of local sockets: each is a descriptor of an open file, and several may be of one. */
import { failure, type Answer, type Errno } from '../../contract/index.ts';
import type { Restartable } from '../../reference/kernel/interrupted-call.ts';
import type { Steps } from '../../reference/kernel/processors.ts';
import type { Task } from '../../reference/kernel/task.ts';
import type { Call, UnixFamily } from '../../reference/net/unix/family.ts';
import { fput, type OpenFile } from '../../reference/net/unix/scm.ts';
import { UnknownHandle } from './answering.ts';
import { mapped, type Interruptible } from './interruptible.ts';

/** By which handles of local sockets are known from others. */
export const LOCAL_HANDLE = 'unix-';

interface Descriptor<Socket> {
  readonly file: OpenFile;
  readonly socket: Socket;
  closed: boolean;
}

/** The sockets of one boot; a closed descriptor keeps its handle, so that its use is noticed. */
export class OpenSockets<Socket> {
  readonly #descriptors = new Map<string, Descriptor<Socket>>();
  readonly #sockets = new Map<OpenFile, Socket>();
  readonly #family: UnixFamily<Socket>;
  readonly #calls: Interruptible;

  constructor(family: UnixFamily<Socket>, calls: Interruptible) {
    this.#family = family;
    this.#calls = calls;
  }

  /** A descriptor of a socket that nobody has yet. */
  install(socket: Socket): string {
    const file = this.#family.file(socket);
    this.#sockets.set(file, socket);
    return this.#handle(file, socket);
  }

  /** A descriptor of a file that is a program's already, but for its handle. */
  installFile(file: OpenFile): string {
    const socket = this.#sockets.get(file);
    if (socket === undefined) throw new UnknownHandle('the file is no local socket');
    return this.#handle(file, socket);
  }

  #handle(file: OpenFile, socket: Socket): string {
    const handle = `${LOCAL_HANDLE}${this.#descriptors.size + 1}`;
    this.#descriptors.set(handle, { file, socket, closed: false });
    return handle;
  }

  /** Undefined when it was closed. @throws UnknownHandle — there never was one. */
  at(handle: string): Descriptor<Socket> | undefined {
    const descriptor = this.#descriptors.get(handle);
    if (descriptor === undefined) throw new UnknownHandle(`there is no socket "${handle}"`);
    return descriptor.closed ? undefined : descriptor;
  }

  close(descriptor: Descriptor<Socket>): void {
    descriptor.closed = true;
    fput(descriptor.file);
  }

  /** Makes a call in a socket for a task. */
  call<Value, To, Failure extends Errno>(
    { socket, task }: { readonly socket: string; readonly task: string },
    work: (socket: Socket, by: Task) => Call<Value>,
    turn: (value: Value) => To,
    waitsFor: string,
  ): Answer<To, Failure | 'EINTR'> {
    const held = (by: Task) => this.#holding(socket, (sk) => work(sk, by));
    return this.#calls.call(
      task,
      (by) => mapped(held(by), turn) as Steps<Restartable<To, Failure>>,
      waitsFor,
    );
  }

  /** Holds a socket open as long as a call is under way in it. @kernel sockfd_lookup */
  *#holding<Value>(handle: string, work: (socket: Socket) => Call<Value>): Call<Value> {
    const descriptor = this.at(handle);
    if (descriptor === undefined) return failure('EBADF');
    descriptor.file.references++;
    try {
      return yield* work(descriptor.socket);
    } finally {
      fput(descriptor.file);
    }
  }
}
