import type { CSSProperties, ReactElement } from "react";

import { LineChart, type Series } from "../charts/index.ts";
import { useAsync } from "../panels/use-async.ts";
import { insightText } from "../text/insight-text.ts";
import { exactCount } from "../ui/numbers.ts";
import { FailedState, LoadingState } from "../ui/state-view.tsx";
import { queryRows } from "./query-rows.ts";

const words = insightText.model;

interface ModelCurvesProps {
  readonly node: string;
  readonly task: "classification" | "regression";
  readonly version: string;
}

type Rows = readonly (readonly (string | null)[])[];

interface Curves {
  readonly roc: readonly Series[];
  readonly pr: readonly Series[];
  readonly calibration: readonly Series[];
  readonly confusion: Rows;
}

/** At most so many points a line, evenly chosen: more would not be told apart. */
const pointsOf = (node: string, table: string, x: string, y: string): string => `
  select model || coalesce(' ' || class, '') as line, ${x}, ${y} from (
    select *, row_number() over w as place, count(*) over (partition by model, class) as n
    from ref('${node}__${table}') window w as (partition by model, class order by ${x}, ${y})
  ) where n <= 150 or place = n or place % (n // 150 + 1) = 1 order by line, place`;

const seriesOf = (rows: Rows): readonly Series[] => {
  const lines = new Map<string, [number, number][]>();
  for (const [line, x, y] of rows) {
    const points = lines.get(line ?? "") ?? [];
    lines.set(line ?? "", points);
    points.push([Number(x), Number(y)]);
  }
  return [...lines].map(([line, points]) => {
    const [model = "", ...rest] = line.split(" ");
    const series = words.series[model] ?? model;
    return { name: rest.length === 0 ? series : `${series} (${rest.join(" ")})`, points };
  });
};

const load = async (node: string, signal: AbortSignal): Promise<Curves> => {
  const ask = (sql: string): Promise<Rows> => queryRows(sql, signal);
  const [roc, pr, calibration, confusion] = await Promise.all([
    ask(pointsOf(node, "roc", "fpr", "tpr")),
    ask(pointsOf(node, "pr", "recall", "precision")),
    ask(pointsOf(node, "calibration", "predicted", "observed")),
    ask(
      `select actual, predicted, sum(rows), max(share) from ref('${node}__confusion') where model = 'model' group by 1, 2 order by 1, 2`,
    ),
  ]);
  return { roc: seriesOf(roc), pr: seriesOf(pr), calibration: seriesOf(calibration), confusion };
};

/** ROC, precision and recall, calibration and confusion of a classifier, against the former version and the baseline. */
export const ModelCurves = ({ node, task, version }: ModelCurvesProps): ReactElement => {
  const curves = useAsync(task === "classification" ? `${node} ${version}` : null, (signal) => load(node, signal));
  if (task === "regression") return <p>{words.noCurves}</p>;
  if (curves.status === "failed") return <FailedState error={curves.error} />;
  if (curves.value === null) return <LoadingState label={insightText.loading} />;
  const { roc, pr, calibration, confusion } = curves.value;
  return (
    <>
      <Curve title={words.roc} series={roc} x={words.falsePositive} y={words.truePositive} />
      <Curve title={words.pr} series={pr} x={words.recall} y={words.precision} />
      <Curve title={words.calibration} series={calibration} x={words.predicted} y={words.observed} />
      <figure>
        <figcaption>{words.confusion}</figcaption>
        <Confusion rows={confusion} />
      </figure>
    </>
  );
};

interface CurveProps {
  readonly title: string;
  readonly series: readonly Series[];
  readonly x: string;
  readonly y: string;
}

const Curve = ({ title, series, x, y }: CurveProps): ReactElement => (
  <figure>
    <figcaption>{title}</figcaption>
    <LineChart label={title} series={series} xTitle={x} yTitle={y} fromZero />
  </figure>
);

const Confusion = ({ rows }: { readonly rows: Rows }): ReactElement => {
  const classes = [...new Set(rows.flatMap(([actual, predicted]) => [actual ?? "", predicted ?? ""]))].toSorted();
  const find = (actual: string, predicted: string) => rows.find((row) => row[0] === actual && row[1] === predicted);
  return (
    <table className="insight-confusion">
      <thead>
        <tr>
          <th>
            {words.actual} \ {words.predicted}
          </th>
          {classes.map((name) => (
            <th key={name} scope="col">
              {name}
            </th>
          ))}
        </tr>
      </thead>
      <tbody>
        {classes.map((actual) => (
          <tr key={actual}>
            <th scope="row">{actual}</th>
            {classes.map((predicted) => {
              const cell = find(actual, predicted);
              const [count, share] = [Number(cell?.[2] ?? 0), Number(cell?.[3] ?? 0)];
              const told = words.confusionCell(actual, predicted, exactCount(count), `${(share * 100).toFixed(1)} %`);
              return (
                <td key={predicted} title={told} style={{ "--share": share } as CSSProperties}>
                  {exactCount(count)}
                </td>
              );
            })}
          </tr>
        ))}
      </tbody>
    </table>
  );
};
