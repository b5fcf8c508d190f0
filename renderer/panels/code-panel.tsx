import type { ReactElement } from "react";
import { useStore } from "zustand";

import type { ProblemView, TextPart } from "../../shared/api/index.ts";
import { host } from "../api.ts";
import { bufferOf } from "../editor/buffers.ts";
import { codeSubject } from "../inspector/code-subject.ts";
import type { Reveal } from "../editor/code-editor.tsx";
import { CodeView } from "../inspector/code-view.tsx";
import { codeChoice, type CodeRequest } from "../inspector/open-code.ts";
import { project } from "../store/project-store.ts";
import { brokenProblem } from "../store/graph-node.ts";
import { useNode, useSelection } from "../store/use-graph.ts";
import { text } from "../text/text.ts";
import { EmptyState, FailedState, LoadingState } from "../ui/state-view.tsx";
import { Marked } from "../ui/marked.tsx";
import { SeveralNodes } from "./several-nodes.tsx";
import { useAsync } from "./use-async.ts";

/** The selected node's SQL, Python and YAML; what could not become a node, too. */
export const CodePanel = (): ReactElement => {
  const id = useStore(codeSubject, (state) => state.id);
  const selection = useSelection();
  if (id === null && selection.size > 1) return <SeveralNodes ids={[...selection]} />;
  if (id === null) return <EmptyState icon="code" title={text.inspector.none} next={text.inspector.noneNext} />;
  return <NodeCode id={id} />;
};

/** The texts of nodes as they were last read: a node that is gone for a moment keeps its editor. */
const known = new Map<string, readonly TextPart[]>();
let lastRead: readonly TextPart[] = [];

const readTexts = async (id: string, signal: AbortSignal): Promise<readonly TextPart[]> => {
  const texts = await host().call("node.text", { node: id }, signal);
  known.set(id, texts);
  lastRead = texts;
  return texts;
};

/** A file that is broken or renamed while somebody types is another node for a moment, and the same text. */
const textsOf = (id: string, file: string | undefined): readonly TextPart[] =>
  known.get(id) ?? lastRead.filter((part) => part.file === file && !isInside(part));

const NodeCode = ({ id }: { readonly id: string }): ReactElement => {
  const node = useNode(id);
  const revision = useStore(project, (state) => state.revision);
  const { request, part: chosen } = useStore(codeChoice);
  const texts = useAsync(`${id} ${revision}`, (signal) => readTexts(id, signal));
  const parts = textsOf(id, node?.view.file);
  const problem = brokenProblem(node);
  const asked = request?.node === id ? request : null;
  const part = parts.find((candidate) => candidate.part === chosen) ?? partFor(parts, asked, problem);

  if (part === null) {
    if (texts.status === "failed") return <FailedState error={texts.error} />;
    if (texts.status === "loading") return <LoadingState label={text.editor.loading} />;
    return <EmptyState icon="code" title={text.editor.none} next={text.editor.noneNext} />;
  }
  const buffer = bufferOf(id, part);
  return (
    <div className="panel-column">
      {parts.length > 1 ? <Parts parts={parts} chosen={part} /> : null}
      <div className="panel-fill">
        <CodeView key={buffer.key} node={id} part={part} buffer={buffer} reveal={revealOf(part, asked, problem)} />
      </div>
      {problem === null || (part.part === "sql" && isSqlProblem(problem)) ? null : (
        <Broken problem={problem} wasGood={node?.type === "node"} />
      )}
    </div>
  );
};

const isSqlProblem = ({ code }: ProblemView): boolean => code.startsWith("sql_") || code === "table_unknown";

/** SQL inside a YAML file: lines of the file are not lines of it. */
const isInside = ({ part, file }: TextPart): boolean => part === "sql" && /\.ya?ml$/i.test(file);

/** The text that is asked for; for something broken the one that is wrong; else the first. */
const partFor = (
  parts: readonly TextPart[],
  asked: CodeRequest | null,
  problem: ProblemView | null,
): TextPart | null => {
  const [first = null] = parts;
  const file = asked?.place?.file ?? problem?.location?.file;
  const whole = parts.find((part) => part.file === file && !isInside(part)) ?? first;
  if (asked?.place) return whole;
  return problem === null || isSqlProblem(problem) ? first : whole;
};

const reveals = new WeakMap<object, Reveal>();

/** The same object for the same wish, so that the cursor is moved once. */
const revealOf = (part: TextPart, asked: CodeRequest | null, problem: ProblemView | null): Reveal | null => {
  const wish = asked?.place ?? problem?.location ?? null;
  if (wish === null || wish.file !== part.file || isInside(part)) return null;
  const reveal = reveals.get(wish) ?? { line: wish.line, column: wish.column, isAsked: asked !== null };
  reveals.set(wish, reveal);
  return reveal;
};

interface PartsProps {
  readonly parts: readonly TextPart[];
  readonly chosen: TextPart;
}

const Parts = ({ parts, chosen }: PartsProps): ReactElement => (
  <div className="segments" role="group" aria-label={text.editor.parts}>
    {parts.map(({ part, file }) => (
      <button
        type="button"
        key={part}
        className="segment"
        aria-pressed={part === chosen.part}
        title={file}
        onClick={() => codeChoice.setState({ part })}
      >
        {text.editor.label[part]}
      </button>
    ))}
    <span className="segment-file code">{chosen.file}</span>
  </div>
);

interface BrokenProps {
  readonly problem: ProblemView;
  /** It is a node still, for as long as the window is open. */
  readonly wasGood: boolean;
}

/** Below the text: the lines that somebody types in stay where they are. */
const Broken = ({ problem, wasGood }: BrokenProps): ReactElement => (
  <div className={`problem problem-${problem.severity} inset`} role="alert">
    <div>
      <p className="problem-message">{problem.message}</p>
      <p className="problem-next">
        <Marked words={problem.next} />
      </p>
      <p className="problem-next">{wasGood ? text.editor.keptLead : text.editor.brokenLead}</p>
    </div>
  </div>
);
