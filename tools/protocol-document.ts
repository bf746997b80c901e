/** docs/protocol.md, from the contract. */
import { z } from 'zod';
import { MAX_LINE, PROTOCOL, type Method, type PortSpec } from '../contract/index.ts';
import { HelloArgs, HelloValue, PORTS } from '../contract/schemas.ts';
import { exampleOf } from '../harness/validation.ts';

interface Field {
  readonly type?: string;
  readonly description?: string;
  readonly enum?: readonly unknown[];
  readonly items?: Field;
  readonly anyOf?: readonly Field[];
  readonly oneOf?: readonly Field[];
  readonly const?: unknown;
  readonly minimum?: number;
  readonly maximum?: number;
  readonly properties?: Readonly<Record<string, Field>>;
  readonly required?: readonly string[];
}

function typeOf(field: Field): string {
  if (field.const !== undefined) return JSON.stringify(field.const);
  if (field.enum !== undefined)
    return field.enum.map((value) => JSON.stringify(value)).join(' or ');
  const choices = field.anyOf ?? field.oneOf;
  if (choices !== undefined) return choices.map(typeOf).join(' or ');
  if (field.type === 'array') return `list of ${typeOf(field.items ?? {})}`;
  if (field.type === 'object') return `{ ${Object.keys(field.properties ?? {}).join(', ')} }`;
  return field.type ?? 'anything';
}

function fieldRows(schema: z.ZodType): string[] {
  const { properties = {}, required = [] } = z.toJSONSchema(schema) as Field;
  return Object.entries(properties).map(([name, field]) => {
    const optional = required.includes(name) ? '' : ', may be left out';
    const about = field.description ?? '';
    return `| \`${name}\` | ${typeOf(field)}${optional} | ${about.replaceAll('|', '\\|')} |`;
  });
}

function table(title: string, schema: z.ZodType): string {
  const rows = fieldRows(schema);
  if (rows.length === 0) return `${title}: none.\n`;
  return `${title}:\n\n| member | type | meaning |\n| --- | --- | --- |\n${rows.join('\n')}\n`;
}

function methodSection(
  op: string,
  { does, kernel, args, ok, errnos, bugs, sleeps }: Method,
): string {
  const request = JSON.stringify({ id: 7, op, args: exampleOf(args) });
  const reply = JSON.stringify({ id: 7, ok: exampleOf(ok) });
  return [
    `### ${op}`,
    does,
    kernel === undefined ? '' : `In the kernel: \`${kernel}\``,
    table('Arguments', args),
    table('Value', ok),
    errnos.length > 0 ? `Errnos: ${errnos.join(', ')}` : '',
    sleeps ? 'It may sleep: then the answer is `parked`.' : '',
    bugs.length > 0 ? `Bugs that are caught: ${bugs.join('; ')}` : '',
    `\`\`\`json\n${request}\n${reply}\n\`\`\``,
  ]
    .filter((part) => part !== '')
    .join('\n\n');
}

function portSection([capability, port]: [string, PortSpec]): string {
  const methods = Object.entries(port.methods).map(([name, method]) =>
    methodSection(`${capability}.${name}`, method),
  );
  return [`## Capability ${capability}, version ${port.version}`, port.does, ...methods].join(
    '\n\n',
  );
}

const INTRODUCTION = `# The kernspec protocol, ${PROTOCOL}

This page is made from the contract by \`npm run generate\`. The same in a form for machines is
[contract/protocol.schema.json](../contract/protocol.schema.json).

## The talk

- The suite starts your process and writes one JSON object a line on its stdin. You write one reply a
  line on stdout, in the order of the requests. You never speak first. What you write on stderr is a log;
  its end is shown with a failure.
- A request has \`id\` (rises by one, and goes on from 2 after a reset, as after hello), \`op\` and \`args\`. A
  reply has the same \`id\` and exactly one of the members below.
- A line is UTF-8 and at most ${MAX_LINE / 1024 / 1024} MiB. Numbers are plain integers in the range that the field names;
  octets are lower-case hex, two digits each. Errnos are names, never numbers. Handles are tokens that you
  choose; the suite only hands them back.

| reply | means |
| --- | --- |
| \`"ok": {…}\` | it was done; the value has the shape that the method lists |
| \`"errno": "ENOENT"\` | the call failed, with one of the errnos that the method lists |
| \`"bug": "why"\` | the kernel noticed a misuse (BUG, oops, panic) and says so; this is not a crash |
| \`"parked": {"call": "c1"}\` | the call sleeps, where its method says that it may; \`call\` is a token of your choice |
| \`"unsupported": "op"\` | you do not have this operation; right for whatever you did not declare |
| \`"fault": "why"\` | the adapter failed, or the request was wrong; says nothing about the kernel |

## Calls that sleep

A call that has to wait is answered at once with \`parked\` and a token. A later call, a signal or the clock may
end its sleep. \`{"op":"poll","args":{"call":"c1"}}\` asks after it: you answer \`parked\` with the same token while it
sleeps, and then, once, exactly what the call comes to. Run until nothing more can happen before you answer any
request, so that nothing depends on how often or when you are asked. A token that you never gave, or whose call
you have answered, gets a \`fault\`.

## Beginning and end

\`hello\` is the first request. \`reset\` forgets everything, as if you were newly started; if you do not
declare it, each scenario gets a process of its own. \`batch\` (if you declare it) holds several calls,
\`{"calls":[{"op":…,"args":…}]}\`, and is answered with \`{"ok":{"answers":[…]}}\`, one an op. \`bye\` is
answered with \`{"ok":{}}\`, and then the process exits.

${table('Arguments of hello', HelloArgs)}
${table('Value of hello', HelloValue)}

## Compatibility

The suite and the implementation agree on a protocol in \`hello\`. Within \`${PROTOCOL}\`:

- ports, methods, optional arguments and members of hello may be added, and the version of the port
  rises by one; nothing that exists changes its name, its range or its meaning, and no answer that was
  right becomes wrong;
- an implementation ignores no argument silently: one that it does not know is a \`fault\`, so that a newer
  suite is noticed; the suite ignores members of the value of \`hello\` that it does not know;
- a capability that the suite does not know is ignored, and \`kernspec doctor\` says so.

Anything else needs \`kernspec/2\`, and a suite that speaks both for as long as there are implementations of
the first.
`;

export function protocolDocument(): string {
  const sections = Object.entries<PortSpec>(PORTS).map(portSection);
  return `${[INTRODUCTION, ...sections].join('\n\n')}\n`;
}
