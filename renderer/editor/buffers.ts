import type { TextPart } from "../../shared/api/index.ts";
import { connection, host } from "../api.ts";
import { markSaved, markUnsaved } from "../desktop/edits.ts";
import { text } from "../text/text.ts";
import { keepDrafts } from "./keep-drafts.ts";
import { TextBuffer, type TextPlace } from "./text-buffer.ts";

/** Texts that editors of this window have opened: a hidden tab keeps its own. */
const buffers = new Map<string, TextBuffer>();

/** SQL inside a YAML file belongs to its node; any other text is a file, whatever its nodes are called by now. */
export const isInYaml = ({ part, file }: Pick<TextPart, "part" | "file">): boolean =>
  part === "sql" && /\.ya?ml$/i.test(file);

const bufferKey = (node: string, part: TextPart): string => (isInYaml(part) ? `sql ${node}` : part.file);

/** The buffer of a node's text. */
export const bufferOf = (node: string, part: TextPart): TextBuffer => {
  const key = bufferKey(node, part);
  const known = buffers.get(key);
  if (known !== undefined) return known;
  const group = typing(key);
  const buffer = new TextBuffer(isInYaml(part) ? inYaml(node, group) : inFile(part.file, group), key);
  buffers.set(key, buffer);
  keepDrafts(buffer, node, part);
  buffer.state.subscribe(({ status }) => (notInItsFile.has(status) ? markUnsaved(buffer) : markSaved(buffer)));
  return buffer;
};

const notInItsFile: ReadonlySet<string> = new Set(["waiting", "saving", "conflict"]);

/** After a pause as long as this, what is typed is undone on its own, in milliseconds. */
const newStep = 5000;

/** What is typed in one go is one step of undo. */
const typing = (key: string): (() => string) => {
  let last = 0;
  let step = 0;
  return () => {
    const now = Date.now();
    if (now - last > newStep) step = now;
    last = now;
    return `type ${step} ${key}`.slice(0, 100);
  };
};

const inYaml = (node: string, group: () => string): TextPlace => ({
  async load() {
    const parts = await host().call("node.text", { node });
    return parts.find(({ part }) => part === "sql") ?? null;
  },
  async save(changed, version) {
    const put = { node, part: "sql", text: changed, version, label: text.editor.edited(node), group: group() } as const;
    return (await host().call("node.put-text", put)).version;
  },
});

const inFile = (file: string, group: () => string): TextPlace => ({
  async load() {
    const { text: held, version } = await host().call("file.get", { file });
    return held === null || version === null ? null : { text: held, version };
  },
  async save(changed, version) {
    const put = { file, text: changed, version, label: text.editor.edited(file), group: group() };
    return (await host().call("file.put", put)).version ?? "";
  },
});

/** Saves whatever is not saved yet. */
const flushBuffers = async (): Promise<void> => {
  await Promise.all([...buffers.values()].map((buffer) => buffer.flush()));
};

// What could not be saved while the engine was gone is saved as soon as it is back.
connection.subscribe(({ status }, before) => {
  if (status === "open" && before.status !== "open") void flushBuffers();
});

// A tab that is closed or hidden does not wait for half a second to pass.
if (typeof window !== "undefined") {
  window.addEventListener("pagehide", () => void flushBuffers());
  document.addEventListener("visibilitychange", () => void flushBuffers());
}
