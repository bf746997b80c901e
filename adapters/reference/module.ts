/** Module port of the reference kernel: scripts given as data become init and exit functions. */
import {
  failure,
  success,
  type module as moduleSpec,
  type PortOf,
  type Profile,
} from '../../contract/index.ts';
import { bugOn } from '../../reference/kernel/bug.ts';
import {
  chrdevOpen,
  registerChrdev,
  unregisterChrdev,
  type DeviceTable,
} from '../../reference/kernel/chrdev.ts';
import {
  deleteModule,
  findSymbol,
  initModule,
  modulePut,
  tryModuleGet,
  usersOf,
  type KernelModule,
  type ModuleList,
  type ModuleObject,
  type ModuleRules,
} from '../../reference/kernel/module.ts';
import { answering, answeringOk, UnknownHandle } from './answering.ts';

type Port = PortOf<typeof moduleSpec>;
type ObjectArgs = Parameters<Port['load']>[0]['module'];
type Action = NonNullable<ObjectArgs['init']>[number];

function rulesOf(profile: Profile): ModuleRules {
  const bsd = profile === 'bsd-4.4';
  const later = profile === 'linux-6';
  return {
    inUse: bsd ? 'EBUSY' : 'EAGAIN',
    mayWait: !bsd && !later,
    refusesDuplicates: later,
    needsExit: !bsd,
  };
}

/** A driver that is in a module. */
interface ModuleDriver {
  readonly owner: KernelModule;
}

class Loader {
  readonly list: ModuleList;
  readonly devices: DeviceTable<ModuleDriver> = new Map();
  readonly log: { module: string; text: string }[] = [];
  readonly #files = new Map<string, KernelModule | null>();

  constructor(profile: Profile) {
    this.list = { modules: [], rules: rulesOf(profile) };
  }

  object({ name, exports = [], needs = [], init, exit }: ObjectArgs): ModuleObject {
    return {
      name,
      exports: new Map(exports.map(({ symbol, returns }) => [symbol, () => returns])),
      needs,
      init: init === undefined ? null : (self) => this.#init(self, init),
      exit: exit === undefined ? null : (self) => exit.forEach((action) => this.#act(self, action)),
    };
  }

  opened(owner: KernelModule): { file: string; module: string } {
    const file = `file${this.#files.size + 1}`;
    this.#files.set(file, owner);
    return { file, module: owner.name };
  }

  close(file: string): void {
    const owner = this.#files.get(file);
    if (owner === undefined) throw new UnknownHandle(`there is no file "${file}"`);
    bugOn(owner === null, 'the file is closed already');
    this.#files.set(file, null);
    modulePut(this.list, owner as KernelModule);
  }

  #init(self: KernelModule, actions: readonly Action[]) {
    for (const [done, action] of actions.entries()) {
      const answer = this.#act(self, action);
      if ('ok' in answer) continue;
      for (const earlier of actions.slice(0, done).reverse()) {
        if (earlier.do === 'register') unregisterChrdev(this.devices, earlier.device, self);
      }
      return answer;
    }
    return success({});
  }

  #act(self: KernelModule, action: Action) {
    if (action.do === 'fail') return failure(action.errno);
    if (action.do === 'register')
      return registerChrdev(this.devices, action.device, { owner: self });
    if (action.do === 'unregister') unregisterChrdev(this.devices, action.device, self);
    else this.log.push({ module: self.name, text: action.text });
    return success({});
  }
}

export function modulePorts(profile: Profile): { module: Port } {
  const loader = new Loader(profile);
  const { list, devices } = loader;
  const described = (module: KernelModule) => ({
    name: module.name,
    state: module.state === 'going' ? ('going' as const) : ('live' as const),
    uses: module.refcount,
    usedBy: usersOf(list, module).map(({ name }) => name),
  });
  return {
    module: {
      load: ({ module }) => answering(() => initModule(list, loader.object(module))),
      unload: ({ name, wait = false }) => answering(() => deleteModule(list, name, wait)),
      call: ({ symbol }) =>
        answering(() => {
          const owner = findSymbol(list, symbol);
          if (owner === undefined || !tryModuleGet(owner)) return failure('ENOENT');
          const value = owner.exports.get(symbol)?.() ?? 0;
          modulePut(list, owner);
          return success({ module: owner.name, value });
        }),
      open: ({ device }) =>
        answering(() => {
          const opened = chrdevOpen(devices, device);
          return 'ok' in opened ? success(loader.opened(opened.ok.owner)) : opened;
        }),
      close: ({ file }) =>
        answeringOk(() => {
          loader.close(file);
          return {};
        }),
      list: () => answeringOk(() => ({ modules: list.modules.map(described) })),
      log: () => answeringOk(() => ({ lines: [...loader.log] })),
    },
  };
}
