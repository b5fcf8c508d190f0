import { createInterface, type Interface } from "node:readline";

import type { PostgresConnection } from "../../project/project.ts";
import { cancelBackend } from "../cancel-backend.ts";
import { postgresClient, type PostgresClient } from "../client.ts";
import { describeConnection } from "../connection-url.ts";
import { describeQueries, helpText, readMetaCommand, type MetaCommand } from "./meta-commands.ts";
import { appendHistory, readHistory } from "./history.ts";
import { copiesOut, copyOut, errorText, runStatement } from "./run-statement.ts";
import { splitStatements, type Unfinished } from "./split-statements.ts";
import { alignedText, expandedText, type TextTable } from "./table-text.ts";

export interface PromptOptions {
  readonly input: NodeJS.ReadableStream;
  readonly output: NodeJS.WritableStream;
  /** Whether a person types: prompts, history and Ctrl-C. Left out, it is so when both ends are a terminal. */
  readonly interactive?: boolean | undefined;
  /** Where what was typed is kept for next time; nothing is kept without it. */
  readonly historyFile?: string | undefined;
}

const mostRowsOnScreen = 1000;

interface Session {
  readonly connection: PostgresConnection;
  readonly options: PromptOptions;
  readonly interactive: boolean;
  client: PostgresClient;
  expanded: boolean;
  timing: boolean;
  failures: number;
}

const write = (session: Session, text: string): void => void session.options.output.write(`${text}\n`);

const show = (session: Session, table: TextTable): void => {
  const left = session.interactive ? table.rows.length - mostRowsOnScreen : 0;
  const shown = left > 0 ? { ...table, rows: table.rows.slice(0, mostRowsOnScreen) } : table;
  write(session, session.expanded ? expandedText(shown) : alignedText(shown));
  if (left > 0) write(session, `… and ${left} more rows: add LIMIT, or send the output to a file.`);
};

const connect = async (connection: PostgresConnection, options: PromptOptions): Promise<PostgresClient> => {
  const client = await postgresClient(connection, { applicationName: "headrace:psql" });
  client.on("notice", (notice) => options.output.write(`${notice.severity ?? "NOTICE"}:  ${notice.message ?? ""}\n`));
  return client;
};

/** A server that went away is asked for again, so that the prompt outlives a restart. */
const reconnectIfLost = async (session: Session): Promise<void> => {
  if (!session.client.connection.stream.destroyed) return;
  await session.client[Symbol.asyncDispose]();
  try {
    session.client = await connect(session.connection, session.options);
    write(session, "The connection was lost and is made anew; an open transaction is rolled back.");
  } catch {
    write(session, "The connection is lost.");
  }
};

/** An error arrives before the server says what became of the transaction; the next answer comes after that. */
const untilSettled = (session: Session): Promise<unknown> => session.client.query("").catch(() => undefined);

const attempt = async (session: Session, sql: string, work: () => Promise<void>): Promise<void> => {
  const started = performance.now();
  try {
    await work();
  } catch (error) {
    session.failures += 1;
    write(session, errorText(error, sql));
    await untilSettled(session);
    await reconnectIfLost(session);
  }
  if (session.timing) write(session, `Time: ${(performance.now() - started).toFixed(1)} ms`);
};

const runSql = (session: Session, sql: string): Promise<void> =>
  attempt(session, sql, async () => {
    if (copiesOut(sql)) return copyOut(session.client, sql, session.options.output);
    const { table, tag } = await runStatement(session.client, sql);
    if (table !== null) show(session, table);
    else if (tag !== "") write(session, tag);
  });

const describe = async (session: Session, name: string): Promise<void> => {
  let found = false;
  for (const { sql, title } of describeQueries) {
    const { table } = await runStatement(session.client, sql, [name]);
    if (table === null || table.rows.length === 0) continue;
    if (title === "") write(session, alignedText(table));
    else write(session, `${title}:\n${table.rows.map((row) => `    ${row.join("  ")}`).join("\n")}`);
    found ||= title === "";
  }
  if (found) return;
  session.failures += 1;
  write(session, `There is no table or view ${name}. \\d lists those there are.`);
};

