/**
 * Devices by name, each with the module whose code serves it.
 *
 * Opening a device is a use of its owner, so the code cannot go while a file is open. The table
 * itself holds no use: who registers has to unregister, or the entry leads into freed memory.
 *
 * Source: Linux 2.6.11, fs/char_dev.c. Left out: numbers, minors, and what the driver does.
 */
import { failure, success, type Outcome } from '../../contract/index.ts';
import { tryModuleGet, type KernelModule } from './module.ts';

/** @kernel chrdevs */
export type DeviceTable = Map<string, KernelModule>;

/** @errors EBUSY — the device is registered already. @kernel register_chrdev */
export function registerChrdev(
  devices: DeviceTable,
  name: string,
  owner: KernelModule,
): Outcome<Record<string, never>, 'EBUSY'> {
  if (devices.has(name)) return failure('EBUSY');
  devices.set(name, owner);
  return success({});
}

/** Nobody else's entry is taken away. @kernel unregister_chrdev */
export function unregisterChrdev(devices: DeviceTable, name: string, owner: KernelModule): void {
  if (devices.get(name) === owner) devices.delete(name);
}

/**
 * @errors ENXIO — there is no such device, or its module is on its way out.
 * @kernel chrdev_open
 */
export function chrdevOpen(devices: DeviceTable, name: string): Outcome<KernelModule, 'ENXIO'> {
  const owner = devices.get(name);
  return owner !== undefined && tryModuleGet(owner) ? success(owner) : failure('ENXIO');
}
