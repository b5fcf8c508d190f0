// One node, wherever it was written: spellings unified, the kind's schema applied, its body read.

import { toHeadraceError, type ErrorParams, type SourceLocation } from "../../../shared/errors/index.ts";
import { nearest, type Materialization } from "../../../shared/graph/index.ts";
import { kindNames } from "../../../shared/graph/kind-names.ts";
import { kinds, type KindName } from "../../../shared/graph/kinds/index.ts";
import type { Kind } from "../../../shared/graph/kinds/kind.ts";
import { ignoredKinds, originalPath, unifySpellings, type Unified } from "../../../shared/graph/kinds/spellings.ts";
import type { ScalarPlace, YamlPath } from "../../../shared/yaml/index.ts";
import { describe, findingsOf, nameOf } from "../../../shared/graph/kinds/config-findings.ts";
import type { NamedInput, NodeDraft } from "./draft.ts";
import { projectError, projectWarning } from "./problems.ts";
import type { Problem } from "./project.ts";
import { type Body, readBody } from "./read-body.ts";
import type { ReadContext } from "./read-context.ts";
import { secretsIn } from "./tell-secrets.ts";
import { validKeysOf } from "../../../shared/graph/kinds/valid-keys.ts";
import { withDefaults, withSourceDefaults } from "./with-defaults.ts";

type Raw = Readonly<Record<string, unknown>>;

/** A node as written, and how to find its places. */
export interface WrittenNode {
  readonly raw: Raw;
  readonly file: string;
  readonly document: number;
  at(path: YamlPath, what: "key" | "value"): SourceLocation;
  /** The place of SQL inside the file; `null` where it has none of its own. */
  scalar(path: YamlPath): ScalarPlace | null;
  /** The body, where the decorated function itself is it; else it is looked for in the keys. */
  readonly body: Body | null;
  /** Nodes that the body names. */
  readonly references: readonly NamedInput[];
}

export interface ReadNode {
  readonly id: string | null;
  /** `null` with the reason in `problems`. */
  readonly draft: NodeDraft | null;
  readonly problems: readonly Problem[];
  readonly reads: readonly string[];
  readonly folders: readonly string[];
}

export const readNode = async (context: ReadContext, written: WrittenNode): Promise<ReadNode> => {
  const reader = new NodeReader(context, written);
  const draft = await reader.read();
  const { id, problems, reads, folders } = reader;
  return { id, draft, problems, reads, folders };
};

class NodeReader {
  id: string | null = null;
  readonly problems: Problem[] = [];
  readonly reads: string[] = [];
  readonly folders: string[] = [];
  readonly #context: ReadContext;
  readonly #written: WrittenNode;

  constructor(context: ReadContext, written: WrittenNode) {
    this.#context = context;
    this.#written = written;
  }

  async read(): Promise<NodeDraft | null> {
    const kind = this.#kind();
    if (kind === null) return null;
    const unified = unifySpellings(kind, this.#withDefaults(kind));
    this.#tellSpellings(unified);
    const config = this.#config(kind, unified);
    return config === null ? null : this.#finish(kind, config, unified);
  }

  #kind(): KindName | null {
    const { kind, name } = this.#written.raw;
    const list = kindNames.join(", ");
    if (kind === undefined) return this.#fail("kind_missing", [], { kinds: list });
    if (typeof kind !== "string") {
      return this.#fail("value_invalid", ["kind"], { key: "kind", expected: `one of ${list}`, found: describe(kind) });
    }
    if (typeof name === "string") this.id = `${kind}.${name}`;
    if (Object.hasOwn(kinds, kind)) return kind as KindName;
    const instead = Object.hasOwn(ignoredKinds, kind) ? ignoredKinds[kind] : undefined;
    if (instead === undefined) {
      const close = nearest(kind, kindNames);
      const next = close === null ? undefined : `Did you mean ${close}?`;
      return this.#fail("kind_unknown", ["kind"], { kind, kinds: list }, next);
    }
    const params = { node: this.id ?? kind, kind, instead };
    const location = this.#written.at(["kind"], "value");
    this.problems.push(projectWarning("kind_ignored", { node: this.id ?? undefined, location, params }));
    return null;
  }

  #withDefaults(kind: KindName): Raw {
    const { raw } = this.#written;
    const defaults = this.#context.defaults[kind];
    const filled = defaults === undefined ? raw : withDefaults(raw, defaults);
    return kind === "source" ? withSourceDefaults(filled, this.#context.sourceDefaults) : filled;
  }

