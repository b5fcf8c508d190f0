import { afterAll, beforeAll, describe, expect, it } from "vitest";

import { queryOnce, serverBench, type ServerBench } from "../../../test-support/embedded-server.ts";
import { temporaryProject } from "../../../test-support/temporary-project.ts";
import type { Plan } from "../../../shared/run/index.ts";
import { embeddedServer, type EmbeddedServer } from "../postgres/index.ts";

const files = {
  "seed/seed.yml": "tables:\n  reference.lines:\n    file: lines.csv\n    columns: { id: integer, name: text }\n",
  "seed/lines.csv": "id,name\n1,north\n2,south\n",
  "pipelines/lines.yml":
    "kind: source\nname: lines\nsource: postgresql\ntable: reference.lines\n" +
    "cache: { watermark: select count(*) from reference.lines }\n",
  "pipelines/stops.yml":
    "kind: source\nname: stops\nsource: database\ntable: reference.lines\n" +
    "cache: { watermark: select max(id) from reference.lines }\n",
  "pipelines/many.yml": "kind: transform\nname: many\ntransform: select count(*) as n from ref('source.lines')\n",
  "pipelines/alone.yml": "kind: transform\nname: alone\ntransform: select 1 as one\n",
};

const told = ({ steps }: Plan): Readonly<Record<string, string>> =>
  Object.fromEntries(steps.map(({ node, action, reasons }) => [node, `${action}: ${reasons[0]?.text}`]));

describe("a project that reads its own server", () => {
  let bench: ServerBench;
  beforeAll(async () => {
    bench = await serverBench();
  });
  afterAll(() => bench[Symbol.asyncDispose]());

  const serverOf = (root: string): EmbeddedServer =>
    embeddedServer({ scope: "project", root, dataDir: bench.dataDir, log: () => undefined });

  it("is planned, and run in part, without the server: only a node that reads it starts it", async () => {
    await using project = await temporaryProject(files, { dataDir: bench.dataDir });
    const server = serverOf(project.root);
    try {
      const neverRan = {
        "source.lines": "run: never ran",
        "source.stops": "run: never ran",
        "transform.alone": "run: never ran",
        "transform.many": "run: never ran",
      };
      expect(told(await project.plan())).toEqual(neverRan);
      expect(told(await project.plan({ selectors: ["stale"] }))).toEqual(neverRan);
      expect((await project.run({ nodes: ["transform.alone"] })).summary).toMatchObject({ ran: 1, exitCode: 0 });
      // No server, and no data folder of one.
      expect(await server.status()).toMatchObject({ running: false, sizeBytes: 0 });

      expect((await project.run()).statuses).toEqual({
        "source.lines": "SUCCESS",
        "source.stops": "SUCCESS",
        "transform.alone": "CACHED",
        "transform.many": "SUCCESS",
      });
      await project.restart();
      const upToDate = "cached: up to date";
      const settled = {
        "source.lines": upToDate,
        "source.stops": upToDate,
        "transform.alone": upToDate,
        "transform.many": upToDate,
      };
      expect(told(await project.plan())).toEqual(settled);
      expect((await project.run()).summary).toMatchObject({ ran: 0, cached: 4 });

      await queryOnce(await server.connection(), "insert into reference.lines values (2, 'east')");
      expect(told(await project.plan())).toEqual({
        ...settled,
        "source.lines": "run: watermark of reference.lines changed",
        "transform.many": "check: source.lines runs first",
      });
    } finally {
      await server.stop();
    }
  });
});

it("tells that a server is not there when a node that reads it runs", async () => {
  const { "pipelines/lines.yml": lines, "pipelines/many.yml": many, "pipelines/alone.yml": alone } = files;
  const server = "type: postgresql, host: 127.0.0.1, port: 1, user: nobody, database: nothing, password: none";
  await using project = await temporaryProject({
    "profiles.yml": `default:\n  connections:\n    warehouse: { ${server} }\n`,
    "pipelines/lines.yml": lines,
    "pipelines/many.yml": many,
    "pipelines/alone.yml": alone,
  });
  expect(told(await project.plan())["source.lines"]).toBe("run: never ran");
  const { results, statuses } = await project.run({ continueOnError: true });
  expect(statuses).toEqual({ "source.lines": "FAILED", "transform.many": "SKIPPED", "transform.alone": "SUCCESS" });
  expect(results["source.lines"]?.error?.code).toBe("postgres_unreachable");
});
