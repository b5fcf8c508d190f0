// What a person's SQL must never do, tried one by one on a real host that also holds another node's view.

import { createHash } from "node:crypto";
import { readdir, readFile, stat } from "node:fs/promises";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, it } from "vitest";

import { type SqlBench, sqlBench } from "../../../test-support/sql-bench.ts";
import type { Relation } from "./sql-host.ts";

let bench: SqlBench;
let own: Relation;
let other: Relation;
let before: string;

/** Every file below a folder with its content's hash. */
const snapshot = async (root: string): Promise<string> => {
  const names = (await readdir(root, { recursive: true })).toSorted();
  const lines = await Promise.all(
    names.map(async (name) => {
      const file = join(root, name);
      if ((await stat(file)).isDirectory()) return name;
      return `${name} ${createHash("sha256")
        .update(await readFile(file))
        .digest("hex")}`;
    }),
  );
  return lines.join("\n");
};

beforeAll(async () => {
  bench = await sqlBench();
  await bench.folder.write({ "plain.csv": "a,b\n1,2\n", "secret.txt": "secret" });
  own = await bench.relation("transform.own", "select 1 as id");
  other = await bench.relation("transform.other", "select 'not for you' as secret");
  // The host now knows the other node's relation, as it would in a run.
  await bench.rows("select transform.other.secret from transform.other", { inputs: [other] });
  before = await snapshot(bench.folder.root);
});
afterAll(() => bench[Symbol.asyncDispose]());

const inFolder = (name: string) => bench.folder.path(name);

const attempts: readonly (readonly [string, () => string])[] = [
  ["COPY TO", () => `copy (select 1) to '${inFolder("out.csv")}'`],
  ["COPY over an input", () => `copy (select 1 as id) to '${own.file}' (format parquet)`],
  ["COPY FROM", () => `copy own from '${inFolder("plain.csv")}'`],
  ["closing COPY's parenthesis", () => `select 1) to '${inFolder("out.csv")}' (format csv) --`],
  ["closing it with a comment after", () => `select 1\n) to '${inFolder("out.csv")}' (format csv) /*`],
  ["closing a subquery", () => `select * from (select 1)) to '${inFolder("out.csv")}' -- (`],
  ["ATTACH", () => `attach '${inFolder("new.db")}' as new`],
  ["DETACH", () => "detach memory"],
  ["INSTALL", () => "install postgres"],
  ["LOAD", () => "load postgres"],
  ["LOAD of a file", () => "load '/tmp/x.duckdb_extension'"],
  ["EXPORT DATABASE", () => `export database '${inFolder("dump")}'`],
  ["IMPORT DATABASE", () => `import database '${inFolder("dump")}'`],
  ["CREATE TABLE", () => "create table t as select 1"],
  ["CREATE TEMP TABLE", () => "create temp table t as select 1"],
  ["CREATE VIEW over another node", () => "create view v as from transform.other"],
  ["CREATE SECRET", () => "create secret s (type s3, key_id 'a', secret 'b')"],
  ["CREATE MACRO", () => "create macro m() as table from read_csv('/etc/passwd')"],
  ["DROP", () => "drop view transform.other"],
  ["INSERT", () => "insert into transform.other values ('x')"],
  ["DELETE in a CTE's place", () => "with d as (select 1) delete from transform.other"],
  ["SET", () => "set enable_external_access = true"],
  ["SET of the lock", () => "set lock_configuration = false"],
  ["RESET", () => "reset memory_limit"],
  ["PRAGMA", () => "pragma enable_optimizer"],
  ["CALL", () => "call enable_logging()"],
  ["USE", () => "use transform"],
  ["VACUUM", () => "vacuum"],
  ["EXPLAIN ANALYZE of a COPY", () => `explain analyze copy (select 1) to '${inFolder("out.csv")}'`],
  ["PREPARE and EXECUTE", () => "prepare p as select 1; execute p"],
  ["two statements", () => "select 1; select 2"],
  ["a second statement behind a comment", () => `select 1 /* ; */ ; copy (select 1) to '${inFolder("out.csv")}'`],
  ["read_csv", () => "select * from read_csv('/etc/passwd')"],
  ["read_csv inside the allowed folder", () => `select * from read_csv('${inFolder("plain.csv")}')`],
  ["read_text in a subquery", () => "select (select content from read_text('/etc/hostname'))"],
  ["read_blob in a CTE", () => "with a as (from read_blob('/etc/hostname')) from a"],
  ["read_parquet of another node", () => `from read_parquet('${other.file}')`],
  ["read_json", () => "from read_json('/etc/hostname')"],
  ["parquet_metadata", () => `from parquet_metadata('${other.file}')`],
  ["sniff_csv", () => "from sniff_csv('/etc/passwd')"],
  ["a file's name in FROM", () => "from '/etc/passwd'"],
  ["a file's name in FROM, as an identifier", () => `from "/etc/passwd"`],
  ["a parquet file's name in FROM", () => `from '${other.file}'`],
  ["a csv of the folder in FROM", () => `from '${inFolder("plain.csv")}'`],
  ["glob", () => "select * from glob('/etc/*')"],
  ["read_duckdb", () => `from read_duckdb('${inFolder("new.db")}', table_name='t')`],
  ["another node's relation", () => "select * from transform.other"],
  ["another node's relation in quotes", () => `select * from "transform"."other"`],
  ["another node's relation with its catalogue", () => "select * from memory.transform.other"],
  ["another node's relation by ref", () => "select * from ref('transform.other')"],
  ["another node's relation in a subquery", () => "select (select secret from transform.other)"],
  ["another node's relation behind a CTE's name", () => "with other as (select 1) from transform.other"],
  ["an input that is not there", () => "select * from input_1"],
  ["the catalogue's views", () => "select * from duckdb_views()"],
  ["the information schema", () => "select * from information_schema.tables"],
  ["pg_catalog", () => "select * from pg_catalog.pg_views"],
  ["sqlite_master", () => "select * from sqlite_master"],
  ["duckdb_settings", () => "select * from duckdb_settings()"],
  ["duckdb_databases", () => "select * from duckdb_databases()"],
  ["duckdb_secrets", () => "select * from duckdb_secrets()"],
  ["which_secret", () => "select * from which_secret('s3://a', 's3')"],
  ["duckdb_logs", () => "select * from duckdb_logs"],
  ["SHOW", () => "show all tables"],
  ["DESCRIBE of another node", () => "describe transform.other"],
  ["SUMMARIZE of another node", () => "summarize transform.other"],
  ["postgres_execute", () => "select * from postgres_execute('db', 'delete from t')"],
  ["postgres_query", () => "select * from postgres_query('db', 'select 1')"],
  ["postgres_scan", () => "select * from postgres_scan('host=127.0.0.1', 'public', 't')"],
  ["sqlite_scan", () => "select * from sqlite_scan('x.db', 't')"],
  ["sqlite_attach", () => "call sqlite_attach('x.db')"],
  ["query()", () => "select * from query('from transform.other')"],
  ["query_table()", () => "select * from query_table('transform.other')"],
  ["query_table() with a list", () => "select * from query_table(['transform.own', 'transform.other'])"],
  ["query_table() with an expression", () => "select * from query_table('transform.' || 'other')"],
  ["query_table() with a parameter", () => "select * from query_table($table)"],
  [
    "json_execute_serialized_sql",
    () => "select * from json_execute_serialized_sql(json_serialize_sql('from transform.other'))",
  ],
  ["json_serialize_plan", () => "select json_serialize_plan('from transform.other')"],
  ["PRAGMA json_execute_serialized_sql", () => "pragma json_execute_serialized_sql('{}')"],
  ["histogram over a table's name", () => "from histogram('transform.other', secret)"],
  ["pragma_table_info", () => "from pragma_table_info('transform.other')"],
  ["pragma_storage_info", () => "from pragma_storage_info('transform.other')"],
  ["enable_logging to a file", () => `from enable_logging(storage = 'file', storage_path = '${inFolder("log")}')`],
  ["checkpoint", () => "from force_checkpoint()"],
  ["getenv", () => "select getenv('HOME')"],
  ["read_csv by a schema's path", () => "from system.main.read_csv('/etc/passwd')"],
  ["a lateral file", () => "select * from transform.own, lateral (from read_text('/etc/hostname'))"],
  ["PIVOT of a file", () => "pivot '/etc/passwd' on a in (1) using count(*)"],
  ["arrow_scan", () => "from arrow_scan(0, 0, 0)"],
  ["sql_auto_complete", () => "from sql_auto_complete('select * from transform.')"],
  ["HTTP", () => "from 'https://127.0.0.1:1/x.csv'"],
  ["S3", () => "from read_parquet('s3://bucket/x')"],
];

