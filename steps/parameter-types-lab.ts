/** The nouns of the lab. */
import { defineParameterType } from '@cucumber/cucumber';

/** A host of the lab, such as A. */
defineParameterType({
  name: 'host',
  regexp: /[A-Z]/,
  transformer: (name: string) => name,
});

/** Several of them in a row, such as "A, R and B". */
defineParameterType({
  name: 'hosts',
  regexp: /[A-Z](?:, [A-Z])* and [A-Z]/,
  transformer: (text: string): readonly string[] => text.split(/, | and /),
});
