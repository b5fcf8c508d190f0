// One YAML file of the pipeline folder: its documents become drafts of nodes, or entries in `broken`.

import type { SourceLocation } from "../../../shared/errors/index.ts";
import { nearest } from "../../../shared/graph/index.ts";
import { kindNames, kinds, type KindName } from "../../../shared/graph/kinds/index.ts";
import type { Kind } from "../../../shared/graph/kinds/kind.ts";
import { ignoredKinds, originalPath, unifySpellings, type Unified } from "../../../shared/graph/kinds/spellings.ts";
import { parseYamlDocuments, type YamlDocument, type YamlPath } from "../../../shared/yaml/index.ts";
import { describe, findingsOf } from "./config-problems.ts";
import type { Broken, FileContent, NamedInput, NodeDraft } from "./draft.ts";
import { projectError, projectWarning } from "./problems.ts";
import type { Problem } from "./project.ts";
import { readBody } from "./read-body.ts";
import { validKeysOf } from "./valid-keys.ts";

/** What reading a node needs from the rest of the project. */
export interface ReadContext {
  readonly root: string;
  /** `defaults` of the project file, by kind. */
  readonly defaults: Readonly<Record<string, Readonly<Record<string, unknown>>>>;
}

type Raw = Readonly<Record<string, unknown>>;

/** The nodes of one YAML file's text. */
export const readYamlFile = (context: ReadContext, file: string, text: string): FileContent => {
  const drafts: NodeDraft[] = [];
  const broken: Broken[] = [];
  const problems: Problem[] = [];
  const reads = new Set<string>();
  parseYamlDocuments(text).forEach((document, index) => {
    if (document.problems.length === 0 && document.value === null) return;
    const read = new DocumentReader(context, file, document, index);
    const draft = read.draft();
    problems.push(...read.problems);
    for (const path of read.reads) reads.add(path);
    if (draft !== null) drafts.push(draft);
    else {
      const problem = read.problems.find(({ severity }) => severity === "error") ?? read.problems[0];
      if (problem !== undefined) broken.push({ file, id: read.id, problem });
    }
  });
  return { drafts, broken, problems, reads: [...reads].sort() };
};

const isRecord = (value: unknown): value is Raw => typeof value === "object" && value !== null && !Array.isArray(value);

class DocumentReader {
  readonly problems: Problem[] = [];
  readonly reads: string[] = [];
  id: string | null = null;
  readonly #context: ReadContext;
  readonly #file: string;
  readonly #document: YamlDocument;
  readonly #index: number;

  constructor(context: ReadContext, file: string, document: YamlDocument, index: number) {
    this.#context = context;
    this.#file = file;
    this.#document = document;
    this.#index = index;
  }

