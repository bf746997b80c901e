/** The facts of a sentence, asked for by name and kind. */
import type { Facts, OptionFacts } from './facts.ts';

export class Given {
  readonly facts: Facts;

  constructor(facts: Facts) {
    this.facts = facts;
  }

  number(name: string): number | undefined {
    const fact = this.facts[name];
    return typeof fact === 'number' ? fact : undefined;
  }

  text(name: string, otherwise?: string): string | undefined {
    const fact = this.facts[name];
    return typeof fact === 'string' ? fact : otherwise;
  }

  /** @throws RangeError — it is not named, and there is no default. */
  needed(name: string, otherwise?: string): string {
    const text = this.text(name, otherwise);
    if (text === undefined) throw new RangeError(`a packet to send needs a ${name}`);
    return text;
  }

  /** Those options that are named, without the place for any others. */
  options(name: string): readonly OptionFacts[] {
    const fact = this.facts[name];
    if (!Array.isArray(fact)) return [];
    return (fact as readonly OptionFacts[]).filter(({ kind }) => kind !== 'any');
  }
}
