// `npm run bench`: ratios measured in one run, medians of CPU time. `npm run bench -- nodes` runs one part.

import { join } from "node:path";

import { graphScaling } from "./graph-scaling.ts";
import { manyNodes } from "./many-nodes.ts";
import { measure } from "./measure.ts";
import { pythonNode } from "./python-node.ts";
import { printFigures } from "./report.ts";

const root = join(import.meta.dirname, "..");
const rounds = 3;

const parts: Readonly<Record<string, () => Promise<void> | void>> = {
  graph: () => printFigures("Graph", graphScaling(rounds)),
  nodes: () => printFigures("Many small nodes", manyNodes(bundle(), rounds)),
  python: () => printFigures("Python", pythonNode(bundle(), rounds)),
  postgres: async () => {
    // Loaded only when asked for: it opens servers and hosts of its own.
    const { postgresLoadBench } = await import("./postgres-load.ts");
    printFigures("A million rows into PostgreSQL", await postgresLoadBench(rounds));
  },
  "point-in-time": async () => {
    const { pointInTimeJoins } = await import("./point-in-time.ts");
    printFigures("Point in time", await pointInTimeJoins(rounds));
  },
  describe: async () => {
    const { describeBench } = await import("./describe.ts");
    printFigures("Columns and errors while editing", await describeBench());
  },
  lineage: async () => {
    const { lineageBench } = await import("./lineage.ts");
    printFigures("Lineage", await lineageBench());
  },
  preview: async () => {
    const { previews } = await import("./preview.ts");
    printFigures("Looking at ten million rows", await previews(rounds));
  },
  rules: async () => {
    const { ruleScans } = await import("./rules.ts");
    printFigures("Rules", await ruleScans(rounds));
  },
  windows: async () => {
    const { windowAggregates } = await import("./windows.ts");
    printFigures("Windows", await windowAggregates(rounds));
  },
};

/** The command line as it is installed. */
const bundle = (): readonly string[] => {
  measure([process.execPath, join(root, "scripts", "build.ts")], { cwd: root });
  return [process.execPath, join(root, "out", "cli", "headrace.mjs")];
};

const wanted = process.argv.slice(2);
const unknown = wanted.find((name) => !(name in parts));
if (unknown !== undefined) {
  process.stderr.write(`There is no bench ${unknown}; there are ${Object.keys(parts).join(", ")}.\n`);
  process.exitCode = 2;
} else {
  for (const [name, part] of Object.entries(parts)) if (wanted.length === 0 || wanted.includes(name)) await part();
}
