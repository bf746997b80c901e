/** What a module says of itself, in process and from behind a pipe alike. */
import { PROTOCOL, type HelloValue, type Implementation } from '../contract/index.ts';
import { builtPorts, isCapability } from './built-ports.ts';

export function greetingOf({ name, version, profile, ports }: Implementation): HelloValue {
  const capabilities = Object.keys(ports)
    .filter(isCapability)
    .filter((capability) => ports[capability] !== undefined)
    .map((capability) => [capability, builtPorts()[capability].version]);
  return {
    protocol: PROTOCOL,
    name,
    version,
    profile,
    capabilities: Object.fromEntries(capabilities) as HelloValue['capabilities'],
  };
}
