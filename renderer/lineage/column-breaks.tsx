import type { ReactElement } from "react";

import { host } from "../api.ts";
import { useAsync } from "../panels/use-async.ts";
import { text } from "../text/text.ts";
import { FailedState, LoadingState } from "../ui/state-view.tsx";

interface ColumnBreaksProps {
  readonly table: string;
  readonly column: string;
}

/** What would no longer run if the column went. */
export const ColumnBreaks = ({ table, column }: ColumnBreaksProps): ReactElement => {
  const found = useAsync(`${table} ${column}`, (signal) => host().call("lineage.breaks", { table, column }, signal));
  if (found.status === "failed") return <FailedState error={found.error} />;
  if (found.value === null) return <LoadingState label={text.lineage.loading} />;
  const { fails, loses, check, blocked } = found.value;
  const parts = [
    [text.lineage.fails, fails.map(({ node, how }) => `${node} (${text.lineage.namedIn[how]})`)],
    [text.lineage.loses, loses.map((ref) => `${ref.table}.${ref.column ?? "?"}`)],
    [text.lineage.byHand, check],
    [text.lineage.waits, blocked],
  ] as const;
  return (
    <div className="lineage-breaks" role="region" aria-label={text.lineage.breaks(column)}>
      <p>{text.lineage.breaksSentence(fails.length, blocked.length)}</p>
      {parts.map(([title, lines]) =>
        lines.length === 0 ? null : (
          <section key={title}>
            <h3 className="panel-heading">{title}</h3>
            <ul className="lineage-steps">
              {lines.map((line) => (
                <li key={line} className="lineage-note">
                  {line}
                </li>
              ))}
            </ul>
          </section>
        ),
      )}
    </div>
  );
};
