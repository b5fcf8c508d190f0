import "../grid/grid.css";

import {
  type ReactElement,
  type ReactNode,
  Suspense,
  useCallback,
  useEffect,
  useState,
  useSyncExternalStore,
} from "react";
import { useStore } from "zustand";

import { lazyPart } from "../lazy-part.ts";
import { TableView } from "../grid/lazy-table-view.ts";
import { ProjectError } from "../../shared/errors/index.ts";
import { arrivals, endArrival } from "../store/arrivals.ts";
import { editedSql } from "../store/edited-sql.ts";
import { graph } from "../store/graph-store.ts";
import { runForRows } from "../store/run-actions.ts";
import { runs } from "../store/run-store.ts";
import { useLive, useNode, useRuns, useSelection } from "../store/use-graph.ts";
import { text } from "../text/text.ts";
import { Button } from "../ui/button.tsx";
import { EmptyState, FailedState, LoadingState } from "../ui/state-view.tsx";
import { previewSide, type Side, showSide } from "./preview-side.ts";
import { SelectedPicker } from "./several-nodes.tsx";

const Difference = lazyPart(async () => (await import("./preview-difference.tsx")).Difference);

const { preview: words } = text;

/** The selected node's table: what it reads, what it gives, what moved since it last gave something else. */
export const PreviewPanel = (): ReactElement => {
  const selection = useSelection();
  const selected = selection.size === 1 ? ([...selection][0] ?? null) : null;
  const arrival = useStore(arrivals, (state) => state.arrival);
  const id = arrival !== null && [arrival.id, arrival.before].includes(selected) ? arrival.id : selected;
  if (id === null && selection.size > 1) return <OneOfSeveral ids={[...selection]} />;
  if (id === null) return <EmptyState icon="preview" title={words.none} next={words.noneNext} />;
  return (
    <Suspense fallback={<LoadingState label={words.loading} />}>
      <NodePreview id={id} key={id} />
    </Suspense>
  );
};

/** With several nodes selected: the table of the one that was selected last, or of whichever is chosen. */
const OneOfSeveral = ({ ids }: { readonly ids: readonly string[] }): ReactElement => {
  const [chosen, setChosen] = useState<string | null>(null);
  const shown = (chosen !== null && ids.includes(chosen) ? chosen : ids.at(-1)) ?? "";
  return (
    <div className="panel-column">
      <SelectedPicker ids={ids} chosen={shown} onChoose={setChosen} />
      <div className="panel-fill">
        <Suspense fallback={<LoadingState label={words.loading} />}>
          <NodePreview id={shown} key={shown} />
        </Suspense>
      </div>
    </div>
  );
};

const NodePreview = ({ id }: { readonly id: string }): ReactElement => {
  const node = useNode(id);
  const live = useLive(id);
  const side = useStore(previewSide, (state) => state.side);
  const [left, setLeft] = useState<string | null>(null);
  // A new output is a new table.
  const lastRun = node?.type === "node" ? node.view.lastRun : null;
  const version = `${lastRun?.time ?? ""} ${live?.finishedAt ?? ""}`;
  const draft = useDraft(id, version);
  const arrival = useStore(arrivals, (state) => (state.arrival?.id === id ? state.arrival : null));
  const hasRun = version !== " ";
  useEffect(() => {
    if (hasRun) endArrival(id);
  }, [hasRun, id]);
  if (arrival !== null && !hasRun) {
    const subject = <strong className="panel-subject">{id}</strong>;
    if (arrival.upload === null) return <LoadingState label={words.arriving(arrival.file)} />;
    const table = { type: "arriving", upload: arrival.upload } as const;
    return <TableView label={words.table(id)} table={table} remember={id} lead={subject} isGoing />;
  }
  // A file that is broken while somebody types in it leaves the table that its last run gave in view.
  if (node?.type !== "node" || (node.view.isBroken && node.view.lastRun?.hasOutput !== true)) {
    const problem = node?.view.problem;
    return <EmptyState icon="broken" title={problem?.message ?? words.none} next={problem?.next ?? ""} />;
  }
  const isSource = node.view.kind === "source";
  if (draft !== null && draft !== left) return <DraftRows id={id} sql={draft} onLeave={() => setLeft(draft)} />;
  const lead = <Sides side={side} subject={id} />;
  if (side === "in") return <Inputs inputs={node.view.inputs} version={version} side={lead} />;
  if (side === "diff") return <Difference node={id} version={version} lead={lead} />;
  // A source has first rows all the same; of anything else the host would only say that there are none.
  if (!hasRun && !isSource) {
    return (
      <FailedState error={new ProjectError("output_missing", { node: id, params: { node: id } })}>
        <RunIt id={id} />
      </FailedState>
    );
  }
  return (
    <TableView
      label={words.table(id)}
      table={{ type: "node", node: id }}
      version={version}
      remember={id}
      lead={lead}
      remedy={<RunIt id={id} />}
      whole={<RunIt id={id} />}
      isGoing={live?.phase === "running" || live?.phase === "queued"}
    />
  );
};

