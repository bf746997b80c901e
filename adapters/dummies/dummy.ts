/**
 * Implementations that know nothing of a kernel and answer by the contract alone.
 *
 * They offer every capability. A statement that one of them passes is stated too weakly.
 */
import type { AnswerKind, Boot, BootOptions, Ports, PortSpec } from '../../contract/index.ts';
import { CAPABILITIES, PORTS } from '../../contract/schemas.ts';

export type Method = PortSpec['methods'][string];

/** What every method answers. */
export type Answering = (method: Method, args: object) => Partial<Record<AnswerKind, unknown>>;

/** @param make - called for each boot, so that a dummy may have a state. */
export function dummy(name: string, make: (options: BootOptions) => Answering): Boot {
  return (options) => ({
    name,
    version: '1',
    profile: options.profile,
    ports: portsThat(make(options)),
  });
}

/** Ports are made when they are first asked for: a scenario needs few of them. */
function portsThat(answering: Answering): Ports {
  const ports: Record<string, unknown> = {};
  for (const capability of CAPABILITIES) {
    let made: object | undefined;
    const get = () => (made ??= portThat(PORTS[capability].methods, answering));
    Object.defineProperty(ports, capability, { enumerable: true, get });
  }
  return ports as unknown as Ports;
}

function portThat(methods: PortSpec['methods'], answering: Answering): object {
  const calls = Object.entries(methods).map(([name, method]) => {
    return [name, (args: object) => Promise.resolve(answering(method, args))] as const;
  });
  return Object.fromEntries(calls);
}
