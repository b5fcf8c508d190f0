// `common/`: named SQL expressions and source defaults that nodes share; `{{ name }}` stands for one.

import { ProjectError, type SourceLocation } from "../../../shared/errors/index.ts";
import { locateInText, type PlacedText, suggestion, type TextPlace } from "../../../shared/graph/index.ts";
import { parseYamlDocuments, type YamlDocument, type YamlPath } from "../../../shared/yaml/index.ts";
import { projectError } from "./problems.ts";
import type { Problem } from "./project.ts";

export interface Fragment {
  readonly text: string;
  readonly location: SourceLocation;
}

export interface Fragments {
  readonly byName: ReadonlyMap<string, Fragment>;
  /** Params of sources by type, as a profile's `source_defaults`. */
  readonly sourceDefaults: Readonly<Record<string, Readonly<Record<string, unknown>>>>;
  readonly problems: readonly Problem[];
}

type Raw = Readonly<Record<string, unknown>>;

const isRecord = (value: unknown): value is Raw => typeof value === "object" && value !== null && !Array.isArray(value);

/** The fragments of all common files, in the order of their paths. */
export const readFragments = (files: readonly { readonly path: string; readonly text: string }[]): Fragments => {
  const reader = new FragmentReader();
  for (const { path, text } of files) for (const document of parseYamlDocuments(text)) reader.read(path, document);
  return { byName: reader.byName, sourceDefaults: reader.sourceDefaults, problems: reader.problems };
};

class FragmentReader {
  readonly byName = new Map<string, Fragment>();
  readonly sourceDefaults: Record<string, Record<string, unknown>> = {};
  readonly problems: Problem[] = [];
  #file = "";
  #document: YamlDocument | null = null;

  read(file: string, document: YamlDocument): void {
    this.#file = file;
    this.#document = document;
    for (const { code, detail, position } of document.problems) {
      this.problems.push(projectError(code, { location: { file, ...position }, params: { detail } }));
    }
    if (!isRecord(document.value)) return;
    for (const [section, value] of Object.entries(document.value)) this.#section(section, value);
  }

  /** `expressions: {name: sql}` and Seeknal's lists of `{id, sql | value | ref + params}`. */
  #section(section: string, value: unknown): void {
    if (section === "source_defaults" && isRecord(value)) return this.#defaults(value);
    if (Array.isArray(value)) {
      value.forEach((entry: unknown, index) => {
        if (isRecord(entry) && typeof entry["id"] === "string")
          this.#entry(section, entry["id"], entry, [section, index]);
      });
    } else if (isRecord(value)) {
      for (const [name, entry] of Object.entries(value)) {
        this.#entry(section, name, isRecord(entry) ? entry : { sql: entry }, [section, name]);
      }
    }
  }

  #defaults(value: Raw): void {
    for (const [type, params] of Object.entries(value)) {
      if (isRecord(params)) this.sourceDefaults[type] = { ...this.sourceDefaults[type], ...params };
    }
  }

  #entry(section: string, name: string, entry: Raw, path: YamlPath): void {
    const text = entry["sql"] ?? entry["value"] ?? entry["expression"] ?? entry["expr"] ?? entry["ref"];
    if (typeof text === "string" || typeof text === "number") {
      this.#define([name, `${section}.${name}`], String(text).trim(), path);
    }
    const { params } = entry;
    if (!isRecord(params)) return;
    for (const [key, value] of Object.entries(params)) {
      if (typeof value !== "string" && typeof value !== "number" && typeof value !== "boolean") continue;
      this.#define([`${name}.${key}`, `${section}.${name}.${key}`], String(value), [...path, "params", key]);
    }
  }

  #define(names: readonly string[], text: string, path: YamlPath): void {
    const position = this.#document?.positionOf(path) ?? { line: 1, column: 1 };
    const location = { file: this.#file, ...position };
    for (const [index, name] of names.entries()) {
      const other = this.byName.get(name);
      if (other === undefined) this.byName.set(name, { text, location });
      else if (index === 0) {
        const params = { name, other: `${other.location.file}:${other.location.line}` };
        this.problems.push(projectError("fragment_duplicate", { location, params }));
      }
    }
  }
}

const holePattern = /\{\{\s*([^{}]*?)\s*\}\}/g;

/** Whether a text asks for a fragment at all. */
export const hasHoles = (text: string): boolean => text.includes("{{");

/**
 * The text with each `{{ name }}` replaced, and places that lead back to the file as it is written.
 * Throws `fragment_unknown`, `fragment_circle`, `fragment_too_long` with the hole's place.
 */
export const expandFragments = <T extends PlacedText>(
  placed: T,
  fragments: Fragments["byName"],
): T & { readonly places: readonly TextPlace[] } => {
  const { text } = placed;
  const texts = new FragmentTexts(fragments);
  const places: TextPlace[] = [];
  let expanded = "";
  let from = 0;
  const keep = (to: number): void => {
    for (const start of startsBetween(placed, from, to)) {
      const { line, column } = locateInText(placed, start);
      places.push({ offset: expanded.length + start - from, line, column });
    }
    expanded += text.slice(from, to);
  };
  for (const hole of text.matchAll(holePattern)) {
    keep(hole.index);
    const { line, column, file } = locateInText(placed, hole.index);
    places.push({ offset: expanded.length, line, column, fixed: true });
    expanded += texts.text(hole[1] ?? "", { file, line, column });
    from = hole.index + hole[0].length;
  }
  keep(text.length);
  return { ...placed, text: expanded, places };
};

/** Where a place is needed between two offsets: at the first, after each line break, and where the text's own are. */
const startsBetween = (placed: PlacedText, from: number, to: number): readonly number[] => {
  const starts = new Set([from]);
  for (let at = placed.text.indexOf("\n", from); at >= 0 && at + 1 < to; at = placed.text.indexOf("\n", at + 1)) {
    starts.add(at + 1);
  }
  for (const { offset } of placed.places ?? []) if (offset >= from && offset < to) starts.add(offset);
  return [...starts].toSorted((a, b) => a - b);
};

const maxExpanded = 256 * 1024;

/** A fragment's text with the fragments it names itself; each is worked out once. */
class FragmentTexts {
  readonly #fragments: Fragments["byName"];
  readonly #known = new Map<string, string>();
  readonly #open = new Set<string>();

  constructor(fragments: Fragments["byName"]) {
    this.#fragments = fragments;
  }

  text(name: string, location: SourceLocation): string {
    const known = this.#known.get(name);
    if (known !== undefined) return known;
    const fragment = this.#fragments.get(name);
    if (fragment === undefined) {
      const none = "There are none yet; define it in a file of the common folder.";
      const next = this.#fragments.size === 0 ? none : suggestion(name, this.#fragments.keys());
      throw new ProjectError("fragment_unknown", { location, params: { name }, next });
    }
    if (this.#open.has(name)) throw new ProjectError("fragment_circle", { location, params: { name } });
    this.#open.add(name);
    const text = fragment.text.replaceAll(holePattern, (_hole, inner: string) => this.text(inner, fragment.location));
    this.#open.delete(name);
    if (text.length > maxExpanded) throw new ProjectError("fragment_too_long", { location, params: { name } });
    this.#known.set(name, text);
    return text;
  }
}
