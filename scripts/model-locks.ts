// Makes the locks of the models' environments that are not there: delete one in python/headrace_models/locks to lock it
// anew.
import { env } from "node:process";

import { modelsRoom, provisionRoom, pythonRoom } from "../main/engine/index.ts";
import { root } from "./run-steps.ts";

const { dataDirectory, pythonInterpreter, uvExecutable } = await provisionRoom();
const { createPythonRunner } = await pythonRoom();
const { modelBody, packageSets } = await modelsRoom();
const log = (_level: string, text: string): void => console.log(text);
const dataDir = dataDirectory(env);
await using runner = createPythonRunner({
  projectRoot: root,
  settings: { mode: "managed", interpreter: null, dependencies: [] },
  dataDir,
  environment: env,
  uv: () => uvExecutable({ dataDir, environment: env, log }),
  interpreter: () => pythonInterpreter({ environment: env }),
});
for (const packages of packageSets) {
  const body = modelBody("train", packages, { file: "scripts/model-locks.ts", line: 1, column: 1 });
  const found = await runner.resolve(body, new AbortController().signal);
  console.log(`${packages.join(" and ") || "scikit-learn"}: ${Object.keys(found.packages).length} packages`);
}
