import type { StudioHandlers } from "../../shared/api/index.ts";
import { ProjectError } from "../../shared/errors/index.ts";
import { lineageRoom } from "../engine/index.ts";
import { readProjectFile } from "./edit/project-file.ts";
import type { StudioWindow } from "./studio.ts";

/** Where columns come from, where they go, and what naming one differently would change. Runs nothing. */
export const lineageHandlers = {
  "lineage.node": async ({ node }, { session }, signal) => {
    const { nodeReport } = await lineageRoom();
    return nodeReport(await session.engine.lineage(signal), node);
  },
  "lineage.columns": async ({ table, column }, { session }, signal) => {
    const { columnReport } = await lineageRoom();
    return columnReport(await session.engine.lineage(signal), { table, column });
  },
  "lineage.breaks": async ({ table, column }, { session }, signal) => {
    const { breaksOf } = await lineageRoom();
    return breaksOf(await session.project(), await session.engine.lineage(signal), { table, column });
  },
  "lineage.mentions": async ({ table, column, to }, { session }, signal) => {
    const { columnReport, renameColumn } = await lineageRoom();
    const lineage = await session.engine.lineage(signal);
    const found = columnReport(lineage, { table, column });
    const same = to.toLowerCase() !== found.column.toLowerCase();
    const taken = lineage.tables.get(table)?.columns.some(({ name }) => name.toLowerCase() === to.toLowerCase());
    if (taken === true && same)
      throw new ProjectError("lineage_name_taken", { node: table, params: { node: table, column: to } });
    const read = async (file: string): Promise<string | null> => (await readProjectFile(session.root, file)).text;
    const project = await session.project();
    return renameColumn({ project, lineage, column: { table, column: found.column }, to, read });
  },
} satisfies Partial<StudioHandlers<StudioWindow>>;
