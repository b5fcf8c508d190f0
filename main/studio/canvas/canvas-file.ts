import { z } from "zod";

import { canvasSchema, type CanvasView } from "../../../shared/api/index.ts";
import { ProjectError } from "../../../shared/errors/index.ts";
import { parseYamlDocuments } from "../../../shared/yaml/index.ts";

export const canvasFile = "canvas.yml";

const heading =
  "# Where things stand on the canvas; nothing here changes what runs. One line an entry, sorted, so that git can merge it.\n";

const point = z.tuple([z.number(), z.number()]).transform(([x, y]) => ({ x, y }));

/** The file's shape: a position is `[x, y]`, the rest as the contract has it. */
const fileSchema = z.object({
  positions: z.record(z.string(), point).nullish(),
  groups: z.record(z.string(), z.unknown()).nullish(),
  notes: z.record(z.string(), z.unknown()).nullish(),
});

const unreadable = (detail: string, line: number, column: number): ProjectError =>
  new ProjectError("canvas_unreadable", { location: { file: canvasFile, line, column }, params: { detail } });

/** What the file says; nothing when there is none. Throws `canvas_unreadable` with the line. */
export const parseCanvas = (text: string | null): CanvasView => {
  const [document] = text === null ? [] : parseYamlDocuments(text);
  const [problem] = document?.problems ?? [];
  if (problem !== undefined) throw unreadable(problem.detail, problem.position.line, problem.position.column);
  const parsed = fileSchema.safeParse(document?.value ?? {});
  const whole = parsed.success
    ? canvasSchema.safeParse({
        positions: parsed.data.positions ?? {},
        groups: parsed.data.groups ?? {},
        notes: parsed.data.notes ?? {},
      })
    : parsed;
  if (whole.success) return whole.data;
  const [issue] = whole.error.issues;
  const path = (issue?.path ?? []).map((part) => (typeof part === "symbol" ? String(part) : part));
  const { line, column } = document?.positionOf(path) ?? { line: 1, column: 1 };
  throw unreadable(`${path.join(".")}: ${issue?.message ?? "it has another shape"}`, line, column);
};

const plainKey = /^[A-Za-z_][\w.-]*$/;
const keyText = (key: string): string => (plainKey.test(key) && !reserved.has(key) ? key : JSON.stringify(key));
const reserved = new Set(["true", "false", "null", "yes", "no", "on", "off", "y", "n"]);

const section = <T>(name: string, entries: Readonly<Record<string, T>>, line: (value: T) => string): string => {
  const keys = Object.keys(entries).toSorted((a, b) => (a < b ? -1 : 1));
  if (keys.length === 0) return "";
  const lines = keys.map((key) => `  ${keyText(key)}: ${line(entries[key] as T)}\n`);
  return `${name}:\n${lines.join("")}`;
};

/** The canvas as text: equal canvases have equal text, and an entry that changed is one changed line. */
export const printCanvas = ({ positions, groups, notes }: CanvasView): string =>
  heading +
  section("positions", positions, ({ x, y }) => `[${Math.round(x)}, ${Math.round(y)}]`) +
  // JSON is YAML, and always one line.
  section("groups", groups, (group) => JSON.stringify(group)) +
  section("notes", notes, (note) => JSON.stringify(note));
