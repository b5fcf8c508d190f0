import { relative } from "node:path";

import { afterAll, beforeAll, describe, expect, it } from "vitest";

import { queryOnce, serverBench, type ServerBench } from "../../../test-support/embedded-server.ts";
import { temporaryDatabase } from "../../../test-support/postgres.ts";
import { temporaryFolder } from "../../../test-support/temporary-folder.ts";
import { temporaryProject } from "../../../test-support/temporary-project.ts";
import { seedTables } from "./index.ts";

const seed = (file = "airlines.csv"): string =>
  `tables:\n  reference.airlines:\n    file: ${file}\n    columns: { carrier: text, name: text }\n    primary_key: [carrier]\n`;
const airlines = 'carrier,name\nAA,American\nB6,"JetBlue, Airways"\n';
const rows = "select carrier, name from reference.airlines order by carrier";

describe("seedTables", () => {
  it("makes what is absent, leaves what is there, and replaces what differs only when told to", async () => {
    await using database = await temporaryDatabase();
    await using folder = await temporaryFolder({ "seed/seed.yml": seed(), "seed/airlines.csv": airlines });
    const { connection } = database;
    const once = (replaces: boolean) => seedTables(folder.root, connection, { replaces });
    expect(await Promise.all([once(false), once(false)])).toEqual(
      expect.arrayContaining([
        [{ table: "reference.airlines", changed: true }],
        [{ table: "reference.airlines", changed: false }],
      ]),
    );
    const loaded = [
      { carrier: "AA", name: "American" },
      { carrier: "B6", name: "JetBlue, Airways" },
    ];
    expect(await queryOnce(connection, rows)).toEqual(loaded);
    await queryOnce(connection, "update reference.airlines set name = 'mine' where carrier = 'AA'");
    expect(await once(false)).toEqual([{ table: "reference.airlines", changed: false }]);
    expect(await queryOnce(connection, rows)).toMatchObject([{ name: "mine" }, {}]);
    expect(await once(true)).toEqual([{ table: "reference.airlines", changed: true }]);
    expect(await queryOnce(connection, rows)).toEqual(loaded);
    expect(await once(true)).toEqual([{ table: "reference.airlines", changed: false }]);
  });

  it.each([
    ["a file that is not there", seed("none.csv"), /ENOENT/],
    ["rows of another shape", seed("wrong.csv"), /extra data after last expected column/],
    ["a list of another form", "tables: [reference.airlines]\n", /expected record/],
    ["a type that is none", seed().replace("name: text", "name: 'text); drop schema public'"), /name/],
  ])("says what is wrong with %s, and makes nothing", async (_name, description, detail) => {
    await using database = await temporaryDatabase();
    await using folder = await temporaryFolder({ "seed/seed.yml": description, "seed/wrong.csv": "a,b\n1,2,3\n" });
    const seeding = seedTables(folder.root, database.connection, { replaces: true });
    await expect(seeding).rejects.toMatchObject({ code: "seed_failed", message: expect.stringMatching(detail) });
    expect(await queryOnce(database.connection, "select to_regclass('reference.airlines') as t")).toEqual([
      { t: null },
    ]);
  });
});

it("reads no file outside the project", async () => {
  await using outside = await temporaryFolder({ "airlines.csv": airlines });
  await using folder = await temporaryFolder({ "seed/none": "" });
  await folder.write({ "seed/seed.yml": seed(relative(folder.path("seed"), outside.path("airlines.csv"))) });
  await using database = await temporaryDatabase();
  const seeding = seedTables(folder.root, database.connection, { replaces: true });
  await expect(seeding).rejects.toMatchObject({ code: "seed_failed", message: expect.stringContaining("not in the") });
});

describe("a project's own server", () => {
  let bench: ServerBench;
  beforeAll(async () => {
    bench = await serverBench();
  });
  afterAll(() => bench[Symbol.asyncDispose]());

  it("has the project's tables before anything reads them", async () => {
    const source = "kind: source\nname: airlines\nsource: postgresql\ntable: reference.airlines\nconnection: local\n";
    const files = { "seed/seed.yml": seed(), "seed/airlines.csv": airlines, "pipelines/airlines.yml": source };
    await using project = await temporaryProject(files, { dataDir: bench.dataDir });
    try {
      const { summary } = await project.run();
      expect(summary).toMatchObject({ exitCode: 0, ran: 1 });
      expect(await project.rows("source.airlines")).toMatchObject([{ carrier: "AA" }, { carrier: "B6" }]);
    } finally {
      const { embeddedServer } = await import("./index.ts");
      const { root } = project;
      await embeddedServer({ scope: "project", root, dataDir: bench.dataDir, log: () => undefined }).stop();
    }
  });
});