/** The SQL that an editor holds, when it is not what the output was made of; `null` otherwise. */
const useDraft = (id: string, version: string): string | null => {
  const held = useStore(editedSql, ({ edited }) => (edited?.node === id ? edited.sql : null));
  const [{ first, of }, setFirst] = useState({ first: held, of: version });
  const step = useSyncExternalStore(
    useCallback((wake) => runs.onNode(id, wake), [id]),
    () => runs.step(id),
  );
  // An editor that opens holds what is saved, and what ran is no longer newer than the output.
  if (of !== version || (held === null) !== (first === null)) setFirst({ first: held, of: version });
  const isNewer = step?.reasons.some(({ kind }) => kind === "sql_changed") ?? false;
  return held !== null && first !== null && (held !== first || isNewer) ? held : null;
};

const RunIt = ({ id }: { readonly id: string }): ReactElement => {
  const phase = useLive(id)?.phase;
  const isRunning = useRuns("run", () => runs.isRunning) && phase !== undefined && phase !== "finished";
  return (
    <Button look="primary" icon="run" disabled={isRunning} onClick={() => void runNode(id)}>
      {isRunning ? text.state[phase] : words.runIt}
    </Button>
  );
};

const sides: readonly Side[] = ["in", "out", "diff"];

const Sides = ({ side, subject }: { readonly side: Side; readonly subject: string }): ReactElement => (
  <>
    <span className="table-sides" role="group" aria-label={words.side}>
      {sides.map((one) => (
        <button type="button" key={one} aria-pressed={one === side} onClick={() => showSide(one)}>
          {words[one]}
        </button>
      ))}
    </span>
    <strong className="panel-subject" title={subject}>
      {subject}
    </strong>
  </>
);

interface InputsProps {
  readonly inputs: readonly string[];
  readonly version: string;
  readonly side: ReactNode;
}

/** What a node reads, one table at a time. */
const Inputs = ({ inputs, version, side }: InputsProps): ReactElement => {
  const [chosen, setChosen] = useState(inputs[0] ?? "");
  const shown = inputs.includes(chosen) ? chosen : inputs[0];
  if (shown === undefined) {
    return (
      <div className="panel-column">
        <div className="panel-bar">{side}</div>
        <EmptyState icon="input-missing" title={words.noInputs} next={words.noInputsNext} />
      </div>
    );
  }
  const picker = (
    <select
      className="field input-picker"
      aria-label={words.input}
      value={shown}
      onChange={(event) => setChosen(event.target.value)}
    >
      {inputs.map((input) => (
        <option key={input}>{input}</option>
      ))}
    </select>
  );
  return (
    <TableView
      key={shown}
      label={words.table(shown)}
      table={{ type: "node", node: shown }}
      version={version}
      remember={shown}
      lead={
        <>
          {side}
          {picker}
        </>
      }
      remedy={<RunIt id={shown} />}
      whole={<RunIt id={shown} />}
    />
  );
};

interface DraftRowsProps {
  readonly id: string;
  readonly sql: string;
  readonly onLeave: () => void;
}

/** What SQL that is being edited would give, from the beginning of its inputs. */
const DraftRows = ({ id, sql, onLeave }: DraftRowsProps): ReactElement => (
  <TableView
    label={words.draft(id)}
    table={{ type: "draft", node: id, sql }}
    remember={id}
    lead={
      <>
        <strong className="panel-subject">{words.draft(id)}</strong>
        <Button look="quiet" onClick={onLeave}>
          {words.draftClose}
        </Button>
      </>
    }
    remedy={<Button onClick={onLeave}>{words.draftClose}</Button>}
  />
);

const runNode = (id: string): Promise<void> => {
  graph.select([id]);
  return runForRows(id);
};
