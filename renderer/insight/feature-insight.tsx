import { type ReactElement, Suspense, useState } from "react";

import type { FeatureGroupView } from "../../shared/api/index.ts";
import { host } from "../api.ts";
import { TableView } from "../grid/lazy-table-view.ts";
import { useAsync } from "../panels/use-async.ts";
import { insightText } from "../text/insight-text.ts";
import { text } from "../text/text.ts";
import { exactCount } from "../ui/numbers.ts";
import { EmptyState, FailedState, LoadingState } from "../ui/state-view.tsx";
import type { InsightProps } from "./insight-props.ts";

const words = insightText.features;
const steps = 1000;

/** A feature group's columns with their statistics, its versions, and its keys as they were at a chosen moment. */
export const FeatureInsight = ({ node, version }: InsightProps): ReactElement => {
  const shown = useAsync(`${node} ${version}`, (signal) => host().call("features.show", { node }, signal));
  if (shown.status === "failed") return <FailedState error={shown.error} />;
  if (shown.value === null) return <LoadingState label={insightText.loading} />;
  const group = shown.value;
  const present = group.versions.find((entry) => entry.version === group.present);
  if (present === undefined) {
    return <EmptyState icon="feature_group" title={insightText.never} next={insightText.neverNext} />;
  }
  const event = present.columns.find(({ role }) => role === "event");
  return (
    <>
      <Statistics group={group} columns={present.columns} rows={present.rows} />
      <Changes group={group} />
      {event?.min && event.max ? (
        <AsOf node={node} version={version} from={event.min} to={event.max} />
      ) : (
        <p>{words.noTime}</p>
      )}
    </>
  );
};

interface StatisticsProps {
  readonly group: FeatureGroupView;
  readonly columns: FeatureGroupView["versions"][number]["columns"];
  readonly rows: number;
}

const Statistics = ({ group, columns, rows }: StatisticsProps): ReactElement => (
  <section>
    <h2>
      {text.rows(rows)}, {words.versions(group.versions.length)}
    </h2>
    <table className="insight-table">
      <thead>
        <tr>
          {words.heads.map((head) => (
            <th key={head} scope="col">
              {head}
            </th>
          ))}
        </tr>
      </thead>
      <tbody>
        {columns.map(({ name, role, type, nulls, distinct, min, max, mean }) => (
          <tr key={name}>
            <td>{name}</td>
            <td>{words.roles[role]}</td>
            <td>{type}</td>
            <td className="number">{insightText.rules.percent(rows === 0 ? 0 : (100 * nulls) / rows)}</td>
            <td className="number">{distinct === null ? "–" : `≈ ${exactCount(distinct)}`}</td>
            <td>{min ?? "–"}</td>
            <td>{max ?? "–"}</td>
            <td className="number">
              {mean === null ? "–" : mean.toLocaleString("en-US", { maximumSignificantDigits: 5 })}
            </td>
          </tr>
        ))}
      </tbody>
    </table>
  </section>
);

const Changes = ({ group: { changes, present } }: { readonly group: FeatureGroupView }): ReactElement | null =>
  changes.length === 0 ? null : (
    <section>
      <h2>{words.changed(present)}</h2>
      <table className="insight-table">
        <tbody>
          {changes.map(({ column, change, before, after, breaks }) => (
            <tr key={`${column} ${change}`}>
              <td>{column}</td>
              <td>{change}</td>
              <td>
                {before ?? "–"} → {after ?? "–"}
              </td>
              <td className={breaks ? "insight-status-warn" : undefined}>{breaks ? words.breaks : ""}</td>
            </tr>
          ))}
        </tbody>
      </table>
    </section>
  );

/** DuckDB's text of a date or a timestamp, as milliseconds in UTC. */
const millisecondsOf = (written: string): number => {
  const [date = "", time = "00:00:00"] = written.replace(/[+-]\d\d(?::\d\d)?$/, "").split(" ");
  return Date.parse(`${date}T${time.slice(0, 8)}Z`);
};

const momentText = (milliseconds: number): string =>
  new Date(milliseconds).toISOString().slice(0, 19).replace("T", " ");

interface AsOfProps extends InsightProps {
  readonly from: string;
  readonly to: string;
}

const AsOf = ({ node, version, from, to }: AsOfProps): ReactElement => {
  const [low, high] = [millisecondsOf(from), millisecondsOf(to) + 1000];
  const [place, setPlace] = useState(steps);
  const [settled, setSettled] = useState(steps);
  const momentAt = (step: number): string => momentText(low + ((high - low) * step) / steps);
  const at = momentAt(settled);
  const sql = useAsync(`${node} ${at}`, (signal) => host().call("features.as-of", { node, at }, signal));
  return (
    <section>
      <h2>{words.asOfHelp}</h2>
      <label className="insight-slider">
        {words.asOf}
        <input
          type="range"
          min={0}
          max={steps}
          value={place}
          aria-valuetext={momentAt(place)}
          onChange={(event) => setPlace(Number(event.target.value))}
          onPointerUp={() => setSettled(place)}
          onKeyUp={() => setSettled(place)}
        />
        <output>{momentAt(place)}</output>
      </label>
      <div className="insight-rows">
        {sql.status === "failed" ? (
          <FailedState error={sql.error} />
        ) : sql.value === null ? (
          <LoadingState label={text.preview.loading} />
        ) : (
          <Suspense fallback={<LoadingState label={text.preview.loading} />}>
            <TableView
              label={words.rows(node, at)}
              table={{ type: "query", sql: sql.value.sql }}
              version={`${version} ${at}`}
            />
          </Suspense>
        )}
      </div>
    </section>
  );
};
