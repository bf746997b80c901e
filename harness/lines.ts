/** Lines out of the pieces in which a pipe gives them. */

export interface LineListener {
  line(line: Buffer): void;
  /** What has come of a line so far is longer than any may be. */
  tooLong(begun: Buffer): void;
}

export class LineReader {
  readonly #longest: number;
  readonly #listener: LineListener;
  #begun: Buffer[] = [];
  #length = 0;

  /** @param longest - in octets, the newline left out. */
  constructor(longest: number, listener: LineListener) {
    this.#longest = longest;
    this.#listener = listener;
  }

  read(chunk: Buffer): void {
    let from = 0;
    for (let end = chunk.indexOf(0x0a); end >= 0; end = chunk.indexOf(0x0a, from)) {
      this.#add(chunk.subarray(from, end));
      from = end + 1;
      this.#end();
    }
    if (from === chunk.length) return;
    this.#add(chunk.subarray(from));
    if (this.#length > this.#longest) this.#listener.tooLong(Buffer.concat(this.#begun));
  }

  #add(piece: Buffer): void {
    this.#begun.push(piece);
    this.#length += piece.length;
  }

  #end(): void {
    const [only, ...more] = this.#begun;
    const line = only !== undefined && more.length === 0 ? only : Buffer.concat(this.#begun);
    this.#begun = [];
    this.#length = 0;
    if (line.length > this.#longest) this.#listener.tooLong(line);
    else this.#listener.line(line);
  }
}

/** How much of a bad line a message shows. */
export const SHOWN = 200;

export function shortened(text: string): string {
  return text.length > SHOWN ? `${text.slice(0, SHOWN)}…` : text;
}
