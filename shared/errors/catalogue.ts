// All error codes, one file an area. docs/errors.md is generated from this (`node scripts/errors-page.ts`).

import { aggregationErrors } from "./aggregation-errors.ts";
import { cliErrors } from "./cli-errors.ts";
import { desktopErrors } from "./desktop-errors.ts";
import { connectionErrors } from "./connection-errors.ts";
import type { CatalogueEntry } from "./entry.ts";
import { exposureErrors } from "./exposure-errors.ts";
import { featureErrors } from "./feature-errors.ts";
import { lineageErrors } from "./lineage-errors.ts";
import { modelErrors } from "./model-errors.ts";
import { postgresErrors } from "./postgres-errors.ts";
import { previewErrors } from "./preview-errors.ts";
import { projectErrors } from "./project-errors.ts";
import { provisionErrors } from "./provision-errors.ts";
import { pythonErrors } from "./python-errors.ts";
import { ruleErrors } from "./rule-errors.ts";
import { runErrors } from "./run-errors.ts";
import { schemaErrors } from "./schema-errors.ts";
import { sourceErrors } from "./source-errors.ts";
import { sqlErrors } from "./sql-errors.ts";
import { studioErrors } from "./studio-errors.ts";
import { targetErrors } from "./target-errors.ts";
import { trustErrors } from "./trust-errors.ts";

const entries = {
  ...projectErrors,
  ...sqlErrors,
  ...schemaErrors,
  ...sourceErrors,
  ...provisionErrors,
  ...pythonErrors,
  ...postgresErrors,
  ...runErrors,
  ...aggregationErrors,
  ...featureErrors,
  ...exposureErrors,
  ...lineageErrors,
  ...modelErrors,
  ...ruleErrors,
  ...previewErrors,
  ...cliErrors,
  ...studioErrors,
  ...desktopErrors,
  ...targetErrors,
  ...connectionErrors,
  ...trustErrors,
};

export type ErrorCode = keyof typeof entries;
export const catalogue: Readonly<Record<ErrorCode, CatalogueEntry>> = entries;
