/** The nouns of TCP. */
import { defineParameterType } from '@cucumber/cucumber';
import {
  CONGESTION_CONTROLS,
  OPTION_LEVELS,
  SOCKET_CALLS,
  TCP_COUNTERS,
  TCP_LAYER_FUNCTIONS,
  TCP_OPTIONS,
  TCP_STATES,
  TCP_TIMERS,
  TCP_TUNABLES,
} from '../contract/index.ts';

/** One that the suite plays, by its number: "the peer" is the first. */
defineParameterType({
  name: 'peer',
  regexp: /the peer|peer (\d+)/,
  transformer: (number?: string) => Number(number ?? 1),
});

/** Longer names first, so that none is taken for the beginning of another. */
const oneOf = (names: readonly string[]): RegExp =>
  new RegExp([...names].sort((a, b) => b.length - a.length).join('|'));

defineParameterType({
  name: 'tcpState',
  regexp: oneOf(TCP_STATES),
  transformer: (name: string) => name,
});

defineParameterType({
  name: 'tcpOption',
  regexp: oneOf(TCP_OPTIONS),
  transformer: (name: string) => name,
});

defineParameterType({
  name: 'optionLevel',
  regexp: oneOf(OPTION_LEVELS),
  transformer: (name: string) => name,
});

defineParameterType({
  name: 'tcpCounter',
  regexp: oneOf(TCP_COUNTERS),
  transformer: (name: string) => name,
});

defineParameterType({
  name: 'tcpTunable',
  regexp: oneOf(TCP_TUNABLES),
  transformer: (name: string) => name,
});

defineParameterType({
  name: 'tunableValue',
  regexp: new RegExp(`\\d+|${CONGESTION_CONTROLS.join('|')}`),
  transformer: (text: string): number | string => (/^\d+$/.test(text) ? Number(text) : text),
});

/** "vegas as congestion control"; the name may be one that no system has. */
defineParameterType({
  name: 'congestionControl',
  regexp: /([a-z0-9-]+) as congestion control/,
  transformer: (name: string) => name,
});

const DIRECTIONS = { reading: 'SHUT_RD', writing: 'SHUT_WR', both: 'SHUT_RDWR' } as const;

defineParameterType({
  name: 'halves',
  regexp: oneOf(Object.keys(DIRECTIONS)),
  transformer: (name: string) => DIRECTIONS[name as keyof typeof DIRECTIONS],
});

defineParameterType({
  name: 'tcpSignals',
  regexp: /none|SIG[A-Z]+(?:, SIG[A-Z]+)*/,
  transformer: (text: string): readonly string[] => (text === 'none' ? [] : text.split(', ')),
});

defineParameterType({
  name: 'layerFunctions',
  regexp: new RegExp(
    `(?:${TCP_LAYER_FUNCTIONS.join('|')})(?:, (?:${TCP_LAYER_FUNCTIONS.join('|')}))*`,
  ),
  transformer: (text: string): readonly string[] => text.split(', '),
});

defineParameterType({
  name: 'tcpTimer',
  regexp: oneOf(TCP_TIMERS),
  transformer: (name: string) => name,
});

/** Numbers of peers, such as "3, 1, 2". */
defineParameterType({
  name: 'peerNumbers',
  regexp: /\d+(?:, \d+)*/,
  transformer: (text: string): readonly number[] => text.split(', ').map(Number),
});

defineParameterType({
  name: 'requestQueue',
  regexp: /table|list/,
  transformer: (name: string) => name,
});

defineParameterType({
  name: 'socketCall',
  regexp: oneOf(SOCKET_CALLS),
  transformer: (name: string) => name,
});
