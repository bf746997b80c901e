/**
 * Looks an implementation over: can it be driven, does it say honestly what it has, how fast is it.
 *
 * Each probe is a short talk of its own. What one finds is said in plain words with what to do.
 */
import { ANSWER_KINDS, MAX_LINE, type Capability, type HelloValue } from '../contract/index.ts';
import { isCapability, methodOf, PORTS } from '../contract/schemas.ts';
import type { Connect, Connection, ConnectOptions } from './connection.ts';
import { exampleOf, explainIssues } from './validation.ts';
import { unknown } from './select.ts';

export type Severity = 'good' | 'advice' | 'wrong';

export interface Diagnosis {
  readonly severity: Severity;
  readonly says: string;
}

const good = (says: string): Diagnosis => ({ severity: 'good', says });
const advice = (says: string): Diagnosis => ({ severity: 'advice', says });
const wrong = (says: string): Diagnosis => ({ severity: 'wrong', says });

/** Calls of the round-trip measurement. */
const ROUND_TRIPS = 200;

/** A round trip slower than this makes the properties slow: they are thousands of calls. */
const SLOW_MICROS = 2000;

type Probe = (connection: Connection) => Promise<Diagnosis[]>;

/**
 * @param found - hears of each diagnosis as it is made.
 * @throws ImplementationFailed — the first handshake failed: there is nothing to look over.
 */
export async function examine(
  connect: Connect,
  options: ConnectOptions,
  found: (diagnosis: Diagnosis) => void,
): Promise<void> {
  const connection = await connect(options);
  for (const diagnosis of greeting(connection.hello)) found(diagnosis);
  await connection.close();
  for (const probe of [
    unknownOps,
    badArguments,
    eachCapability,
    resetting,
    batching,
    longLines,
    roundTrip,
    leaving,
  ]) {
    for (const diagnosis of await attempt(connect, options, probe)) found(diagnosis);
  }
}

/** A probe that kills its patient has found something, and the next one gets a fresh patient. */
async function attempt(
  connect: Connect,
  options: ConnectOptions,
  probe: Probe,
): Promise<readonly Diagnosis[]> {
  let connection: Connection | undefined;
  try {
    connection = await connect(options);
    return await probe(connection);
  } catch (error) {
    return [wrong((error as Error).message)];
  } finally {
    await connection?.close();
  }
}

function declared({ hello }: Connection): Capability[] {
  return Object.keys(hello.capabilities).filter(isCapability);
}

function greeting(hello: HelloValue): Diagnosis[] {
  const names = Object.keys(hello.capabilities);
  const known = names.filter(isCapability);
  const profile = hello.profile ?? 'the one asked for';
  const findings = [
    good(`it says hello: ${hello.name} ${hello.version}, profile ${profile}, ${hello.protocol}`),
    known.length > 0
      ? good(`it offers ${known.join(', ')}`)
      : wrong('it offers no capability of the contract; "kernspec list capabilities" shows them'),
  ];
  for (const name of names) {
    if (!isCapability(name)) {
      findings.push(wrong(unknown(`capability "${name}"`, name, Object.keys(PORTS)).message));
    } else if ((hello.capabilities[name] ?? 0) > PORTS[name].version) {
      findings.push(
        advice(`its ${name} is newer than this suite, which judges version ${PORTS[name].version}`),
      );
    }
  }
  return findings;
}

function kindOf(answer: unknown): string {
  const members = typeof answer === 'object' && answer !== null ? Object.keys(answer) : [];
  return members.length === 1 && ANSWER_KINDS.some((kind) => kind === members[0])
    ? (members[0] ?? '')
    : `an answer with ${members.length === 0 ? 'nothing in it' : members.join(' and ')}`;
}

/** What is not offered must be said to be unsupported, not guessed at. */
const unknownOps: Probe = async (connection) => {
  const undeclared = Object.keys(PORTS).find(
    (name) => !declared(connection).includes(name as Capability),
  );
  const ops = ['kernspec.no-such-method'];
  const [first] = declared(connection);
  if (first !== undefined) ops.push(`${first}.no-such-method`);
  if (undeclared !== undefined) ops.push(firstOp(undeclared as Capability));
  const findings: Diagnosis[] = [];
  for (const op of ops) {
    const kind = kindOf(await connection.call(op, {}));
    if (kind !== 'unsupported') {
      findings.push(
        wrong(`it answers ${op}, which it does not offer, with ${kind}; answer "unsupported"`),
      );
    }
  }
  return findings.length > 0 ? findings : [good('it says "unsupported" to what it does not offer')];
};

function firstOp(capability: Capability): string {
  return `${capability}.${Object.keys(PORTS[capability].methods)[0] ?? ''}`;
}

function exampleArgs(op: string): object {
  const method = methodOf(op);
  return method === undefined ? {} : (exampleOf(method.args) as object);
}

