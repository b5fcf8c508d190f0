// A Python node in a warm environment against the bare interpreter doing the same work.

import { mkdirSync, mkdtempSync, readdirSync, rmSync, writeFileSync } from "node:fs";
import { homedir, tmpdir } from "node:os";
import { join } from "node:path";

import { inTurn, measure } from "./measure.ts";
import type { Figure } from "./report.ts";

const work = `    rows = 1_000_000
    frame = pd.DataFrame({"id": np.arange(rows), "value": np.sin(np.arange(rows)), "name": [f"n{i % 1000}" for i in range(rows)]})
    frame = frame.groupby("name", as_index=False)["value"].mean()
`;
const node = `# /// script
# dependencies = ["pandas>=2.2,<3", "numpy>=2.2,<3"]
# ///
import numpy as np
import pandas as pd
from headrace import transform

@transform(name="work")
def run():
${work}    return frame
`;
const bare = (output: string): string => `import numpy as np
import pandas as pd
import pyarrow as pa
import pyarrow.parquet as pq

def run():
${work}    return frame

pq.write_table(pa.Table.from_pandas(run(), preserve_index=False), ${JSON.stringify(output)}, compression="zstd")
`;

/** The interpreter of the environment that the run just built or found: the newest folder below the data directory. */
const interpreterOf = (dataDir: string): string => {
  const [environment] = readdirSync(join(dataDir, "envs")).filter((name) => /^[0-9a-f]{64}$/.test(name));
  if (environment === undefined) throw new Error(`no environment below ${dataDir}`);
  return join(dataDir, "envs", environment, "bin", "python");
};

/** `headrace` is the command line as installed. The environment is built before anything is measured. */
export const pythonNode = (headrace: readonly string[], rounds: number): readonly Figure[] => {
  const root = mkdtempSync(join(tmpdir(), "headrace-bench-"));
  const dataDir = join(root, "data");
  const project = join(root, "project");
  try {
    mkdirSync(join(project, "pipelines"), { recursive: true });
    writeFileSync(join(project, "headrace.yml"), "name: bench\n");
    writeFileSync(join(project, "pipelines", "work.py"), node);
    const script = join(root, "bare.py");
    writeFileSync(script, bare(join(root, "bare.parquet")));
    const command = ["env", `HEADRACE_HOME=${dataDir}`, `HOME=${homedir()}`, ...headrace, "run", "--full", "--quiet"];
    measure(command, { cwd: project });
    const python = interpreterOf(dataDir);
    const figures = inTurn(rounds, {
      node: () => measure(command, { cwd: project }),
      bare: () => measure([python, script]),
    });
    const detail = `${figures.node.cpu.toFixed(2)} s against ${figures.bare.cpu.toFixed(2)} s CPU, ${figures.node.wall.toFixed(2)} s against ${figures.bare.wall.toFixed(2)} s wall`;
    return [
      {
        name: "a run of one Python node, warm, against the bare interpreter",
        value: figures.node.cpu / figures.bare.cpu,
        unit: "×",
        target: null,
        detail,
      },
    ];
  } finally {
    rmSync(root, { recursive: true, force: true });
  }
};
