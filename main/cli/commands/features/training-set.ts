import { type Engine, featuresRoom } from "../../../engine/index.ts";
import { findNode, openEngine } from "../../open-project.ts";
import { type PageOptions, printPage } from "../../print-page.ts";
import type { Execute } from "../../session.ts";
import { readRoles } from "./roles.ts";

interface TrainingOptions extends PageOptions {
  readonly timestamp: string;
  readonly features: readonly string[];
  readonly role?: readonly string[];
  readonly fullNames?: boolean;
  readonly asKnown: boolean;
}

/** `headrace features training-set SPINE`. */
export const trainingSet: Execute<TrainingOptions> = async (session, options, [wanted = ""]) => {
  await using engine = await openEngine(session, options);
  const project = await engine.project();
  const spine = findNode(project, wanted).id;
  const { askTrainingSet } = await featuresRoom();
  const settings = {
    spine,
    timestamp: options.timestamp,
    features: options.features.map((name) => (name.startsWith("feature_group.") ? name : `feature_group.${name}`)),
    roles: readRoles(options.role ?? []),
    as_known: options.asKnown,
    full_names: options.fullNames ?? false,
  };
  const sql = await askTrainingSet(settings, project, (node) => columnsOf(engine, node, session.signal));
  const page = await engine.query(sql, { offset: options.offset, limit: options.limit }, session.signal);
  printPage(session.terminal, page, options);
  return 0;
};

const columnsOf = async (engine: Engine, node: string, signal: AbortSignal) =>
  (await engine.preview(node, { offset: 0, limit: 0 }, signal)).columns;
