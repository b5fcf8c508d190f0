import { type ReactElement, useState } from "react";

import type { ModelDetailsView, ModelListingView } from "../../shared/api/index.ts";
import { host } from "../api.ts";
import { useAsync } from "../panels/use-async.ts";
import { insightText } from "../text/insight-text.ts";
import { Button } from "../ui/button.tsx";
import { announce } from "../ui/announcer.tsx";
import { showMessage } from "../ui/messages.tsx";
import { exactCount } from "../ui/numbers.ts";
import { EmptyState, FailedState, LoadingState } from "../ui/state-view.tsx";
import { dayAndTime } from "../ui/times.ts";
import { ModelCurves } from "./model-curves.tsx";
import type { InsightProps } from "./insight-props.ts";

const words = insightText.model;
const shownFeatures = 15;

/** A model's versions: figures beside the former version's and the baseline's, curves, confusion, importance, card. */
export const ModelInsight = ({ node, version }: InsightProps): ReactElement => {
  const [turn, setTurn] = useState(0);
  const key = `${node} ${version} ${turn}`;
  const models = useAsync(key, (signal) => host().call("models.list", {}, signal));
  if (models.status === "failed") return <FailedState error={models.error} />;
  if (models.value === null) return <LoadingState label={insightText.loading} />;
  const listing = models.value.find((entry) => entry.node === node);
  if (listing === undefined || listing.versions.length === 0) {
    return <EmptyState icon="model" title={insightText.never} next={insightText.neverNext} />;
  }
  return <Versions key={key} listing={listing} onPromoted={() => setTurn((before) => before + 1)} />;
};

interface VersionsProps {
  readonly listing: ModelListingView;
  readonly onPromoted: () => void;
}

const Versions = ({ listing, onPromoted }: VersionsProps): ReactElement => {
  const latest = listing.versions[0]?.version ?? "";
  const [chosen, setChosen] = useState(latest);
  const details = useAsync(`${listing.node} ${chosen}`, (signal) =>
    host().call("models.show", { node: listing.node, version: chosen }, signal),
  );
  const promote = async (): Promise<void> => {
    try {
      const { version } = await host().call("models.promote", { node: listing.node, version: chosen });
      announce(words.promoteDone(version));
      onPromoted();
    } catch (error) {
      showMessage(error);
    }
  };
  return (
    <>
      <div className="insight-slider">
        <label className="insight-version">
          {words.version}
          <select className="field" value={chosen} onChange={(event) => setChosen(event.target.value)}>
            {listing.versions.map(({ version, label, trainedAt, isPromoted }) => (
              <option key={version} value={version}>
                {[label ?? version, dayAndTime(trainedAt), ...(isPromoted ? [words.promoted] : [])].join(" · ")}
              </option>
            ))}
          </select>
        </label>
        {chosen === listing.promoted ? null : <Button onClick={() => void promote()}>{words.promote}</Button>}
      </div>
      {details.status === "failed" ? (
        <FailedState error={details.error} />
      ) : details.value === null ? (
        <LoadingState label={insightText.loading} />
      ) : (
        <Details details={details.value} node={listing.node} isLatest={chosen === latest} />
      )}
    </>
  );
};

interface DetailsProps {
  readonly node: string;
  readonly details: ModelDetailsView;
  /** The node's tables, which curves are drawn from, are the latest version's. */
  readonly isLatest: boolean;
}

const Details = ({ node, details, isLatest }: DetailsProps): ReactElement => {
  const { importance, mainMetric, trainRows, testRows, split, reason, warnings, card } = details;
  const features = importance.filter((entry) => entry.importance !== null).slice(0, shownFeatures);
  return (
    <>
      <p>
        {details.algorithm}, {words.rows(exactCount(trainRows), exactCount(testRows), split.kind)}.{" "}
        {details.isPromoted ? words.isPromoted(reason) : words.notPromoted(reason)}
      </p>
      {warnings.length === 0 ? null : (
        <section>
          <h2>{words.warnings}</h2>
          <ul className="insight-status-warn">
            {warnings.map((warning) => (
              <li key={warning}>{warning}</li>
            ))}
          </ul>
        </section>
      )}
      <Scores details={details} />
      <div className="insight-charts">
        <figure>
          <figcaption>{words.importance(mainMetric)}</figcaption>
          <Importance features={features.map(({ feature, importance: value }) => [feature, value ?? 0])} />
        </figure>
        {isLatest ? <ModelCurves node={node} task={details.task} version={details.version} /> : null}
      </div>
      <details>
        <summary>{words.card}</summary>
        <pre className="insight-card">{card}</pre>
      </details>
    </>
  );
};

const Importance = ({ features }: { readonly features: readonly (readonly [string, number])[] }): ReactElement => {
  const most = Math.max(1e-9, ...features.map(([, value]) => value));
  return (
    <div className="insight-list">
      {features.map(([feature, value]) => (
        <div key={feature}>
          <span title={feature}>{feature}</span>
          <span className="insight-bar" aria-hidden="true">
            {value > 0 ? <i style={{ width: `${(value / most) * 100}%` }} /> : null}
          </span>
          <span className="number">{value.toLocaleString("en-US", { maximumSignificantDigits: 3 })}</span>
        </div>
      ))}
    </div>
  );
};

const Scores = ({ details: { scores } }: { readonly details: ModelDetailsView }): ReactElement => {
  const shown = (value: number | null | undefined): string =>
    value === null || value === undefined ? "–" : value.toLocaleString("en-US", { maximumSignificantDigits: 5 });
  return (
    <table className="insight-table">
      <thead>
        <tr>
          {[words.metric, words.model, words.former, words.baseline, words.train].map((head, at) => (
            <th key={head} scope="col" className={at === 0 ? undefined : "number"}>
              {head}
            </th>
          ))}
        </tr>
      </thead>
      <tbody>
        {Object.entries(scores.model).map(([metric, value]) => (
          <tr key={metric}>
            <td>{metric}</td>
            <td className="number">
              <strong>{shown(value)}</strong>
            </td>
            <td className="number">{shown(scores.former?.[metric])}</td>
            <td className="number">{shown(scores.baseline[metric])}</td>
            <td className="number">{shown(scores.train[metric])}</td>
          </tr>
        ))}
      </tbody>
    </table>
  );
};
