/**
 * What the schemas themselves say of a value.
 *
 * Imported only when a check that the build made has refused one, since to build every schema takes longer
 * than to run a scenario.
 */
import type { z } from 'zod';
import { MESSAGES, methodOf } from '../contract/schemas.ts';
import type { Judged, Message, Part } from './checks.ts';
import { exampleOf, explainIssues } from './validation.ts';

function schemaOf(op: string, part: Part): z.ZodType {
  const found = methodOf(op) ?? MESSAGES[op as Message];
  return found[part];
}

/**
 * @param op - a method by its name on the wire, or a message of the protocol.
 * @param root - what the path of a field begins with.
 */
export function judgeBySchema(
  op: string,
  part: Part,
  value: unknown,
  root: string = part,
): Judged<unknown> {
  const parsed = schemaOf(op, part).safeParse(value);
  if (parsed.success) return { value: parsed.data, issues: undefined };
  return { issues: explainIssues(parsed.error, root) };
}

/** A value that a method may answer, as JSON. */
export function exampleAnswer(op: string): string {
  return JSON.stringify({ ok: exampleOf(schemaOf(op, 'ok')) });
}
