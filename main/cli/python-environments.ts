import type { PythonBody } from "../../shared/graph/index.ts";
import { modelsRoom, type Project, provisionRoom, pythonRoom, type PythonRunner } from "../engine/index.ts";
import type { Session } from "./session.ts";

/** A node that needs Python: with a function of its own, or as a model. */
export interface PythonNode {
  readonly id: string;
  readonly name: string;
  readonly body: PythonBody;
}

/** Nodes that need Python, grouped by what they ask for: each group shares one environment. */
export async function environmentGroups(project: Project): Promise<readonly (readonly PythonNode[])[]> {
  const { environmentBodies } = await modelsRoom();
  const models = environmentBodies(project);
  const groups = new Map<string, PythonNode[]>();
  for (const { id, name, body } of project.nodes.values()) {
    const python = body?.language === "python" ? body : models.get(id);
    if (python === undefined) continue;
    const key = JSON.stringify([python.builtIn ?? false, python.dependencies, python.requiresPython]);
    groups.set(key, [...(groups.get(key) ?? []), { id, name, body: python }]);
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
