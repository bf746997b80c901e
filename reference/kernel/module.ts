/**
 * Loadable modules.
 *
 * A module counts its uses: one for each module that needs a symbol of it and one for each open
 * file that leads into it. Code may be freed only when the count is zero, and once a module is
 * marked as going the count can no longer rise: every use is taken by tryModuleGet().
 *
 * Source: Linux 2.6.11, kernel/module.c; for `bsd-4.4`, which has no modules of its own, the loader
 * of its descendants (kern_lkm.c of FreeBSD 2 and NetBSD 1). Left out: forced unloading, parameters,
 * weak symbols, versions, licences; COMING is seen by nobody, since init runs to its end.
 */
import { failure, success, type Outcome } from '../../contract/index.ts';
import { bugOn } from './bug.ts';

/** What init can return besides 0. */
export type InitErrno = 'EBUSY' | 'EIO' | 'ENODEV' | 'ENOMEM';

type Done = Record<string, never>;

/** @kernel struct module */
export interface KernelModule extends ModuleObject {
  state: 'coming' | 'live' | 'going' | 'freed';
  /** @kernel module_refcount */
  refcount: number;
  /** Modules whose symbols this one needs; each is counted there. @kernel struct module_use */
  readonly using: Set<KernelModule>;
}

/** What the loader is given. */
export interface ModuleObject {
  readonly name: string;
  readonly exports: ReadonlyMap<string, () => number>;
  readonly needs: readonly string[];
  readonly init: ((self: KernelModule) => Outcome<Done, InitErrno>) | null;
  readonly exit: ((self: KernelModule) => void) | null;
}

/** What differs between systems. */
export interface ModuleRules {
  /** What unloading a used module gives; EAGAIN is EWOULDBLOCK. */
  readonly inUse: 'EAGAIN' | 'EBUSY';
  /** The caller of unload may sleep until the module is unused. */
  readonly mayWait: boolean;
  /** A symbol that is exported already is refused. */
  readonly refusesDuplicates: boolean;
  /** A module with an init and without an exit function stays for ever. */
  readonly needsExit: boolean;
}

/** @kernel modules — the newest first, so that its symbols are found first. */
export interface ModuleList {
  modules: KernelModule[];
  readonly rules: ModuleRules;
}

export function findModule({ modules }: ModuleList, name: string): KernelModule | undefined {
  return modules.find((module) => module.name === name);
}

/** @kernel __find_symbol */
export function findSymbol({ modules }: ModuleList, symbol: string): KernelModule | undefined {
  return modules.find(({ exports }) => exports.has(symbol));
}

/** The modules that need a symbol of this one. @kernel modules_which_use_me */
export function usersOf({ modules }: ModuleList, module: KernelModule): KernelModule[] {
  return modules.filter(({ using }) => using.has(module));
}

/** @returns whether the use was counted; not if the module is on its way out. */
export function tryModuleGet(module: KernelModule): boolean {
  bugOn(module.state === 'freed', `use of module ${module.name}, which is gone`);
  if (module.state === 'going') return false;
  module.refcount++;
  return true;
}

/** Ends a use; the last one lets a module go that somebody waits to unload. */
export function modulePut(list: ModuleList, module: KernelModule): void {
  bugOn(module.refcount === 0, `module ${module.name} is put more often than it was got`);
  module.refcount--;
  if (module.state === 'going' && module.refcount === 0) finish(list, module);
}

/**
 * @errors EEXIST — a module of that name is loaded.
 * @errors ENOENT — nobody exports a symbol that it needs.
 * @errors ENOEXEC — it exports a symbol that is exported already.
 * @kernel sys_init_module
 */
export function initModule(
  list: ModuleList,
  object: ModuleObject,
): Outcome<Done, 'EEXIST' | 'ENOENT' | 'ENOEXEC' | InitErrno> {
  if (findModule(list, object.name) !== undefined) return failure('EEXIST');
  const module: KernelModule = { ...object, state: 'coming', refcount: 0, using: new Set() };
  for (const symbol of module.needs) {
    if (useSymbol(list, module, symbol)) continue;
    freeModule(list, module);
    return failure('ENOENT');
  }
  const exported = [...module.exports.keys()];
  if (list.rules.refusesDuplicates && exported.some((name) => findSymbol(list, name))) {
    freeModule(list, module);
    return failure('ENOEXEC');
  }
  list.modules.unshift(module);
  const answer = module.init?.(module) ?? success({});
  if ('ok' in answer) module.state = 'live';
  else freeModule(list, module);
  return answer;
}

/** However many symbols it needs of another module, they are one use. @kernel use_module */
function useSymbol(list: ModuleList, module: KernelModule, symbol: string): boolean {
  const owner = findSymbol(list, symbol);
  if (owner === undefined) return false;
  if (module.using.has(owner)) return true;
  if (!tryModuleGet(owner)) return false;
  module.using.add(owner);
  return true;
}

/**
 * @returns whether the caller sleeps until the last use ends.
 * @errors ENOENT — there is no such module.
 * @errors EAGAIN, EBUSY — it is needed, used, on its way out, or stays for ever.
 * @kernel sys_delete_module
 */
export function deleteModule(
  list: ModuleList,
  name: string,
  wait: boolean,
): Outcome<{ waits: boolean }, 'ENOENT' | 'EAGAIN' | 'EBUSY'> {
  const { rules } = list;
  const module = findModule(list, name);
  if (module === undefined) return failure('ENOENT');
  // Whoever needs its symbols has to go first, and nobody waits for that.
  if (usersOf(list, module).length > 0) return failure(rules.inUse);
  if (module.state !== 'live') return failure('EBUSY');
  if (rules.needsExit && module.init !== null && module.exit === null) return failure('EBUSY');
  const used = module.refcount > 0;
  if (used && !(wait && rules.mayWait)) return failure(rules.inUse);
  module.state = 'going';
  if (!used) finish(list, module);
  return success({ waits: used });
}

function finish(list: ModuleList, module: KernelModule): void {
  module.exit?.(module);
  freeModule(list, module);
}

/** Takes the module and its symbols out and ends its uses of others. @kernel free_module */
function freeModule(list: ModuleList, module: KernelModule): void {
  module.state = 'freed';
  list.modules = list.modules.filter((other) => other !== module);
  for (const owner of module.using) modulePut(list, owner);
  module.using.clear();
}
