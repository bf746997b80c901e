/** Part of the build: checks the catalogue and the features, and stores them as JSON. */
import { readFileSync, writeFileSync } from 'node:fs';
import { parse } from 'yaml';
import { CATALOGUE_JSON } from '../harness/catalogue.ts';
import { CatalogueFile } from '../harness/catalogue-file.ts';
import { fileFromRoot } from '../harness/root.ts';
import { parseSpecification, SPECIFICATION_JSON } from '../harness/specification.ts';
import { explainIssues } from '../harness/validation.ts';

const file = fileFromRoot('features', 'catalogue.yaml');
const parsed = CatalogueFile.safeParse(parse(readFileSync(file, 'utf8')));
if (!parsed.success) throw new Error(`${file}: ${explainIssues(parsed.error, 'catalogue')}`);
writeFileSync(CATALOGUE_JSON, JSON.stringify(parsed.data));
writeFileSync(SPECIFICATION_JSON, JSON.stringify(parseSpecification()));
