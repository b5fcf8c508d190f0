import { join } from "node:path";

import { ProjectError } from "../../../../shared/errors/index.ts";
import { featuresRoom, type GroupRecord, type Project } from "../../../engine/index.ts";
import { openEngine } from "../../open-project.ts";
import { type PageOptions, printPage } from "../../print-page.ts";
import type { Execute } from "../../session.ts";
import { cut, findGroup, type GroupNode, textPage } from "./find-group.ts";

const versionsOf = async (project: Project, node: GroupNode): Promise<readonly GroupRecord[]> =>
  (await featuresRoom()).groupVersions(join(project.root, "target"), node.name);

/** `headrace features versions GROUP`. */
export const listVersions: Execute<PageOptions> = async (session, options, [wanted = ""]) => {
  await using engine = await openEngine(session, options);
  const project = await engine.project();
  const node = findGroup(project, wanted);
  const { readStores } = await featuresRoom();
  const present = readStores(node).version;
  const rows = (await versionsOf(project, node)).map(({ version, rows: count, columns, written, run_id: run }) => [
    version,
    version === present ? "present" : null,
    String(count),
    columns.map(({ name }) => name).join(", "),
    written,
    run,
  ]);
  const page = textPage(["version", "state", "rows", "columns", "written", "run"], rows);
  printPage(session.terminal, cut(page, options), options);
  return 0;
};

/** `headrace features diff GROUP FROM [TO]`. */
export const compareVersions: Execute<PageOptions> = async (session, options, [wanted = "", from = "", to]) => {
  await using engine = await openEngine(session, options);
  const project = await engine.project();
  const node = findGroup(project, wanted);
  const { compareGroups, readStores } = await featuresRoom();
  const versions = await versionsOf(project, node);
  const [before, after] = [from, to ?? readStores(node).version].map((version) => find(node, versions, version));
  if (before === undefined || after === undefined) return 2;
  const shape = compareGroups(before, after).map(({ column, change, before: was, after: is, breaks }) => [
    column,
    change,
    was,
    is,
    breaks ? "breaks readers" : null,
  ]);
  const page = textPage(["column", "change", "before", "after", "effect"], [...shape, ...movedValues(before, after)]);
  printPage(session.terminal, cut(page, options), options);
  return 0;
};

const find = (node: GroupNode, versions: readonly GroupRecord[], wanted: string): GroupRecord => {
  const found = versions.find(({ version }) => version === wanted);
  if (found !== undefined) return found;
  const known = versions.map(({ version }) => version).join(", ") || "none yet";
  const params = { group: node.id, version: wanted, versions: known };
  throw new ProjectError("feature_version_unknown", { node: node.id, params });
};

/** What moved in the columns that both have, and in the number of rows. */
const movedValues = (before: GroupRecord, after: GroupRecord): readonly (readonly (string | null)[])[] => {
  const moved: (readonly (string | null)[])[] = [];
  const put = (column: string | null, change: string, was: string | null, is: string | null): void => {
    if (was !== is) moved.push([column, change, was, is, null]);
  };
  put(null, "rows", String(before.rows), String(after.rows));
  for (const column of before.columns) {
    const now = after.columns.find(({ name }) => name === column.name);
    if (now === undefined) continue;
    put(column.name, "nulls", String(column.nulls), String(now.nulls));
    put(column.name, "min", column.min, now.min);
    put(column.name, "max", column.max, now.max);
    put(column.name, "mean", shown(column.mean), shown(now.mean));
  }
  return moved;
};

const shown = (value: number | null): string | null => (value === null ? null : String(Number(value.toPrecision(6))));
