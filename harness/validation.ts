/** What is wrong with a value, said by field. */
import { z } from 'zod';

const MAX_ISSUES = 4;

/**
 * The issues in words, each with the path of its field.
 *
 * @param root - what the path begins with, such as "ok" or "args".
 */
export function explainIssues(error: z.ZodError, root: string): string {
  const lines = error.issues.slice(0, MAX_ISSUES).map((issue) => {
    const where = [root, ...issue.path.map(String)].join('.');
    return `${where}: ${issue.message}`;
  });
  const more = error.issues.length - lines.length;
  return lines.join('; ') + (more > 0 ? `; and ${more} more` : '');
}

type JsonSchema = {
  readonly const?: unknown;
  readonly enum?: readonly unknown[];
  readonly type?: string;
  readonly examples?: readonly unknown[];
  readonly properties?: Readonly<Record<string, JsonSchema>>;
  readonly items?: JsonSchema;
  readonly anyOf?: readonly JsonSchema[];
  readonly oneOf?: readonly JsonSchema[];
  readonly minimum?: number;
  readonly minItems?: number;
  readonly additionalProperties?: unknown;
};

/** A value that the schema accepts, for a message or a document. */
export function exampleOf(schema: z.ZodType): unknown {
  return exampleFrom(z.toJSONSchema(schema) as JsonSchema);
}

function exampleFrom(schema: JsonSchema): unknown {
  if (schema.const !== undefined) return schema.const;
  if (schema.examples?.[0] !== undefined) return schema.examples[0];
  if (schema.enum !== undefined) return schema.enum[0];
  const choice = schema.anyOf?.[0] ?? schema.oneOf?.[0];
  if (choice !== undefined) return exampleFrom(choice);
  switch (schema.type) {
    case 'object':
      return Object.fromEntries(
        Object.entries(schema.properties ?? {}).map(([name, part]) => [name, exampleFrom(part)]),
      );
    case 'array':
      return schema.items === undefined ? [] : [exampleFrom(schema.items)];
    case 'integer':
    case 'number':
      return Math.max(0, schema.minimum ?? 0);
    case 'boolean':
      return true;
    default:
      return 'text';
  }
}
