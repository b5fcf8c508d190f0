import { type ReactElement, useEffect, useMemo, useState } from "react";
import { useStore } from "zustand";

import type { NodeSchemaView, TextPart } from "../../shared/api/index.ts";
import { CodeEditor, type Reveal } from "../editor/code-editor.tsx";
import { ConflictView } from "../editor/conflict-view.tsx";
import { pythonPipeline } from "../editor/python-language.ts";
import { SqlEditor } from "../editor/sql-editor.tsx";
import type { TextBuffer } from "../editor/text-buffer.ts";
import { yamlPipeline } from "../editor/yaml-language.ts";
import { startRun } from "../store/run-actions.ts";
import { editedSql } from "../store/edited-sql.ts";
import { runs } from "../store/run-store.ts";
import { project } from "../store/project-store.ts";
import { text } from "../text/text.ts";
import { FailedState, LoadingState } from "../ui/state-view.tsx";
import { CodeStatus } from "./code-status.tsx";
import "../editor/editor.css";

interface CodeViewProps {
  readonly node: string;
  readonly part: TextPart;
  readonly buffer: TextBuffer;
  readonly reveal: Reveal | null;
}

/** One text of a node in its editor, with what is known of it below; saved by itself. */
export const CodeView = ({ node, part, buffer, reveal }: CodeViewProps): ReactElement => {
  const { text: value, status, theirs, error } = useStore(buffer.state);
  const [schema, setSchema] = useState<NodeSchemaView | null>(null);
  useEffect(() => {
    void buffer.look();
    const stop = project.subscribe((state, before) => {
      if (state.revision !== before.revision) void buffer.look();
    });
    const stopRuns = runs.onNode(node, () => {
      // What has run is what is typed: its own table is there to look at.
      const finished = Date.parse(runs.live(node)?.finishedAt ?? "");
      if (buffer.editedAt === null || !(finished > buffer.editedAt)) return;
      buffer.editedAt = null;
      editedSql.setState({ edited: null });
    });
    return () => {
      stop();
      stopRuns();
      void leave(buffer);
    };
  }, [buffer, node]);

  if (status === "loading") return <LoadingState label={text.editor.loading} />;
  if (status === "failed" && value === "" && error !== null) return <FailedState error={error} />;
  if (status === "conflict" && theirs !== null) {
    const choose = (choice: "mine" | "theirs"): void => void buffer.resolve(choice);
    return <ConflictView file={part.file} mine={value} theirs={theirs.text} onChoose={choose} />;
  }
  const tell = (found: NodeSchemaView | null, sql: string): void => {
    setSchema(found);
    const isUsable = found !== null && found.problem === null && buffer.editedAt !== null;
    editedSql.setState({ edited: isUsable ? { node, sql } : null });
  };
  return (
    <div className="panel-column">
      <div className="panel-fill">
        <PartEditor
          node={node}
          part={part}
          value={value}
          reveal={reveal}
          onChange={(next) => buffer.edit(next)}
          onRun={() => void run(node, buffer)}
          onSchema={tell}
        />
      </div>
      <CodeStatus status={status} error={error} sql={part.part === "sql" ? value : null} schema={schema} />
    </div>
  );
};

const leave = async (buffer: TextBuffer): Promise<void> => {
  editedSql.setState({ edited: null });
  await buffer.flush();
};

/** Ctrl+Enter: what is typed is saved first, so that it is what runs. */
const run = async (node: string, buffer: TextBuffer): Promise<void> => {
  await buffer.flush();
  await startRun({ selectors: [`+${node}`] });
};

interface PartEditorProps {
  readonly node: string;
  readonly part: TextPart;
  readonly value: string;
  readonly reveal: Reveal | null;
  readonly onChange: (value: string) => void;
  readonly onRun: () => void;
  readonly onSchema: (schema: NodeSchemaView | null, sql: string) => void;
}

const PartEditor = ({ node, part, onSchema, ...rest }: PartEditorProps): ReactElement => {
  const name = part.part === "sql" ? node : part.file;
  const label = text.editor.of(text.editor.label[part.part], name);
  const { file, part: language } = part;
  const extensions = useMemo(
    () => (language === "python" ? pythonPipeline(file) : yamlPipeline(file)),
    [file, language],
  );
  if (language === "sql") return <SqlEditor node={node} label={label} onSchema={onSchema} {...rest} />;
  return <CodeEditor label={label} language={extensions} {...rest} />;
};
