/** Faults of loadable modules. */
import type { Mutant } from '../mutant.ts';

const file = 'kernel/module';
const statement = 'KRN-02';

export const MODULE: readonly Mutant[] = [
  {
    id: 'mod-init-not-run',
    statement,
    file,
    find: `const answer = module.init?.(module) ?? success({});`,
    replace: `const answer = success({});`,
    does: 'Links a module in without running its init function.',
  },
  {
    id: 'mod-init-failure-ignored',
    statement,
    file,
    find: `        freeModule(list, module);
    return answer;`,
    replace: `        module.state = 'live';
    return answer;`,
    does: 'Keeps a module whose init function has failed.',
  },
  {
    id: 'mod-init-errno-lost',
    statement,
    file,
    find: `        freeModule(list, module);
    return answer;`,
    replace: `        freeModule(list, module);
    return 'errno' in answer ? failure('EIO') : answer;`,
    does: 'Answers EIO whatever error the init function returned.',
  },
  {
    id: 'mod-failed-init-runs-exit',
    statement,
    file,
    find: `        freeModule(list, module);
    return answer;`,
    replace: `        finish(list, module);
    return answer;`,
    does: 'Runs the exit function of a module whose init function has failed.',
  },
  {
    id: 'mod-loaded-twice',
    statement,
    file,
    find: `if (findModule(list, object.name) !== undefined)`,
    replace: `if (false)`,
    does: 'Loads a second module of a name that is loaded.',
  },
  {
    id: 'mod-exit-not-run',
    statement,
    file,
    find: `    module.exit?.(module);
    freeModule(list, module);`,
    replace: `    freeModule(list, module);`,
    does: 'Unloads a module without running its exit function.',
  },
  {
    id: 'mod-exit-after-free',
    statement,
    file,
    find: `    module.exit?.(module);
    freeModule(list, module);`,
    replace: `    module.exit?.(module);`,
    does: 'Runs the exit function and leaves the module in the list.',
  },
  {
    id: 'mod-use-not-counted',
    statement,
    file,
    find: `    module.refcount++;
    return true;`,
    replace: `    return true;`,
    does: 'Lets a device be opened without counting the use.',
  },
  {
    id: 'mod-used-unloaded',
    statement,
    file,
    find: `const used = module.refcount > 0;`,
    replace: `const used = false;`,
    does: 'Unloads a module although files are open that lead into it.',
  },
  {
    id: 'mod-one-use-is-none',
    statement,
    file,
    find: `const used = module.refcount > 0;`,
    replace: `const used = module.refcount > 1;`,
    does: 'Takes a module with one use for an unused one.',
  },
  {
    id: 'mod-in-use-errno',
    statement,
    file,
    find: `    if (used && !(wait && rules.mayWait))
        return failure(rules.inUse);`,
    replace: `    if (used && !(wait && rules.mayWait))
        return failure('ENOENT');`,
    does: 'Answers ENOENT when a module is in use.',
  },
  {
    id: 'mod-dependency-ignored',
    statement,
    file,
    find: `    module.using.add(owner);
    return true;`,
    replace: `    modulePut(list, owner);
    return true;`,
    does: 'Resolves symbols without noting who depends on whom.',
  },
  {
    id: 'mod-dependents-may-be-waited-for',
    statement,
    file,
    find: `if (usersOf(list, module).length > 0)`,
    replace: `if (!wait && usersOf(list, module).length > 0)`,
    does: 'Marks a module as going although others depend on it.',
  },
  {
    id: 'mod-each-symbol-is-a-use',
    statement,
    file,
    find: `    if (module.using.has(owner))
        return true;`,
    replace: ``,
    does: 'Counts a use for each symbol that a module needs, and gives back one.',
  },
  {
    id: 'mod-dependency-kept-after-unload',
    statement,
    file,
    find: `    for (const owner of module.using)
        modulePut(list, owner);
    module.using.clear();`,
    replace: ``,
    does: 'Does not end the uses of other modules when a module goes.',
  },
  {
    id: 'mod-missing-symbol-ignored',
    statement,
    file,
    find: `    if (owner === undefined)
        return false;`,
    replace: `    if (owner === undefined)
        return true;`,
    does: 'Loads a module whose symbols nobody exports.',
  },
  {
    id: 'mod-missing-symbol-keeps-uses',
    statement,
    file,
    find: `        freeModule(list, module);
        return failure('ENOENT');`,
    replace: `        return failure('ENOENT');`,
    does: 'Keeps the uses it took before it came to a symbol that nobody exports.',
  },
  {
    id: 'mod-unknown-unloaded',
    statement,
    file,
    find: `    if (module === undefined)
        return failure('ENOENT');`,
    replace: `    if (module === undefined)
        return success({ waits: false });`,
    does: 'Says that it has unloaded a module that was never loaded.',
  },
  {
    id: 'mod-got-while-going',
    statement,
    file,
    find: `    if (module.state === 'going')
        return false;`,
    replace: ``,
    does: 'Lets a module be used anew that is on its way out.',
  },
  {
    id: 'mod-last-put-forgets',
    statement,
    file,
    find: `    if (module.state === 'going' && module.refcount === 0)
        finish(list, module);`,
    replace: ``,
    does: 'Never comes back to a module that waits for its last use to end.',
  },
  {
    id: 'mod-first-put-finishes',
    statement,
    file,
    find: `if (module.state === 'going' && module.refcount === 0)`,
    replace: `if (module.state === 'going')`,
    does: 'Lets a module go at the first use that ends instead of the last.',
  },
  {
    id: 'mod-going-unloaded-again',
    statement,
    file,
    find: `    if (module.state !== 'live')
        return failure('EBUSY');`,
    replace: ``,
    does: 'Takes a second unload of a module that is going for a use.',
  },
  {
    id: 'mod-without-exit-unloaded',
    statement,
    file,
    find: `    if (rules.needsExit && module.init !== null && module.exit === null)
        return failure('EBUSY');`,
    replace: ``,
    does: 'Unloads a module that has an init and no exit function.',
  },
  {
    id: 'mod-library-not-unloaded',
    statement,
    file,
    find: `if (rules.needsExit && module.init !== null && module.exit === null)`,
    replace: `if (rules.needsExit && module.exit === null)`,
    does: 'Keeps a module without an exit function although it has no init function either.',
  },
  {
    id: 'mod-device-table-full',
    statement,
    file: 'kernel/chrdev',
    find: `    if (devices.has(name))
        return failure('EBUSY');`,
    replace: ``,
    does: 'Gives the device of one module to another that registers it as well.',
  },
  {
    id: 'mod-device-not-unregistered',
    statement,
    file: 'kernel/chrdev',
    find: `    if (devices.get(name)?.owner === owner)
        devices.delete(name);`,
    replace: ``,
    does: 'Leaves the entry of a device in the table when it is unregistered.',
  },
  {
    id: 'mod-open-without-get',
    statement,
    file: 'kernel/chrdev',
    find: `return owner === null || tryModuleGet(owner) ?`,
    replace: `return owner === null || owner.state !== 'going' ?`,
    does: 'Opens a device without taking a use of its module.',
  },
  {
    id: 'mod-oldest-symbol-first',
    statement: 'KRN-02',
    file: 'kernel/module',
    find: `list.modules.unshift(module);`,
    replace: `list.modules.push(module);`,
    does: 'Finds a symbol in the module that was loaded first.',
  },
];
