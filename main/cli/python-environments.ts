import type { PipelineNode, PythonBody } from "../../shared/graph/index.ts";
import { type Project, provisionRoom, pythonRoom, type PythonRunner } from "../engine/index.ts";
import type { Session } from "./session.ts";

export type PythonNode = PipelineNode & { readonly body: PythonBody };

/** Nodes with a Python body, grouped by what they ask for: each group shares one environment. */
export function environmentGroups(project: Project): readonly (readonly PythonNode[])[] {
  const groups = new Map<string, PythonNode[]>();
  for (const node of project.nodes.values()) {
    const { body } = node;
    if (body?.language !== "python") continue;
    const key = JSON.stringify([body.dependencies, body.requiresPython]);
    groups.set(key, [...(groups.get(key) ?? []), { ...node, body }]);
  }
  return [...groups.values()];
}

export interface Provision {
  readonly dataDir: string;
  readonly log: (level: "debug" | "info" | "warning" | "error", text: string) => void;
  readonly signal: AbortSignal;
  readonly environment: Session["environment"];
}

/** Where tools and environments live, and who hears about the steps of getting them. */
export async function provisionFor(session: Session, say: (text: string) => void): Promise<Provision> {
  const { dataDirectory } = await provisionRoom();
  const { environment, signal } = session;
  return { dataDir: dataDirectory(environment), environment, signal, log: (_level, text) => say(text) };
}

/** A runner that resolves and builds the project's environments; the caller closes it. */
export async function environmentRunner(project: Project, provision: Provision): Promise<PythonRunner> {
  const { createPythonRunner } = await pythonRoom();
  const { pythonInterpreter, uvExecutable } = await provisionRoom();
  const { environment, dataDir } = provision;
  const settings = project.settings.python;
  return createPythonRunner({
    projectRoot: project.root,
    settings,
    dataDir,
    environment,
    uv: () => uvExecutable(provision),
    interpreter: () => pythonInterpreter({ environment, wanted: settings.interpreter }),
  });
}
