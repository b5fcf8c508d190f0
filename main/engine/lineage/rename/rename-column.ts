import { isKind, type NodeId, type PipelineNode } from "../../../../shared/graph/index.ts";
import { quoteWhenNeeded } from "../../duckdb/sql/identifiers.ts";
import type { Project } from "../../project/project.ts";
import type { NodeLineage, ProjectLineage } from "../node-lineage.ts";
import { type Field, type Mention, ownAlias } from "../sql/index.ts";
import type { ColumnRef } from "../trace.ts";
import { readsTable } from "./breaks.ts";
import { definitionOf } from "./definition.ts";
import {
  documentOf,
  type NodeDocument,
  type Place,
  placeInSql,
  placeInYaml,
  ProjectTexts,
  replacedValue,
} from "./places.ts";
import { pythonUses } from "./python-uses.ts";
import { type SettingUse, settingUses } from "./setting-uses.ts";

/** A stretch of a file that a rename replaces. */
export interface RenameEdit extends Place {
  readonly node: NodeId;
  readonly text: string;
}

/** What a rename cannot do by itself. */
export interface RenameCheck {
  readonly node: NodeId;
  readonly file: string;
  readonly line: number;
  readonly why: string;
}

export interface ColumnRename {
  readonly edits: readonly RenameEdit[];
  readonly checks: readonly RenameCheck[];
  /** Every column that gets the new name: the first, and those that bear its name further down. */
  readonly columns: readonly ColumnRef[];
}

export interface RenameRequest {
  readonly project: Project;
  readonly lineage: ProjectLineage;
  readonly column: { readonly table: string; readonly column: string };
  readonly to: string;
  /** The text of a file of the project. */
  readonly read: (file: string) => Promise<string | null>;
}

/** Every edit that gives a column another name, where it is made and wherever it is named downstream. */
export const renameColumn = async (request: RenameRequest): Promise<ColumnRename> => {
  const rename = new Rename(request);
  await rename.follow();
  return rename.result();
};

type Column = RenameRequest["column"];

const same = (a: string, b: string): boolean => a.toLowerCase() === b.toLowerCase();
const isNamed = (field: Field, { table, column }: Column): boolean =>
  field.named.some((origin) => origin.input === table && same(origin.column, column));

class Rename {
  readonly #request: RenameRequest;
  readonly #texts: ProjectTexts;
  readonly #edits = new Map<string, RenameEdit>();
  readonly #checks = new Map<string, RenameCheck>();
  readonly #columns = new Map<string, Column>();

  constructor(request: RenameRequest) {
    this.#request = request;
    this.#texts = new ProjectTexts(request.read);
  }

