/** The contract is data: every part of it can be exampled, published and read. */
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { z } from 'zod';
import { bytesOf, ERRNOS, octetsOf, type PortSpec } from '../../contract/index.ts';
import {
  AnswerLine,
  CAPABILITIES,
  HelloArgs,
  HelloValue,
  methodOf,
  PORTS,
} from '../../contract/schemas.ts';
import { exampleOf } from '../../harness/validation.ts';

const methods = CAPABILITIES.flatMap((capability) => {
  const port: PortSpec = PORTS[capability];
  return Object.entries(port.methods).map(([name, method]) => ({
    op: `${capability}.${name}`,
    method,
  }));
});

describe.each(methods)('$op', ({ op, method }) => {
  it('can be looked up by its name on the wire', () => {
    expect(methodOf(op)).toBe(method);
  });

  it('has examples that its own schemas accept', () => {
    expect(method.args.safeParse(exampleOf(method.args)).error).toBeUndefined();
    expect(method.ok.safeParse(exampleOf(method.ok)).error).toBeUndefined();
  });

  it('has schemas that can be published, objects that allow nothing else', () => {
    for (const schema of [method.args, method.ok]) {
      expect(z.toJSONSchema(schema)).toMatchObject({ type: 'object', additionalProperties: false });
    }
  });

  it('says in a sentence what it does, and only errnos that there are', () => {
    expect(method.does).toMatch(/^[A-Z].*\.$/);
    expect(ERRNOS).toEqual(expect.arrayContaining([...method.errnos]));
  });
});

describe('the wire', () => {
  it.each([
    '',
    'checksum',
    'checksum.',
    '.compute',
    'checksum.toString',
    'toString.call',
    'checksum.compute.x',
  ])('has no method "%s"', (op) => {
    expect(methodOf(op)).toBeUndefined();
  });

  it('has messages that can be published', () => {
    for (const schema of [HelloArgs, HelloValue, AnswerLine]) {
      expect(() => z.toJSONSchema(schema)).not.toThrow();
      expect(schema.safeParse(exampleOf(schema)).error).toBeUndefined();
    }
  });
});

describe('octets', () => {
  it('read back as what was written', () => {
    fc.assert(
      fc.property(fc.uint8Array({ maxLength: 300 }), (bytes) => {
        expect(bytesOf(octetsOf(bytes))).toEqual(bytes);
        expect(octetsOf(bytes)).toBe(Buffer.from(bytes).toString('hex'));
      }),
    );
  });

  it('may be written in capitals, and are read from the highest digit', () => {
    expect([...bytesOf('00Ff0a')]).toEqual([0, 255, 10]);
    expect(octetsOf([0, 255, 10])).toBe('00ff0a');
  });

  it('are of 8 bits each', () => {
    expect(octetsOf([256, -1])).toBe('00ff');
  });

  it.each(['0', 'abc', '0g', 'zz', '0 ', '٣٣', 'ı9'])('are not "%s"', (text) => {
    expect(() => bytesOf(text)).toThrow(RangeError);
    expect(() => bytesOf('00'.repeat(100) + text)).toThrow(RangeError);
  });
});
