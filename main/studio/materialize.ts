import type { StudioHandlers } from "../../shared/api/index.ts";
import { EditedFiles } from "./edit/edited-files.ts";
import { readTarget } from "./materialize/read-target.ts";
import { saveTarget } from "./materialize/save-target.ts";
import { encodePage } from "./pages/encode-page.ts";
import type { StudioWindow } from "./studio.ts";

/** Targets: what writing to them would do, what they hold, and what a node's file says of them. */
export const materializeHandlers = {
  "materialize.preview": ({ node, target }, { session }, signal) =>
    session.engine.previewMaterializations(node, signal, target === null ? undefined : readTarget(target)),
  "materialize.describe": ({ node, target }, { session }, signal) =>
    session.engine.describeTarget(node, readTarget(target), signal),
  "materialize.keys": ({ node, keys }, { session }, signal) => session.engine.keyFacts(node, keys, signal),
  "materialize.save": async ({ label, group, ...saved }, { session }) => {
    if (saved.target !== null) readTarget(saved.target);
    const context = { project: await session.project(), files: new EditedFiles(session.root), added: [] };
    const index = await saveTarget(saved, context);
    await (await session.edits()).apply({ label, group, changes: context.files.changes() });
    return { index };
  },
  "materialize.page": async ({ target, offset, limit }, { session }, signal) =>
    encodePage(await session.engine.targetPage(readTarget(target), { offset, limit }, signal), offset),
} satisfies Partial<StudioHandlers<StudioWindow>>;
