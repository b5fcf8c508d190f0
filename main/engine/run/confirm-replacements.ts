import { ProjectError } from "../../../shared/errors/index.ts";
import type { Materialization, PipelineNode } from "../../../shared/graph/index.ts";
import type { RunOptions } from "../engine.ts";
import { targetName } from "../materializers/target-name.ts";
import { parseTableName } from "../postgres/identifiers.ts";
import type { PostgresConnection } from "../project/project.ts";
import type { PreparedRun } from "./plan-run.ts";
import type { Session } from "./session.ts";

const connectSeconds = 5;

interface Replacement {
  readonly table: string;
  readonly quoted: string;
  readonly connection: PostgresConnection;
}

/**
 * Before anything runs: tables with rows on production connections that the run would replace have to be named.
 * Throws `production_unconfirmed` with all of them. A server that does not answer fails its target, later, by itself.
 */
export const refuseUnconfirmed = async (
  session: Session,
  prepared: PreparedRun,
  options: RunOptions,
  signal: AbortSignal,
): Promise<void> => {
  const confirmed = new Set(options.confirm);
  const tables = new Set<string>();
  for (const replacement of await replacements(session, prepared)) {
    if (confirmed.has(replacement.table) || tables.has(replacement.table)) continue;
    if (await hasRows(replacement, signal)) tables.add(replacement.table);
  }
  if (tables.size === 0) return;
  const named = [...tables];
  throw new ProjectError("production_unconfirmed", {
    params: { tables: named, options: named.map((table) => `--confirm ${table}`).join(" ") },
  });
};

const replacements = async (session: Session, prepared: PreparedRun): Promise<readonly Replacement[]> => {
  const found: Replacement[] = [];
  const wanted = new Map(prepared.plan.steps.map(({ node, targets }) => [node, new Set(targets)]));
  for (const node of prepared.nodes) {
    for (const target of writtenTargets(prepared, node, wanted.get(node.id))) {
      const replacement = await replacementOf(session, target);
      if (replacement !== null) found.push(replacement);
    }
  }
  return found;
};

/** Targets that would be replaced, as far as the plan can tell. */
const writtenTargets = (
  { decisions }: PreparedRun,
  node: PipelineNode,
  planned: ReadonlySet<string> | undefined,
): readonly Materialization[] => {
  const decision = decisions.get(node.id);
  if (decision === undefined || decision.action === "cached" || decision.action === "skip") return [];
  const only = decision.action === "materialize" ? new Set(decision.staleTargets) : planned;
  return node.config.materializations.filter(
    (target) =>
      target.enabled &&
      target.type === "postgresql" &&
      target.mode === "full" &&
      planned?.has(targetName(target, node.id)) === true &&
      only?.has(targetName(target, node.id)) === true,
  );
};

/** `null` where the connection is not a production one, or cannot be told: writing then says why. */
const replacementOf = async ({ project }: Session, target: Materialization): Promise<Replacement | null> => {
  if (project.ownServer !== null) return null;
  try {
    const connection = await project.connection(target.connection ?? null);
    if (connection.type !== "postgresql" || !connection.production) return null;
    const { quoteTable } = await import("../postgres/index.ts");
    const name = parseTableName(target.table ?? "");
    return { table: `${name.schema}.${name.table}`, quoted: quoteTable(name), connection };
  } catch {
    return null;
  }
};

const hasRows = async ({ quoted, connection }: Replacement, signal: AbortSignal): Promise<boolean> => {
  const { postgresClient } = await import("../postgres/index.ts");
  const { isFilled } = await import("../materializers/postgresql/filled.ts");
  try {
    const options = { applicationName: "headrace:plan", signal, connectTimeoutSeconds: connectSeconds };
    await using client = await postgresClient(connection, options);
    return await isFilled(client, quoted);
  } catch (error) {
    if (signal.aborted) throw error;
    return false;
  }
};
