import { findingsOf } from "../../../shared/graph/kinds/config-findings.ts";
import { type KindName, kinds } from "../../../shared/graph/kinds/index.ts";
import type { Kind } from "../../../shared/graph/kinds/kind.ts";
import { unifySpellings } from "../../../shared/graph/kinds/spellings.ts";
import { validKeysOf } from "../../../shared/graph/kinds/valid-keys.ts";
import type { YamlDocument } from "../../../shared/yaml/index.ts";
import { projectError } from "./problems.ts";
import type { Problem } from "./project.ts";

type Defaults = Readonly<Record<string, Readonly<Record<string, unknown>>>>;

const isKindName = (name: string): name is KindName => Object.hasOwn(kinds, name);

/**
 * The defaults that nodes of their kind can take. One that they cannot is a problem of the project's file, once, and is
 * left out: it would otherwise break every node of the kind.
 */
export const checkDefaults = (
  defaults: Defaults,
  document: YamlDocument,
  file: string,
  problems: Problem[],
): Defaults => {
  const kept: Record<string, Record<string, unknown>> = {};
  for (const [kind, values] of Object.entries(defaults)) {
    if (!isKindName(kind)) continue;
    const usable: Record<string, unknown> = {};
    for (const [key, value] of Object.entries(values)) {
      const found = findingsIn(kind, key, value);
      if (found.length === 0) usable[key] = value;
      for (const { code, params, next } of found) {
        const location = { file, ...document.positionOf(["defaults", kind, key], "key") };
        problems.push(projectError(code, { location, params, next }));
      }
    }
    kept[kind] = usable;
  }
  return kept;
};

/** What the kind's schema says of this key; keys that a default alone leaves out are the node's to give. */
const findingsIn = (kind: KindName, key: string, value: unknown) => {
  const { schema }: Kind = kinds[kind];
  const unified = unifySpellings(kind, { [key]: value }).value;
  const parsed = schema.safeParse(unified);
  const own = (parsed.error?.issues ?? []).filter((issue) =>
    issue.code === "unrecognized_keys" && issue.path.length === 0
      ? issue.keys.some((name) => Object.hasOwn(unified, name))
      : Object.hasOwn(unified, String(issue.path[0])),
  );
  return findingsOf(own, unified, validKeysOf(schema));
};
