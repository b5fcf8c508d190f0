import type { NodeView } from "../../shared/api/index.ts";

/** A node for tests, by its id; what is not given is as plain as can be. */
export const testNode = (id: string, inputs: readonly string[] = [], more: Partial<NodeView> = {}): NodeView => ({
  id,
  kind: id.split(".")[0] ?? "",
  name: id.split(".")[1] ?? "",
  language: "sql",
  summary: "",
  description: null,
  tags: [],
  inputs: [...inputs],
  enabled: true,
  pinned: false,
  targets: [],
  file: "pipelines/a.yml",
  line: 1,
  columnCount: null,
  lastRun: null,
  problem: null,
  isBroken: false,
  ...more,
});
