// The errors that the window itself can meet. Those of its host arrive with their sentences, so that the first
// thing a browser fetches does not hold every sentence of the engine. The window's build takes this file in the place
// of catalogue.ts.

import type { ErrorCode } from "./catalogue.ts";
import type { CatalogueEntry } from "./entry.ts";
import { projectErrors } from "./project-errors.ts";
import { runErrors } from "./run-errors.ts";
import { studioErrors } from "./studio-errors.ts";

export const catalogue: Readonly<Partial<Record<ErrorCode, CatalogueEntry>>> = {
  ...projectErrors,
  ...runErrors,
  ...studioErrors,
};
