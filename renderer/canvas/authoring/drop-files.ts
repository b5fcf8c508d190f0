import type { EditCommand } from "../../../shared/api/index.ts";
import { host } from "../../api.ts";
import { cardHeight, type Position } from "../../store/graph-store.ts";
import { showTab } from "../../store/layout-store.ts";
import { text } from "../../text/text.ts";
import { announce } from "../../ui/announcer.tsx";
import { showMessage } from "../../ui/messages.tsx";
import { middleOfView } from "../canvas-hooks.ts";
import { show } from "./add-node.ts";
import { applyEdit } from "./apply-edit.ts";
import { placeAround } from "./free-place.ts";
import { freshName, namesOf } from "./names.ts";
import { uploadFile } from "./upload-file.ts";

interface BroughtIn {
  readonly name: string;
  readonly config: Extract<EditCommand, { readonly type: "add" }>["config"];
}

/** Makes sources of files: brought into the project, their dialect and types pinned, run, and shown. */
export const dropFiles = async (files: readonly File[], at: Position | null): Promise<void> => {
  const brought: BroughtIn[] = [];
  for (const file of files) {
    try {
      const path = await uploadFile(file, file.name);
      brought.push({ name: file.name, config: await sourceOf(path) });
    } catch (error) {
      showMessage(error);
    }
  }
  if (brought.length > 0) await addSources(brought, at, text.author.dropLabel(brought.length));
};

/** Makes a source of a table's text, such as cells of a spreadsheet. */
export const dropText = async (content: string, ending: "csv" | "tsv", at: Position | null): Promise<void> => {
  const name = `pasted.${ending}`;
  try {
    const path = await uploadFile(new Blob([content]), name);
    await addSources([{ name, config: await sourceOf(path) }], at, text.author.pasteLabel);
  } catch (error) {
    showMessage(error);
  }
};

const sourceOf = async (path: string): Promise<BroughtIn["config"]> => {
  const { source, params, schema } = await host().call("file.describe", { file: path });
  return {
    source,
    table: path,
    ...(Object.keys(params).length === 0 ? {} : { params }),
    ...(schema.length === 0 ? {} : { schema }),
  };
};

const addSources = async (sources: readonly BroughtIn[], at: Position | null, label: string): Promise<void> => {
  const taken = new Set<string>();
  const places: Record<string, Position> = {};
  const commands = sources.map(({ name, config }, index): EditCommand => {
    const fresh = freshName("source", name.replace(/(\.(gz|zst))?$/i, "").replace(/\.[^.]*$/, ""), taken);
    const id = `source.${fresh}`;
    taken.add(id);
    const middle = at ?? middleOfView();
    places[id] = placeAround({ x: middle.x, y: middle.y + index * (cardHeight + 36) });
    return { type: "add", kind: "source", name: fresh, config };
  });
  const added = await applyEdit(label, [...commands, { type: "place", positions: places }], places);
  if (added === null) return;
  show(added);
  announce(text.author.dropped(namesOf(added)));
  await runQuietly(added);
};

/** Runs them and shows the first one's rows: what was dropped is looked at before anything else. */
const runQuietly = async (ids: readonly string[]): Promise<void> => {
  showTab("bottom", "preview");
  try {
    await host().call("run.start", { selectors: [...ids] });
  } catch (error) {
    showMessage(error);
  }
};
