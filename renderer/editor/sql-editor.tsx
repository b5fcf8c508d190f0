import type { EditorView } from "@codemirror/view";
import { type ReactElement, useMemo } from "react";

import type { NodeSchemaView } from "../../shared/api/index.ts";
import { useLatest } from "../ui/use-latest.ts";
import { CodeEditor, type Reveal } from "./code-editor.tsx";
import { duckdbDialect } from "./duckdb-dialect.ts";
import { sqlCompletion } from "./sql-completion.ts";
import { sqlLint } from "./sql-lint.ts";

export interface SqlEditorProps {
  /** The node whose SQL it is: its inputs and columns are offered and checked. `null`: any node's table may be read. */
  readonly node: string | null;
  readonly label: string;
  readonly value: string;
  readonly onChange: (value: string) => void;
  /** Ctrl+Enter. */
  readonly onRun?: () => void;
  readonly placeholder?: string;
  readonly isReadOnly?: boolean;
  /** A place to go to; a new object goes there again. */
  readonly reveal?: Reveal | null;
  /** What the text would give, soon after each pause in typing; `null` for an empty text. */
  readonly onSchema?: (schema: NodeSchemaView | null, sql: string) => void;
  readonly onView?: (view: EditorView | null) => void;
}

/** SQL in DuckDB's dialect: tables, columns, functions and parameters are completed, errors underlined without a run. */
export const SqlEditor = ({ node, onSchema, ...rest }: SqlEditorProps): ReactElement => {
  const told = useLatest(onSchema);
  const language = useMemo(() => {
    const complete = duckdbDialect.language.data.of({ autocomplete: sqlCompletion({ node }) });
    const check = sqlLint(node, (schema, text) => told.get()?.(schema, text));
    return [duckdbDialect.extension, complete, check];
  }, [node, told]);
  return <CodeEditor language={language} {...rest} />;
};