describe("a person's SQL", () => {
  it.each(attempts)("cannot escape by %s", async (_name, sql) => {
    const job = bench.job(sql(), { inputs: [own], params: { table: "transform.other" } });
    for (const attempt of [
      () => bench.hosts.writeParquet(job, bench.folder.path("escaped.parquet"), bench.signal),
      () => bench.hosts.page(job, { offset: 0, limit: 10 }, bench.signal),
      () => bench.hosts.describe(job, bench.signal),
    ]) {
      const error = await attempt().then(
        (value) => new Error(`it ran: ${JSON.stringify(value)}`),
        (thrown: unknown) => thrown as Error,
      );
      expect(error).toMatchObject({ code: expect.stringMatching(/^sql_/) as string });
      expect(error.message).not.toContain("not for you");
    }
    expect(await snapshot(bench.folder.root)).toBe(before);
  });

  it("meets a locked instance even where the tree shows nothing", async () => {
    // What `checkJob` would let through must still fail in DuckDB itself.
    const { Workspace } = await import("./host/workspace.ts");
    using workspace = await Workspace.open({
      allowedDirectories: [bench.folder.path("allowed")],
      tempDirectory: bench.folder.path("spill"),
      limits: { memory: 1e9, threads: 1 },
    });
    for (const sql of [
      "select * from read_csv('/etc/passwd')",
      "from '/etc/passwd'",
      "attach '/tmp/headrace-escape.db' as x",
      "copy (select 1) to '/tmp/headrace-escape.csv'",
      "set lock_configuration = false",
      "set global enable_external_access = true",
      "set allowed_directories = ['/']",
      "install httpfs",
      "load httpfs",
      `from read_text('${bench.folder.path("allowed", "..", "secret.txt")}')`,
    ]) {
      await expect(workspace.runner.run(sql)).rejects.toThrow(/Permission|not allowed|locked|disabled|exception_type/i);
    }
  });

  it("still runs afterwards", async () => {
    expect(await bench.rows("from ref('transform.own')", { inputs: [own] })).toEqual([["1"]]);
    expect(await bench.rows("from query_table('transform.own')", { inputs: [own] })).toEqual([["1"]]);
    expect(bench.hosts.pids()).toHaveLength(1);
  });
});
