import type { ReactElement } from "react";

import type { NodeSchemaView } from "../../shared/api/index.ts";
import type { HeadraceError } from "../../shared/errors/index.ts";
import type { BufferState } from "../editor/text-buffer.ts";
import { text } from "../text/text.ts";
import { Icon } from "../ui/icon.tsx";

interface CodeStatusProps {
  readonly status: Exclude<BufferState["status"], "loading">;
  readonly error: HeadraceError | null;
  /** The SQL that `schema` is about; `null` for other texts. */
  readonly sql: string | null;
  readonly schema: NodeSchemaView | null;
}

/** Below an editor: what DuckDB says of the text, and whether it is saved. */
export const CodeStatus = ({ status, error, sql, schema }: CodeStatusProps): ReactElement => {
  const { isBad, words, hint } = verdict(sql, schema);
  return (
    <div className="code-status">
      <p className={isBad ? "code-verdict is-bad" : "code-verdict"} role="status">
        {words === "" ? null : <Icon name={isBad ? "invalid" : "ok"} size={14} />}
        <span>{words}</span>
        {hint === "" ? null : <span className="code-hint">{hint}</span>}
      </p>
      <p className={`code-saved is-${status}`}>
        {text.editor.state[status]}
        {error === null || status !== "failed" ? null : `: ${error.message}`}
      </p>
    </div>
  );
};

const quiet = { isBad: false, words: "", hint: "" };

const verdict = (sql: string | null, schema: NodeSchemaView | null): typeof quiet => {
  if (sql === null || schema === null) return quiet;
  const { problem, columns, waitingFor } = schema;
  if (problem !== null) {
    const line = sql.slice(0, problem.start ?? 0).split("\n").length;
    const words = `${text.editor.problem(line, problem.problem.message)} ${problem.problem.next}`;
    return { isBad: true, words, hint: problem.replacements.length > 0 ? text.editor.fixHint : "" };
  }
  if (waitingFor.length > 0) return { ...quiet, words: text.editor.waitsFor(waitingFor.join(", ")) };
  return columns === null ? quiet : { ...quiet, words: text.editor.good(text.columns(columns.length)) };
};
