/**
 * Faults of one operator each: `<` for `<=`, `&&` for `||`, a branch never taken, a statement left out …
 *
 * Those of mutants/ are mistakes that somebody makes, each with the statement that it breaks. These are
 * made by rule, to find what no scenario looks at; that some of them change nothing is to be expected.
 */
import ts from 'typescript';

/** A place of a text and what stands there instead. */
export interface Edit {
  readonly start: number;
  readonly end: number;
  readonly instead: string;
}

const K = ts.SyntaxKind;

const OPERATORS: ReadonlyMap<ts.SyntaxKind, string> = new Map([
  [K.LessThanToken, '<='],
  [K.LessThanEqualsToken, '<'],
  [K.GreaterThanToken, '>='],
  [K.GreaterThanEqualsToken, '>'],
  [K.EqualsEqualsEqualsToken, '!=='],
  [K.ExclamationEqualsEqualsToken, '==='],
  [K.AmpersandAmpersandToken, '||'],
  [K.BarBarToken, '&&'],
  [K.PlusToken, '-'],
  [K.MinusToken, '+'],
  [K.AsteriskToken, '/'],
  [K.AmpersandToken, '|'],
  [K.BarToken, '&'],
  [K.LessThanLessThanToken, '>>'],
  [K.GreaterThanGreaterThanToken, '<<'],
  [K.PlusEqualsToken, '-='],
  [K.MinusEqualsToken, '+='],
]);

/** Conditions whose own operator is exchanged anyway. */
const COMPARED: ReadonlySet<ts.SyntaxKind> = new Set([
  K.EqualsEqualsEqualsToken,
  K.ExclamationEqualsEqualsToken,
]);

/** All edits of a compiled module, in the order of their places. */
export function operatorEdits(text: string): Edit[] {
  const source = ts.createSourceFile('module.js', text, ts.ScriptTarget.ES2023, true);
  const edits: Edit[] = [];
  const put = (node: ts.Node, instead: string) =>
    edits.push({ start: node.getStart(source), end: node.getEnd(), instead });
  const visit = (node: ts.Node): void => {
    // What is thrown there is a mistake of whoever calls it, and told to a person.
    if (ts.isThrowStatement(node) || ts.isImportDeclaration(node)) return;
    editsOf(node, put);
    ts.forEachChild(node, visit);
  };
  visit(source);
  return edits.toSorted((a, b) => a.start - b.start || a.end - b.end);
}

function editsOf(node: ts.Node, put: (node: ts.Node, instead: string) => void): void {
  if (ts.isBinaryExpression(node)) {
    const instead = OPERATORS.get(node.operatorToken.kind);
    const joins = node.operatorToken.kind === K.PlusToken && ts.isStringLiteralLike(node.left);
    if (instead !== undefined && !joins) put(node.operatorToken, instead);
  } else if (ts.isPrefixUnaryExpression(node) && node.operator === K.ExclamationToken) {
    put(node, `(${node.operand.getText()})`);
  } else if (node.kind === K.TrueKeyword) {
    put(node, 'false');
  } else if (node.kind === K.FalseKeyword) {
    put(node, 'true');
  } else if (ts.isNumericLiteral(node)) {
    put(node, `(${node.text} + 1)`);
  } else if (ts.isConditionalExpression(node)) {
    if (!isCompared(node.condition)) put(node.condition, `!(${node.condition.getText()})`);
  } else if (ts.isIfStatement(node)) {
    if (!isCompared(node.expression)) put(node.expression, `!(${node.expression.getText()})`);
    put(node.expression, 'false');
  } else if (ts.isExpressionStatement(node)) {
    put(node, ';');
  }
}

function isCompared(condition: ts.Expression): boolean {
  return ts.isBinaryExpression(condition) && COMPARED.has(condition.operatorToken.kind);
}
