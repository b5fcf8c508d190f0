import { describe, expect, it } from "vitest";

import { projectFolder } from "../../../../test-support/loaded-project.ts";
import type { PostgresConnection } from "../project.ts";

const embedded: PostgresConnection = {
  name: "embedded",
  type: "postgresql",
  host: "127.0.0.1",
  port: 15_432,
  user: "headrace",
  password: "random",
  database: "headrace",
  sslmode: "disable",
  production: false,
};

const warehouse =
  "type: postgresql\n      host: db.example.com\n      user: ada\n      password: sesame\n      database: shop\n";
const full = {
  host: "db.example.com",
  port: 5432,
  user: "ada",
  password: "sesame",
  database: "shop",
  sslmode: "prefer",
};

/** The shapes a profiles file may have; each has the connection `warehouse`. */
const shapes: readonly (readonly [string, string])[] = [
  ["connections of a profile", `profiles:\n  default:\n    connections:\n     warehouse:\n      ${warehouse}`],
  [
    "outputs of a profile",
    `profiles:\n  default:\n    target: warehouse\n    outputs:\n     warehouse:\n      ${warehouse}`,
  ],
  [
    "Seeknal's profile at the top",
    `default:\n    target: warehouse\n    outputs:\n     warehouse:\n      ${warehouse}`,
  ],
  ["Seeknal's connections at the top", `connections:\n     warehouse:\n      ${warehouse}`],
  ["outputs right below a profile", `default:\n     warehouse:\n      ${warehouse}`],
  [
    "dbt's names",
    "default:\n  target: warehouse\n  outputs:\n    warehouse: {type: postgres, host: db.example.com, user: ada, pass: sesame, port: 5432, dbname: shop, schema: public, threads: 4}\n",
  ],
  ["an address", "connections:\n  warehouse: {type: postgresql, url: 'postgres://ada:sesame@db.example.com/shop'}\n"],
  [
    "variables",
    "connections:\n  warehouse: {type: postgresql, host: '${HOST}', port: '${PORT:5432}', user: \"{{ env_var('DB_USER') }}\", password: '${PASSWORD}', database: '${NAME:-shop}'}\n",
  ],
];

describe("connections of a profile", () => {
  it.each(shapes)("are read from %s", async (_name, text) => {
    await using folder = await projectFolder({
      "profiles.yml": text,
      ".env": "HOST=db.example.com\nDB_USER=somebody\nPASSWORD=sesame\n",
    });
    const project = await folder.load({ environment: { DB_USER: "ada" } });
    expect(project.problems).toEqual([]);
    expect(project.connections).toEqual(["warehouse"]);
    expect(await project.connection("warehouse")).toMatchObject({ name: "warehouse", type: "postgresql", ...full });
    expect(await project.connection(null)).toMatchObject(full);
  });

  it("keep production and sslmode, and paths of SQLite files", async () => {
    await using folder = await projectFolder({
      "profiles.yml":
        "connections:\n  w: {type: postgresql, user: a, database: b, sslmode: verify-full, production: true}\n  s: {type: sqlite, path: data/x.sqlite}\n",
    });
    const project = await folder.load();
    expect(await project.connection("w")).toMatchObject({
      sslmode: "verify-full",
      production: true,
      host: "localhost",
    });
    expect(await project.connection("s")).toEqual({ name: "s", type: "sqlite", path: folder.path("data/x.sqlite") });
  });

  it("are chosen by --profile, the project's profile, and else default", async () => {
    const profile = (host: string) => `connections: {w: {type: postgresql, host: ${host}, user: a, database: b}}`;
    await using folder = await projectFolder({
      "headrace.yml": "name: x\nprofile: staging\n",
      "profiles.yml": `profiles:\n  default: {${profile("one")}}\n  staging: {${profile("two")}}\n  prod: {${profile("three")}}\n`,
      "other.yml": `profiles:\n  staging: {${profile("four")}}\n`,
      "home/.headrace/profiles.yml": `profiles:\n  own: {${profile("five")}}\n  prod: {${profile("never")}}\n`,
      "home/.seeknal/profiles.yml": `lab: {outputs: {w: {type: postgresql, host: six, user: a, database: b}}}\n`,
    });
    const environment = { HOME: folder.path("home") };
    const hostOf = async (name?: string) => {
      const project = await folder.load({ profile: name, environment });
      expect(project.problems).toEqual([]);
      const connection = await project.connection("w");
      return connection.type === "postgresql" ? connection.host : null;
    };
    expect(await hostOf()).toBe("two");
    expect(await hostOf("prod")).toBe("three");
    expect(await hostOf("other.yml")).toBe("four");
    expect(await hostOf("own")).toBe("five");
    expect(await hostOf("lab")).toBe("six");
    const project = await folder.load({ profile: "porductoin", environment });
    expect(project.problems).toMatchObject([{ code: "profile_unknown", severity: "error" }]);
  });

  it("stand in for what sources do not say themselves", async () => {
    await using folder = await projectFolder({
      "profiles.yml":
        "connections:\n  w: {type: postgresql, user: a, database: b}\n  v: {type: postgresql, user: a, database: b}\ndefault_connection: v\nsource_defaults:\n  postgres: {connection: '${WHICH:w}', fetch_size: 100}\n",
      "pipelines/a.yml": "kind: source\nname: a\nsource: postgresql\ntable: x\n",
      "pipelines/b.yml": "kind: source\nname: b\nsource: postgres\nconnection: v\nparams: {fetch_size: 1}\n",
    });
    const project = await folder.load();
    expect(project.nodes.get("source.a")?.config).toMatchObject({ connection: "w", params: { fetch_size: 100 } });
    expect(project.nodes.get("source.b")?.config).toMatchObject({ connection: "v", params: { fetch_size: 1 } });
    expect(await project.connection(null)).toMatchObject({ name: "v" });
    const other = await folder.load({ environment: { WHICH: "v" } });
    expect(other.nodes.get("source.a")?.config).toMatchObject({ connection: "v" });
  });
});

