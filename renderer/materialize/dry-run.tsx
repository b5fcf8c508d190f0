import type { ReactElement } from "react";

import type { MaterializationPreviewView, TargetPreviewsView } from "../../shared/api/index.ts";
import type { Async } from "../panels/use-async.ts";
import { materializeText } from "../text/materialize-text.ts";
import { exactCount } from "../ui/numbers.ts";
import { EmptyState, FailedState, LoadingState } from "../ui/state-view.tsx";

interface DryRunProps {
  /** `null` while none was asked for. */
  readonly found: Async<TargetPreviewsView> | null;
  readonly isOutdated: boolean;
}

const words = materializeText;

/** What a write would change on the real target: counts, statements, locks. */
export const DryRun = ({ found, isOutdated }: DryRunProps): ReactElement => {
  if (found === null) return <EmptyState icon="target" title={words.noDryRun} next={words.noDryRunNext} />;
  if (found.status === "failed") return <FailedState error={found.error} />;
  if (found.status === "loading" || found.value === null) return <LoadingState label={words.counting} />;
  const { previews, stale } = found.value;
  return (
    <div className="panel-scroll" tabIndex={0} role="region" aria-label={words.views.effect}>
      {isOutdated ? <p className="fact-warn">{words.outdated}</p> : null}
      {stale === null ? null : <p className="fact-warn">{words.stale(stale)}</p>}
      {previews.map((preview) => (
        <Effect key={preview.target} {...preview} />
      ))}
    </div>
  );
};

const counts = [
  ["+", "inserts"],
  ["−", "deletes"],
  ["~", "updates"],
  ["=", "unchanged"],
] as const;

const Effect = (preview: MaterializationPreviewView): ReactElement => (
  <section aria-label={preview.target}>
    <p className="effect-line" role="status">
      {counts.map(([sign, key]) => (
        <span key={key} className={`effect effect-${key} ${preview[key] === 0 ? "effect-none" : ""}`}>
          <strong>
            {sign}
            {preview[key] === null ? "?" : exactCount(preview[key])}
          </strong>{" "}
          {preview[key] === null ? words.effect.unknown : words.effect[key]}
        </span>
      ))}
    </p>
    <Lines title={words.warnings} lines={preview.warnings} look="fact-warn" />
    <Lines title={words.statements} lines={preview.statements} look="code" />
    <h2 className="panel-heading">{words.locks}</h2>
    {preview.locks.length === 0 ? <p className="panel-hint">{words.noLocks}</p> : null}
    <ul className="effect-lines">
      {preview.locks.map((lock) => (
        <li key={lock}>{lock}</li>
      ))}
    </ul>
  </section>
);

interface LinesProps {
  readonly title: string;
  readonly lines: readonly string[];
  readonly look: string;
}

const Lines = ({ title, lines, look }: LinesProps): ReactElement | null =>
  lines.length === 0 ? null : (
    <>
      <h2 className="panel-heading">{title}</h2>
      <ul className={`effect-lines ${look}`}>
        {lines.map((line) => (
          <li key={line}>{line}</li>
        ))}
      </ul>
    </>
  );
