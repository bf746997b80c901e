/** The nouns of the features on descriptors. */
import { defineParameterType } from '@cucumber/cucumber';
import { DEVICE_ROUTINES } from '../contract/index.ts';

/** A call that takes a descriptor, by its name. */
export const DESCRIPTOR_CALLS = [
  'read',
  'write',
  'lseek',
  'ioctl',
  'fcntl',
  'dup',
  'dup2',
  'close',
] as const;

export type DescriptorCall = (typeof DESCRIPTOR_CALLS)[number];

defineParameterType({
  name: 'descriptorCall',
  regexp: /read|write|lseek|ioctl|fcntl|dup2?|close/,
  transformer: (text: string) => text as DescriptorCall,
});

/** What ioctl asks for. */
defineParameterType({
  name: 'request',
  regexp: /[A-Z]+(?:_[A-Z]+)*/,
  transformer: (text: string) => text,
});

const ROUTINE = new RegExp([...DEVICE_ROUTINES, 'poll'].join('|')).source;

defineParameterType({
  name: 'routines',
  regexp: new RegExp(`nothing|(?:${ROUTINE})(?:, (?:${ROUTINE}))*`),
  transformer: (text: string): readonly string[] => (text === 'nothing' ? [] : text.split(', ')),
});

/** Descriptors as select takes and gives them. */
export interface Selection {
  readonly read: number[];
  readonly write: number[];
  readonly except: number[];
}

const SETS = { reading: 'read', writing: 'write', except: 'except' } as const;

const MEMBERS = /(?:reading|writing|except) \d+(?:, \d+)*/.source;

/** "reading 0, 1; writing 3", or "nothing". */
defineParameterType({
  name: 'selection',
  regexp: new RegExp(`nothing|${MEMBERS}(?:; ${MEMBERS})*`),
  transformer: (text: string): Selection => {
    const sets: Selection = { read: [], write: [], except: [] };
    for (const part of text === 'nothing' ? [] : text.split('; ')) {
      const [set = '', ...members] = part.split(/,? /);
      sets[SETS[set as keyof typeof SETS]].push(...members.map(Number));
    }
    return sets;
  },
});
