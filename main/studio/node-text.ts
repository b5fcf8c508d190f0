import type { StudioHandlers } from "../../shared/api/index.ts";
import { EditedFiles } from "./edit/edited-files.ts";
import { findNode } from "./edit/node-document.ts";
import { readProjectFile, versionOf } from "./edit/project-file.ts";
import type { StudioWindow } from "./studio.ts";
import { nodeTexts, putNodeText } from "./text/node-texts.ts";

/** Texts of nodes and files for the window's editors: saves never overwrite what another program wrote. */
export const textHandlers = {
  "node.text": async ({ node }, { session }) =>
    nodeTexts(findNode(await session.project(), node), new EditedFiles(session.root)),
  "node.put-text": async ({ node, part, text, version, label, group }, { session }) => {
    const files = new EditedFiles(session.root);
    const written = await putNodeText(findNode(await session.project(), node), { part, text, version }, files);
    await (await session.edits()).apply({ label, group, changes: files.changes() });
    return { version: written };
  },
  "file.get": async ({ file }, { session }) => {
    const { text, hash } = await readProjectFile(session.root, file);
    return { text, version: hash };
  },
  "file.put": async ({ file, text, version, label, group }, { session }) => {
    await (await session.edits()).apply({ label, group, changes: [{ file, from: version, text }] });
    return { text, version: versionOf(text) };
  },
} satisfies Partial<StudioHandlers<StudioWindow>>;
