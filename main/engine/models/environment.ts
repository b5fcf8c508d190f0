import { join } from "node:path";

import type { SourceLocation } from "../../../shared/errors/index.ts";
import type { PythonBody } from "../../../shared/graph/index.ts";
import { packageRoot } from "../files/index.ts";

/** Requirements of the environment that trains and predicts; each combination has its lock in `locks`. */
const base = ["numpy>=2", "scikit-learn==1.9.1", "skops==0.16.0"];
const further: Readonly<Record<string, readonly string[]>> = {
  "scikit-learn": [],
  xgboost: ["xgboost; sys_platform == 'darwin'", "xgboost-cpu; sys_platform != 'darwin'"],
  lightgbm: ["lightgbm"],
  onnx: ["skl2onnx"],
};

/** The engine's own function as a body: what environments and runs of Python are asked with. */
export const modelBody = (
  name: "train" | "predict",
  packages: readonly string[],
  location: SourceLocation,
): PythonBody => ({
  language: "python",
  file: join(packageRoot(), "python", "headrace_models", `${name}.py`),
  function: name,
  dependencies: [...base, ...packages.flatMap((one) => further[one] ?? [])].toSorted(),
  requiresPython: ">=3.11",
  sources: [],
  hash: "",
  location,
  builtIn: true,
});

/** Every combination of packages that a model may ask for. */
export const packageSets: readonly (readonly string[])[] = [[], ["xgboost"], ["lightgbm"], ["onnx"]];
