/** What a module says of itself, in process and from behind a pipe alike. */
import { PROTOCOL, type HelloValue, type Implementation } from '../contract/index.ts';
import { builtPorts, isCapability } from './built-ports.ts';

export function greetingOf({ name, version, profile, ports }: Implementation): HelloValue {
  const known = builtPorts();
  const capabilities: Record<string, number> = {};
  // Not the ports themselves are looked at: one may be made when somebody does that.
  for (const [capability, port] of Object.entries(Object.getOwnPropertyDescriptors(ports))) {
    if (isCapability(capability) && (port.get ?? port.value) !== undefined) {
      capabilities[capability] = known[capability].version;
    }
  }
  return { protocol: PROTOCOL, name, version, profile, capabilities };
}
