import type { ModelDetailsView, ModelVersionView, StudioHandlers } from "../../shared/api/index.ts";
import { modelsRoom } from "../engine/index.ts";
import type { StudioWindow } from "./studio.ts";

type Room = Awaited<ReturnType<typeof modelsRoom>>;
type Version = ReturnType<Room["showModel"]>["version"];
type Shown = ReturnType<Room["showModel"]>;

const versionView = (version: Version, promoted: string | null): ModelVersionView => ({
  version: version.version,
  label: version.label,
  trainedAt: version.trained_at,
  runId: version.run_id,
  algorithm: version.algorithm,
  task: version.task,
  target: version.target,
  trainRows: version.train_rows,
  testRows: version.test_rows,
  features: version.features,
  mainMetric: version.main_metric,
  largerIsBetter: version.larger_is_better,
  scores: {
    model: version.scores["model.test"] ?? {},
    baseline: version.scores["baseline.test"] ?? {},
    former: version.scores["promoted.test"] ?? null,
    train: version.scores["model.train"] ?? {},
  },
  wasPromoted: version.promoted,
  reason: version.reason,
  isPromoted: version.version === promoted,
  dataHash: version.data_hash,
  envHash: version.env_hash,
  artifactHash: version.artifact_hash,
});

const momentOf = (microseconds: number | null): string | null =>
  microseconds === null ? null : new Date(microseconds / 1000).toISOString();

const detailsView = ({ version, isPromoted, card, report }: Shown): ModelDetailsView => ({
  ...versionView(version, isPromoted ? version.version : null),
  card,
  classes: report.classes,
  hyperparameters: report.hyperparameters,
  seed: report.seed,
  folds: report.folds,
  split: {
    kind: report.split.kind,
    column: report.split.column,
    from: momentOf(report.split.cut),
    rows: report.split.rows,
  },
  featureList: report.features,
  importance: report.importance.map(({ kind: _kind, ...row }) => row),
  warnings: report.warnings,
  former: report.former,
  formerNote: report.former_note,
});

/** Versions of models: what each scored, its card, and which one is promoted. */
export const modelHandlers = {
  "models.list": async (_input, { session }) => {
    const { listModels } = await modelsRoom();
    return listModels(await session.project()).map(({ node, versions, ...promotion }) => ({
      node,
      promoted: promotion.promoted,
      promotedAt: promotion.promoted_at,
      promotedByHand: promotion.promoted_by_hand,
      versions: versions.map((version) => versionView(version, promotion.promoted)),
    }));
  },
  "models.show": async ({ node, version }, { session }) => {
    const { showModel } = await modelsRoom();
    return detailsView(showModel(await session.project(), node, version));
  },
  "models.promote": async ({ node, version }, { session }) => {
    const { promoteModel } = await modelsRoom();
    return { version: (await promoteModel(await session.project(), node, version)).version };
  },
} satisfies Partial<StudioHandlers<StudioWindow>>;
