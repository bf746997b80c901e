/** What the option lines of a script set. */
import type { Script, ScriptOption } from './ast.ts';
import { ScriptError, Unsupported } from './problems.ts';

export interface Settings {
  readonly localAddress: string;
  readonly remoteAddress: string;
  /** The router behind which the remote host is. */
  readonly gateway: string;
  /** Leading bits of the network that the local address is in. */
  readonly prefix: number;
  /** The port that bind gives a socket. */
  readonly bindPort: number;
  /** The port of the remote host that connect goes to. */
  readonly connectPort: number;
  readonly mtu: number;
  readonly toleranceUs: number;
  /** Of the time since the event before, where that is more. */
  readonly tolerancePercent: number;
  /** 0: outbound timestamps are not compared. */
  readonly timestampTickUs: number;
  /** An echo that no packet has sent is counted from the first timestamp. */
  readonly echoScaled: boolean;
  /** Each packet is one segment; otherwise several in a row may make up one that is expected. */
  readonly strictSegments: boolean;
}

const DEFAULTS: Settings = {
  localAddress: '192.168.0.1',
  remoteAddress: '192.0.2.1',
  gateway: '192.168.0.2',
  prefix: 16,
  bindPort: 8080,
  connectPort: 8080,
  mtu: 1500,
  toleranceUs: 4000,
  // A real machine's timers are late; those of virtual time are not.
  tolerancePercent: 0,
  timestampTickUs: 0,
  echoScaled: false,
  strictSegments: false,
};

type Setter = (option: ScriptOption, value: string, fail: Fail) => Partial<Settings>;

type Fail = (says: string) => never;

const number =
  (name: keyof Settings, least: number, most: number): Setter =>
  (option, value, fail) => {
    const given = Number(value);
    const right = /^\d+(?:\.\d+)?$/.test(value) && given >= least && given <= most;
    return right
      ? { [name]: given }
      : fail(`--${option.name} is "${value}"; it must be a number from ${least} to ${most}`);
  };

const address =
  (name: keyof Settings): Setter =>
  (option, value, fail) =>
    isAddress(value.replace(/\/\d+$/, ''))
      ? { [name]: value.replace(/\/\d+$/, '') }
      : fail(`--${option.name} is "${value}"; it must be an IPv4 address`);

const nothing: Setter = () => ({});

/** What is read and has a meaning here. */
const SETTERS: Readonly<Record<string, Setter>> = {
  ip_version: (option, value, fail) => {
    if (value === 'ipv4') return {};
    if (value === 'ipv6' || value === 'ipv4-mapped-ipv6') {
      throw new Unsupported(option.place, `IPv6 (--ip_version=${value})`);
    }
    return fail(`--ip_version is "${value}"; it must be ipv4, ipv6 or ipv4-mapped-ipv6`);
  },
  bind_port: number('bindPort', 1, 65_535),
  connect_port: number('connectPort', 1, 65_535),
  local_ip: address('localAddress'),
  remote_ip: address('remoteAddress'),
  gateway_ip: address('gateway'),
  netmask_ip: (option, value, fail) => {
    const prefix = prefixOf(value);
    return prefix === undefined
      ? fail(`--${option.name} is "${value}"; it must be a netmask such as 255.255.0.0`)
      : { prefix };
  },
  mtu: number('mtu', 68, 65_535),
  tolerance_usecs: number('toleranceUs', 0, 3_600_000_000),
  tolerance_percent: number('tolerancePercent', 0, 100),
  tcp_ts_tick_usecs: number('timestampTickUs', 0, 1_000_000),
  tcp_ts_ecr_scaled: () => ({ echoScaled: true }),
  strict_segments: () => ({ strictSegments: true }),
  // The words are put in place when the script is read.
  define: nothing,
};

/** What changes nothing in virtual time: how packetdrill itself is seen to work, or its Python. */
const HARMLESS = new Set([
  'code_command',
  'code_format',
  'code_sockopt',
  'debug',
  'send_omit_free',
  'speed',
  'verbose',
]);

/** Others that packetdrill has, and what each would ask for. */
const LACKING: Readonly<Record<string, string>> = {
  dry_run: 'a script that is not to be run',
  init_scripts: 'shell scripts',
  is_anyip: 'any address',
  mss: 'segments put together by the device',
  non_fatal: 'failures that do not count',
  so_filename: 'a shared object as the stack',
  so_flags: 'a shared object as the stack',
  wire_client: 'a second machine',
  wire_client_dev: 'a second machine',
  wire_server: 'a second machine',
  wire_server_at: 'a second machine',
  wire_server_dev: 'a second machine',
  wire_server_ip: 'a second machine',
  wire_server_port: 'a second machine',
};

/** Options that stand without a value. */
const BARE = new Set([
  'tcp_ts_ecr_scaled',
  'strict_segments',
  'debug',
  'verbose',
  'send_omit_free',
  'dry_run',
  'is_anyip',
  'wire_client',
  'wire_server',
]);

/**
 * @param lacking - hears of each option that asks for what is not there.
 * @throws ScriptError — packetdrill has no such option, or the value is wrong.
 */
export function settingsOf(
  { options }: Pick<Script, 'options'>,
  file: string,
  lacking: (unsupported: Unsupported) => void,
): Settings {
  let settings = DEFAULTS;
  for (const option of options) {
    try {
      settings = { ...settings, ...setBy(option, file) };
    } catch (error) {
      if (!(error instanceof Unsupported)) throw error;
      lacking(error);
    }
  }
  return withOtherGateway(settings);
}

function setBy(option: ScriptOption, file: string): Partial<Settings> {
  const { name, place, value } = option;
  const fail: Fail = (says) => {
    throw new ScriptError(file, place, says);
  };
  const setter = Object.hasOwn(SETTERS, name) ? SETTERS[name] : undefined;
  if (setter === undefined && !HARMLESS.has(name) && !Object.hasOwn(LACKING, name)) {
    return fail(`packetdrill has no option --${name}`);
  }
  if (value === undefined && !BARE.has(name)) return fail(`--${name} needs a value: --${name}=...`);
  if (value !== undefined && BARE.has(name)) return fail(`--${name} takes no value`);
  if (Object.hasOwn(LACKING, name)) {
    throw new Unsupported(place, `${LACKING[name] ?? ''} (--${name})`);
  }
  return setter?.(option, (value ?? '').replace(/^"(.*)"$/, '$1'), fail) ?? {};
}

/** packetdrill's interface has no neighbours, so its gateway may be the host itself; here it cannot. */
function withOtherGateway(settings: Settings): Settings {
  const { localAddress, gateway } = settings;
  if (gateway !== localAddress) return settings;
  const last = Number(localAddress.split('.').at(-1));
  const other = last < 254 ? last + 1 : last - 1;
  return { ...settings, gateway: localAddress.replace(/\d+$/, String(other)) };
}

function isAddress(text: string): boolean {
  const octets = text.split('.').map(Number);
  return /^\d+(\.\d+){3}$/.test(text) && octets.every((octet) => octet <= 255);
}

function prefixOf(mask: string): number | undefined {
  if (!isAddress(mask)) return undefined;
  const bits = mask
    .split('.')
    .map((octet) => Number(octet).toString(2).padStart(8, '0'))
    .join('');
  return /^1*0*$/.test(bits) ? bits.replaceAll('0', '').length : undefined;
}
