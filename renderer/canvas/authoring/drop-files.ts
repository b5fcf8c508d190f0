import { type EditCommand, rebuildError } from "../../../shared/api/index.ts";
import { wholeView } from "../../../shared/table/index.ts";
import { host } from "../../api.ts";
import { arrivals, beginArrival, endArrival, tellArrival } from "../../store/arrivals.ts";
import { cardHeight, graph, type Position } from "../../store/graph-store.ts";
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
  for (const [place, file] of files.entries()) {
    const source = await bringIn(file, file.name, place === 0);
    if (source !== null) brought.push(source);
  }
  if (brought.length > 0) await addSources(brought, at, text.author.dropLabel(brought.length));
};

/** Makes a source of a table's text, such as cells of a spreadsheet. */
export const dropText = async (content: string, ending: "csv" | "tsv", at: Position | null): Promise<void> => {
  const source = await bringIn(new Blob([content]), `pasted.${ending}`, true);
  if (source !== null) await addSources([source], at, text.author.pasteLabel);
};

/** Takes a file over and looks at all of it; meanwhile its first rows show. `null` when it failed, which is told. */
const bringIn = async (file: Blob, name: string, isShown: boolean): Promise<BroughtIn | null> => {
  const id = `source.${freshName("source", stemOf(name))}`;
  const [before = null] = graph.selection;
  if (isShown) {
    showTab("bottom", "preview");
    beginArrival({ id, upload: null, file: name, before });
  }
  try {
    const path = await uploadFile(file, name, async (upload) => {
      if (!isShown) return;
      tellArrival(id, { upload });
      await firstRows(upload);
    });
    return { name, config: await sourceOf(path) };
  } catch (error) {
    endArrival(id);
    showMessage(error);
    return null;
  }
};

/** Resolves when the first rows are here: until then they have the line for themselves. */
const firstRows = async (upload: string): Promise<void> => {
  const table = { type: "arriving", upload } as const;
  try {
    await host().call("table.open", { table, view: wholeView });
    await host().fetch("table.page", { table, view: wholeView, offset: 0, limit: 1 });
  } catch {
    // The panel that shows them tells why there are none.
  }
};

const stemOf = (name: string): string => name.replace(/(\.(gz|zst))?$/i, "").replace(/\.[^.]*$/, "");

const sourceOf = async (path: string): Promise<BroughtIn["config"]> => {
  const { source, params, schema, problem } = await host().call("file.describe", { file: path });
  // A damaged file is a source all the same: its card says what is wrong, and it runs once the file is mended.
  if (problem !== null) showMessage(rebuildError(problem));
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
    const fresh = freshName("source", stemOf(name), taken);
    const id = `source.${fresh}`;
    taken.add(id);
    const middle = at ?? middleOfView();
    places[id] = placeAround({ x: middle.x, y: middle.y + index * (cardHeight + 36) });
    return { type: "add", kind: "source", name: fresh, config };
  });
  const added = await applyEdit(label, [...commands, { type: "place", positions: places }], places);
  if (added === null) return arrivals.setState({ arrival: null });
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
