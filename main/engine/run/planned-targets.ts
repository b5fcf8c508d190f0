import type { Materialization, PipelineNode } from "../../../shared/graph/index.ts";
import { stableHash } from "../files/index.ts";
import { targetName } from "../materializers/target-name.ts";
import type { PlannedTarget } from "../plan/index.ts";
import type { Project } from "../project/project.ts";

/** Which server each connection name means now: a table written on another one is not written here. */
export type Servers = ReadonlyMap<string, string>;

const nameOf = (options: Materialization): string => options.connection ?? "";

/** The project's own server is told without being started; a connection that cannot be resolved fails when it is used. */
const serverOf = async (project: Project, name: string): Promise<string> => {
  if (project.ownServer !== null) return "own";
  try {
    const connection = await project.connection(name === "" ? null : name);
    if (connection.type === "sqlite") return connection.path;
    return `${connection.host}:${connection.port}/${connection.database}`;
  } catch {
    return "unknown";
  }
};

/** Asks for every connection that targets of these nodes name, once each. */
export const findServers = async (project: Project, nodes: Iterable<PipelineNode>): Promise<Servers> => {
  const names = new Set<string>();
  for (const node of nodes) {
    for (const options of node.config.materializations) if (options.type === "postgresql") names.add(nameOf(options));
  }
  return new Map(await Promise.all([...names].map(async (name) => [name, await serverOf(project, name)] as const)));
};

/** A node's enabled targets; the hash changes with their settings and with the server they are on. */
export const plannedTargets = (node: PipelineNode, servers: Servers): readonly PlannedTarget[] =>
  node.config.materializations
    .filter((options) => options.enabled)
    .map((options) => ({
      name: targetName(options, node.id),
      optionsHash: stableHash({ ...options, server: servers.get(nameOf(options)) ?? null }),
    }));
