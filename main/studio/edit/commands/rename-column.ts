import { ProjectError } from "../../../../shared/errors/index.ts";
import type { TextEdit } from "../../../../shared/api/index.ts";
import { findNode } from "../node-document.ts";
import type { ApplyCommand } from "./command-context.ts";

const conflict = (file: string): ProjectError => new ProjectError("edit_conflict", { params: { file } });

/** The text with every edit made. Throws `edit_conflict` where it does not say what an edit expects, or two overlap. */
const withTextEdits = (file: string, text: string | null, edits: readonly TextEdit[]): string => {
  let edited = text ?? "";
  let untouched = Number.POSITIVE_INFINITY;
  for (const { start, end, expected, text: inserted } of edits.toSorted((a, b) => b.start - a.start)) {
    if (text === null || end > untouched || end < start || edited.slice(start, end) !== expected) throw conflict(file);
    edited = edited.slice(0, start) + inserted + edited.slice(end);
    untouched = start;
  }
  return edited;
};

export const renameColumn: ApplyCommand<"rename-column"> = async ({ node, edits }, { project, files }) => {
  findNode(project, node);
  for (const [file, own] of Map.groupBy(edits, (edit) => edit.file)) {
    await files.write(file, withTextEdits(file, await files.read(file), own));
  }
};
