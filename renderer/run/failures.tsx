import type { ReactElement } from "react";

import type { NodeResult } from "../../shared/run/index.ts";
import { type LiveRun, runs } from "../store/run-store.ts";
import { startRun } from "../store/run-actions.ts";
import { showTab } from "../store/layout-store.ts";
import { text } from "../text/text.ts";
import { Button } from "../ui/button.tsx";
import { Icon } from "../ui/icon.tsx";
import { Marked } from "../ui/marked.tsx";
import { goToNode, NodeLink } from "./node-link.tsx";
import { chosenOptions } from "./run-request.ts";

const most = 20;

/** Nodes that failed, each with its next step; one button runs them and what they kept from running again. */
export const Failures = ({ run }: { readonly run: LiveRun }): ReactElement | null => {
  const results = run.plan.steps.flatMap(({ node }) => runs.live(node)?.result ?? []);
  const failed = results.filter(({ status }) => status === "FAILED");
  const set = results.filter(({ status, metadata }) => status === "WARNING" && metadata.warnings.length > 0);
  const again = results.filter(({ status }) => ["FAILED", "SKIPPED", "CANCELLED"].includes(status));
  if (failed.length === 0 && set.length === 0) return null;
  return (
    <section className="failures" aria-label={text.run.failures}>
      <ul>
        {[...failed, ...set].slice(0, most).map((result) => (
          <Failure key={result.node_id} {...result} />
        ))}
      </ul>
      {failed.length === 0 || run.summary === null ? null : (
        <Button
          icon="run"
          onClick={() => void startRun({ ...chosenOptions(), nodes: again.map(({ node_id: id }) => id) })}
        >
          {text.run.retryFailed}
        </Button>
      )}
    </section>
  );
};

const Failure = ({ node_id: id, status, error, metadata, row_count: rows }: NodeResult): ReactElement => {
  const isRule = id.startsWith("rule.");
  return (
    <li className={`problem problem-${status === "FAILED" ? "error" : "warning"}`}>
      <Icon name={status === "FAILED" ? "failed" : "warning"} />
      <div>
        <p className="problem-message">
          <NodeLink id={id} /> {error?.message ?? metadata.warnings.join("; ")}
        </p>
        {error === null ? null : (
          <p className="problem-next">
            <Marked words={error.next} />
          </p>
        )}
      </div>
      {isRule && rows > 0 ? (
        <button
          type="button"
          className="link"
          onClick={() => {
            goToNode(id);
            showTab("bottom", "preview");
          }}
        >
          {text.run.failingRows}
        </button>
      ) : null}
      {error?.location == null ? null : (
        <span className="code problem-place">{text.problemsPanel.at(error.location.file, error.location.line)}</span>
      )}
    </li>
  );
};
