/**
 * Calls on their way over a pipe: strictly one request at a time.
 *
 * What is called for while a request is pending waits. Where the implementation takes batches, all that
 * waits then goes in one line, which is what makes many calls at once cheaper than one after another.
 */

/** A request and who waits for its answer. */
export interface Call {
  readonly op: string;
  /** The request as JSON, its id left out. */
  readonly text: string;
  readonly limitMs: number;
  readonly resolve: (answer: unknown) => void;
  readonly reject: (error: Error) => void;
}

export type Calls = readonly [Call, ...Call[]];

/** Calls of one line, and octets that they may come to: lines are to stay short. */
const MAX_CALLS = 64;
const MAX_LENGTH = 64 * 1024;

export class CallQueue {
  readonly #send: (calls: Calls) => void;
  #waiting: Call[] = [];
  #busy = false;
  /** Whether the implementation takes batches. */
  batches = false;

  constructor(send: (calls: Calls) => void) {
    this.#send = send;
  }

  add(call: Call): void {
    this.#waiting.push(call);
    if (this.#busy) return;
    this.#busy = true;
    // Whoever calls for several at once has called for all of them by then.
    queueMicrotask(() => this.#next());
  }

  /** The calls that were sent last have their answers. */
  answered({ length }: Calls): void {
    // Those who got several answers at once will all want to go on before the next line is sent.
    if (length > 1) setImmediate(() => this.#next());
    else this.#next();
  }

  /** Takes out whatever waits; nothing is sent any more. */
  close(): readonly Call[] {
    const left = this.#waiting;
    this.#waiting = [];
    this.#busy = true;
    return left;
  }

  #next(): void {
    const { length } = this.#waiting;
    this.#busy = length > 0;
    if (!this.#busy) return;
    const calls = this.#waiting.splice(0, length === 1 ? 1 : this.#fitting());
    this.#send(calls as [Call, ...Call[]]);
  }

  /** How many of the first calls go into one line; what belongs to no port goes alone. */
  #fitting(): number {
    if (!this.batches) return 1;
    let length = 0;
    const beyond = this.#waiting.findIndex(({ op, text }, at) => {
      length += text.length;
      return at === MAX_CALLS || length > MAX_LENGTH || !op.includes('.');
    });
    return beyond < 0 ? this.#waiting.length : Math.max(beyond, 1);
  }
}

/** The line of a request. */
export function requestLine(id: number, calls: Calls): string {
  if (calls.length === 1) return `{"id":${id},${calls[0].text.slice(1)}\n`;
  const texts = calls.map(({ text }) => text).join(',');
  return `{"id":${id},"op":"batch","args":{"calls":[${texts}]}}\n`;
}
