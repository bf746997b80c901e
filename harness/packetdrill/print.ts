/** A script's tree as text that parses to the same tree. */
import type { Action, Call, Expression, Field, Script, ScriptEvent, When } from './ast.ts';
import { printPacket } from './print-packet.ts';

export function printScript({ options, first, events, last }: Script): string {
  const lines = [
    ...options.map(({ name, value }) => (value === undefined ? `--${name}` : `--${name}=${value}`)),
    ...(first === undefined ? [] : [`\`${first.line}\``]),
    ...events.map(printEvent),
    ...(last === undefined ? [] : [`\`${last.line}\``]),
  ];
  return `${lines.join('\n')}\n`;
}

export function printEvent({ when, action }: ScriptEvent): string {
  return `${printWhen(when)}${until(action)} ${printAction(action)}`;
}

function until(action: Action): string {
  if (action.kind !== 'call' || action.untilUs === undefined) return '';
  return `...${printTime(action.untilUs)}`;
}

function printWhen(when: When): string {
  if (when.kind === 'any') return '*';
  const plus = when.relative ? '+' : '';
  const from = `${plus}${printTime(when.us)}`;
  return when.kind === 'at' ? from : `${from}~${plus}${printTime(when.untilUs)}`;
}

/** Seconds, without zeroes that say nothing. */
export function printTime(us: number): string {
  const fraction = String(us % 1_000_000).padStart(6, '0');
  const whole = Math.floor(us / 1_000_000);
  return us % 1_000_000 === 0 ? String(whole) : `${whole}.${fraction.replace(/0+$/, '')}`;
}

/** Without its time. */
export function printAction(action: Action): string {
  switch (action.kind) {
    case 'tcp':
    case 'icmp':
      return printPacket(action);
    case 'call':
      return printCall(action);
    case 'command':
      return `\`${action.line}\``;
    case 'code':
      return `%{${action.text}}%`;
  }
}

function printCall({ name, args, result, errno, note }: Call): string {
  const given = args.map(printExpression).join(', ');
  const failed = errno === undefined ? '' : ` ${errno}`;
  const noted = note === undefined ? '' : ` (${note})`;
  return `${name}(${given}) = ${printExpression(result)}${failed}${noted}`;
}

export function printExpression(expression: Expression): string {
  switch (expression.kind) {
    case 'anything':
      return '...';
    case 'number':
      return expression.hex ? `0x${expression.value.toString(16)}` : String(expression.value);
    case 'word':
      return expression.word;
    case 'text':
      return `${expression.parts.map((part) => `"${part}"`).join(' ')}${expression.open ? '...' : ''}`;
    case 'or':
      return expression.of.map(printExpression).join('|');
    case 'assignment':
      return `${expression.word}=${printExpression(expression.value)}`;
    case 'made':
      return `${expression.by}(${printExpression(expression.from)})`;
    case 'list':
      return `[${expression.items.map(printExpression).join(', ')}]`;
    case 'braces':
      return `{${expression.items.map(printExpression).join(', ')}}`;
    case 'struct':
      return `{${expression.fields.map(printField).join(', ')}}`;
  }
}

function printField({ name, size, value }: Field): string {
  const sized = size === undefined ? '' : `(${printExpression(size)})`;
  return `${name}${sized}=${printExpression(value)}`;
}
