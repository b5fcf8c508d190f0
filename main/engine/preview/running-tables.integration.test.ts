import { expect, it } from "vitest";

import { wholeView } from "../../../shared/table/index.ts";
import { temporaryProject } from "../../../test-support/temporary-project.ts";

const never = new AbortController().signal;

it("the table of a node that has just ended is there while the run goes on", async () => {
  await using project = await temporaryProject({
    "pipelines/first.yml": "kind: transform\nname: first\ntransform: select range as n from range(7)\n",
    "pipelines/next.yml": "kind: transform\nname: next\ntransform: select n + 1 as n from ref('transform.first')\n",
  });
  const { tables } = await project.engine();
  const opened: Promise<{ readonly rows: number }>[] = [];
  await project.run({}, (event) => {
    if (event.type === "finished") opened.push(tables.open({ type: "node", node: event.node }, wholeView, never));
  });
  expect((await Promise.all(opened)).map(({ rows }) => rows)).toEqual([7, 7]);
});
