import type { Column } from "../../../shared/graph/index.ts";
import { literal } from "../duckdb/sql/identifiers.ts";
import type { Relation } from "../duckdb/sql-host.ts";
import type { Project } from "../project/project.ts";
import { pointInTimeSql } from "./point-in-time-sql.ts";
import { resolveTrainingSet } from "./training-set-columns.ts";
import { type PointInTime, trainingSetOf } from "./training-set.ts";

/**
 * The SELECT of a training set that no node names, for `Engine.query`. `columnsOf` tells the columns of a present
 * output. Throws for groups, features and columns that are not there.
 */
export const askTrainingSet = async (
  settings: PointInTime,
  project: Project,
  columnsOf: (node: string) => Promise<readonly Column[]>,
): Promise<string> => {
  const set = trainingSetOf({ id: "The training set" }, settings, project);
  const inputs: Relation[] = [];
  for (const id of new Set([set.spine, ...set.joins.map(({ group }) => group.id)])) {
    inputs.push({ id, file: "", columns: await columnsOf(id) });
  }
  return pointInTimeSql(resolveTrainingSet(set, inputs), (input) => `ref(${literal(inputs[input]?.id ?? "")})`);
};
