/** The nouns of the features on synchronisation. */
import { defineParameterType } from '@cucumber/cucumber';

/** A name, or one processor's copy of it, and its value. */
const ASSIGNMENT = String.raw`(?:per_cpu\(\w+, \d\)|\w+) = -?\d+`;

/** "x = 1 and per_cpu(hits, 0) = 7": names with their values, in the order of the text. */
defineParameterType({
  name: 'assignments',
  regexp: new RegExp(`${ASSIGNMENT}(?: and ${ASSIGNMENT})*`),
  transformer: (text: string) =>
    text.split(' and ').map((each) => {
      const [name = '', value] = each.split(' = ');
      return [name, Number(value)] as const;
    }),
});

/** What was read, one after another: "1, -2, poison". */
defineParameterType({
  name: 'readings',
  regexp: /(?:-?\d+|poison)(?:, (?:-?\d+|poison))*/,
  transformer: (text: string): readonly string[] => text.split(', '),
});
