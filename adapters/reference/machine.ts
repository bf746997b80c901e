/** The machine ports of the reference kernel. */
import type { machine, PortOf, Profile } from '../../contract/index.ts';
import { runMachine } from '../../reference/machine/machine.ts';
import { answeringOk } from './answering.ts';

export function machinePorts(profile: Profile) {
  const port: PortOf<typeof machine> = {
    run: (scene) => answeringOk(() => runMachine(scene, profile)),
  };
  return { machine: port, 'machine-smp': port };
}