  /** The node, or `null` with the reason in `problems`. */
  draft(): NodeDraft | null {
    for (const { code, detail, position } of this.#document.problems) {
      this.problems.push(projectError(code, { location: { file: this.#file, ...position }, params: { detail } }));
    }
    if (this.problems.length > 0) return null;
    const raw = this.#document.value;
    if (!isRecord(raw)) return this.#fail("node_not_mapping", [], { found: describe(raw) });
    const kind = this.#kind(raw);
    if (kind === null) return null;
    const unified = unifySpellings(kind, this.#withDefaults(kind, raw));
    this.#tellSpellings(unified);
    const config = this.#config(kind, unified);
    return config === null ? null : this.#finish(kind, config, unified);
  }

  #kind(raw: Raw): KindName | null {
    const { kind, name } = raw;
    const list = kindNames.join(", ");
    if (kind === undefined) return this.#fail("kind_missing", [], { kinds: list });
    if (typeof kind !== "string") {
      return this.#fail("value_invalid", ["kind"], { key: "kind", expected: `one of ${list}`, found: describe(kind) });
    }
    if (typeof name === "string") this.id = `${kind}.${name}`;
    if (Object.hasOwn(kinds, kind)) return kind as KindName;
    const instead = Object.hasOwn(ignoredKinds, kind) ? ignoredKinds[kind] : undefined;
    const location = this.#at(["kind"]);
    if (instead !== undefined) {
      const params = { node: this.id ?? kind, kind, instead };
      this.problems.push(projectWarning("kind_ignored", { node: this.id ?? undefined, location, params }));
      return null;
    }
    const close = nearest(kind, kindNames);
    const next = close === null ? undefined : `Did you mean ${close}?`;
    this.problems.push(
      projectError("kind_unknown", { node: this.id ?? undefined, location, params: { kind, kinds: list }, next }),
    );
    return null;
  }

  #withDefaults(kind: KindName, raw: Raw): Raw {
    const defaults = this.#context.defaults[kind];
    if (defaults === undefined) return raw;
    const merged: Record<string, unknown> = { ...defaults, ...raw };
    if (isRecord(defaults["params"]) && isRecord(raw["params"]))
      merged["params"] = { ...defaults["params"], ...raw["params"] };
    return merged;
  }

  #tellSpellings(unified: Unified): void {
    for (const { path, key, instead } of unified.ignored) {
      const location = this.#at(originalPath(unified.renamed, path), "key");
      const params = { key, node: this.id ?? "this node", instead };
      this.problems.push(projectWarning("key_ignored", { node: this.id ?? undefined, location, params }));
    }
    for (const { path, key, other } of unified.conflicts) {
      const location = this.#at(path, "key");
      this.problems.push(
        projectError("key_conflict", { node: this.id ?? undefined, location, params: { key, other } }),
      );
    }
  }

  #config(kind: KindName, unified: Unified): Raw | null {
    const { schema }: Kind = kinds[kind];
    const parsed = schema.safeParse(unified.value);
    if (parsed.success) return this.#hasErrors() ? null : (parsed.data as Raw);
    for (const finding of findingsOf(parsed.error.issues, unified.value, validKeysOf(schema))) {
      const path = originalPath(unified.renamed, finding.path);
      const location = this.#at(path, finding.atKey ? "key" : "value");
      const { code, params, next } = finding;
      this.problems.push(projectError(code, { node: this.id ?? undefined, location, params, next }));
    }
    return null;
  }

  #finish(kind: KindName, config: Raw, unified: Unified): NodeDraft | null {
    const name = String(config["name"]);
    const id = `${kind}.${name}`;
    this.id = id;
    const location = this.#at([]);
    const body = readBody({
      root: this.#context.root,
      file: this.#file,
      id,
      kind,
      config,
      location,
      locate: (path, what) => this.#at(originalPath(unified.renamed, path), what),
      scalar: (path) => this.#document.scalarAt(originalPath(unified.renamed, path)),
    });
    this.problems.push(...body.problems);
    this.reads.push(...body.files);
    if (this.#hasErrors()) return null;
    return {
      id,
      kind,
      name,
      config,
      named: this.#named(kind, config, unified),
      sql: body.sql,
      python: body.python,
      location,
      files: [this.#file, ...body.files],
      document: this.#index,
    };
  }

  #named(kind: KindName, config: Raw, unified: Unified): readonly NamedInput[] {
    const { references }: Kind = kinds[kind];
    const inputs = (config["inputs"] ?? []) as readonly { readonly ref: string }[];
    const named = [
      ...inputs.map(({ ref }, index): { readonly ref: string; readonly path: YamlPath } => {
        const path = originalPath(unified.renamed, ["inputs", index]);
        return { ref, path };
      }),
      ...(references?.(config) ?? []),
    ];
    return named.map(({ ref, path }) => ({ ref, path, location: null }));
  }

  #hasErrors(): boolean {
    return this.problems.some(({ severity }) => severity === "error");
  }

  #fail(code: Problem["code"], path: YamlPath, params: Readonly<Record<string, string>>): null {
    this.problems.push(projectError(code, { node: this.id ?? undefined, location: this.#at(path), params }));
    return null;
  }

  #at(path: YamlPath, what: "key" | "value" = "value"): SourceLocation {
    const position = path.length === 0 ? this.#document.start : this.#document.positionOf(path, what);
    return { file: this.#file, ...position };
  }
}
