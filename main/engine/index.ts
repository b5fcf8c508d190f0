// The engine: loads a project, plans, runs and looks at its tables. Everything outside main/engine imports this file.
export { createEngine } from "./create-engine.ts";
export type { Engine, EngineOptions, KeyFacts, PlanOptions, RunOptions, Selection, TargetPreviews } from "./engine.ts";
export type { SourceFile } from "./connectors/files.ts";
export type { Page, SqlFunction } from "./duckdb/sql-host.ts";
export type { Draft, DraftSchema, NodeSchema, SchemaProblem, SchemaReport } from "./describe/node-schema.ts";
export { hostEnvironment } from "./duckdb/host-environment.ts";
export type { HostProcess, SpawnHost } from "./duckdb/spawn-host.ts";
export type { Connection, PostgresConnection, Problem, Project } from "./project/project.ts";
export type { ColumnChange, DifferenceFacts } from "./preview/difference.ts";
export type { OpenTable, Tables, ViewRows } from "./preview/tables.ts";
export type { Breaks, ColumnReport, NodeReport, ProjectLineage } from "./lineage/index.ts";
export type { Apis } from "./exposures/apis.ts";
export type { RowDifference } from "./run/compare-outputs.ts";
export type { NodeRecord, RunRecord, RunState } from "./state/index.ts";
export type { RunComparison } from "./state/compare-runs.ts";
export type {
  MaterializationContext,
  MaterializationPreview,
  MaterializationSource,
  TargetDescription,
} from "./materializers/materializer.ts";
export { findProjectRoot, projectFileOf } from "./project/find-root.ts";
export { decodeLines, encodeLine, hashText, packageRoot, replaceFile, stampOf } from "./files/index.ts";
export type { PythonRunner } from "./python/python-runner.ts";
export type { EmbeddedServer, EmbeddedServerStatus } from "./postgres/index.ts";

export { isTrusted } from "./trust/trusted-folders.ts";

// Rooms that few commands need: loaded when asked for, so that starting stays cheap.
export const duckdbRoom = () => import("./duckdb/index.ts");
export type { FeatureGroup, GroupRecord, OnlineFeatures } from "./features/room.ts";
export { wholeRun } from "./run-options.ts";
export type { WindowsSeen } from "./insight/index.ts";
export const insightRoom = () => import("./insight/index.ts");
export const featuresRoom = () => import("./features/room.ts");
export const lineageRoom = () => import("./lineage/index.ts");
export const modelsRoom = () => import("./models/room.ts");
export const materializersRoom = () => import("./materializers/index.ts");
export const postgresRoom = () => import("./postgres/index.ts");
export const provisionRoom = () => import("./provision/index.ts");
export const pythonRoom = () => import("./python/index.ts");
export const projectRoom = () => import("./project/room.ts");
export const secretsRoom = () => import("./secrets/index.ts");
export const trustRoom = () => import("./trust/index.ts");
export const stateRoom = () => import("./state/index.ts");
