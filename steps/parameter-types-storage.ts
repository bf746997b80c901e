/** The nouns of the features on files, memory and modules. */
import { defineParameterType } from '@cucumber/cucumber';

defineParameterType({
  name: 'path',
  regexp: /\/[^\s,]*/,
  transformer: (text: string) => text,
});

/** Names in a directory: "nothing" or "bin, lib". */
defineParameterType({
  name: 'entries',
  regexp: /nothing|[^\s,/"]+(?:, [^\s,/"]+)*/,
  transformer: (text: string): readonly string[] => (text === 'nothing' ? [] : text.split(', ')),
});

/** How a file is opened, as the contract takes it. */
export interface OpenFlags {
  readonly mode: 'O_RDONLY' | 'O_WRONLY' | 'O_RDWR';
  readonly flags: ('O_CREAT' | 'O_EXCL' | 'O_TRUNC' | 'O_APPEND')[];
}

/** "O_RDWR O_CREAT" */
defineParameterType({
  name: 'openFlags',
  regexp: /O_(?:RDONLY|WRONLY|RDWR)(?: O_(?:CREAT|EXCL|TRUNC|APPEND))*/,
  transformer: (text: string): OpenFlags => {
    const [mode, ...flags] = text.split(' ');
    return { mode, flags } as OpenFlags;
  },
});

defineParameterType({
  name: 'whence',
  regexp: /SEEK_(?:SET|CUR|END)/,
  transformer: (text: string) => text as 'SEEK_SET',
});

/** An open file: "the file", or 'file "reader"'. */
defineParameterType({
  name: 'file',
  regexp: /the file|file "([a-z]+)"/,
  transformer: (name?: string) => name ?? 'the file',
});

/** "AA, BB and CC": an octet each. */
defineParameterType({
  name: 'octetList',
  regexp: /[0-9A-F]{2}(?:(?:, | and )[0-9A-F]{2})*/,
  transformer: (text: string): readonly string[] => text.toLowerCase().split(/, | and /),
});

defineParameterType({
  name: 'mapAccess',
  regexp: /read-only|read-write/,
  transformer: (text: string) => text as 'read-only' | 'read-write',
});

defineParameterType({
  name: 'residence',
  regexp: /(?:resident|out)(?:, (?:resident|out))*/,
  transformer: (text: string): readonly boolean[] =>
    text.split(', ').map((place) => place === 'resident'),
});

defineParameterType({
  name: 'signal',
  regexp: /SIG[A-Z]+/,
  transformer: (text: string) => text,
});
