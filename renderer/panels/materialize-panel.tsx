import { type ReactElement, useState } from "react";

import type { NodeDetails, NodeView } from "../../shared/api/index.ts";
import { host } from "../api.ts";
import { NodeTarget } from "../materialize/node-target.tsx";
import { formOf } from "../materialize/target-form.ts";
import { startRun } from "../store/run-actions.ts";
import { useSelection } from "../store/use-graph.ts";
import { materializeText } from "../text/materialize-text.ts";
import { text } from "../text/text.ts";
import { Button } from "../ui/button.tsx";
import { Choice } from "../ui/labelled.tsx";
import { EmptyState, FailedState, LoadingState } from "../ui/state-view.tsx";
import { NodePanel } from "./node-panel.tsx";
import { useAsync } from "./use-async.ts";
import "../materialize/materialize.css";

const words = materializeText;

/** Writing the selected node's table somewhere: tried on the real target first, then with one click. */
export const MaterializePanel = (): ReactElement => {
  const selection = useSelection();
  if (selection.size === 0) return <EmptyState icon="materialize" title={words.none} next={words.noneNext} />;
  return <NodePanel>{(node, details) => <Targets key={node.id} node={node} details={details} />}</NodePanel>;
};

const Targets = ({ node, details }: { readonly node: NodeView; readonly details: NodeDetails }): ReactElement => {
  const [chosen, setChosen] = useState<number | null>(null);
  const [isNew, setIsNew] = useState(false);
  // Another target is another form; one that was just saved is still the same.
  const [turn, setTurn] = useState(0);
  const connections = useAsync("connections", (signal) => host().call("connections.list", {}, signal));
  if (details.columns === null) return <NoOutput id={node.id} />;
  if (connections.status === "failed") return <FailedState error={connections.error} />;
  if (connections.value === null) return <LoadingState label={words.describing} />;
  const saved = details.config["materializations"];
  const targets: readonly unknown[] = Array.isArray(saved) ? saved : [];
  const count = targets.length;
  const index = isNew || count === 0 ? null : Math.min(chosen ?? 0, count - 1);
  return (
    <div className="panel-column">
      <div className="panel-bar">
        <strong className="panel-subject" title={node.id}>
          {node.id}
        </strong>
        {count === 0 ? null : (
          <Choice
            label={words.which}
            value={index === null ? "new" : String(index)}
            options={[
              ...targets.map((target, at) => [String(at), labelOf(target)] as const),
              ["new", words.another] as const,
            ]}
            onChange={(value) => {
              setIsNew(value === "new");
              setChosen(value === "new" ? null : Number(value));
              setTurn(turn + 1);
            }}
          />
        )}
        <span className="panel-space" />
        <span className="panel-hint">{words.notUndone}</span>
      </div>
      <NodeTarget
        key={turn}
        node={node}
        details={details}
        connections={connections.value}
        index={index}
        onSaved={(place) => {
          setIsNew(false);
          setChosen(place);
          if (place === null) setTurn(turn + 1);
        }}
      />
    </div>
  );
};

const labelOf = (target: unknown): string => {
  const { type, connection, table, path } = formOf(target);
  return table === "" ? `${type}: ${path}` : `${connection === "" ? type : connection}: ${table}`;
};

/** Without a table nothing can be tried: running it, targets left alone, is one click. */
const NoOutput = ({ id }: { readonly id: string }): ReactElement => (
  <EmptyState icon="materialize" title={text.columnsPanel.none} next={text.columnsPanel.noneNext}>
    <Button
      look="primary"
      icon="run"
      onClick={() => void startRun({ selectors: [`+${id}`], materialize: false }, { stay: true })}
    >
      {words.noOutput}
    </Button>
  </EmptyState>
);
