/** Figures that a case study adds to the results. */
import assert from 'node:assert/strict';
import { FIGURE, type Figure } from '../harness/attachments.ts';
import type { SuiteWorld } from './world.ts';

/** Puts a figure into the report of this scenario; each column needs a value for each row. */
export function attachFigure(world: SuiteWorld, figure: Figure): void {
  for (const { label, values } of [...figure.series, ...figure.columns]) {
    assert.equal(values.length, figure.x.values.length, `values of "${label}"`);
  }
  world.attach(JSON.stringify(figure), FIGURE);
}
