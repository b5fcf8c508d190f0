import type { Completion, CompletionContext, CompletionResult, CompletionSource } from "@codemirror/autocomplete";

import { graph } from "../store/graph-store.ts";
import { text } from "../text/text.ts";
import { duckdbDialect } from "./duckdb-dialect.ts";
import { namedTables } from "./sql-tables.ts";
import { columnsOf, sqlFunctions, sqlParameters, tableIds } from "./upstream.ts";

/** What the SQL belongs to: a node, or nothing where every table may be asked. */
export interface SqlSubject {
  readonly node: string | null;
}

/** Tables inside `ref('…')`, columns after `alias.`, parameters after `$`; else columns, tables, functions, keywords. */
export const sqlCompletion =
  (subject: SqlSubject): CompletionSource =>
  async (context) => {
    const ref = context.matchBefore(/\bref\(\s*['"][\w.]*/i);
    if (ref !== null) return tableNames(ref.from + ref.text.search(/['"]/) + 1);
    const parameter = context.matchBefore(/\$\w*/);
    if (parameter !== null) return parameters(parameter.from, subject);
    const member = context.matchBefore(/[\w"]+\.\w*/);
    if (member !== null) return members(member, context, subject);
    const word = context.matchBefore(/\w+/);
    if (word === null && !context.explicit) return null;
    return anything(word?.from ?? context.pos, context, subject);
  };

const inputsOf = ({ node }: SqlSubject): readonly string[] => {
  const found = node === null ? null : graph.get(node);
  return found?.type === "node" ? found.view.inputs : [];
};

const tableNames = (from: number): CompletionResult => ({
  from,
  options: tableIds().map((id) => ({ label: id, type: "class" })),
  validFor: /^[\w.]*$/,
});

const parameters = async (from: number, { node }: SqlSubject): Promise<CompletionResult> => {
  const known = await sqlParameters(node);
  const options = known.map(({ name, type, value, from: giver }, at) => ({
    label: `$${name}`,
    detail: value === null ? type : text.editor.parameter(type, value),
    info: text.editor.parameterFrom[giver],
    type: "variable",
    // The node's own first.
    boost: -at,
  }));
  return { from, options, validFor: /^\$\w*$/ };
};

/** The node that a name in the text stands for. */
const resolve = (name: string, subject: SqlSubject, sql: string): string | null => {
  const lower = name.toLowerCase();
  const table = namedTables(sql).find(({ alias }) => alias.toLowerCase() === lower)?.table ?? name;
  const at = /^input_(\d+)$/i.exec(table)?.[1];
  if (at !== undefined) return inputsOf(subject)[Number(at)] ?? null;
  if (/^(?:source|__this__)$/i.test(table)) return inputsOf(subject)[0] ?? null;
  return graph.slotOf(table) >= 0 ? table : null;
};

const members = async (
  member: { readonly from: number; readonly text: string },
  context: CompletionContext,
  subject: SqlSubject,
): Promise<CompletionResult | null> => {
  const dot = member.text.indexOf(".");
  const owner = member.text.slice(0, dot).replaceAll('"', "");
  const from = member.from + dot + 1;
  const validFor = /^\w*$/;
  const id = resolve(owner, subject, context.state.doc.toString());
  if (id !== null) return { from, options: columnOptions(await columnsOf([id])), validFor };
  const ofKind = tableIds().filter((table) => table.startsWith(`${owner}.`));
  if (ofKind.length === 0) return null;
  return { from, options: ofKind.map((table) => ({ label: table.slice(dot + 1), type: "class" })), validFor };
};

type Columns = Awaited<ReturnType<typeof columnsOf>>;

const columnOptions = (columns: Columns): Completion[] =>
  [...columns].flatMap(([id, list]) =>
    list.map(({ name, type }) => ({
      label: name,
      apply: /^[a-z_]\w*$/i.test(name) ? name : `"${name.replaceAll('"', '""')}"`,
      detail: type,
      info: id,
      type: "property",
      boost: 50,
    })),
  );

const anything = async (from: number, context: CompletionContext, subject: SqlSubject): Promise<CompletionResult> => {
  const sql = context.state.doc.toString();
  const named = namedTables(sql).flatMap(({ alias }) => resolve(alias, subject, sql) ?? []);
  const read = [...new Set([...named, ...inputsOf(subject)])];
  const [columns, functions] = await Promise.all([columnsOf(read), sqlFunctions()]);
  const inputs = new Set(inputsOf(subject));
  return {
    from,
    validFor: /^\w*$/,
    options: [
      ...columnOptions(columns),
      ...tableIds().map((id) => ({
        label: id,
        apply: `ref('${id}')`,
        detail: inputs.has(id) ? text.editor.input : text.editor.table,
        type: "class",
        boost: inputs.has(id) ? 40 : 10,
      })),
      ...inputsOf(subject).map((id, at) => ({ label: `input_${at}`, detail: id, type: "class", boost: 5 })),
      ...functions.map(({ name, parameters: taken, description }) => ({
        label: name,
        apply: `${name}(`,
        detail: taken,
        info: description,
        type: "function",
      })),
      ...keywords,
    ],
  };
};

const keywords: readonly Completion[] = `${duckdbDialect.spec.keywords ?? ""} ${duckdbDialect.spec.types ?? ""}`
  .split(" ")
  .map((label) => ({ label, type: "keyword", boost: -10 }));
