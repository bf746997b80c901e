/**
 * Structures in memory that is poisoned when it is freed.
 *
 * Whoever goes on reading a structure that was freed finds poison in every field, so a use after free
 * is seen at once and not when the memory has found its next owner.
 *
 * Source: Linux 2.6.11, mm/slab.c with CONFIG_DEBUG_SLAB, POISON_FREE.
 */
import { bugOn } from './bug.ts';

/** null: poison. */
export type FieldValue = number | null;

export interface Structure {
  readonly fields: Map<string, FieldValue>;
  freed: boolean;
}

export function newStructure(fields: Iterable<readonly [string, FieldValue]>): Structure {
  return { fields: new Map(fields), freed: false };
}

/** What a field holds, 0 if nobody has set it. */
export function readField({ fields, freed }: Structure, name: string): FieldValue {
  const value = fields.get(name);
  return value === undefined ? (freed ? null : 0) : value;
}

/** @kernel kfree */
export function freeStructure(structure: Structure): void {
  bugOn(structure.freed, 'a structure is freed twice');
  structure.freed = true;
  for (const name of structure.fields.keys()) structure.fields.set(name, null);
}
