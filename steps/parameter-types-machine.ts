/** The nouns of the features on the machine. */
import { defineParameterType } from '@cucumber/cucumber';
import { PRIORITY_LEVELS, type PriorityLevel } from '../contract/index.ts';

/** Whoever acts in the machine: a process, a line, a timer, or a software interrupt. */
defineParameterType({
  name: 'actor',
  regexp: /[a-z]+|[A-Z]+(?:_[A-Z]+)*/,
  transformer: (text: string) => text,
});

defineParameterType({
  name: 'level',
  regexp: new RegExp(PRIORITY_LEVELS.join('|')),
  transformer: (text: string) => text as PriorityLevel,
});

/** How a run of the machine ends. */
defineParameterType({
  name: 'ending',
  regexp: /with nothing left to do|with everybody asleep|in a deadlock|at a bug|at the limit/,
  transformer: (text: string) =>
    ({
      'with nothing left to do': 'done',
      'with everybody asleep': 'asleep',
      'in a deadlock': 'deadlock',
      'at a bug': 'bug',
      'at the limit': 'limit',
    })[text],
});

defineParameterType({
  name: 'stack',
  regexp: /the stack of whoever is interrupted|an interrupt stack/,
  transformer: (text: string) => (text === 'an interrupt stack' ? 'system' : 'process'),
});

defineParameterType({
  name: 'means',
  regexp: /a flag|a line of their own/,
  transformer: (text: string) => (text === 'a flag' ? 'flag' : 'hardware'),
});

/** Processors, one a step: "0 1 1 0". */
defineParameterType({
  name: 'schedule',
  regexp: /[0-3](?: [0-3])*/,
  transformer: (text: string) => text.split(' ').map(Number),
});

defineParameterType({
  name: 'numbers',
  regexp: /\d+(?:, \d+)*/,
  transformer: (text: string): readonly number[] => text.split(', ').map(Number),
});

/** A lock of the machine; "-p" stands for one of each processor. */
defineParameterType({
  name: 'lock',
  regexp: /[a-z]+(?:-p)?/,
  transformer: (text: string) => text,
});
