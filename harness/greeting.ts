/** What a module says of itself, in process and from behind a pipe alike. */
import { PROTOCOL, type HelloValue, type Implementation } from '../contract/index.ts';
import { builtPorts, isCapability } from './built-ports.ts';
import { CannotDrive } from './problems.ts';

/** @throws CannotDrive — what was booted is no implementation. */
export function greetingOf(booted: Implementation): HelloValue {
  const { name, version, profile, ports } = (booted ?? {}) as Partial<Implementation>;
  if (name === undefined || version === undefined || typeof ports !== 'object') {
    throw new CannotDrive(
      'boot() must return { name, version, profile, ports }, see docs/write-an-adapter.md',
    );
  }
  const known = builtPorts();
  const capabilities: Record<string, number> = {};
  // Not the ports themselves are looked at: one may be made when somebody does that.
  for (const [capability, port] of Object.entries(Object.getOwnPropertyDescriptors(ports))) {
    if ((port.get ?? port.value) === undefined) continue;
    // A name that the contract does not have is told as well: somebody will say that it is none.
    capabilities[capability] = isCapability(capability) ? known[capability].version : 1;
  }
  return { protocol: PROTOCOL, name, version, profile, capabilities };
}
