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

function portsThat(answering: Answering): Ports {
  const ports = CAPABILITIES.map((capability) => {
    const methods: PortSpec['methods'] = PORTS[capability].methods;
    const calls = Object.entries(methods).map(([name, method]) => {
      return [name, (args: object) => Promise.resolve(answering(method, args))] as const;
    });
    return [capability, Object.fromEntries(calls)] as const;
  });
  return Object.fromEntries(ports) as unknown as Ports;
}
