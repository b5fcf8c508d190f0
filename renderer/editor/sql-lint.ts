import { type Diagnostic, linter } from "@codemirror/lint";
import type { Extension } from "@codemirror/state";
import type { EditorView } from "@codemirror/view";

import type { NodeSchemaView, SqlProblemView } from "../../shared/api/index.ts";
import { host } from "../api.ts";
import { text } from "../text/text.ts";
import { fixKeys } from "./apply-fix.ts";

/** How long nothing is typed before DuckDB is asked, in milliseconds: the answer itself takes a few. */
const pause = 70;
const mostFixes = 3;

/** Underlines what DuckDB says of the text as it is typed, with what would fit in its place. */
export const sqlLint = (
  node: string | null,
  onSchema: (schema: NodeSchemaView | null, sql: string) => void,
): Extension => {
  let asking: AbortController | null = null;
  const check = linter(
    async (view) => {
      asking?.abort();
      asking = new AbortController();
      const sql = view.state.doc.toString();
      if (sql.trim() === "") {
        onSchema(null, sql);
        return [];
      }
      try {
        const schema = await host().call("node.describe", { node, sql }, asking.signal);
        onSchema(schema, sql);
        return schema.problem === null ? [] : [diagnostic(schema.problem, sql)];
      } catch {
        // The connection says for itself that it is gone; a text asked about again has its answer there.
        return [];
      }
    },
    { delay: pause },
  );
  return [check, fixKeys];
};

const diagnostic = ({ problem, start, end, replacements }: SqlProblemView, sql: string): Diagnostic => {
  const from = Math.min(start ?? 0, sql.length);
  const to = Math.min(Math.max(end ?? firstLineEnd(sql), from), sql.length);
  return {
    from,
    to,
    severity: problem.severity,
    message: `${problem.message}\n${problem.next}`,
    actions: replacements.slice(0, mostFixes).map((replacement) => ({
      name: text.editor.replaceBy(replacement),
      apply: (view: EditorView, at: number, until: number) =>
        view.dispatch({ changes: { from: at, to: until, insert: replacement }, userEvent: "input.fix" }),
    })),
  };
};

const firstLineEnd = (sql: string): number => {
  const end = sql.indexOf("\n");
  return end < 0 ? sql.length : end;
};