/** True when the prompt is to end. */
const runMeta = async (session: Session, command: MetaCommand): Promise<boolean> => {
  switch (command.do) {
    case "quit":
      return true;
    case "help":
      write(session, helpText);
      break;
    case "expand":
      session.expanded = !session.expanded;
      write(session, `One column a line: ${session.expanded ? "on" : "off"}.`);
      break;
    case "time":
      session.timing = !session.timing;
      write(session, `Timing: ${session.timing ? "on" : "off"}.`);
      break;
    case "connection":
      write(session, `User ${session.connection.user} at ${describeConnection(session.connection)}.`);
      break;
    case "describe":
      await attempt(session, "", () => describe(session, command.table));
      break;
    case "query":
      await attempt(session, command.sql, async () => {
        const { table } = await runStatement(session.client, command.sql, command.values);
        if (table !== null) write(session, `${command.title}\n${alignedText(table)}`);
      });
      break;
    case "refuse":
      session.failures += 1;
      write(session, command.message);
      break;
    case "clear":
      break;
  }
  return false;
};

const transactionSigns: Readonly<Record<string, string>> = { T: "*", E: "!" };
const insideSigns: Readonly<Record<Unfinished, string>> = {
  nothing: "=",
  statement: "-",
  "'": "'",
  '"': '"',
  $: "$",
  "*": "*",
  "(": "(",
};

const askFor = (reader: Interface, session: Session, inside: Unfinished): void => {
  if (!session.interactive) return;
  const transaction = transactionSigns[session.client.getTransactionStatus() ?? ""] ?? "";
  reader.setPrompt(`${session.connection.database}${insideSigns[inside]}${transaction}# `);
  reader.prompt();
};

/** Reads lines until `\q` or the end of input. */
const converse = async (reader: Interface, session: Session): Promise<void> => {
  let pending = "";
  let running = false;
  reader.on("SIGINT", () => {
    if (running) {
      void cancelBackend(session.connection, session.client).catch((error: unknown) => {
        write(session, `The statement goes on: ${errorText(error, "")} Press Ctrl-C to try again.`);
      });
      return;
    }
    pending = "";
    write(session, "");
    askFor(reader, session, "nothing");
  });
  askFor(reader, session, "nothing");
  for await (const line of reader) {
    running = true;
    if (session.options.historyFile !== undefined && session.interactive) {
      await appendHistory(session.options.historyFile, line);
    }
    let inside: Unfinished = "nothing";
    const meta = /^\s*\\(?![;:])/.test(line) && (pending.trim() === "" || /^\s*\\[rq?]/.test(line));
    if (meta) {
      const command = readMetaCommand(line);
      if (command.do === "clear") pending = "";
      if (await runMeta(session, command)) return;
    } else {
      const split = splitStatements(`${pending}${line}\n`);
      for (const sql of split.statements) await runSql(session, sql);
      pending = split.rest;
      inside = split.inside;
    }
    running = false;
    askFor(reader, session, meta && pending !== "" ? "statement" : inside);
  }
  // A last statement from a pipe may come without its semicolon.
  if (!session.interactive && pending.trim() !== "") await runSql(session, pending.trim());
};

const isTerminal = (stream: object): boolean => "isTTY" in stream && stream.isTTY === true;

/**
 * A prompt for SQL and a few backslash commands, on a terminal or from a pipe. An error is shown and the prompt goes
 * on. Returns how many statements failed. Throws what `postgresClient` throws when it cannot connect at all.
 */
export const runPrompt = async (connection: PostgresConnection, options: PromptOptions): Promise<number> => {
  const client = await connect(connection, options);
  const { historyFile, input, output } = options;
  const interactive = options.interactive ?? (isTerminal(input) && isTerminal(output));
  const session: Session = { connection, options, interactive, client, expanded: false, timing: false, failures: 0 };
  const history = interactive && historyFile !== undefined ? await readHistory(historyFile) : [];
  const reader = createInterface({ input, output, terminal: interactive, history: [...history], historySize: 1000 });
  try {
    if (interactive) write(session, `PostgreSQL at ${describeConnection(connection)}. \\? for help, \\q to quit.`);
    await converse(reader, session);
  } finally {
    reader.close();
    await session.client[Symbol.asyncDispose]();
  }
  return session.failures;
};
