import type { NodeDraft } from "./draft.ts";
import { suggestion } from "../../../shared/graph/index.ts";
import { originalPath } from "../../../shared/graph/kinds/spellings.ts";
import type { YamlPath } from "../../../shared/yaml/index.ts";
import type { Positions } from "./positions.ts";
import { projectError } from "./problems.ts";
import { connectionNames, isKnownConnection, type ProfileSummary } from "./profile/open-profile.ts";
import type { Problem } from "./project.ts";

/** Where a node names connections. */
const namedConnections = ({ config }: NodeDraft): readonly { readonly name: string; readonly path: YamlPath }[] => {
  const { connection, params, materializations } = config;
  const targets = (Array.isArray(materializations) ? materializations : []) as readonly unknown[];
  const inParams = isRecord(params) ? params["connection"] : undefined;
  return [
    { name: connection, path: ["connection"] },
    { name: inParams, path: ["params", "connection"] },
    ...targets.map((target, index) => ({
      name: isRecord(target) && target["type"] === "postgresql" ? target["connection"] : undefined,
      path: ["materializations", index, "connection"],
    })),
  ].flatMap(({ name, path }) => (typeof name === "string" ? [{ name, path }] : []));
};

const isRecord = (value: unknown): value is Readonly<Record<string, unknown>> =>
  typeof value === "object" && value !== null && !Array.isArray(value);

/** An error for each connection that neither the profile nor the project's own server answers to. */
export const unknownConnections = async (
  draft: NodeDraft,
  profile: ProfileSummary,
  positions: Positions,
): Promise<readonly Problem[]> => {
  const problems: Problem[] = [];
  for (const { name, path } of namedConnections(draft)) {
    if (isKnownConnection(profile, name)) continue;
    const place = { file: draft.location.file, document: draft.document, path: originalPath(draft.renamed, path) };
    const location = await positions.locate(place, "value", draft.location);
    const next = `${suggestion(name, connectionNames(profile))} Or add it to profiles.yml.`;
    problems.push(projectError("connection_unknown", { node: draft.id, location, params: { name }, next }));
  }
  return problems;
};
