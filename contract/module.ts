/**
 * Loadable kernel modules.
 *
 * A module is described as data: the symbols that it exports and needs, and what its init and exit
 * functions do. Where a system names the error EWOULDBLOCK, the answer is EAGAIN: they are one number.
 *
 * Source: Linux 2.6.11, kernel/module.c, include/linux/module.h, fs/char_dev.c.
 */
import { z } from 'zod';
import { Handle, Int32, Name, Nothing } from './data.ts';
import { method, type PortSpec } from './port.ts';

const KernelSymbol = z
  .string()
  .regex(/^[a-z_][a-z0-9_]{0,63}$/, 'not a symbol: a letter or _, then letters, digits or _')
  .meta({ description: 'symbol of the kernel: [a-z_][a-z0-9_]{0,63}', examples: ['usb_register'] });

const Printk = z.strictObject({ do: z.literal('printk'), text: z.string().max(200) });
const Register = z.strictObject({ do: z.literal('register'), device: Name });
const Unregister = z.strictObject({ do: z.literal('unregister'), device: Name });
const Fail = z.strictObject({ do: z.literal('fail'), errno: z.enum(['EIO', 'ENODEV', 'ENOMEM']) });

const InitAction = z.discriminatedUnion('do', [Printk, Register, Unregister, Fail]).meta({
  description:
    'an action that fails ends init: it takes back what it registered, the last first, and returns ' +
    'the errno; a device that somebody else has registered gives EBUSY',
});
const ExitAction = z.discriminatedUnion('do', [Printk, Register, Unregister]);

const ModuleObject = z.strictObject({
  name: Name,
  exports: z
    .array(z.strictObject({ symbol: KernelSymbol, returns: Int32 }))
    .max(16)
    .optional()
    .meta({ description: 'functions, each with what it returns' }),
  needs: z.array(KernelSymbol).max(16).optional().meta({ description: 'symbols of other modules' }),
  init: z.array(InitAction).max(16).optional().meta({ description: 'left out: no init function' }),
  exit: z.array(ExitAction).max(16).optional().meta({ description: 'left out: no exit function' }),
});

export const module = {
  does: 'Kernel modules that are loaded into the running kernel and unloaded from it.',
  version: 1,
  methods: {
    load: method({
      does: 'Links a module into the kernel and runs its init function.',
      kernel: 'sys_init_module',
      args: z.strictObject({ module: ModuleObject }),
      ok: Nothing,
      errnos: ['EEXIST', 'ENOENT', 'ENOEXEC', 'EBUSY', 'EIO', 'ENODEV', 'ENOMEM'],
    }),
    unload: method({
      does: 'Runs the exit function of a module and removes it.',
      kernel: 'sys_delete_module',
      args: z.strictObject({
        name: Name,
        wait: z.boolean().optional().meta({
          description: 'O_NONBLOCK is not set: the caller may sleep until the module is unused',
        }),
      }),
      ok: z.strictObject({
        waits: z.boolean().meta({
          description: 'the module is marked as going, and goes when its last use ends',
        }),
      }),
      errnos: ['ENOENT', 'EAGAIN', 'EBUSY'],
    }),
    call: method({
      does: 'Calls an exported function by its symbol, wherever it was loaded from.',
      kernel: 'symbol_get, symbol_put',
      args: z.strictObject({ symbol: KernelSymbol }),
      ok: z.strictObject({
        module: Name.meta({ description: 'whose function answered' }),
        value: Int32,
      }),
      errnos: ['ENOENT'],
    }),
    open: method({
      does: 'Opens a device, which is a use of the module that registered it.',
      kernel: 'chrdev_open',
      args: z.strictObject({ device: Name }),
      ok: z.strictObject({ file: Handle, module: Name }),
      errnos: ['ENXIO'],
      bugs: ['the module that registered the device is gone'],
    }),
    close: method({
      does: 'Ends that use.',
      kernel: 'module_put',
      args: z.strictObject({ file: Handle }),
      ok: Nothing,
      bugs: ['the file is closed already'],
    }),
    list: method({
      does: 'The modules that are loaded, in any order.',
      kernel: '/proc/modules',
      args: Nothing,
      ok: z.strictObject({
        modules: z
          .array(
            z.strictObject({
              name: Name,
              state: z.enum(['live', 'going']),
              uses: z.int().min(0).meta({
                description: 'open files and modules that use it',
              }),
              usedBy: z.array(Name).meta({ description: 'the modules among them, in any order' }),
            }),
          )
          .max(1000),
      }),
    }),
    log: method({
      does: 'All that modules have printed, the oldest first.',
      kernel: 'printk',
      args: Nothing,
      ok: z.strictObject({
        lines: z.array(z.strictObject({ module: Name, text: z.string().max(200) })).max(10_000),
      }),
    }),
  },
} as const satisfies PortSpec;
