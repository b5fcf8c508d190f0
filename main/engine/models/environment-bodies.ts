import { isKind, type PythonBody } from "../../../shared/graph/index.ts";
import type { Project } from "../project/project.ts";
import { findAlgorithm } from "./algorithms.ts";
import { modelBody } from "./environment.ts";

/** The environments that a project's models train in, by node; models that nobody could train need none. */
export const environmentBodies = (project: Project): ReadonlyMap<string, PythonBody> => {
  const bodies = new Map<string, PythonBody>();
  for (const node of project.nodes.values()) {
    if (!isKind(node, "model")) continue;
    const written = node.config.algorithm ?? node.config.training?.algorithm;
    const algorithm = written === undefined ? null : findAlgorithm(written);
    if (algorithm === null) continue;
    const isOnnx = node.config.artifact?.format === "onnx";
    const packages = [algorithm.package, ...(isOnnx ? ["onnx"] : [])].filter((name) => name !== "scikit-learn");
    bodies.set(node.id, modelBody("train", packages, node.location));
  }
  return bodies;
};