  result(): ColumnRename {
    return {
      edits: [...this.#edits.values()].toSorted((a, b) => a.file.localeCompare(b.file) || a.start - b.start),
      checks: [...this.#checks.values()],
      columns: [...this.#columns.values()],
    };
  }

  async follow(): Promise<void> {
    const { project, lineage, column } = this.#request;
    const owner = project.nodes.get(lineage.owner(column.table));
    if (owner !== undefined) await this.#define(owner, lineage.nodes.get(owner.id), column);
    const open = [column];
    for (let next = open.shift(); next !== undefined; next = open.shift()) {
      const key = `${next.table}\n${next.column.toLowerCase()}`;
      if (this.#columns.has(key)) continue;
      this.#columns.set(key, next);
      await this.#settings(lineage.owner(next.table), "own", [next.column]);
      for (const node of project.nodes.values()) {
        const own = lineage.nodes.get(node.id);
        if (own !== undefined && readsTable(node, next.table)) open.push(...(await this.#reader(node, own, next)));
      }
    }
  }

  /** Where the column is made. */
  async #define(node: PipelineNode, own: NodeLineage | undefined, { column }: Column): Promise<void> {
    if (node.body?.language === "python") return this.#python(node, column);
    if (node.body?.language === "sql" && (own?.rows === null || own?.rows.some(({ name }) => same(name, column)))) {
      const { text } = node.body;
      const { to } = this.#request;
      const found = definitionOf(text, column);
      if (found.form === "unclear")
        return this.#check(node, node.body.location.line, `${found.why}: name ${column} there`);
      if (own !== undefined) await this.#aliasUses(node, own, column);
      if (found.form === "alias") await this.#sql(node, found.token, quoteWhenNeeded(to));
      else await this.#sql(node, { start: found.after, end: found.after }, addedName(found.form, column, to));
      if (own?.rows !== null) await this.#settings(node.id, "input", [column]);
      return;
    }
    const why =
      node.kind === "source"
        ? `${column} is the name in the data itself: give it another one in a transform that reads ${node.id}`
        : `${column} takes its name from the settings or the input of ${node.id}: change it there`;
    this.#check(node, node.location.line, why);
  }

  /** What a reader of the column has to change; the columns that change their name with it. */
  async #reader(node: PipelineNode, own: NodeLineage, from: Column): Promise<readonly Column[]> {
    if (own.basis === "python") await this.#python(node, from.column);
    for (const mention of own.mentions) {
      if (mention.input === from.table && same(mention.column, from.column)) await this.#mention(node, mention);
    }
    const names =
      own.rows === null ? [from.column] : own.rows.filter((field) => isNamed(field, from)).map(({ name }) => name);
    if (node.body === null || own.rows !== null) await this.#settings(node.id, "input", names);
    await this.#features(node, from);
    for (const note of own.basis === "sql" ? own.notes : []) this.#check(node, node.location.line, note);
    const renamed = own.tables.flatMap(({ id, columns, open }) => [
      ...columns.filter((field) => isNamed(field, from)).map(({ name }) => ({ table: id, column: name })),
      ...(open.includes(from.table) ? [{ table: id, column: from.column }] : []),
    ]);
    for (const { column } of renamed) await this.#aliasUses(node, own, column);
    if (node.kind === "exposure" && renamed.length > 0) {
      this.#check(node, node.location.line, `it hands ${from.column} out: who reads it will see the new name`);
    }
    return renamed;
  }

  /** Places of a node's SQL that name one of its own columns, as an ORDER BY does. */
  async #aliasUses(node: PipelineNode, own: NodeLineage, column: string): Promise<void> {
    for (const mention of own.mentions) {
      if (mention.input === ownAlias && same(mention.column, column)) {
        await this.#sql(node, mention, quoteWhenNeeded(this.#request.to));
      }
    }
  }

  async #mention(node: PipelineNode, mention: Mention): Promise<void> {
    if (mention.by === "using") {
      const why = `USING (${mention.column}) needs the name on both sides: write the join with ON`;
      return this.#check(node, await this.#lineOf(node, mention), why);
    }
    await this.#sql(node, mention, quoteWhenNeeded(this.#request.to));
  }

  async #sql(node: PipelineNode, where: { readonly start: number; readonly end: number }, text: string): Promise<void> {
    if (node.body?.language !== "sql") return;
    const place = await placeInSql(node.body, where, this.#texts);
    if (place !== null) return this.#edit(node, place, text);
    this.#check(node, node.body.location.line, "its SQL is not in its file as it runs (a fragment is expanded)");
  }

  async #lineOf(node: PipelineNode, where: { readonly start: number; readonly end: number }): Promise<number> {
    const place = node.body?.language === "sql" ? await placeInSql(node.body, where, this.#texts) : null;
    return place?.line ?? node.location.line;
  }

  /** Column names and expressions in a node's YAML. */
  async #settings(id: NodeId, of: SettingUse["of"], names: readonly string[]): Promise<void> {
    const node = this.#request.project.nodes.get(id);
    const document = node === undefined ? null : await documentOf(node, this.#texts);
    if (node === undefined || document === null) return;
    const uses = settingUses(node.kind, document.value).filter(
      (use) => use.of === of && names.some((name) => same(name, use.column)),
    );
    for (const [, own] of Map.groupBy(uses, ({ path, form }) => JSON.stringify([path, form === "key"]))) {
      this.#setting(node, document, own);
    }
  }

  /** The uses of a column in one value, or one key, of a document. */
  #setting(node: PipelineNode, document: NodeDocument, uses: readonly SettingUse[]): void {
    const { to } = this.#request;
    const [{ path, form, column } = { path: [], form: "name", column: "" }] = uses;
    const places = uses.map((use) => placeInYaml(document, path, use));
    const scalar = document.document.scalarAt(path);
    if (isPlainName(to) && places.every((place) => place !== null)) {
      for (const place of places) this.#edit(node, place, to);
    } else if (form === "key") {
      for (const place of places) if (place !== null) this.#edit(node, place, JSON.stringify(to));
    } else if (scalar !== null) {
      const name = form === "expression" ? quoteWhenNeeded(to) : to;
      const value = uses
        .toReversed()
        .reduce((text, { start, end }) => text.slice(0, start) + name + text.slice(end), scalar.value);
      const { text, ...place } = replacedValue(document, path, value);
      this.#edit(node, place, text);
    } else this.#check(node, document.document.positionOf(path).line, `${path.join(".")} names ${column}`);
  }

  /** `feature_group.name.feature` of a training set. */
  async #features(node: PipelineNode, { table, column }: Column): Promise<void> {
    const features = isKind(node, "transform") ? (node.config.point_in_time?.features ?? []) : [];
    const document = features.length === 0 ? null : await documentOf(node, this.#texts);
    if (document === null) return;
    for (const [at, feature] of features.entries()) {
      if (!same(feature, `${table}.${column}`)) continue;
      const part = { form: "name" as const, start: table.length + 1, end: feature.length, column };
      const place = placeInYaml(document, ["point_in_time", "features", at], part);
      if (place !== null) this.#edit(node, place, this.#request.to);
    }
  }

  async #python(node: PipelineNode, column: string): Promise<void> {
    const file = node.body?.language === "python" ? node.body.file : node.location.file;
    const lines = pythonUses((await this.#texts.text(file)) ?? "", column);
    const why = `Python names ${column}: change it by hand`;
    for (const line of lines) this.#check(node, line, why, file);
    if (lines.length === 0)
      this.#check(node, node.location.line, `a Python function may use ${column}: look by hand`, file);
  }

  #edit(node: PipelineNode, place: Place, text: string): void {
    this.#edits.set(`${place.file} ${place.start}`, { ...place, node: node.id, text });
  }

  #check(node: PipelineNode, line: number, why: string, file = node.location.file): void {
    this.#checks.set(`${node.id} ${line} ${why}`, { node: node.id, file, line, why });
  }
}

const addedName = (form: "bare" | "star", from: string, to: string): string =>
  form === "bare" ? ` as ${quoteWhenNeeded(to)}` : ` rename (${quoteWhenNeeded(from)} as ${quoteWhenNeeded(to)})`;

/** A name that YAML and SQL both read as itself, without quotes. */
const isPlainName = (name: string): boolean => quoteWhenNeeded(name) === name && !/^(?:y|n)$/i.test(name);
