/** The published schema of `results.json`, made from the model itself. */
import { z } from 'zod';

import { Results, RESULTS_FORMAT } from './results.ts';

/** JSON Schema, draft 2020-12. */
export function resultsSchema(): Record<string, unknown> {
  return {
    ...z.toJSONSchema(Results, { target: 'draft-2020-12' }),
    // A name, not a place: nothing has to be fetched to use the schema.
    $id: `urn:kernspec:schema:${RESULTS_FORMAT.replace('/', ':')}`,
    title: 'Results of a kernspec run',
  };
}