describe("a project without a server of its own", () => {
  it("gets the embedded one, under any name", async () => {
    await using folder = await projectFolder({
      "pipelines/a.yml": "kind: source\nname: a\nsource: postgres\nconnection: warehouse\ntable: x\n",
    });
    let started = 0;
    const embeddedPostgres = async () => {
      started++;
      return embedded;
    };
    const project = await folder.load({ embeddedPostgres });
    expect(project.problems).toEqual([]);
    expect(project.connections).toEqual(["default"]);
    expect(started).toBe(0);
    expect(await project.connection("warehouse")).toEqual({ ...embedded, name: "warehouse" });
    expect(await project.connection(null)).toEqual({ ...embedded, name: "default" });
  });

  it("also beside a SQLite connection, and with an empty profiles file", async () => {
    await using folder = await projectFolder({ "profiles.yml": "connections: {s: {type: sqlite, path: x.db}}\n" });
    const project = await folder.load({ embeddedPostgres: async () => embedded });
    expect(project.connections).toEqual(["default", "s"]);
    expect(await project.connection("elsewhere")).toMatchObject({ port: 15_432 });
    await folder.write({ "profiles.yml": "# nothing yet\n" });
    const empty = await folder.load({ embeddedPostgres: async () => embedded });
    expect(empty.problems).toMatchObject([{ severity: "warning", code: "profile_missing" }]);
  });

  it("says so where none can be started", async () => {
    await using folder = await projectFolder({});
    const project = await folder.load();
    await expect(project.connection("w")).rejects.toMatchObject({ code: "connection_embedded" });
  });
});

