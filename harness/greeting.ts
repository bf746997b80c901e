/** What a module says of itself, in process and from behind a pipe alike. */
import { PROTOCOL, type HelloValue, type Implementation } from '../contract/index.ts';
import { builtPorts, isCapability } from './built-ports.ts';

export function greetingOf({ name, version, profile, ports }: Implementation): HelloValue {
  const known = builtPorts();
  const capabilities: Record<string, number> = {};
  for (const [capability, port] of Object.entries(ports)) {
    if (isCapability(capability) && port !== undefined) {
      capabilities[capability] = known[capability].version;
    }
  }
  return { protocol: PROTOCOL, name, version, profile, capabilities };
}
