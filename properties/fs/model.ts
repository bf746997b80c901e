/**
 * A file system as plain data: the model that properties compare with.
 *
 * Where a call fails for several reasons at once, a system may give any of them.
 */

export interface ModelFile {
  readonly kind: 'file';
  octets: number[];
  links: number;
}

export interface ModelDirectory {
  readonly kind: 'directory';
  readonly names: Map<string, ModelNode>;
  parent: ModelDirectory;
}

export type ModelNode = ModelFile | ModelDirectory;

/** Errnos of which one must come; none of them: the call must succeed. */
export type Permitted = ReadonlySet<string>;

const NONE: Permitted = new Set();

/** Where a path leads. */
export interface Place {
  readonly parent: ModelDirectory;
  readonly name: string;
  readonly node: ModelNode | undefined;
}

export class ModelTree {
  readonly root: ModelDirectory;

  constructor() {
    const names = new Map<string, ModelNode>();
    this.root = { kind: 'directory', names, parent: undefined as never };
    this.root.parent = this.root;
  }

  /** @returns the errno of a lookup that does not get as far as the last name. */
  place(path: readonly string[]): Place | string {
    let at: Place = { parent: this.root, name: '', node: this.root };
    for (const name of path) {
      if (at.node === undefined) return 'ENOENT';
      if (at.node.kind !== 'directory') return 'ENOTDIR';
      at = { parent: at.node, name, node: stepFrom(at.node, name) };
    }
    return at;
  }

  node(path: readonly string[]): ModelNode | string {
    const place = this.place(path);
    return typeof place === 'string' ? place : (place.node ?? 'ENOENT');
  }

  mkdir(path: readonly string[]): Permitted {
    const place = this.place(path);
    if (typeof place === 'string') return new Set([place]);
    if (place.node !== undefined) return new Set(['EEXIST']);
    const { parent, name } = place;
    parent.names.set(name, { kind: 'directory', names: new Map(), parent });
    return NONE;
  }

  rmdir(path: readonly string[]): Permitted {
    const place = this.place(path);
    if (typeof place === 'string') return new Set([place]);
    if (place.node === undefined) return new Set(['ENOENT']);
    if (place.node.kind === 'file') return new Set(['ENOTDIR']);
    if (place.node.names.size > 0) return new Set(['ENOTEMPTY']);
    place.parent.names.delete(place.name);
    return NONE;
  }

  unlink(path: readonly string[]): Permitted {
    const place = this.place(path);
    if (typeof place === 'string') return new Set([place]);
    if (place.node === undefined) return new Set(['ENOENT']);
    if (place.node.kind === 'directory') return new Set(['EISDIR', 'EPERM']);
    place.parent.names.delete(place.name);
    place.node.links--;
    return NONE;
  }

  link(from: readonly string[], to: readonly string[]): Permitted {
    const [source, target] = [this.node(from), this.place(to)];
    const errnos = [source, target].filter((found) => typeof found === 'string');
    if (typeof source !== 'string' && source.kind === 'directory') errnos.push('EPERM');
    if (typeof target !== 'string' && target.node !== undefined) errnos.push('EEXIST');
    if (errnos.length > 0) return new Set(errnos);
    const { parent, name } = target as Place;
    parent.names.set(name, source as ModelFile);
    (source as ModelFile).links++;
    return NONE;
  }

  rename(from: readonly string[], to: readonly string[]): Permitted {
    const [source, target] = [this.place(from), this.place(to)];
    const errnos = [source, target].filter((found) => typeof found === 'string');
    if (typeof source === 'string' || typeof target === 'string') return new Set(errnos);
    const { node: moved } = source;
    if (moved === undefined) return new Set(['ENOENT']);
    if (moved === target.node) return NONE;
    errnos.push(...obstacles(moved, source, target));
    if (errnos.length > 0) return new Set(errnos);
    if (target.node?.kind === 'file') target.node.links--;
    target.parent.names.set(target.name, moved);
    source.parent.names.delete(source.name);
    if (moved.kind === 'directory') moved.parent = target.parent;
    return NONE;
  }
}

function stepFrom(directory: ModelDirectory, name: string): ModelNode | undefined {
  if (name === '.') return directory;
  return name === '..' ? directory.parent : directory.names.get(name);
}

function isAtOrAbove(above: ModelNode, below: ModelDirectory): boolean {
  for (let at = below; ; at = at.parent) {
    if (at === above) return true;
    if (at === at.parent) return false;
  }
}

function obstacles(moved: ModelNode, source: Place, { parent, node }: Place): string[] {
  const errnos: string[] = [];
  if (moved.kind === 'directory') {
    if (isAtOrAbove(moved, parent)) errnos.push('EINVAL');
    if (node?.kind === 'file') errnos.push('ENOTDIR');
    if (node?.kind === 'directory' && node.names.size > 0) errnos.push('ENOTEMPTY');
  } else if (node?.kind === 'directory') {
    errnos.push('EISDIR');
    if (isAtOrAbove(node, source.parent)) errnos.push('ENOTEMPTY');
  }
  return errnos;
}

/** All paths of a tree, each with its node, the root as no names at all. */
export function* pathsOf(
  directory: ModelDirectory,
  path: readonly string[] = [],
): Generator<[path: readonly string[], node: ModelNode]> {
  yield [path, directory];
  for (const [name, node] of directory.names) {
    if (node.kind === 'directory') yield* pathsOf(node, [...path, name]);
    else yield [[...path, name], node];
  }
}

/** Writes into a file; a gap is filled with zeroes. */
export function writeModel(file: ModelFile, offset: number, octets: readonly number[]): void {
  const gap = Math.max(0, offset - file.octets.length);
  const grown = [...file.octets, ...Array<number>(gap).fill(0)];
  grown.splice(offset, octets.length, ...octets);
  file.octets = grown;
}

/** Cuts a file off, or fills it up with zeroes. */
export function resizeModel(file: ModelFile, length: number): void {
  const missing = Math.max(0, length - file.octets.length);
  file.octets = [...file.octets.slice(0, length), ...Array<number>(missing).fill(0)];
}