/** Wrong arguments are the adapter's to notice: the suite sends none, but people do. */
const badArguments: Probe = async (connection) => {
  const op = declared(connection).flatMap(opsWithArguments)[0];
  if (op === undefined) return [];
  const kind = kindOf(await connection.call(op, {}));
  return kind === 'fault'
    ? [good('it answers a call without its arguments with a fault')]
    : [
        advice(
          `${op} without its arguments is answered with ${kind}; a "fault" that names the field helps whoever debugs it`,
        ),
      ];
};

function opsWithArguments(capability: Capability): string[] {
  return Object.keys(PORTS[capability].methods)
    .map((name) => `${capability}.${name}`)
    .filter((op) => Object.keys(exampleArgs(op)).length > 0);
}

/** One harmless call of each capability, whose answer must have the right shape. */
const eachCapability: Probe = async (connection) => {
  const findings: Diagnosis[] = [];
  for (const capability of declared(connection)) {
    const op = firstOp(capability);
    const answer = await connection.call(op, exampleArgs(op));
    const kind = kindOf(answer);
    if (kind === 'unsupported') {
      findings.push(
        wrong(
          `it offers ${capability}, but answers ${op} with "unsupported"; do not declare it yet`,
        ),
      );
    } else if (kind === 'ok') {
      const method = methodOf(op);
      const parsed = method?.ok.safeParse((answer as { ok: unknown }).ok);
      if (method !== undefined && parsed?.success === false) {
        findings.push(
          wrong(
            `${op}: ${explainIssues(parsed.error, 'ok')}; a right answer: ${JSON.stringify({ ok: exampleOf(method.ok) })}`,
          ),
        );
      }
    } else if (kind.startsWith('an answer')) {
      findings.push(wrong(`${op}: ${kind}; exactly one of ${ANSWER_KINDS.join(', ')} is wanted`));
    }
  }
  return findings.length > 0
    ? findings
    : [good('each capability that it offers answers in the right shape')];
};

/** After a reset, nothing of the time before may be left. */
const resetting: Probe = async (connection) => {
  if (connection.hello.reset !== true) {
    return [
      advice(
        'it has no reset, so each scenario starts a process of its own; "reset": true is faster',
      ),
    ];
  }
  const hasChains = declared(connection).includes('notifier-chain');
  const chain = 'doctor';
  if (hasChains) {
    const block = { name: 'left-over', priority: 0, answer: 1 };
    await connection.call('notifier-chain.register', { chain, block });
  }
  if (!(await connection.finish())) return [wrong('it declares reset and does not answer it')];
  if (hasChains) {
    const args = { chain, name: 'left-over' };
    const answer = await connection.call('notifier-chain.unregister', args);
    if (kindOf(answer) !== 'errno') {
      return [
        wrong(
          'after a reset a notifier that was registered before is still there; forget everything',
        ),
      ];
    }
  }
  return [good('it can be reset, and forgets')];
};

const batching: Probe = async (connection) => {
  const [first] = declared(connection);
  if (connection.hello.batch !== true || first === undefined) return [];
  const op = firstOp(first);
  const calls = [1, 2, 3].map(() => ({ op, args: exampleArgs(op) }));
  const answer = (await connection.call('batch', { calls })) as { ok?: { answers?: unknown[] } };
  const answers = answer.ok?.answers;
  return Array.isArray(answers) && answers.length === calls.length
    ? [good('it answers a batch in order')]
    : [
        wrong(
          'it declares batch, but three calls in one line do not give {"ok":{"answers":[…three…]}}',
        ),
      ];
};

const longLines: Probe = async (connection) => {
  if (!declared(connection).includes('checksum')) return [];
  const octets = '00'.repeat(262_144);
  const answer = await connection.call('checksum.compute', { octets });
  return kindOf(answer) === 'ok'
    ? [good(`it reads lines of half a megabyte (up to ${MAX_LINE / 1024 / 1024} are allowed)`)]
    : [wrong(`it cannot read a line of half a megabyte: ${JSON.stringify(answer)}`)];
};

const roundTrip: Probe = async (connection) => {
  const micros: number[] = [];
  for (let call = 0; call < ROUND_TRIPS; call++) {
    const start = performance.now();
    await connection.call('kernspec.no-such-method', {});
    micros.push((performance.now() - start) * 1000);
  }
  const median = micros.sort((a, b) => a - b)[ROUND_TRIPS / 2] ?? 0;
  const says = `a call takes ${median.toFixed(0)} µs there and back`;
  return median < SLOW_MICROS
    ? [good(says)]
    : [advice(`${says}; flush stdout after each line, and turn off what waits`)];
};

/** One that is told bye ends by itself. */
const leaving: Probe = async (connection) => {
  const started = performance.now();
  await connection.close();
  const ms = performance.now() - started;
  return ms < 400
    ? [good('it ends when it is told bye')]
    : [advice('it does not end within half a second of bye, and is killed; exit after the answer')];
};
