import { type ReactElement, useState } from "react";

import type { ConnectionView, NodeDetails, NodeView } from "../../shared/api/index.ts";
import { host } from "../api.ts";
import { type Async, useAsync } from "../panels/use-async.ts";
import { startRun } from "../store/run-actions.ts";
import { useLive } from "../store/use-graph.ts";
import { materializeText } from "../text/materialize-text.ts";
import { Button } from "../ui/button.tsx";
import { tabPanelProps, Tabs } from "../ui/tabs.tsx";
import { DryRun } from "./dry-run.tsx";
import { saveTarget } from "./materialize-actions.ts";
import { RunState } from "./run-state.tsx";
import { TargetFields } from "./target-fields.tsx";
import { formOf, isComplete, isFileTarget, newForm, settingsOf, type TargetForm } from "./target-form.ts";
import { TargetRows } from "./target-rows.tsx";
import { TypeMap } from "./type-map.tsx";

interface NodeTargetProps {
  readonly node: NodeView;
  readonly details: NodeDetails;
  readonly connections: readonly ConnectionView[];
  /** Which of the node's targets; `null` for a new one. */
  readonly index: number | null;
  readonly onSaved: (index: number | null) => void;
}

type View = "types" | "effect" | "rows";
const words = materializeText;
const views = [
  { id: "types", label: words.views.types, icon: "columns" },
  { id: "effect", label: words.views.effect, icon: "target" },
  { id: "rows", label: words.views.rows, icon: "preview" },
] as const;

/** One target: its form, and beside it what writing would do. */
export const NodeTarget = ({ node, details, connections, index, onSaved }: NodeTargetProps): ReactElement => {
  const saved = savedForm(node, details, connections, index);
  const [changes, setChanges] = useState<Partial<TargetForm>>({});
  const [view, setView] = useState<View>("types");
  const [tried, setTried] = useState<{ readonly settings: string; readonly turn: number } | null>(null);
  const [startedRun, setStartedRun] = useState<string | null>(null);
  const live = useLive(node.id);
  const form = { ...saved, ...changes };
  const settings = settingsOf(form);
  const written = JSON.stringify(settings);
  const version = `${node.lastRun?.time ?? ""} ${live?.finishedAt ?? ""}`;
  const ready = isComplete(form);

  const description = useDescription(node.id, ready || !isFileTarget(form), written, version, settings);
  const found = useAsync(tried === null ? null : JSON.stringify([tried, version]), (signal) =>
    host().call("materialize.preview", { node: node.id, target: JSON.parse(tried?.settings ?? "{}") }, signal),
  );
  const dryRun = (): void => {
    setTried((before) => ({ settings: written, turn: (before?.turn ?? 0) + 1 }));
    setView("effect");
  };
  const save = async (): Promise<number | null | undefined> => {
    const place = await saveTarget({ node: node.id, index, target: settings, label: words.saveLabel(node.id) });
    if (place === undefined) return undefined;
    setChanges({});
    onSaved(place);
    return place;
  };
  const materialize = async (full = false): Promise<void> => {
    if ((await save()) === undefined) return;
    const runId = await startRun({ nodes: [node.id], full }, { stay: true });
    if (runId !== null) {
      setStartedRun(runId);
      setView("rows");
    }
  };
  const remove = async (): Promise<void> => {
    const label = words.removeLabel(node.id);
    if (index === null || (await saveTarget({ node: node.id, index, target: null, label })) === undefined) return;
    onSaved(null);
  };
  return (
    <div className="materialize">
      <form
        className="materialize-form"
        aria-label={words.form(node.id)}
        onSubmit={(event) => {
          event.preventDefault();
          dryRun();
        }}
      >
        <div className="materialize-fields">
          <TargetFields
            node={node.id}
            version={version}
            columns={details.columns ?? []}
            connections={connections}
            form={form}
            onChange={(change) => setChanges((before) => ({ ...before, ...change }))}
          />
        </div>
        <div className="materialize-actions">
          <button type="submit" className="button button-plain" disabled={!ready}>
            {words.dryRun}
          </button>
          <Button look="primary" icon="target" disabled={!ready} onClick={() => void materialize()}>
            {words.materialize}
          </Button>
          <Button look="quiet" disabled={!ready} onClick={() => void save()}>
            {words.saveOnly}
          </Button>
          {index === null ? null : (
            <Button look="quiet" className="target-remove" title={words.removeWhy} onClick={() => void remove()}>
              {words.remove}
            </Button>
          )}
        </div>
      </form>
      <div className="materialize-views">
        <RunState node={node.id} runId={startedRun} onAgain={() => void materialize(true)} />
        <Tabs
          label={words.viewsLabel}
          name="target"
          tabs={views}
          selected={view}
          onSelect={(id) => setView(id as View)}
        />
        <div className="area-panel" {...tabPanelProps("target", view)}>
          {view === "types" ? <TypeMap description={description} /> : null}
          {view === "effect" ? (
            <DryRun found={tried === null ? null : found} isOutdated={tried !== null && tried.settings !== written} />
          ) : null}
          {view === "rows" ? (
            <TargetRows label={isFileTarget(form) ? form.path : form.table} target={settings} version={version} />
          ) : null}
        </div>
      </div>
    </div>
  );
};

const savedForm = (
  node: NodeView,
  details: NodeDetails,
  connections: readonly ConnectionView[],
  index: number | null,
): TargetForm => {
  const targets = details.config["materializations"];
  const servers = connections.filter(({ type, isUsable }) => type === "postgresql" && isUsable);
  const connection = servers[0]?.name ?? "";
  if (index === null || !Array.isArray(targets)) {
    const form = newForm(node.name, connection);
    return connection === "" ? { ...form, type: "csv" } : form;
  }
  const form = formOf(targets[index]);
  return form.connection === "" ? { ...form, connection } : form;
};

/** How the columns would meet the target, once typing has paused. */
const useDescription = (
  node: string,
  isReady: boolean,
  written: string,
  version: string,
  settings: ReturnType<typeof settingsOf>,
): Async<Awaited<ReturnType<typeof describe>>> =>
  useAsync(isReady ? `${node} ${version} ${written}` : null, async (signal) => {
    await pause(signal);
    return describe(node, settings, signal);
  });

const describe = (node: string, target: ReturnType<typeof settingsOf>, signal: AbortSignal) =>
  host().call("materialize.describe", { node, target }, signal);

const pause = (signal: AbortSignal): Promise<void> =>
  new Promise((resolve) => {
    const timer = setTimeout(resolve, 250);
    signal.addEventListener("abort", () => clearTimeout(timer), { once: true });
  });
