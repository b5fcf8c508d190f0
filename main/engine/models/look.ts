import { existsSync, readFileSync } from "node:fs";
import { join } from "node:path";

import { HeadraceError, ProjectError } from "../../../shared/errors/index.ts";
import { isKind, suggestion } from "../../../shared/graph/index.ts";
import { acquireProjectLock } from "../files/index.ts";
import type { Project } from "../project/project.ts";
import { type ModelReport, readReport } from "./report.ts";
import {
  findVersion,
  type ModelVersion,
  promoteVersion,
  readRegistry,
  type Registry,
  versionFolder,
} from "./versions.ts";

/** A model node with its versions, the one trained last first. */
export interface ModelListing extends Omit<Registry, "schema_version"> {
  readonly node: string;
}

/** One version with its card and report. */
export interface ShownVersion {
  readonly node: string;
  readonly version: ModelVersion;
  readonly isPromoted: boolean;
  /** Whether a person promoted it, whatever the model's rule said. */
  readonly byHand: boolean;
  /** Absolute folder of its artifact, card and MLmodel. */
  readonly folder: string;
  readonly card: string;
  readonly report: ModelReport;
}

const targetOf = (project: Project): string => join(project.root, "target");

/** Every model of the project with its versions. */
export const listModels = (project: Project): readonly ModelListing[] =>
  [...project.nodes.values()].filter(({ kind }) => kind === "model").map(({ id }) => listingOf(project, id));

const listingOf = (project: Project, node: string): ModelListing => {
  const { schema_version: _version, versions, ...promotion } = readRegistry(targetOf(project), node);
  return { node, ...promotion, versions: versions.toReversed() };
};

/** One version of a model; `promoted`, or else the latest, where none is named. Throws where there is none. */
export const showModel = (project: Project, model: string, wanted: string | null): ShownVersion => {
  const node = findModel(project, model);
  const { promoted, promoted_by_hand } = readRegistry(targetOf(project), node);
  const version = findVersion(targetOf(project), node, wanted ?? (promoted === null ? "latest" : "promoted"));
  const folder = versionFolder(targetOf(project), node, version.version);
  if (!existsSync(join(folder, "report.json"))) {
    throw new HeadraceError("model_version_gone", { node, params: { model: node, version: version.version } });
  }
  const card = readFileSync(join(folder, "model_card.md"), "utf8");
  const isPromoted = promoted === version.version;
  return {
    node,
    version,
    isPromoted,
    byHand: isPromoted && promoted_by_hand,
    folder,
    card,
    report: readReport(folder),
  };
};

/** Promotes a version by hand. Throws `model_version_unknown`, `project_locked` while a run is under way. */
export const promoteModel = async (project: Project, model: string, wanted: string): Promise<ModelVersion> => {
  const node = findModel(project, model);
  using _lock = await acquireProjectLock(targetOf(project));
  return promoteVersion(targetOf(project), node, wanted);
};

/** A model node by id or name. Throws `model_not_found`. */
const findModel = (project: Project, wanted: string): string => {
  const models = [...project.nodes.values()].filter((node) => isKind(node, "model"));
  const found = models.find(({ id, name }) => id === wanted || name === wanted);
  if (found !== undefined) return found.id;
  const names = models.map(({ id, name }) => (wanted.includes(".") ? id : name));
  throw new ProjectError("model_not_found", { params: { model: wanted, suggestion: suggestion(wanted, names) } });
};
