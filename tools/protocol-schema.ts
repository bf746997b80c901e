/** The protocol as one JSON Schema: requests, replies, and each method's arguments and value. */
import { z } from 'zod';
import { ERRNOS, MAX_LINE, PROTOCOL, type PortSpec } from '../contract/index.ts';
import {
  AnswerLine,
  BatchArgs,
  BatchValue,
  HelloArgs,
  HelloValue,
  Nothing,
  PORTS,
  Request,
  ResetArgs,
} from '../contract/schemas.ts';

function jsonSchema(schema: z.ZodType): object {
  const { $schema: _, ...rest } = z.toJSONSchema(schema) as Record<string, unknown>;
  return rest;
}

function operation(does: string, args: z.ZodType, ok: z.ZodType, rest: object = {}): object {
  return { description: does, ...rest, args: jsonSchema(args), ok: jsonSchema(ok) };
}

export function protocolSchema(): object {
  const ports = Object.entries<PortSpec>(PORTS).map(([capability, port]) => {
    const methods = Object.entries(port.methods).map(([name, method]) => {
      const { does, kernel, errnos, bugs, args, ok } = method;
      return [name, operation(does, args, ok, { kernel, errnos, bugs })] as const;
    });
    const { does, version } = port;
    return [capability, { description: does, version, methods: Object.fromEntries(methods) }];
  });
  return {
    $schema: 'https://json-schema.org/draft/2020-12/schema',
    $id: `urn:kernspec:schema:${PROTOCOL}`,
    title: `The kernspec protocol, ${PROTOCOL}`,
    maxLine: MAX_LINE,
    errnos: ERRNOS,
    request: jsonSchema(Request),
    reply: {
      description: 'the id of the request, and exactly one of these members',
      ...jsonSchema(AnswerLine),
    },
    session: {
      hello: operation('Begins; the first request.', HelloArgs, HelloValue),
      reset: operation('Forgets everything, as if newly started.', ResetArgs, Nothing),
      batch: operation('Makes several calls in one line.', BatchArgs, BatchValue),
      bye: operation('Ends; the process exits after its answer.', Nothing, Nothing),
    },
    ports: Object.fromEntries(ports) as object,
  };
}