/** A profiles file, what is asked of it, and the error; no value of the file may be in it. */
const faults: readonly (readonly [string, string, string, string])[] = [
  [
    "an unknown name",
    "connections:\n  warehouse: {type: postgresql, user: u-sesame, database: d-sesame}\n",
    "warehose",
    "connection_unknown",
  ],
  ["no user", "connections:\n  w: {type: postgresql, database: sesame}\n", "w", "connection_invalid"],
  ["no database", "connections:\n  w: {type: postgresql, user: sesame}\n", "w", "connection_invalid"],
  [
    "a port that is none",
    "connections:\n  w: {type: postgresql, user: sesame, database: b, port: sesame}\n",
    "w",
    "connection_invalid",
  ],
  [
    "a wrong sslmode",
    "connections:\n  w: {type: postgresql, user: sesame, database: b, sslmode: sesame}\n",
    "w",
    "connection_invalid",
  ],
  [
    "a wrong address",
    "connections:\n  w: {type: postgresql, url: 'mysql://ada:sesame@h/b'}\n",
    "w",
    "connection_invalid",
  ],
  [
    "a mapping for a password",
    "connections:\n  w: {type: postgresql, user: sesame, database: b, password: {a: sesame}}\n",
    "w",
    "connection_invalid",
  ],
  [
    "a type we do not know",
    "connections:\n  w: {type: starrocks, user: sesame, database: b}\n  v: {type: postgresql, user: a, database: b}\n",
    "w",
    "connection_type",
  ],
  [
    "a missing variable",
    "connections:\n  w: {type: postgresql, user: '${NOBODY}', password: sesame, database: b}\n",
    "w",
    "variable_missing",
  ],
  [
    "a missing secret",
    "connections:\n  w: {type: postgresql, user: sesame, password: '${secret:my db}', database: b}\n",
    "w",
    "secret_unavailable",
  ],
  [
    "several servers and no default",
    "connections:\n  w: {type: postgresql, user: sesame, database: b}\n  v: {type: postgresql, user: sesame, database: b}\n",
    "",
    "connection_ambiguous",
  ],
];

describe("a wrong profile", () => {
  it.each(faults)("with %s is told without a value of it", async (_name, text, connection, code) => {
    await using folder = await projectFolder({ "profiles.yml": text });
    const project = await folder.load();
    const error: unknown = await project
      .connection(connection === "" ? null : connection)
      .catch((thrown: unknown) => thrown);
    expect(error).toMatchObject({ name: "ProjectError", code });
    expect(JSON.stringify(error) + String(error)).not.toContain("sesame");
    expect(await folder.read("target/manifest.json")).not.toContain("sesame");
  });

  it("that is not YAML gives its line and not its text", async () => {
    await using folder = await projectFolder({ "profiles.yml": "connections:\n  w: {password: sesame\n" });
    const project = await folder.load();
    expect(project.problems).toMatchObject([{ code: "profile_invalid", location: { file: "profiles.yml", line: 3 } }]);
    expect(JSON.stringify(project.problems)).not.toContain("sesame");
  });

  it("with a password among its source defaults is refused", async () => {
    await using folder = await projectFolder({ "profiles.yml": "source_defaults:\n  postgres: {password: sesame}\n" });
    const project = await folder.load();
    expect(project.problems).toMatchObject([
      { code: "secret_in_defaults", params: { where: "source_defaults.postgres.password" } },
    ]);
    expect(await folder.read("target/manifest.json")).not.toContain("sesame");
  });

  it("names the node that asks for a connection nobody defines", async () => {
    await using folder = await projectFolder({
      "profiles.yml": "connections:\n  warehouse: {type: postgresql, user: a, database: b}\n",
      "pipelines/a.yml":
        "kind: transform\nname: a\ntransform: select 1 as x\nmaterialization:\n  type: postgresql\n  connection: warehose\n  table: a.b\n",
    });
    const project = await folder.load();
    expect(project.problems).toMatchObject([
      {
        code: "connection_unknown",
        node: "transform.a",
        location: { file: "pipelines/a.yml", line: 6, column: 15 },
        next: "Did you mean warehouse? Or add it to profiles.yml.",
      },
    ]);
  });
});

describe("secrets", () => {
  const text = "connections:\n  w: {type: postgresql, user: a, password: '${secret:my db}', database: b}\n";

  it("come from the keychain's answer", async () => {
    await using folder = await projectFolder({ "profiles.yml": text });
    const project = await folder.load({ secret: async (name) => `opens ${name}` });
    expect(await project.connection("w")).toMatchObject({ password: "opens my db" });
  });

  it("or from the variable that the error names", async () => {
    await using folder = await projectFolder({ "profiles.yml": text });
    const error: unknown = await (await folder.load()).connection("w").catch((thrown: unknown) => thrown);
    expect(error).toMatchObject({
      next: expect.stringContaining("HEADRACE_SECRET_MY_DB in the environment") as unknown,
    });
    const project = await folder.load({ environment: { HEADRACE_SECRET_MY_DB: "opened" } });
    expect(await project.connection("w")).toMatchObject({ password: "opened" });
  });
});
