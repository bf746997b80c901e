/** The contract's ports as the build wrote them down: what a run needs of them before it needs a schema. */
import { readFileSync } from 'node:fs';
import type { Capability, Errno } from '../contract/index.ts';
import { builtFile } from './root.ts';

export interface BuiltMethod {
  readonly errnos: readonly Errno[];
  readonly sleeps: boolean;
}

export interface BuiltPort {
  readonly version: number;
  readonly methods: Readonly<Record<string, BuiltMethod>>;
}

export type BuiltPorts = Readonly<Record<Capability, BuiltPort>>;

export const PORTS_JSON = builtFile('ports.json');

let ports: BuiltPorts | undefined;

/** Every port, by capability; read once. */
export function builtPorts(): BuiltPorts {
  ports ??= JSON.parse(readFileSync(PORTS_JSON, 'utf8')) as BuiltPorts;
  return ports;
}

export function isCapability(name: string): name is Capability {
  return Object.hasOwn(builtPorts(), name);
}
