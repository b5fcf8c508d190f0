// Materializers: a finished table goes to PostgreSQL tables and files, each target with a result of its own.
export { describeTarget, dispatch, previewTargets, targetPage, validateTargets } from "./dispatch.ts";
export { targetName } from "./target-name.ts";
export { sweepStages } from "./postgresql/sweep.ts";
export type {
  MaterializationContext,
  MaterializationPreview,
  MaterializationSource,
  Materializer,
  TargetDescription,
} from "./materializer.ts";
