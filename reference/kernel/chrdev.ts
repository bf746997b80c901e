/**
 * Devices by name, each with the driver that serves it.
 *
 * Opening a device is a use of the module that the driver is in, so the code cannot go while a file is
 * open. The table itself holds no use: who registers has to unregister, or the entry leads into freed
 * memory.
 *
 * Source: Linux 2.6.11, fs/char_dev.c. Left out: numbers and minors.
 */
import { failure, success, type Outcome } from '../../contract/index.ts';
import { tryModuleGet, type KernelModule } from './module.ts';

/** @kernel struct char_device_struct */
export interface CharDriver {
  /** The module that it is in; null: it is part of the kernel. */
  readonly owner: KernelModule | null;
}

/** @kernel chrdevs */
export type DeviceTable<Driver extends CharDriver = CharDriver> = Map<string, Driver>;

/** @errors EBUSY — the device is registered already. @kernel register_chrdev */
export function registerChrdev<Driver extends CharDriver>(
  devices: DeviceTable<Driver>,
  name: string,
  driver: Driver,
): Outcome<Record<string, never>, 'EBUSY'> {
  if (devices.has(name)) return failure('EBUSY');
  devices.set(name, driver);
  return success({});
}

/** Nobody else's entry is taken away. @kernel unregister_chrdev */
export function unregisterChrdev(devices: DeviceTable, name: string, owner: KernelModule): void {
  if (devices.get(name)?.owner === owner) devices.delete(name);
}

/**
 * @errors ENXIO — there is no such device, or its module is on its way out.
 * @kernel chrdev_open
 */
export function chrdevOpen<Driver extends CharDriver>(
  devices: DeviceTable<Driver>,
  name: string,
): Outcome<Driver, 'ENXIO'> {
  const driver = devices.get(name);
  if (driver === undefined) return failure('ENXIO');
  const { owner } = driver;
  return owner === null || tryModuleGet(owner) ? success(driver) : failure('ENXIO');
}
