/** The file features/catalogue.yaml, as people write it. */
import { z } from 'zod';

/** The shape of features/catalogue.yaml; the build checks it. */
export const CatalogueFile = z.array(
  z.strictObject({
    area: z.string(),
    title: z.string(),
    statements: z.array(
      z.strictObject({
        id: z.string().regex(/^[A-Z]+-\d{2}$/),
        kind: z.enum(['behaviour', 'structure', 'context']),
        source: z.string().optional(),
        says: z.string(),
        show: z.string(),
      }),
    ),
  }),
);
export type CatalogueFile = z.infer<typeof CatalogueFile>;
