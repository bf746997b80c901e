/** Wireshark's dissector, as far as tests of packets ask it: a third opinion on every field. */
import { createRequire } from 'node:module';
import path from 'node:path';
import { ROOT } from '../kernspec.ts';

interface Vector<T> {
  size(): number;
  get(index: number): T;
  delete(): void;
}

interface ProtocolTree {
  readonly label: string;
  /** A display filter that this field passes, such as `ip.ttl == 64`. */
  readonly filter: string;
  readonly tree: Vector<ProtocolTree>;
}

interface Session {
  load(): { code: number };
  getFrames(
    filter: string,
    skip: number,
    limit: number,
  ): { matched: number; frames: Vector<{ readonly number: number }> };
  getFrame(number: number): { comments: Vector<string>; tree: Vector<ProtocolTree> };
  delete(): void;
}

interface Wiregasm {
  init(): void;
  setPref(module: string, name: string, value: string): void;
  FS: { writeFile(file: string, data: Uint8Array): void };
  DissectSession: new (file: string) => Session;
}

/** As many as are asked for at most; 0 would be all. */
const MOST_FRAMES = 1_000_000;

const DIST = path.join(ROOT, 'node_modules', '@goodtools', 'wiregasm', 'dist');

/** What the dissector says of one frame. */
export interface Dissected {
  readonly comments: readonly string[];
  /** Values by field, in the order of the frame; a layer within another comes later. */
  readonly fields: ReadonlyMap<string, readonly string[]>;
  readonly labels: readonly string[];
}

/** Preferences under which each frame is judged by itself, with all its checksums. */
const PREFERENCES = [
  ...['ip', 'tcp', 'udp'].map((protocol) => [protocol, 'check_checksum', 'TRUE'] as const),
  ['ip', 'defragment', 'FALSE'],
  ['ipv6', 'defragment', 'FALSE'],
  ['tcp', 'analyze_sequence_numbers', 'FALSE'],
  ['tcp', 'relative_sequence_numbers', 'FALSE'],
  ['tcp', 'desegment_tcp_streams', 'FALSE'],
  ['tcp', 'try_heuristic_first', 'FALSE'],
] as const;

export class Dissector {
  readonly #library: Wiregasm;

  private constructor(library: Wiregasm) {
    this.#library = library;
  }

  static async load(): Promise<Dissector> {
    const load = createRequire(import.meta.url)(path.join(DIST, 'wiregasm.js')) as (options: {
      locateFile: (file: string) => string;
      print: () => void;
      printErr: () => void;
    }) => Promise<Wiregasm>;
    const silent = () => undefined;
    const locateFile = (file: string) => path.join(DIST, file);
    const library = await load({ locateFile, print: silent, printErr: silent });
    library.init();
    for (const [module, name, value] of PREFERENCES) library.setPref(module, name, value);
    return new Dissector(library);
  }

  /** How many frames of a capture pass each of some filters. */
  matched(capture: Uint8Array, filters: readonly string[]): number[] {
    return this.#reading(capture, (session) =>
      filters.map((filter) => session.getFrames(filter, 0, 1).matched),
    );
  }

  /** The frames of a capture that pass a filter, counted from 1. */
  indices(capture: Uint8Array, filter: string): number[] {
    return this.#reading(capture, (session) => {
      const { frames } = session.getFrames(filter, 0, MOST_FRAMES);
      return Array.from({ length: frames.size() }, (_, at) => frames.get(at).number);
    });
  }

  /** Every field of so many frames. */
  dissect(capture: Uint8Array, frames: number): Dissected[] {
    return this.#reading(capture, (session) =>
      Array.from({ length: frames }, (_, index) => dissected(session.getFrame(index + 1))),
    );
  }

  #reading<Answer>(capture: Uint8Array, read: (session: Session) => Answer): Answer {
    const file = '/frames.pcapng';
    this.#library.FS.writeFile(file, capture);
    const session = new this.#library.DissectSession(file);
    if (session.load().code !== 0) throw new Error('the dissector cannot read the capture');
    const answer = read(session);
    session.delete();
    return answer;
  }
}

function dissected(frame: ReturnType<Session['getFrame']>): Dissected {
  const fields = new Map<string, string[]>();
  const labels: string[] = [];
  const walk = (trees: Vector<ProtocolTree>) => {
    for (let at = 0; at < trees.size(); at++) {
      const { label, filter, tree } = trees.get(at);
      // What is known of the frame from outside: many nodes, of which nothing is asked.
      if (label.startsWith('Frame ')) continue;
      labels.push(label);
      const [, field, value] = /^(\S+) == (.*)$/.exec(filter) ?? [];
      if (field !== undefined && value !== undefined) {
        fields.set(field, [...(fields.get(field) ?? []), value.replace(/^"(.*)"$/, '$1')]);
      }
      walk(tree);
    }
  };
  walk(frame.tree);
  const comments = Array.from({ length: frame.comments.size() }, (_, at) => frame.comments.get(at));
  return { comments, fields, labels };
}
