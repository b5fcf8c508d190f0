import type { ExportFormat, CopyFormat, TableRef, TableView } from "../../shared/table/index.ts";
import { host } from "../api.ts";
import { graph } from "../store/graph-store.ts";
import { text } from "../text/text.ts";
import { announce } from "../ui/announcer.tsx";
import type { Range } from "./selection.ts";

const { grid: words } = text;

/** Puts what is selected on the clipboard. */
export const copyRange = async (
  table: TableRef,
  view: TableView,
  range: Range,
  columns: readonly number[],
  format: CopyFormat,
): Promise<void> => {
  const request = {
    table,
    view,
    offset: range.fromRow,
    limit: range.beforeRow - range.fromRow,
    columns: [...columns],
    format,
  };
  const answer = host().call("table.copy", request);
  // The clipboard must be asked while the key is still being pressed; the text may follow.
  const blob = answer.then((copied) => new Blob([copied.text], { type: "text/plain" }));
  await Promise.all([navigator.clipboard.write([new ClipboardItem({ "text/plain": blob })]), answer]);
  announce(words.copied(text.rows((await answer).rows), text.columns(columns.length)));
};

/** Writes a view's rows as a file and hands it to the browser, which saves it where the person's downloads go. */
export const exportView = async (
  table: TableRef,
  view: TableView,
  columns: readonly number[],
  format: ExportFormat,
): Promise<void> => {
  announce(words.exporting);
  const client = host();
  const written = await client.call("table.export", { table, view, columns: [...columns], format });
  try {
    const parts: BlobPart[] = [];
    for (let offset = 0; offset < written.bytes;) {
      const { bytes } = await client.fetch("export.part", { export: written.export, offset });
      if (bytes.byteLength === 0) break;
      // A copy: the message it came in is not to be kept for it.
      parts.push(bytes.slice());
      offset += bytes.byteLength;
    }
    download(new Blob(parts), written.name);
    announce(words.exported(written.name, text.rows(written.rows)));
  } finally {
    await client.call("export.close", { export: written.export });
  }
};

const download = (blob: Blob, name: string): void => {
  const link = document.createElement("a");
  link.href = URL.createObjectURL(blob);
  link.download = name;
  link.click();
  setTimeout(() => URL.revokeObjectURL(link.href), 60_000);
};

/** A name that no node has: `orders_view`, `orders_view_2`, … */
const freeName = (id: string): string => {
  const base = `${id
    .slice(id.indexOf(".") + 1)
    .toLowerCase()
    .replaceAll(/\W/g, "_")}_view`;
  for (let at = 1; ; at++) {
    const name = at === 1 ? base : `${base}_${at}`;
    if (graph.get(`transform.${name}`) === null) return name;
  }
};

/** Makes a transform that gives a node's table as it is viewed; its id. Undone as any edit. */
export const makeNode = async (node: string, view: TableView): Promise<string> => {
  const { sql } = await host().call("table.select", { node, view });
  const name = freeName(node);
  const id = `transform.${name}`;
  await host().call("edit.apply", {
    commands: [{ type: "add", kind: "transform", name, config: { inputs: [node], transform: `${sql}\n` } }],
    label: words.makeNodeLabel(id),
  });
  announce(words.madeNode(id));
  selectWhenThere(id);
  return id;
};

/** The new node reaches the canvas as any change of files does, a moment later. */
const selectWhenThere = (id: string): void => {
  if (graph.get(id) !== null) return graph.select([id]);
  const stop = graph.on("structure", () => {
    if (graph.get(id) === null) return;
    stop();
    graph.select([id]);
  });
};
