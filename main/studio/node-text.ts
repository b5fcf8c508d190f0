import type { StudioHandlers } from "../../shared/api/index.ts";
import { EditedFiles } from "./edit/edited-files.ts";
import { readProjectFile, versionOf } from "./edit/project-file.ts";
import type { StudioWindow } from "./studio.ts";
import { nodeTexts, putNodeText } from "./text/node-texts.ts";
import { textOwner } from "./text/text-owner.ts";

/** Texts of nodes and files for the window's editors: saves never overwrite what another program wrote. */
export const textHandlers = {
  "node.text": async ({ node }, { session }) => {
    const files = new EditedFiles(session.root);
    return [...(await nodeTexts(await textOwner(await session.project(), node, files), files))];
  },
  "node.put-text": async ({ node, part, text, version, label, group }, { session }) => {
    const files = new EditedFiles(session.root);
    const owner = await textOwner(await session.project(), node, files);
    const written = await putNodeText(owner, { part, text, version }, files);
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
