import { type ReactElement, Suspense } from "react";
import { z } from "zod";

import { type FindingView, findingSchema, type NodeResultView } from "../../shared/api/index.ts";
import { host } from "../api.ts";
import { TableView } from "../grid/lazy-table-view.ts";
import { useAsync } from "../panels/use-async.ts";
import { insightText } from "../text/insight-text.ts";
import { text } from "../text/text.ts";
import { exactCount } from "../ui/numbers.ts";
import { EmptyState, FailedState, LoadingState } from "../ui/state-view.tsx";
import { dayAndTime } from "../ui/times.ts";
import type { InsightProps } from "./insight-props.ts";

const words = insightText.rules;
const runsShown = 20;

/** What a run's metadata keeps of checks; a run that ended before them keeps none. */
export const findingsIn = (result: NodeResultView, key: string): readonly FindingView[] => {
  const read = z.array(findingSchema).safeParse(result.metadata[key]);
  return read.success ? read.data : [];
};

/** A rule's checks as bars, each with its course over the last runs, and the rows that broke them. */
export const RuleInsight = ({ node, version }: InsightProps): ReactElement => {
  const results = useAsync(`${node} ${version}`, (signal) =>
    host().call("node.results", { node, limit: runsShown }, signal),
  );
  if (results.status === "failed") return <FailedState error={results.error} />;
  if (results.value === null) return <LoadingState label={insightText.loading} />;
  const made = results.value.filter((result) => findingsIn(result, "rules").length > 0);
  const [last] = made;
  if (last === undefined) return <EmptyState icon="rule" title={insightText.never} next={insightText.neverNext} />;
  const findings = findingsIn(last, "rules");
  return (
    <>
      <section>
        <h2>{words.title(findings.length, dayAndTime(last.time))}</h2>
        <FindingTable findings={findings} earlier={made.toReversed().map((result) => findingsIn(result, "rules"))} />
      </section>
      <section>
        <h2>{words.failing}</h2>
        {last.rows === null || last.rows === 0 ? (
          <p>{words.noFailing}</p>
        ) : (
          <div className="insight-rows">
            <Suspense fallback={<LoadingState label={text.preview.loading} />}>
              <TableView label={words.failingOf(node)} table={{ type: "node", node }} version={version} />
            </Suspense>
          </div>
        )}
      </section>
    </>
  );
};

interface FindingTableProps {
  readonly findings: readonly FindingView[];
  /** Of the runs so far, this one last. */
  readonly earlier: readonly (readonly FindingView[])[];
}

const FindingTable = ({ findings, earlier }: FindingTableProps): ReactElement => (
  <table className="insight-table">
    <thead>
      <tr>
        <th scope="col">{words.check}</th>
        <th scope="col" colSpan={3}>
          {words.violations}
        </th>
        <th scope="col">{words.trend}</th>
      </tr>
    </thead>
    <tbody>
      {findings.map(({ id, status, violations, percent, message }) => {
        const course = earlier.map((found) => found.find((finding) => finding.id === id)?.violations ?? 0);
        return (
          <tr key={id}>
            <td title={message}>{id}</td>
            <td>
              <Bar id={id} status={status} percent={percent} />
            </td>
            <td className="number">
              {exactCount(violations)} ({words.percent(percent)})
            </td>
            <td className={`insight-status-${status}`}>{words.status[status] ?? status}</td>
            <td>
              {course.length > 1 ? (
                <Course label={words.course(id, course.map(exactCount).join(", "))} values={course} />
              ) : (
                "–"
              )}
            </td>
          </tr>
        );
      })}
    </tbody>
  </table>
);

/** Violations over the runs, the last one at the right. */
const Course = ({ label, values }: { readonly label: string; readonly values: readonly number[] }): ReactElement => {
  const most = Math.max(1, ...values);
  const step = 90 / values.length;
  return (
    <svg className="insight-course" width={90} height={16} role="img" aria-label={label}>
      <title>{label}</title>
      {values.map((value, at) => {
        const tall = Math.max(1, (value / most) * 15);
        // Runs have no other name here than their place.
        // eslint-disable-next-line react/no-array-index-key
        return <rect key={at} x={at * step} y={16 - tall} width={Math.max(1, step - 1)} height={tall} />;
      })}
    </svg>
  );
};

/** The share of violating rows; a square root makes one row in a thousand still be seen. */
const Bar = ({ id, status, percent }: Pick<FindingView, "id" | "status" | "percent">): ReactElement => (
  <span className="insight-bar" data-status={status} role="img" aria-label={words.bar(id, words.percent(percent))}>
    {percent > 0 ? <i style={{ width: `${Math.sqrt(Math.min(100, percent) / 100) * 100}%` }} /> : null}
  </span>
);
