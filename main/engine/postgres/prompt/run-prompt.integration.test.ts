import { execFile } from "node:child_process";
import { mkdtemp, readFile, rm, stat } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { PassThrough, Readable } from "node:stream";
import { text } from "node:stream/consumers";
import { setTimeout as sleep } from "node:timers/promises";
import { promisify } from "node:util";

import { afterAll, beforeAll, describe, expect, it } from "vitest";

import { temporaryDatabase, type TemporaryDatabase } from "../../../../test-support/postgres.ts";
import { postgresClient, psqlEnvironment, psqlExecutable, runPrompt } from "../index.ts";

let database: TemporaryDatabase;
beforeAll(async () => {
  database = await temporaryDatabase();
});
afterAll(() => database[Symbol.asyncDispose]());

const pipe = async (input: string): Promise<{ readonly failures: number; readonly output: string }> => {
  const sink = new PassThrough();
  const output = text(sink);
  const failures = await runPrompt(database.connection, { input: Readable.from([input]), output: sink });
  sink.end();
  return { failures, output: await output };
};

describe("from a pipe", () => {
  it("runs statements over several lines, with and without a last semicolon", async () => {
    const { failures, output } = await pipe("select 1 as a,\n  'x;y' as b; select 2::int8 as c");
    expect(failures).toBe(0);
    expect(output).toMatchInlineSnapshot(`
      " a | b
      ---+-----
       1 | x;y
      (1 row)
       c
      ---
       2
      (1 row)
      "
    `);
  });

  it("goes on after errors, shows where they are and counts them", async () => {
    const { failures, output } = await pipe("select\n  nope;\nselect 1 / 0;\n\\nonsense\nselect 'still here' as t;\n");
    expect(failures).toBe(3);
    expect(output).toContain('ERROR:  column "nope" does not exist\nLINE 2:   nope\n          ^');
    expect(output).toContain("ERROR:  division by zero");
    expect(output).toContain("There is no command \\nonsense");
    expect(output).toContain("still here");
  });

  it("describes tables", async () => {
    const { failures, output } = await pipe(`
      create schema shop;
      create table shop.customers (id int primary key, "Full Name" text not null);
      create table shop.orders (id int generated always as identity, customer int references shop.customers);
      create view shop.names as select "Full Name" from shop.customers;
      \\dt
      \\d shop.customers
      \\d shop.nothing
      \\dv
      \\dn
      \\l
    `);
    expect(failures).toBe(1);
    expect(output).toMatch(/shop +\| customers +\| table/);
    expect(output).toMatch(/Full Name +\| text +\| not null/);
    expect(output).toContain("PRIMARY KEY (id)");
    expect(output).toMatch(/Referenced by:\n +shop\.orders +FOREIGN KEY \(customer\)/);
    expect(output).toContain("There is no table or view shop.nothing");
    expect(output).toMatch(/shop +\| names +\| view/);
    expect(output).toContain(database.connection.database);
  });

  it("writes COPY TO STDOUT as it comes and refuses COPY FROM STDIN without hanging", async () => {
    const { failures, output } = await pipe(
      "copy (select n, n * 2 from generate_series(1, 3) n) to stdout;\ncreate table c (a int);\ncopy c from stdin;\nselect 5 as five;\n",
    );
    expect(failures).toBe(1);
    expect(output).toContain("1\t2\n2\t4\n3\t6\n");
    expect(output).toContain("five");
  });

  it("finds the server again after the connection was ended", async () => {
    const { output } = await pipe("select pg_terminate_backend(pg_backend_pid());\nselect 'back' as word;\n");
    expect(output).toContain("made anew");
    expect(output).toContain("back");
  });

  it("stops at \\q", async () => {
    expect((await pipe("\\q\nselect 'never' as t;\n")).output).toBe("");
  });
});

describe("with a person", () => {
  it("prompts with what is unfinished, keeps a private history without secrets, and stops a statement at Ctrl-C", async () => {
    const folder = await mkdtemp(join(tmpdir(), "headrace-test-prompt-"));
    const historyFile = join(folder, "history");
    const input = new PassThrough();
    const sink = new PassThrough();
    let output = "";
    sink.on("data", (chunk: Buffer) => (output += chunk.toString()));
    const until = async (words: string): Promise<void> => {
      while (!output.includes(words)) await sleep(20);
    };
    const options = { input, output: sink, interactive: true, historyFile };
    const prompt = runPrompt(database.connection, options);
    const { database: name } = database.connection;
    await until(`${name}=# `);
    input.write("select (\n");
    await until(`${name}(# `);
    input.write("1);\n");
    await until("(1 row)");
    input.write("begin;\n");
    await until(`${name}=*# `);
    input.write("alter role headrace password null_;\n");
    await until(`${name}=!# `);
    input.write("rollback;\n");
    await until("ROLLBACK");
    input.write("select pg_sleep(60);\n");
    await using admin = await postgresClient(database.connection, { applicationName: "headrace:test" });
    const sleeping = "select 1 from pg_stat_activity where query = 'select pg_sleep(60)' and state = 'active'";
    while ((await admin.query(sleeping)).rows.length === 0) await sleep(20);
    input.write("\u0003");
    await until("canceling statement due to user request");
    input.write("\\q\n");
    expect(await prompt).toBe(2);
    const history = await readFile(historyFile, "utf8");
    expect(history).toContain("select pg_sleep(60);");
    expect(history).not.toContain("password");
    expect((await stat(historyFile)).mode & 0o777).toBe(0o600);
    await rm(folder, { recursive: true });
  });
});

describe.runIf(psqlExecutable(process.env) !== null)("psql, where there is one", () => {
  it("connects with the variables alone", async () => {
    const { stdout } = await promisify(execFile)(
      psqlExecutable(process.env) ?? "",
      ["-X", "-At", "-c", "select current_database()"],
      { env: { ...process.env, ...psqlEnvironment(database.connection) } },
    );
    expect(stdout.trim()).toBe(database.connection.database);
  });
});