  #tellSpellings({ ignored, conflicts, renamed }: Unified): void {
    const node = this.id ?? undefined;
    for (const { path, key, instead } of ignored) {
      const location = this.#written.at(originalPath(renamed, path), "key");
      const params = { key, node: this.id ?? "this node", instead };
      this.problems.push(projectWarning("key_ignored", { node, location, params }));
    }
    for (const { path, key, other } of conflicts) {
      const location = this.#written.at(path, "key");
      this.problems.push(projectError("key_conflict", { node, location, params: { key, other } }));
    }
  }

  #config(kind: KindName, unified: Unified): Raw | null {
    const { schema }: Kind = kinds[kind];
    const parsed = schema.safeParse(unified.value);
    if (parsed.success) return this.#hasErrors() ? null : (parsed.data as Raw);
    for (const finding of findingsOf(parsed.error.issues, unified.value, validKeysOf(schema))) {
      const { code, params, next } = finding;
      const location = this.#written.at(originalPath(unified.renamed, finding.path), finding.atKey ? "key" : "value");
      this.problems.push(projectError(code, { node: this.id ?? undefined, location, params, next }));
    }
    return null;
  }

  async #finish(kind: KindName, config: Raw, unified: Unified): Promise<NodeDraft | null> {
    const name = String(config["name"]);
    const id = `${kind}.${name}`;
    this.id = id;
    const location = this.#written.at([], "value");
    const body = this.#written.body ?? (await this.#body(id, kind, config, unified));
    this.problems.push(
      ...body.problems,
      ...this.#secrets(config, unified),
      ...(await this.#targets(id, config, unified)),
    );
    this.reads.push(...body.files);
    this.folders.push(...body.folders);
    if (this.#hasErrors()) return null;
    return {
      id,
      kind,
      name,
      config,
      named: [...this.#named(kind, config, unified), ...this.#written.references, ...body.references],
      sql: body.sql,
      python: body.python,
      location,
      files: [...new Set([this.#written.file, ...body.files])],
      document: this.#written.document,
      renamed: unified.renamed,
    };
  }

  #body(id: string, kind: KindName, config: Raw, unified: Unified): Promise<Body> {
    const { file } = this.#written;
    return readBody({
      context: this.#context,
      file,
      id,
      kind,
      config,
      locate: (path, what) => this.#written.at(originalPath(unified.renamed, path), what),
      scalar: (path) => this.#written.scalar(originalPath(unified.renamed, path)),
    });
  }

  #named(kind: KindName, config: Raw, { renamed }: Unified): readonly NamedInput[] {
    const { references }: Kind = kinds[kind];
    const inputs = (config["inputs"] ?? []) as readonly { readonly ref: string }[];
    const declared = inputs.map(({ ref }, index) => ({ ref, path: originalPath(renamed, ["inputs", index]) }));
    return [...declared, ...(references?.(config) ?? [])].map(({ ref, path }) => ({ ref, path, location: null }));
  }

  /** Options that no target of the type could be written with; a type that is not there fails its own node only. */
  async #targets(id: string, config: Raw, { renamed }: Unified): Promise<readonly Problem[]> {
    const targets = (config["materializations"] ?? []) as readonly Materialization[];
    if (targets.length === 0) return [];
    const { validateTargets } = await import("../materializers/index.ts");
    for (const index of targets.keys()) {
      const location = this.#written.at(originalPath(renamed, ["materializations", index]), "value");
      try {
        validateTargets({ id, location }, targets.slice(0, index + 1), null);
      } catch (thrown) {
        const { code, params, next } = toHeadraceError(thrown);
        if (code === "materializer_not_available") continue;
        return [projectError(code, { node: id, location, params, next })];
      }
    }
    return [];
  }

  /** A password in a node's file is in git, and would be in target/ as well. */
  #secrets(config: Raw, { renamed }: Unified): readonly Problem[] {
    return secretsIn(config["params"]).map((path) => {
      const location = this.#written.at(originalPath(renamed, path), "value");
      const params = { node: this.id ?? "this node", key: nameOf(path) };
      return projectError("secret_in_file", { node: this.id ?? undefined, location, params });
    });
  }

  #hasErrors(): boolean {
    return this.problems.some(({ severity }) => severity === "error");
  }

  #fail(code: Problem["code"], path: YamlPath, params: ErrorParams, next?: string): null {
    const location = this.#written.at(path, "value");
    this.problems.push(projectError(code, { node: this.id ?? undefined, location, params, next }));
    return null;
  }
}
